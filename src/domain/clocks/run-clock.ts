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
  /** Salesforce users whose contact counts: the team, or the owner alone, as the deadline says. */
  readonly obliged: ReadonlySet<string>;
  readonly asked: DeadlineRule['ends']['contact'];
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
 * Evidence lies at or after the start; what happened before the hand-off was somebody else's contact. Contact in time that was
 * also entered in time is preferred over contact that was entered later, because it needs no trust. A lapse is the last thing to
 * be said: only when the due instant is behind us *and* everything up to it has been read. After that the clock goes on, so that
 * we know how late it was.
 */
export function runClock(clock: Clock, facts: ClockFacts): ClockVerdict {
  if (clock.state !== 'running' && clock.state !== 'lapsed') return { kind: 'over' };
  const limit = clock.dueAt + (facts.graceMs ?? 0);
  const contacts = contactsSince(clock.startedAt, facts);

  const inTime = contacts.filter(({ at }) => at <= clock.dueAt);
  const entered = inTime.find(({ loggedAt }) => loggedAt <= limit);
  if (entered) return { kind: 'met', ...proof(entered) };
  const [late] = inTime;
  if (late) return { kind: 'met-logged-late', ...proof(late) };

  if (facts.now <= limit) return { kind: 'running' };
  const lapsedAt = clock.lapsedAt ?? clock.dueAt;
  if (clock.state === 'running' && (facts.coveredUntil === null || facts.coveredUntil < limit)) {
    return { kind: 'waits', coveredUntil: facts.coveredUntil };
  }
  const [after] = contacts;
  return after ? { kind: 'closed', lapsedAt, ...proof(after) } : { kind: 'lapsed', lapsedAt };
}

/** Contact that this obligation asks for, by somebody who owes it, oldest first. */
function contactsSince(start: Instant, { activities, obliged, asked, now }: ClockFacts): readonly Activity[] {
  return activities
    .filter((activity) => activity.countsAsContact && !activity.ourTask && !activity.deleted)
    .filter(({ at }) => at >= start && at <= now)
    .filter(({ by }) => by !== null && obliged.has(by))
    .filter(({ kind }) => isAskedFor(kind, asked))
    .toSorted((one, other) => one.at - other.at || (one.source.id < other.source.id ? -1 : 1));
}

function proof({ at, source, by }: Activity): { metAt: Instant; evidence: string; by: string } {
  return { metAt: at, evidence: `${source.object}:${source.id}`, by: by ?? '' };
}
