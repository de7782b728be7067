import type { Random } from '../kernel/random.ts';
import type { Company } from './companies.ts';
import type { OrgFiller } from './doors.ts';
import { officeHour } from './office-hour.ts';
import type { Person } from './people.ts';
import { drawPhone, PHONE_WRITINGS, wide, writePhone } from './phones.ts';
import { type Directory, usersOf } from './seed-staff.ts';
import { workedWith } from './worked-with.ts';

const DAY_MS = 86_400_000;
const LEAD_SOURCES = ['Web', '広告', '展示会', '紹介', 'その他'];
const DUPLICATE_EVERY = 40;
const NEGLECTED_SHARE = 0.45;

type Owners = { inside: string[]; field: string[]; departed: string[]; queue: string };

/** Writes down whom sales knows, in its own hand: other widths, older phones, some people twice. Returns the Accounts. */
export function fillSalesforce(
  org: OrgFiller,
  crowd: readonly Person[],
  directory: Directory,
  random: Random,
  now: number,
): Map<Company, string> {
  const { users, queue } = directory;
  const owners: Owners = {
    inside: usersOf(users, ({ team, salesforce }) => team === 'is' && salesforce === 'active'),
    field: usersOf(users, ({ team, salesforce }) => team === 'fs' && salesforce === 'active'),
    departed: usersOf(users, ({ salesforce }) => salesforce === 'inactive'),
    queue,
  };
  const accounts = new Map<Company, string>();
  let leads = 0;
  for (const person of crowd) {
    const at = officeHour(Math.min(person.createdAt + random.next() * 15 * DAY_MS, now - 2 * DAY_MS), random);
    if (person.salesforce === 'contact') {
      seedContact(org, person, { at, ownerId: random.pick(owners.field), accounts, random });
      continue;
    }
    leads += 1;
    seedLead(org, person, { at, owners, random, now, first: true });
    if (leads % DUPLICATE_EVERY === 1) seedLead(org, person, { at: at + 3_600_000, owners, random, now, first: false });
  }
  return accounts;
}

type LeadCircumstances = { at: number; owners: Owners; random: Random; now: number; first: boolean };

function seedLead(org: OrgFiller, person: Person, { at, owners, random, now, first }: LeadCircumstances): void {
  const neglected = random.chance(NEGLECTED_SHARE);
  const ownerId = drawOwner(random, owners);
  const id = org.seed(
    'Lead',
    {
      ...personFields(person, random),
      Company: random.chance(0.85) ? person.company.name : person.company.otherName,
      Industry: person.company.industry.salesforce,
      State: person.company.prefecture,
      LeadSource: random.pick(LEAD_SOURCES),
      Status: neglected || !first ? '未対応' : random.pick(['対応中', '対応中', '見込みあり', '対象外']),
      OwnerId: ownerId,
    },
    { at },
  );
  if (neglected || !first) return;
  const actor = ownerId === owners.queue ? random.pick(owners.inside) : ownerId;
  workedWith(org, { id, ownerId: actor, since: at, now, random });
}

type ContactCircumstances = { at: number; ownerId: string; accounts: Map<Company, string>; random: Random };

function seedContact(org: OrgFiller, person: Person, { at, ownerId, accounts, random }: ContactCircumstances): void {
  const { company } = person;
  let accountId = accounts.get(company);
  if (accountId === undefined) {
    const fields = {
      Name: company.name,
      Industry: company.industry.salesforce,
      BillingState: company.prefecture,
      Phone: writePhone(company.phone, 'hyphens'),
      OwnerId: ownerId,
    };
    accountId = org.seed('Account', fields, { at });
    accounts.set(company, accountId);
  }
  const fields = {
    ...personFields(person, random),
    AccountId: accountId,
    Department: person.department,
    LeadSource: random.pick(LEAD_SOURCES),
    OwnerId: ownerId,
  };
  org.seed('Contact', fields, { at });
}

function personFields(person: Person, random: Random): Record<string, unknown> {
  const older = random.chance(0.15);
  const phone = older ? drawPhone(random) : person.phone;
  return {
    LastName: person.surname.kanji,
    FirstName: person.given.kanji,
    Email: otherHand(person.email ?? '', random),
    Phone: writePhone(phone, random.chance(0.6) ? 'hyphens' : random.pick(PHONE_WRITINGS)),
    Title: random.chance(0.8) ? `${person.department} ${person.title}` : person.title,
  };
}

/** The same address as somebody else typed it. */
function otherHand(email: string, random: Random): string {
  const draw = random.next();
  const [local = '', domain = ''] = email.split('@');
  if (draw < 0.08) return `${local.replace(/(^|\.)[a-z]/g, (start) => start.toUpperCase())}@${domain}`;
  if (draw < 0.12) return `${wide(local)}@${domain}`;
  return email;
}

function drawOwner(random: Random, owners: Owners): string {
  const draw = random.next();
  if (draw < 0.1) return owners.queue;
  if (draw < 0.16) return random.pick(owners.departed);
  return random.pick(draw < 0.85 ? owners.inside : owners.field);
}
