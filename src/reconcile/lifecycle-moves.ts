import type { Stage } from '../domain/agreement/agreement.ts';
import type { HistoryEntry } from '../domain/people/activity.ts';
import type { StageEntry } from '../domain/people/person.ts';
import { type ObserverClass, recordName } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { PersonView } from './context.ts';
import { LIFECYCLE, lifecycleRank, stageMeantBy } from './lifecycle.ts';

/** What moved the lifecycle stage in HubSpot, as an event of the fold that gives the stage. */
export type LifecycleEvent = {
  readonly stage: Stage;
  readonly by: StageEntry['by'];
  readonly evidence: StageEntry['evidence'];
  /** When it was moved, where HubSpot's history tells. */
  readonly at?: Instant;
};

/**
 * What each mover's word is worth. A person, a workflow or another program says of this person where they stand, and so does HubSpot
 * when a deal of theirs is made or won. When it copies the stage of their company it says nothing of them: fifty people do not become
 * customers because one of them bought. What we wrote ourselves is no event.
 */
const COUNTS_AS: Readonly<Record<ObserverClass, StageEntry['by'] | null>> = {
  person: 'manual',
  automation: 'automation',
  deal: 'deal',
  company: null,
  us: null,
};

/**
 * The furthest move of the lifecycle stage that still stands, by what HubSpot's history tells; `null` where none speaks of this person.
 *
 * A move stands until a later one goes back behind it. Where the history has not been read up to the value that is there, nobody knows
 * who set it: then it counts as a person's word, so that none is lost.
 */
export function lifecycleEvent(view: PersonView): LifecycleEvent | null {
  const moves = movesOf(view);
  const shown = view.contact?.values[LIFECYCLE];
  if (moves.length === 0) return eventOf(shown, 'person');
  const standing = moves.filter(({ value }, nth) =>
    moves.slice(nth + 1).every((later) => lifecycleRank(later.value) >= lifecycleRank(value)),
  );
  const told = standing.findLast(({ by, value }) => COUNTS_AS[by] !== null && stageMeantBy(value) !== null);
  const event = told === undefined ? null : eventOf(told.value, told.by);
  return event === null ? null : { ...event, at: told!.at };
}

/** The move that set the lifecycle stage which HubSpot shows now; `null` while its history has not been read. */
export function newestMove(view: PersonView): HistoryEntry | null {
  return movesOf(view).at(-1) ?? null;
}

/** Who set it. */
export function lifecycleMover(view: PersonView): ObserverClass | null {
  return newestMove(view)?.by ?? null;
}

function eventOf(value: HistoryEntry['value'] | undefined, mover: ObserverClass): LifecycleEvent | null {
  const stage = stageMeantBy(value);
  const by = COUNTS_AS[mover];
  return stage === null || by === null ? null : { stage, by, evidence: { lifecyclestage: value ?? null } };
}

/** Oldest first; empty where the newest that is known is not the value that is there. */
function movesOf({ contact, facts }: PersonView): readonly HistoryEntry[] {
  if (contact === null) return [];
  const name = recordName(contact.record);
  const moves = (facts.edits ?? [])
    .filter(({ field, record }) => field === LIFECYCLE && recordName(record) === name)
    .toSorted((one, other) => one.at - other.at);
  return moves.at(-1)?.value === contact.values[LIFECYCLE] ? moves : [];
}
