import { DOWNLOAD_FORM } from './office.ts';
import { dayInJapan } from './office-hour.ts';
import type { Sale } from './sale.ts';
import { joinCompany, sendForm } from './win-over.ts';
import { enterLead } from './work-lead.ts';

const DAY_MS = 86_400_000;
/** Recent enough for the one that was given up to be in the bin of Salesforce. */
const MERGED_DAYS_AGO = 5;
const ROLES = ['決裁者', '承認者', '評価者', '利用部門'];

/** Four colleagues in the opportunity, beside the contact that it was opened with. */
export function addRoles(sale: Sale): void {
  const { office, field, part } = sale;
  for (const [index, person] of part.colleagues.entries()) {
    sale.later(1, (at) => {
      const fields = {
        LastName: person.surname.kanji,
        FirstName: person.given.kanji,
        Email: person.email,
        Title: `${person.department} ${person.title}`,
        AccountId: sale.of('account'),
        OwnerId: field.user,
      };
      const contact = office.org.seed('Contact', fields, { at, by: field.user });
      const role = { OpportunityId: sale.of('opportunity'), ContactId: contact, Role: ROLES[index] };
      office.org.seed('OpportunityContactRole', role, { at, by: field.user });
    });
  }
}

/** Opened in a hurry: no account, no contact. Its person is still a Lead. */
export function openWithoutAccount(sale: Sale): void {
  const { office, field, part, worth } = sale;
  sale.later(3, (at) => {
    const fields = {
      Name: `${part.person.company.name} 引き合い`,
      StageName: '初回訪問',
      CloseDate: dayInJapan(at + 45 * DAY_MS),
      Amount: worth,
      OwnerId: field.user,
    };
    office.org.seed('Opportunity', fields, { at, by: field.user });
  });
}

/** Colleagues in HubSpot belong to the company, and to the deal that is to come. */
export function bringColleagues(sale: Sale): () => readonly string[] {
  const { office, part } = sale;
  const ids = (): string[] =>
    part.colleagues.map((person) => office.contacts.get(person)).filter((id) => id !== undefined);
  sale.later(1, (at) => {
    for (const id of ids()) joinCompany(sale, id, at);
  });
  return ids;
}

/** A customer comes by the stand at a fair, and is entered as if nobody knew them. */
export function meetAgain(sale: Sale): void {
  const { office, part } = sale;
  sale.later(20, (at) => {
    const lead = enterLead(sale, part.person, at, { LeadSource: '展示会' });
    office.org.seed('CampaignMember', { CampaignId: office.fair, LeadId: lead, Status: 'レスポンスあり' }, { at });
  });
}

/** The same person under a second address, in both systems, until somebody sees it and merges the two. */
export function appearTwice(sale: Sale): void {
  const { office, field, part, records } = sale;
  const second = `private.${part.person.email ?? ''}`;
  const twin: { contact?: string; salesContact?: string } = {};
  sale.later(6, (at) => {
    twin.contact = sendForm(office, part.person, DOWNLOAD_FORM, '/download/handbook', second);
    const fields = { LastName: part.person.surname.kanji, FirstName: part.person.given.kanji, Email: second };
    const contact = { ...fields, AccountId: sale.of('account'), OwnerId: field.user };
    twin.salesContact = office.org.seed('Contact', contact, { at, by: field.user });
  });
  sale.until(office.now - MERGED_DAYS_AGO * DAY_MS, () => {
    records.contact = office.portal.merge('contacts', sale.of('contact'), twin.contact ?? '');
    const ids = { winner: sale.of('salesContact'), loser: twin.salesContact ?? '' };
    office.org.merge('Contact', ids, { by: field.user });
  });
}

/** A Contact of nobody's account: private, as Salesforce has it. */
export function enterPrivately(sale: Sale): void {
  const { office, field, part, records } = sale;
  sale.later(2, (at) => {
    const { person } = part;
    const fields = {
      LastName: person.surname.kanji,
      FirstName: person.given.kanji,
      Email: person.email,
      Title: person.title,
      LeadSource: 'Web',
      OwnerId: field.user,
    };
    records.salesContact = office.org.seed('Contact', fields, { at, by: field.user });
  });
}

/** Colleagues whom four reps entered, each with the company's name in another writing. */
export function writeInFiveWays(sale: Sale): void {
  const { colleagues, person } = sale.part;
  const writings = writingsOf(person.company.name);
  for (const [index, colleague] of colleagues.entries()) {
    sale.later(3, (at) => enterLead(sale, colleague, at, { Company: writings[index], Website: null }));
  }
}

/** Four more writings of a company's name, all of which mean the same one. */
function writingsOf(name: string): string[] {
  const bare = name.replace('株式会社', '');
  return name.startsWith('株式会社')
    ? [`(株)${bare}`, `㈱ ${bare}`, `株式会社　${bare}`, bare]
    : [`${bare}(株)`, `${bare} ㈱`, `${bare}　株式会社`, bare];
}
