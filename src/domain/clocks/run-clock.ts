import type { DeadlineRule } from '../agreement/agreement.ts';
import type { Activity } from '../people/activity.ts';
import type { Clock } from '../people/person.ts';
import type { Instant } from '../values/value.ts';
import { isAskedFor } from './counts-as-contact.ts';

export type ClockFacts = {
  readonly now: Instant;
  /** Everything that either system was willing to show has been seen up to here; `null` before the first full read. */
  readonly coveredUntil: Instant | null;
  readonly activities: readonly Activity[];
  /** Whose contact counts, as `system:id` of an activity's doer: the team, or the owner alone, as the deadline says. */
  readonly obliged: ReadonlySet<string>;
  /** What ends it: contact of these kinds, or the conversion of the Lead. */
  readonly ends: DeadlineRule['ends'];
  /** When the person's Lead was converted; `null` while it is one. */
  readonly convertedAt: Instant | null;
  /** How long after the due instant contact may still be entered before anything is declared. */
  readonly graceMs?: number;
};

export type ClockVerdict =
  | { readonly kind: 'running' }
  /** Contact by the due instant, and entered by then. */
  | { readonly kind: 'met'; readonly metAt: Instant; readonly evidence: string; readonly by: string }
  /** Contact by the due instant, entered afterwards. The promise was kept; only its record came late. */
  | { readonly kind: 'met-logged-late'; readonly metAt: Instant; readonly evidence: string; readonly by: string }
  | { readonly kind: 'lapsed'; readonly lapsedAt: Instant }
  /** Lapsed, and contact came afterwards: the time until then is measured, the task is to be closed. */
  | {
      readonly kind: 'closed';
      readonly lapsedAt: Instant;
      readonly metAt: Instant;
      readonly evidence: string;
      readonly by: string;
    }
  /** The due instant has passed, but what we have read does not reach it. Nobody is accused on stale evidence (law R19). */
  | { readonly kind: 'waits'; readonly coveredUntil: Instant | null }
  /** It ended before; there is nothing to decide. */
  | { readonly kind: 'over' };

/**
 * Where an obligation stands.
 *
 * Evidence lies at or after the start; what happened before the hand-off was somebody else's contact. Evidence in time that was
 * also entered in time is preferred over what was entered later, because it needs no trust. A lapse is the last thing to
 * be said: only when the due instant is behind us *and* everything up to it has been read. After that the clock goes on, so that
 * we know how late it was. A promise that was kept is kept, however late we hear of it: contact in time that shows only now (entered days
 * later, or made with somebody who has become the same person since) counts also where a clock that
 * had lapsed is closed, by later contact or because nothing was owed any more.
 */
export function runClock(clock: Clock, facts: ClockFacts): ClockVerdict {
  const hadLapsed = clock.state === 'closed' && clock.lapsedAt !== undefined;
  if (clock.state !== 'running' && clock.state !== 'lapsed' && !hadLapsed) return { kind: 'over' };
  const limit = clock.dueAt + (facts.graceMs ?? 0);
  const evidence = evidenceSince(clock.startedAt, facts);

  const inTime = evidence.filter(({ at }) => at <= clock.dueAt);
  const entered = inTime.find(({ loggedAt }) => loggedAt <= limit);
  if (entered) return { kind: 'met', ...proofOf(entered) };
  const [late] = inTime;
  if (late) return { kind: 'met-logged-late', ...proofOf(late) };
  if (hadLapsed) return { kind: 'over' };

  if (facts.now <= limit) return { kind: 'running' };
  const lapsedAt = clock.lapsedAt ?? clock.dueAt;
  if (clock.state === 'running' && (facts.coveredUntil === null || facts.coveredUntil < limit)) {
    return { kind: 'waits', coveredUntil: facts.coveredUntil };
  }
  const [after] = evidence;
  return after ? { kind: 'closed', lapsedAt, ...proofOf(after) } : { kind: 'lapsed', lapsedAt };
}

/** Something that may end an obligation. `name` says what, as the ledger keeps it: `Task:00T…`, `conversion`. */
type Proof = { readonly at: Instant; readonly loggedAt: Instant; readonly name: string; readonly by: string };

/** What this obligation asks for, oldest first, at or after its start and not ahead of us. */
function evidenceSince(start: Instant, facts: ClockFacts): readonly Proof[] {
  const found = 'converted' in facts.ends ? conversionIn(facts) : contactsIn(facts);
  return found
    .filter(({ at }) => at >= start && at <= facts.now)
    .toSorted((one, other) => one.at - other.at || (one.name < other.name ? -1 : 1));
}

/** Contact of the kinds asked for, by somebody who owes it. */
function contactsIn({ activities, obliged, ends }: ClockFacts): readonly Proof[] {
  return activities
    .filter((activity) => activity.countsAsContact && !activity.ourTask && !activity.deleted)
    .filter(({ source, by }) => by !== null && obliged.has(`${source.system}:${by}`))
    .filter(({ kind }) => isAskedFor(kind, ends))
    .map(({ at, loggedAt, source, by }) => ({ at, loggedAt, name: `${source.object}:${source.id}`, by: by ?? '' }));
}

/** Salesforce stamps a conversion itself, so it is never logged late. */
function conversionIn({ convertedAt: at }: ClockFacts): readonly Proof[] {
  return at === null ? [] : [{ at, loggedAt: at, name: 'conversion', by: '' }];
}

function proofOf({ at, name, by }: Proof): { metAt: Instant; evidence: string; by: string } {
  return { metAt: at, evidence: name, by };
}
