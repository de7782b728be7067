import type { Clock } from '../people/person.ts';
import type { Instant } from '../values/value.ts';
import type { Proof } from './evidence.ts';

export type ClockFacts = {
  readonly now: Instant;
  /** Everything that either system was willing to show has been seen up to here; `null` before the first full read. */
  readonly coveredUntil: Instant | null;
  /** What may end this obligation, in any order; what lies before its start, or ahead of us, is left out here. */
  readonly evidence: readonly Proof[];
};

export type ClockVerdict =
  | { readonly kind: 'running' }
  /** Evidence by the due instant, and entered by then. */
  | { readonly kind: 'met'; readonly metAt: Instant; readonly evidence: string; readonly by: string }
  /** Evidence by the due instant, entered afterwards. The promise was kept; only its record came late. */
  | { readonly kind: 'met-logged-late'; readonly metAt: Instant; readonly evidence: string; readonly by: string }
  | { readonly kind: 'lapsed'; readonly lapsedAt: Instant }
  /** Lapsed, and evidence came afterwards: the time until then is measured, the task is to be closed. */
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
  const limit = clock.graceUntil ?? clock.dueAt;
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

/** Oldest first, from the start of the obligation on, and not ahead of us. */
function evidenceSince(start: Instant, { evidence, now }: ClockFacts): readonly Proof[] {
  return evidence
    .filter(({ at }) => at >= start && at <= now)
    .toSorted((one, other) => one.at - other.at || (one.name < other.name ? -1 : 1));
}

function proofOf({ at, name, by }: Proof): { metAt: Instant; evidence: string; by: string } {
  return { metAt: at, evidence: name, by };
}
