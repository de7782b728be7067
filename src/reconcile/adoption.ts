import type { Agreement, Stage } from '../domain/agreement/agreement.ts';
import { isDated } from '../domain/people/evidence-grade.ts';
import type { StageEntry } from '../domain/people/person.ts';
import type { PersonView, PlanContext } from './context.ts';
import { passOf } from './stage-fold.ts';

const UNIT_MS = { hours: 3_600_000, days: 86_400_000 } as const;

/**
 * The stage from before the go-live line that this person is taken in with, as if they had entered it today (`adopt`); `null`: there is none.
 *
 * They stand in it still, it was entered within that time before the line, by the word of a system and not only by inference, the
 * agreement promises something about it, and nobody of ours has been in touch since. What is asked up to the hand-off stays true after
 * it, so that nothing that has begun is taken back.
 */
export function adoptedStage(
  entries: readonly StageEntry[],
  { facts }: PersonView,
  { policy, goLive }: PlanContext,
): StageEntry | null {
  const { agreement } = policy;
  if (agreement.adopt === undefined) return null;
  const pass = passOf(entries);
  const entry = entries.findLast((one) => one.pass === pass && one.by === 'history');
  if (entry === undefined || !isDated(entry.grade) || !isPromisedOf(entry.stage, agreement)) return null;
  const { amount, unit } = agreement.adopt.openSince;
  const isRecent = entry.at < goLive && entry.at >= goLive - amount * UNIT_MS[unit];
  const isOpen = entry.handedOffAt !== undefined || entries.at(-1) === entry;
  if (!isRecent || !isOpen) return null;
  const until = entry.handedOffAt ?? Number.POSITIVE_INFINITY;
  const isCared = facts.activities.some(
    ({ countsAsContact, deleted, at }) => countsAsContact && !deleted && at > entry.at && at <= until,
  );
  return isCared ? null : entry;
}

/** Somebody receives whoever is there, or owes them something. */
function isPromisedOf(stage: Stage, { stages, deadlines }: Agreement): boolean {
  return (
    stages.some((rule) => rule.stage === stage && rule.handOff !== undefined) ||
    deadlines.some(({ starts }) => 'entered' in starts && starts.entered === stage)
  );
}

/** History that nobody is taken in with: it starts no clock and hands nobody over. */
export function isPast(entry: StageEntry, { adopted }: { readonly adopted: StageEntry | null }): boolean {
  return entry.by === 'history' && entry !== adopted;
}
