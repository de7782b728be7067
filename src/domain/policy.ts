import type { Agreement } from './agreement/agreement.ts';
import type { BusinessCalendar } from './calendar/business-calendar.ts';
import type { CompanyMapping, DealMapping, OwnersPolicy, PersonMapping } from './people/mapping.ts';
import type { Instant } from './values/value.ts';

export type Locale = 'ja' | 'en';

/** Everything an admin decided in `mappings/`, checked and ready to be obeyed. The pure core decides from this and from facts, nothing else. */
export type Policy = {
  /** Of the meaning, not of the bytes: a comment or a blank line changes nothing. */
  readonly hash: string;
  readonly agreement: Agreement;
  /**
   * Since when both departments have been held to an agreement, this one or an earlier one. `null`: none was ever signed, so `agreement`
   * is a proposal and binds nobody; only mapped fields are written.
   */
  readonly agreedSince: Instant | null;
  readonly person: PersonMapping;
  readonly company: CompanyMapping;
  readonly deal: DealMapping;
  readonly owners: OwnersPolicy;
  readonly calendar: BusinessCalendar;
  readonly locale: Locale;
};
