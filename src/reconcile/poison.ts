import type { TrackedChange } from '../domain/people/change.ts';
import type { EntityFacts, Finding } from '../domain/people/person.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import { refusedSubject } from './refused.ts';

/** How often a write is tried at once, before it is given up for a while: a locked row, an answer that is lost again and again. */
const MOST_ATTEMPTS = 5;

/**
 * How long a write rests after the fifth failure, the sixth, and all that follow. Five attempts may pass within seconds, so the first
 * rest is short: a CRM that was away for ten minutes must not cost anybody a day.
 */
const RESTS_MS: readonly number[] = [15 * MINUTE_MS, HOUR_MS, DAY_MS];

/**
 * Until when a write that has failed so often is left alone; `null` while it may simply be tried again.
 *
 * One poisoned record must neither block its lane nor be sent for ever. It is also tried again as soon as either side of its record
 * changes, and when a person says so (`tasuki retry`).
 *
 *     restsUntil(4, now)   // => null
 *     restsUntil(5, now)   // => fifteen minutes later
 */
export function restsUntil(attempts: number, at: Instant): Instant | null {
  if (attempts < MOST_ATTEMPTS) return null;
  return at + (RESTS_MS[attempts - MOST_ATTEMPTS] ?? DAY_MS);
}

/** Findings of writes that were set aside, of which none stands any more: overtaken, or under way with all their attempts again. */
export function parkedOver(
  facts: EntityFacts,
  open: readonly TrackedChange[],
): readonly Pick<Finding, 'code' | 'subject'>[] {
  if (facts.findings.length === 0) return [];
  const standing = new Set(
    open.filter(({ attempts }) => attempts >= MOST_ATTEMPTS).map((change) => refusedSubject(change, facts)),
  );
  return facts.findings
    .filter(({ code, subject }) => code === 'WRITE_PARKED' && !standing.has(subject))
    .map(({ code, subject }) => ({ code, subject }));
}
