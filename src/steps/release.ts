import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/values/value.ts';
import type { BreakerLimits, Gate, Released } from '../ports/approval.ts';
import type { Works } from './works.ts';

/** What the operator decided about writes that nobody has seen. */
export type GateRules = {
  /** Does the very first run wait for a person, or write at once? */
  readonly firstRun: 'ask' | 'go';
  readonly breaker: BreakerLimits;
};

/**
 * The line before which stages are history. Until the first run is approved it has not been drawn: everything there is lies before it,
 * so that no clock runs, and nobody is handed over, on writes that may never be made.
 */
export function goLiveLine(
  drawn: Instant | null,
  firstRun: GateRules['firstRun'],
  { startedAt, now }: { readonly startedAt: Instant; readonly now: Instant },
): Instant {
  return drawn ?? (firstRun === 'go' ? startedAt : now + 1);
}

/**
 * The line as the policy has it. Where the agreement names none, it is never before there was an agreement: whoever came while only mapped
 * fields were written is history too, or the day of the second signature would be a flood.
 */
export function lineUnder({ agreement: { startsAt }, agreedSince }: Policy, drawn: Instant): Instant {
  return startsAt === 'first-run' ? Math.max(drawn, agreedSince ?? drawn) : startsAt;
}

/**
 * Lets planned changes through, once everyone has been planned; `null` while somebody is not. A run that dies before it leaves them
 * planned, and the sweep comes by.
 *
 * `startedAt` is when this planning began: in a first run that needs no approval the go-live line is drawn there, and only after its
 * changes are through, so that a crash in between finds a first run again.
 */
export async function releasePlanned(
  { ledger, clock, gate: rules, policy }: Pick<Works, 'ledger' | 'clock' | 'gate' | 'policy'>,
  startedAt: Instant,
): Promise<Released | null> {
  const drawn = await ledger.goLive();
  const released = await ledger.releasePlanned(gateFor(drawn, rules, policy()), clock.now());
  if (released !== null && drawn === null && rules.firstRun === 'go') await ledger.setGoLive(startedAt);
  return released;
}

function gateFor(drawn: Instant | null, { firstRun, breaker }: GateRules, { person }: Policy): Gate {
  const rolloutPercent = person.rolloutPercent ?? 100;
  if (drawn !== null) return { kind: 'breaker', rolloutPercent, ...breaker };
  return { kind: firstRun === 'ask' ? 'closed' : 'open', rolloutPercent };
}
