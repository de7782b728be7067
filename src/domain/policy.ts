import type { Agreement } from './agreement/agreement.ts';
import type { BusinessCalendar } from './calendar/business-calendar.ts';
import type { CompanyMapping, DealMapping, OwnersPolicy, PersonMapping } from './people/mapping.ts';
import type { InBoth } from './texts/words.ts';
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
  /** Agreements that were in force before this one: what began under one of them goes on by it. Absent: there were none. */
  readonly earlier?: readonly Agreement[];
  readonly person: PersonMapping;
  readonly company: CompanyMapping;
  readonly deal: DealMapping;
  readonly owners: OwnersPolicy;
  readonly calendar: BusinessCalendar;
  readonly locale: Locale;
  /** What is obeyed, and may not be what was meant. Absent: nothing. */
  readonly doubts?: readonly Doubt[];
};

/** Nothing is wrong, but it may not be what was meant. `at`: its place in the files. */
export type Doubt = { readonly at: string; readonly message: InBoth };
