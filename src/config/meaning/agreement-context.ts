import type { BusinessCalendar } from '../../domain/calendar/business-calendar.ts';
import type { Complaints } from './complain.ts';

/** What the agreement may lean on in the other files. `null`: that file could not be read, and nothing is said of what it would have. */
export type Context = {
  /** Of owners.yaml. */
  readonly teams: readonly string[];
  /** Of the agreement itself: role, then the address. */
  readonly roles: Readonly<Record<string, string>>;
  /** Names of the fields in contact.yaml, and in company.yaml: those of a line's own, and HubSpot's. */
  readonly personFields: readonly string[] | null;
  readonly companyFields: readonly string[] | null;
  /** Does deal.yaml make opportunities? */
  readonly makesOpportunities: boolean | null;
  readonly calendar: BusinessCalendar;
  readonly complaints: Complaints;
};
