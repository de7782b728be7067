import type { HubSpotPortal } from '../../../src/sandbox/hubspot/portal.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';
import type { SalesforceOrg } from '../../../src/sandbox/salesforce/org.ts';
import { DOWNLOAD_FORM, WEB_SITE } from '../../../src/sandbox/world/office.ts';
import type { Directory } from '../../../src/sandbox/world/seed-staff.ts';
import { STAFF } from '../../../src/sandbox/world/staff.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export type Firm = {
  readonly name: string;
  readonly domain: string;
  readonly hubspot: string | undefined;
  readonly salesforce: string | undefined;
};

/** One of the people the company knows, and where it has written them down. */
export type Person = {
  readonly surname: string;
  readonly given: string;
  readonly email: string;
  readonly phone: string;
  readonly title: string;
  readonly firm: Firm;
  /** Since when they are known. */
  readonly at: number;
  readonly hubspot: boolean;
  readonly salesforce: 'Lead' | 'Contact' | null;
};

/** Both systems before a clerk, and what of each firm already stands in them. */
export type Paper = {
  readonly portal: HubSpotPortal;
  readonly org: SalesforceOrg;
  readonly random: Random;
  readonly staff: Directory;
  readonly firms: Map<Firm, { company?: string; account?: string }>;
};

/** Writes people down where they are known; the first has an opportunity, the second a deal, and some came to a seminar or sent a form. */
export function writeDown(paper: Paper, crowd: readonly Person[], now: number): void {
  const seminar = announceSeminar(paper, now);
  paper.portal.forms.define({ ...DOWNLOAD_FORM, fields: ['email', 'lastname'] }, now - 370 * DAY_MS);
  for (const [place, person] of crowd.entries()) {
    const contact = person.hubspot ? inHubSpot(paper, person) : undefined;
    const record = person.salesforce === null ? undefined : inSalesforce(paper, person);
    if (place === 0 && record !== undefined) openOpportunity(paper, person, record);
    if (place === 1 && contact !== undefined) openDeal(paper, person, contact);
    if (place < 4) takePart(paper, seminar, { contact, record });
    if (place === 4 && contact !== undefined) sendForm(paper, person, now);
  }
}

type Seminar = { readonly event: string; readonly campaign: string; readonly at: number };

/** Both systems know a seminar: HubSpot as an event, Salesforce as a campaign. */
function announceSeminar({ portal, org }: Paper, now: number): Seminar {
  const at = now - DAY_MS;
  const event = portal.events.define({
    name: 'リード管理入門',
    eventType: 'WEBINAR',
    startsAt: at,
    endsAt: at + HOUR_MS,
  });
  const campaign = { Name: 'リード管理入門', Type: 'セミナー', Status: '完了', IsActive: true };
  return { event, campaign: org.seed('Campaign', campaign, { at: at - 20 * DAY_MS }), at };
}

function takePart(
  { portal, org, random }: Paper,
  { event, campaign, at }: Seminar,
  who: { readonly contact: string | undefined; readonly record: string | undefined },
): void {
  const state = random.pick(['REGISTERED', 'ATTENDED', 'NO_SHOW'] as const);
  if (who.contact !== undefined) portal.events.participate({ event, contactId: who.contact, state, at });
  if (who.record === undefined) return;
  const member = who.record.startsWith('00Q') ? { LeadId: who.record } : { ContactId: who.record };
  org.seed('CampaignMember', { CampaignId: campaign, ...member }, { at });
}

function sendForm({ portal }: Paper, { email, surname }: Person, now: number): void {
  const { guid, name } = DOWNLOAD_FORM;
  portal.submitForm({
    guid,
    email,
    answers: { lastname: surname },
    pageUrl: `${WEB_SITE}/download`,
    pageTitle: name,
    at: now - HOUR_MS,
  });
}

function inHubSpot({ portal, random, staff, firms }: Paper, person: Person): string {
  const { firm, at } = person;
  const owners = [...staff.owners.values()];
  const values = {
    email: person.email,
    lastname: person.surname,
    firstname: person.given,
    phone: person.phone,
    jobtitle: person.title,
    company: firm.name,
    ...(firm.hubspot === undefined ? {} : { industry: firm.hubspot }),
    ...(random.chance(0.6) ? { leadscore: String(20 + random.int(80)) } : {}),
    ...(random.chance(0.6) ? { hubspot_owner_id: random.pick(owners) } : {}),
    lifecyclestage: random.pick(['subscriber', 'lead', 'lead', 'marketingqualifiedlead']),
  };
  const id = portal.seed('contacts', values, at);
  if (random.chance(0.7)) {
    const known = firms.get(firm) ?? {};
    known.company ??= portal.seed('companies', { name: firm.name, domain: firm.domain }, at);
    firms.set(firm, known);
    portal.associate({ object: 'contacts', id }, { object: 'companies', id: known.company }, { label: 'primary' });
  }
  return id;
}

function inSalesforce(paper: Paper, person: Person): string {
  const { org, random, staff } = paper;
  const { firm, at } = person;
  const values = {
    LastName: person.surname,
    FirstName: person.given,
    Email: random.chance(0.8) ? person.email : person.email.toUpperCase(),
    Phone: random.chance(0.5) ? person.phone : person.phone.replaceAll('-', ''),
    Title: person.title,
    OwnerId: repOf(staff, random, person.salesforce === 'Lead' ? 'is' : 'fs'),
  };
  if (person.salesforce === 'Contact')
    return org.seed('Contact', { ...values, AccountId: accountOf(paper, person) }, { at });
  const lead = { ...values, Company: firm.name, Status: random.pick(['未対応', '対応中']), LeadSource: 'Web' };
  return org.seed('Lead', { ...lead, ...(firm.salesforce === undefined ? {} : { Industry: firm.salesforce }) }, { at });
}

function accountOf({ org, random, staff, firms }: Paper, { firm, at }: Person): string {
  const known = firms.get(firm) ?? {};
  known.account ??= org.seed(
    'Account',
    { Name: firm.name, Website: `https://${firm.domain}`, OwnerId: repOf(staff, random, 'fs') },
    { at },
  );
  firms.set(firm, known);
  return known.account;
}

function repOf({ users }: Directory, random: Random, team: 'is' | 'fs'): string {
  const members = STAFF.filter((member) => member.team === team && member.salesforce === 'active');
  return users.get(random.pick(members).email) ?? '';
}

function openOpportunity(paper: Paper, person: Person, contact: string): void {
  const { org, random, staff } = paper;
  const { firm, at } = person;
  const values = {
    Name: `${firm.name} 更新`,
    StageName: random.pick(['初回訪問', '提案', '見積提示']),
    CloseDate: dayOf(at + 300 * DAY_MS),
    Amount: (1 + random.int(90)) * 10_000,
    AccountId: accountOf(paper, person),
    OwnerId: repOf(staff, random, 'fs'),
  };
  const opportunity = org.seed('Opportunity', values, { at: at + DAY_MS });
  org.seed('OpportunityContactRole', { OpportunityId: opportunity, ContactId: contact }, { at: at + DAY_MS });
}

function openDeal({ portal, random, firms }: Paper, { firm, at }: Person, contact: string): void {
  const values = {
    dealname: `${firm.name} 新規導入`,
    pipeline: 'default',
    dealstage: random.pick(['appointmentscheduled', 'presentationscheduled', 'contractsent']),
    amount: String((1 + random.int(90)) * 10_000),
    deal_currency_code: 'JPY',
    closedate: new Date(at + 300 * DAY_MS).toISOString(),
  };
  const id = portal.seed('deals', values, at + DAY_MS);
  const deal = { object: 'deals', id };
  portal.associate(deal, { object: 'contacts', id: contact });
  const company = firms.get(firm)?.company;
  if (company !== undefined) portal.associate(deal, { object: 'companies', id: company }, { label: 'primary' });
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
