import type { ConfigFault } from '../errors/errors.ts';
import type { Agreement } from './agreement/agreement.ts';
import type { BusinessCalendar } from './calendar/business-calendar.ts';
import type { CompanyMapping, DealMapping, OwnersPolicy, PersonMapping } from './people/mapping.ts';

export type Locale = 'ja' | 'en';

/** Everything an admin decided in `mappings/`, checked and ready to be obeyed. The pure core decides from this and from facts, nothing else. */
export type Policy = {
  /** Of the meaning, not of the bytes: a comment or a blank line changes nothing. */
  readonly hash: string;
  readonly agreement: Agreement;
  readonly person: PersonMapping;
  readonly company: CompanyMapping;
  readonly deal: DealMapping;
  readonly owners: OwnersPolicy;
  readonly calendar: BusinessCalendar;
  readonly locale: Locale;
  /** What is obeyed, and was probably not meant, each with its place in the files. Absent: nothing. */
  readonly remarks?: readonly ConfigFault[];
};
