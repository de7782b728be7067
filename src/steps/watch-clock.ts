import type { System } from '../domain/people/record.ts';
import type { Works } from './works.ts';

/** Clocks may be so far apart before it is said. An answer that is slow, and whose `Date` has no parts of a second, looks half as far. */
export const SKEW_BOUND_MS = 60_000;

/** Says that this CRM's clock and ours do not tell the same time: a finding as long as it is so, a line in the log when it begins. */
export async function watchClock(system: System, { ledger, crm, clock, log }: Works): Promise<void> {
  const aheadMs = crm[system].aheadMs();
  if (aheadMs === null) return;
  const code = 'CLOCK_SKEW';
  const isOpen = (await ledger.findings()).some((finding) => finding.code === code && finding.subject === system);
  if (Math.abs(aheadMs) <= SKEW_BOUND_MS) {
    if (isOpen) await ledger.closeFinding(code, system, clock.now());
    return;
  }
  const seconds = Math.round(aheadMs / 1000);
  await ledger.openFinding({ code, subject: system, detail: { system, seconds } }, clock.now());
  if (!isOpen) log.warn({ system, code, seconds }, 'the clock of this system and ours do not tell the same time');
}
