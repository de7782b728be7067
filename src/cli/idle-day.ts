import { OBJECTS, type System } from '../domain/people/record.ts';
import type { LedgerCounts } from '../ports/ledger.ts';

/** What an idle day is reckoned from. */
export type IdleDayFacts = {
  readonly pullEverySeconds: number;
  readonly surveyEveryHours: number;
  /** How much the survey has to list. */
  readonly counts: Pick<LedgerCounts, 'people' | 'deals' | 'companies'>;
};

/** Calls of a day on which nothing happens, by what they are for. */
export type IdleDay = {
  readonly pulls: number;
  readonly upkeep: number;
  readonly survey: number;
  readonly total: number;
};

/** What each side tells in one call. */
const SALESFORCE_OBJECTS_PER_CALL = 5;
const ROWS_PER_CALL = { hubspot: 100, salesforce: 2_000 } as const;
/** Associations of so many records come in one call of HubSpot's. */
const ASSOCIATIONS_PER_CALL = 1_000;
/** Who works there and what fields there are is read once an hour; these are the calls besides one for each object. */
const UPKEEP_PER_HOUR = { hubspot: 4, salesforce: 7 } as const;
/** Forms and seminars once a day, as far as there are only a few. */
const SIGNALS_PER_DAY = { hubspot: 20, salesforce: 0 } as const;

/**
 * Reckons what Tasuki costs one system on a day on which nothing happens there: the floor under every other day, and the figure to hold
 * against the allowance that other integrations share. Upper bounds, not measurements; `test/bench` measures.
 */
export function idleDay(system: System, { pullEverySeconds, surveyEveryHours, counts }: IdleDayFacts): IdleDay {
  const objects = OBJECTS[system].length;
  const perPass = system === 'hubspot' ? objects : Math.ceil(objects / SALESFORCE_OBJECTS_PER_CALL);
  const pulls = Math.ceil(86_400 / pullEverySeconds) * perPass;
  const upkeep = 24 * (objects + UPKEEP_PER_HOUR[system]) + SIGNALS_PER_DAY[system];
  const survey = Math.ceil((24 / surveyEveryHours) * surveyCalls(system, counts));
  return { pulls, upkeep, survey, total: pulls + upkeep + survey };
}

function surveyCalls(system: System, { people, deals, companies }: IdleDayFacts['counts']): number {
  const listed = [people, deals.both + deals[system], companies.both + companies[system]];
  const lists = listed.reduce((calls, rows) => calls + Math.ceil(rows / ROWS_PER_CALL[system]) + 1, 0);
  if (system === 'salesforce') return lists + 2; // Leads and Contacts apart, and the contact roles
  const associations = listed.reduce((calls, rows) => calls + Math.ceil(rows / ASSOCIATIONS_PER_CALL), 0);
  return lists + 2 * associations;
}
