import { forecast } from '../domain/budget/forecast.ts';
import { isPullDue, type Level, mayGo } from '../domain/budget/ladder.ts';
import { type PartOfDay, type Standing, standingOf } from '../domain/budget/standing.ts';
import { toLocal } from '../domain/calendar/local-time.ts';
import type { Finding } from '../domain/people/person.ts';
import type { System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { Spending } from '../ports/ledger.ts';
import { bookCalls } from './book-calls.ts';
import { theirTimeSoFar } from './their-time.ts';
import type { Works } from './works.ts';

/** What the operator decided about calls. */
export type BudgetRules = {
  /** What Tasuki may use of each system's day, in percent; the rest is the others' reserve. */
  readonly sharePercent: Readonly<Record<System, number>>;
  /** How often each system is asked what changed. */
  readonly pullEveryMs: number;
};

/** A day's calls of the smallest edition with this interface. Both systems say more exactly with one of their first answers. */
const ASSUMED_LIMIT: Readonly<Record<System, number>> = { hubspot: 250_000, salesforce: 100_000 };

/** HubSpot counts batches of associations by themselves as well: so many a day for the account. No answer tells how many are left. */
const ASSOCIATIONS_LIMIT = 500_000;
export const ASSOCIATION_CALLS = ['associations', 'survey-associations', 'associate'];

function partOf(system: System, kinds: Spending['kinds']): PartOfDay | null {
  if (system !== 'hubspot') return null;
  return { limit: ASSOCIATIONS_LIMIT, used: ASSOCIATION_CALLS.reduce((sum, kind) => sum + (kinds[kind] ?? 0), 0) };
}

/** How one system's calls stand just now: books those that were made, and counts. Asked before every page and batch. */
export async function budgetNow(system: System, works: Works): Promise<Standing> {
  await bookCalls(system, works);
  const now = works.clock.now();
  const day = works.crm[system].callDay(now);
  const { booked, kinds, told } = await works.ledger.spending(system, day.from);
  const sharePercent = works.budget.sharePercent[system];
  const part = partOf(system, kinds);
  return standingOf({ now, day, sharePercent, told, assumedLimit: ASSUMED_LIMIT[system], booked, part });
}

/** Was enough called for now? A pull that stops here goes on from its cursors; nothing is lost, it is only known later. */
export async function isPullOver(system: System, works: Works): Promise<boolean> {
  if (!(await bookCalls(system, works))) return false; // several pages can come out of one call
  const standing = await budgetNow(system, works);
  if (mayGo('pull', standing)) return false;
  return standing.level === 'spent' || !(await hotWaits(system, works));
}

/** Is this system to be asked now what changed? */
export async function isPullWanted(system: System, { level }: Standing, works: Works): Promise<boolean> {
  const lastPullAt = (await works.ledger.cursor(system, 'pull'))?.covers ?? null;
  const everyMs = works.budget.pullEveryMs;
  return isPullDue(level, {
    now: theirTimeSoFar(system, works), // as pulls are told
    lastPullAt,
    everyMs,
    hotWaits: level !== 'free' && level !== 'low' && (await hotWaits(system, works)),
  });
}

async function hotWaits(system: System, { ledger }: Works): Promise<boolean> {
  return (await ledger.toSend(system)).hot > 0;
}

/**
 * Says how the calls stand, and tells people when less goes on because of it: a finding as long as it is so, a line in the log when it
 * begins. Where others have used up the day, one call looks from time to time whether it is still so; and a process that does not know yet
 * when the account's day turns asks, or it would take yesterday's calls for today's.
 */
export async function watchBudget(system: System, works: Works): Promise<Standing> {
  let standing = await budgetNow(system, works);
  if (standing.isLookDue || standing.day.assumed) {
    await works.crm[system].identity();
    standing = await budgetNow(system, works);
  }
  const { ledger, clock, log } = works;
  const code = CODES[standing.level];
  const open = (await ledger.findings()).filter(({ code: one, subject }) => OURS.includes(one) && subject === system);
  for (const { code: one } of open.filter((finding) => finding.code !== code))
    await ledger.closeFinding(one, system, clock.now());
  if (code === null) return standing;
  const detail = detailOf(system, standing, works);
  await ledger.openFinding({ code, subject: system, detail }, clock.now());
  if (!open.some((finding) => finding.detail['level'] === standing.level))
    log.warn({ system, code, ...detail }, 'the budget of calls runs low; what nobody waits for waits');
  return standing;
}

const OURS: readonly Finding['code'][] = ['API_BUDGET_LOW', 'API_BUDGET_SPENT'];
const CODES: Readonly<Record<Level, Finding['code'] | null>> = {
  free: null,
  low: 'API_BUDGET_LOW',
  tight: 'API_BUDGET_LOW',
  'hot-only': 'API_BUDGET_SPENT',
  spent: 'API_BUDGET_SPENT',
};

function detailOf(system: System, standing: Standing, { clock, policy }: Works): Finding['detail'] {
  const { level, used, budget, others, limit, heldByPart } = standing;
  const { freeAt } = forecast(standing, clock.now());
  const counted = heldByPart === null ? { used, budget, others, limit } : { ...heldByPart, of: 'associations' };
  return { system, level, ...counted, freeAt: freeAt === null ? null : wallTime(freeAt) };

  /** `2026-11-03 00:00` on the wall of the office. */
  function wallTime(at: Instant): string {
    const { day, minute } = toLocal(at, policy().calendar);
    return `${day} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  }
}
