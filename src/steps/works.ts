import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import type { System } from '../domain/people/record.ts';
import type { Policy } from '../domain/policy.ts';
import type { LocalDate } from '../domain/values/value.ts';
import type { Bell } from '../ports/bell.ts';
import type { Clock } from '../ports/clock.ts';
import type { Crm } from '../ports/crm.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { BudgetRules } from './budget.ts';
import type { GateRules } from './release.ts';

/** Everything a step works with, handed to it by `main/wire.ts`: no step opens anything itself. */
export type Works = {
  readonly ledger: Ledger;
  readonly crm: Readonly<Record<System, Crm>>;
  readonly clock: Clock;
  readonly bell: Bell;
  readonly log: Log;
  /** The policy in force; it may change between two steps, never within one. */
  readonly policy: () => Policy;
  /** UTC offsets of a zone between two days; `null` of one that nobody knows. Absent: everybody works in the office's zone. */
  readonly offsetsOf?: (zone: string, from: LocalDate, to: LocalDate) => BusinessCalendar['offsets'] | null;
  /** What planned changes have to pass before they are sent. */
  readonly gate: GateRules;
  /** How many calls may be made. */
  readonly budget: BudgetRules;
  /** How often everything is listed, to find what search cannot show. */
  readonly surveyEveryMs: number;
  /** The run that changes are booked on. */
  readonly run: () => string;
};
