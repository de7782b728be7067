import type { Change, ChangeMark } from '../people/change.ts';

/** What a call to a CRM is made for. Whoever makes calls under no purpose of his own looks something up. */
export const PURPOSES = [
  'pull', // what changed
  'survey', // everything that is there
  'look-up', // who works there, what fields there are, who edited what
  'hot-write', // hand-offs and the tasks of deadlines
  'write',
  'back-fill',
  'confirm', // reading back what was written
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** How soon a write is wanted, the soonest first. */
export const URGENCIES = ['hot', 'ordinary', 'back-fill'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** What a batch of such writes is booked under. */
export const PURPOSE_OF: Readonly<Record<Urgency, Purpose>> = {
  hot: 'hot-write',
  ordinary: 'write',
  'back-fill': 'back-fill',
};

/**
 * Somebody waits for a hand-off, and somebody is judged by the task of a deadline: these are hot. Nobody waits for a field that was not
 * kept in step before.
 */
export function urgencyOf({ handOff, task, purpose }: ChangeMark): Urgency {
  if (handOff !== undefined || task !== undefined) return 'hot';
  return purpose === 'back-fill' ? 'back-fill' : 'ordinary';
}

/** What a batch that holds these is sent for. */
export function mostUrgentOf(changes: readonly Pick<Change, 'marks'>[]): Urgency {
  const found = new Set(changes.map(({ marks }) => urgencyOf(marks)));
  return URGENCIES.find((urgency) => found.has(urgency)) ?? 'ordinary';
}
