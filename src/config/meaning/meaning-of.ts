import { calendarOfPromise } from '../../domain/clocks/office-time.ts';
import type { CompanyMapping, DealMapping } from '../../domain/people/mapping.ts';
import type { Policy } from '../../domain/policy.ts';
import { doubtOf } from '../../domain/texts/doubts.ts';
import type { AgreementFile } from '../grammar/agreement-grammar.ts';
import type { CalendarFile } from '../grammar/calendar-grammar.ts';
import type { CompanyFile } from '../grammar/company-grammar.ts';
import type { ContactFile } from '../grammar/contact-grammar.ts';
import type { DealFile } from '../grammar/deal-grammar.ts';
import type { OwnersFile } from '../grammar/owners-grammar.ts';
import type { Complaints } from './complain.ts';
import { toAgreement } from './to-agreement.ts';
import { toCalendar, toOffices } from './to-calendar.ts';
import { NO_COMPANY_FIELDS, toCompany } from './to-company.ts';
import { NO_DEALS, toDeal } from './to-deal.ts';
import { toOwners } from './to-owners.ts';
import { toPerson } from './to-person.ts';

/** A file that fits its grammar. */
export type Understood<T> = { readonly value: T; readonly complaints: Complaints };

/** A file that may be left out, and was. */
export const ABSENT = 'absent';

/** The files of one folder; `null` where one could not be read. */
export type Files = {
  readonly agreement: Understood<AgreementFile> | null;
  readonly contact: Understood<ContactFile> | null;
  readonly company: Understood<CompanyFile> | null | typeof ABSENT;
  readonly deal: Understood<DealFile> | null | typeof ABSENT;
  readonly owners: Understood<OwnersFile> | null;
  readonly calendar: Understood<CalendarFile> | null;
};

/** What the files mean together. Complains as far as it gets; `null` when one of them could not be read. */
export function meaningOf(files: Files): Omit<Policy, 'hash' | 'locale' | 'doubts' | 'agreedSince' | 'earlier'> | null {
  const { agreement, contact } = files;
  const businessTime = files.calendar === null ? null : toCalendar(files.calendar.value, files.calendar.complaints);
  const offices =
    files.calendar === null || businessTime === null
      ? null
      : toOffices(files.calendar.value, businessTime, files.calendar.complaints);
  const company = companyIn(files);
  const deal = dealIn(files);
  const fields = {
    person: contact?.value.person.fields.flatMap(({ name, hubspot }) => [name ?? [], hubspot].flat()) ?? null,
    company: company === null ? null : namesOf(company.fields),
  };
  const owners =
    files.owners === null || agreement === null
      ? null
      : toOwners(files.owners.value, { roles: agreement.value.roles ?? {}, offices, fields }, files.owners.complaints);
  if (agreement === null || owners === null || businessTime === null) return null;
  const promise = toAgreement(agreement.value, {
    teams: Object.keys(owners.teams),
    roles: agreement.value.roles ?? {},
    personFields: fields.person,
    companyFields: fields.company,
    makesOpportunities: deal?.create.salesforce ?? null,
    calendar: businessTime,
    complaints: agreement.complaints,
  });
  for (const rule of promise.deadlines) {
    const doubt = doubtOf(rule.within, calendarOfPromise(rule, { owners, calendar: businessTime }));
    if (doubt !== null) agreement.complaints.ask(['deadlines', rule.name, 'within'], doubt);
  }
  if (contact === null) return null;
  const person = toPerson(contact.value, promise, contact.complaints);
  if (company === null || deal === null) return null;
  return { agreement: promise, person, company, deal, owners, calendar: businessTime };
}

/** What the agreement may call these fields. */
function namesOf(fields: CompanyMapping['fields']): readonly string[] {
  return fields.flatMap(({ alias, name }) => (alias === undefined ? [name] : [alias, name]));
}

function companyIn({ company }: Files): CompanyMapping | null {
  if (company === ABSENT) return NO_COMPANY_FIELDS;
  return company === null ? null : toCompany(company.value, company.complaints);
}

function dealIn({ deal }: Files): DealMapping | null {
  if (deal === ABSENT) return NO_DEALS;
  return deal === null ? null : toDeal(deal.value, deal.complaints);
}
