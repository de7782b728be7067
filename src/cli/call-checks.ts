import { forecast } from '../domain/budget/forecast.ts';
import { SYSTEMS, type System } from '../domain/people/record.ts';
import type { Locale } from '../domain/policy.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { budgetNow } from '../steps/budget.ts';
import type { Works } from '../steps/works.ts';
import { callText } from './call-text.ts';
import type { Check } from './check.ts';
import { type IdleDay, type IdleDayFacts, idleDay } from './idle-day.ts';

/** What an idle day may cost: a small part of the smallest daily allowance that both are sold with. */
const MOST_CALLS = { hubspot: 5_000, salesforce: 2_000 } as const;

export type Schedule = Pick<IdleDayFacts, 'pullEverySeconds' | 'surveyEveryHours'>;

/**
 * The day's calls are shared with the customer's other integrations: so what a quiet day costs is said beforehand, what this one has
 * cost is said by purpose, and until when it lasts.
 */
export async function callChecks(works: Works, options: Schedule, locale: Locale): Promise<readonly Check[]> {
  const t = locale === 'ja' ? JA : EN;
  const counts = await works.ledger.counts();
  const checks: Check[] = [];
  for (const system of SYSTEMS) {
    const day = idleDay(system, { ...options, counts });
    const now = works.clock.now();
    const standing = await budgetNow(system, works);
    const wall = (at: number) => formatLocal(at, works.policy().calendar, locale);
    const outlook = { standing, forecast: forecast(standing, now), wall };
    checks.push(
      toCheck(t.calls(system), day.total <= MOST_CALLS[system], t.callsOf(day), t.callsRemedy),
      toCheck(t.budget(system), standing.level === 'free', callText(outlook, locale), t.budgetRemedy),
      toCheck(t.enough(system), day.total <= standing.budget, t.needs(day.total, standing.budget), t.budgetRemedy),
    );
  }
  return [...checks, { name: t.survey, ok: true, says: t.surveyEvery(options.surveyEveryHours) }];
}

function toCheck(name: string, ok: boolean, says: string, remedy: string): Check {
  return { name, ok, says, ...(ok ? {} : { remedy }) };
}

type Words = typeof JA;
const JA = {
  calls: (system: System) => `API 呼び出し ${named(system)}`,
  callsOf: ({ pulls, upkeep, survey, total }: IdleDay) =>
    `何も起きない日で 1 日およそ ${total} 回(読み取り ${pulls}、項目と担当者の確認 ${upkeep}、全件の見回り ${survey})`,
  callsRemedy: 'TASUKI_PULL_EVERY_SECONDS を長くするか、見回りの間隔(TASUKI_SURVEY_EVERY_HOURS)を延ばしてください',
  budget: (system: System) => `API の予算 ${named(system)}`,
  enough: (system: System) => `API の割り当て ${named(system)}`,
  needs: (needed: number, budget: number) => `何も起きない日の ${needed} 回に対して、1 日 ${budget} 回まで使えます`,
  budgetRemedy: 'TASUKI_API_SHARE_HUBSPOT、TASUKI_API_SHARE_SALESFORCE とほかの連携の利用量を確認してください',
  survey: '全件の見回り',
  surveyEvery: (hours: number) =>
    `${hours} 時間に 1 回。検索に表れない変化(HubSpot での削除、マージ、関連付けや役割の増減)に気づくのは、最大 ${hours} 時間後です`,
};
const EN: Words = {
  calls: (system) => `API calls ${named(system)}`,
  callsOf: ({ pulls, upkeep, survey, total }) =>
    `about ${total} on a day on which nothing happens (pulls ${pulls}, fields and people ${upkeep}, survey ${survey})`,
  callsRemedy: 'Lengthen TASUKI_PULL_EVERY_SECONDS, or the survey (TASUKI_SURVEY_EVERY_HOURS).',
  budget: (system) => `API budget ${named(system)}`,
  enough: (system) => `API share ${named(system)}`,
  needs: (needed, budget) => `${budget} calls a day, of which a day on which nothing happens takes ${needed}`,
  budgetRemedy: 'Look at TASUKI_API_SHARE_HUBSPOT, TASUKI_API_SHARE_SALESFORCE, and what else uses the API.',
  survey: 'Survey',
  surveyEvery: (hours) =>
    `once in ${hours} hours; what search does not show (deletions in HubSpot, merges, associations and roles that came or went) is known at most ${hours} hours later`,
};

function named(system: System): string {
  return system === 'hubspot' ? 'HubSpot' : 'Salesforce';
}
