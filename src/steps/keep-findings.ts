import { endOf, endsSoon } from '../domain/calendar/covered.ts';
import { calendarsOf } from '../domain/clocks/office-time.ts';
import { SYSTEMS } from '../domain/people/record.ts';
import { indexDirectory } from '../reconcile/context.ts';
import { isOldNews } from '../reconcile/findings.ts';
import { judgeOwnerAgain, ownerNamed } from '../reconcile/owner-trouble.ts';
import type { Works } from './works.ts';

type Keeping = Pick<Works, 'ledger' | 'clock' | 'policy'>;

/**
 * What time does to findings, besides what plans do: owners who are in trouble are told again each day, until it is over; what only told
 * of an event goes off a week later; a table of holidays that ends soon is told in time.
 */
export async function keepFindings(works: Keeping): Promise<void> {
  await tellOwnersAgain(works);
  await letGoOfNews(works);
  await tellOfCalendars(works);
}

/** The planner tells of a table that has ended only when it comes upon a deadline beyond; this tells of it while there is time. */
async function tellOfCalendars({ ledger, clock, policy }: Keeping): Promise<void> {
  const calendars = calendarsOf(policy());
  const standing = new Set(calendars.map((calendar) => endOf(calendar).subject));
  for (const calendar of calendars)
    if (endsSoon(calendar, clock.now())) await ledger.openFinding(endOf(calendar), clock.now());
  for (const { code, subject } of await ledger.findings())
    if (code === 'CALENDAR_ENDS' && !standing.has(subject)) await ledger.closeFinding(code, subject, clock.now());
}

async function tellOwnersAgain({ ledger, clock, policy }: Keeping): Promise<void> {
  const open = (await ledger.findings()).filter((finding) => ownerNamed(finding) !== null);
  if (open.length === 0) return;
  const owning = new Set<string>();
  for (const system of SYSTEMS) {
    const ids = open
      .map((finding) => ownerNamed(finding))
      .flatMap((owner) => (owner?.system === system ? owner.id : []));
    for (const id of ids.length === 0 ? [] : await ledger.owning(system, ids)) owning.add(`${system}:${id}`);
  }
  const directory = indexDirectory(await ledger.directory());
  for (const { openedAt, ...finding } of open) {
    const judging = { directory, policy: policy(), now: clock.now() };
    const again = judgeOwnerAgain({ ...finding, openedAt }, owning, judging);
    if (again === 'over') await ledger.closeFinding(finding.code, finding.subject, clock.now());
    if (again === 'tell-again') await ledger.tellAgain(finding, clock.now());
  }
}

async function letGoOfNews({ ledger, clock }: Keeping): Promise<void> {
  for (const finding of await ledger.findings())
    if (isOldNews(finding, clock.now())) await ledger.closeFinding(finding.code, finding.subject, clock.now());
}
