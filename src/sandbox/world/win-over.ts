import { DOWNLOAD_FORM, type Office, SEMINAR_FORM, WEB_SITE } from './office.ts';
import type { Person } from './people.ts';
import { writePhone } from './phones.ts';
import type { Sale } from './sale.ts';

const DAY_MS = 86_400_000;

/** What marketing does for a sale: somebody downloads something, comes to a seminar, reads on, and is an MQL in the end. */
export function winOver(sale: Sale): void {
  const { person } = sale.part;
  sale.now((at) => {
    const contact = sendForm(sale.office, person, DOWNLOAD_FORM, '/download/handbook');
    sale.records.contact = contact;
    const known = { hs_analytics_source: person.source, leadscore: '30' };
    sale.office.portal.touch('contacts', contact, known, { source: 'CALCULATED' });
    if (sale.part.plot !== 'no-company') joinCompany(sale, contact, at);
  });
  visit(sale, '/features', 2);
  attend(sale);
  visit(sale, '/price', 1);
  sale.soon(() => qualify(sale));
}

/** A visitor sends a form of the web site; the contact is there from then on. */
export function sendForm(
  { portal }: Office,
  person: Person,
  form: { guid: string; name: string },
  page: string,
  email = person.email ?? '',
): string {
  const answers = {
    lastname: person.surname.kanji,
    firstname: person.given.kanji,
    name_kana: `${person.surname.kana} ${person.given.kana}`,
    company: person.company.name,
    phone: writePhone(person.phone, 'hyphens'),
    jobtitle: `${person.department} ${person.title}`,
    state: person.company.prefecture,
    industry: person.company.industry.hubspot,
  };
  return portal.submitForm({ guid: form.guid, email, answers, pageUrl: `${WEB_SITE}${page}`, pageTitle: form.name });
}

/** HubSpot makes a company of the address's domain, and the contact's main company it is. */
export function joinCompany({ office, part }: Sale, contact: string, at: number): void {
  const { company } = part.person;
  let id = office.companies.get(company);
  if (id === undefined) {
    const properties = {
      name: company.name,
      domain: company.domain,
      phone: writePhone(company.phone, 'hyphens'),
      industry: company.industry.hubspot,
      state: company.prefecture,
    };
    id = office.portal.seed('companies', properties, at, { type: 'CALCULATED' });
    office.companies.set(company, id);
  }
  office.portal.associate({ object: 'contacts', id: contact }, { object: 'companies', id }, { label: 'primary' });
}

function visit(sale: Sale, page: string, days: number): void {
  sale.later(days + sale.random.int(3), (at) => {
    const seen = {
      hs_analytics_last_url: `${WEB_SITE}${page}`,
      hs_analytics_last_timestamp: new Date(at).toISOString(),
    };
    sale.office.portal.touch('contacts', sale.of('contact'), seen, { source: 'CALCULATED' });
  });
}

/** The next seminar that can still be booked: the form, and on the day the person is there. */
function attend(sale: Sale): void {
  const { portal, seminars } = sale.office;
  const seminar = seminarAfter(sale.office, sale.at + 2 * DAY_MS) ?? seminars.at(-1);
  if (seminar === undefined) return;
  const { event } = seminar;
  const participate = (state: 'REGISTERED' | 'ATTENDED'): void => {
    portal.events.participate({ event, contactId: sale.of('contact'), state });
  };
  sale.later(1, () => {
    sendForm(sale.office, sale.part.person, SEMINAR_FORM, '/seminar');
    participate('REGISTERED');
  });
  sale.until(seminar.startsAt, () => participate('ATTENDED'));
}

function seminarAfter({ seminars }: Office, instant: number): Office['seminars'][number] | undefined {
  return seminars.find(({ startsAt }) => startsAt >= instant);
}

/** The seminar that the person of this sale will have been to by then. */
export function seminarOf(sale: Sale): Office['seminars'][number] | undefined {
  return sale.office.seminars.findLast(({ startsAt }) => startsAt <= sale.at);
}

function qualify({ office, part, inside, records }: Sale): void {
  const qualified = {
    leadscore: String(Math.max(part.person.score ?? 0, 85)),
    lifecyclestage: 'marketingqualifiedlead',
    ...(inside.seat === undefined ? {} : { hubspot_owner_id: inside.seat.owner }),
  };
  office.portal.touch('contacts', records.contact ?? '', qualified, { source: 'CALCULATED' });
}
