import type { Activity } from '../../../src/domain/people/activity.ts';
import type { ObjectName, RecordRef, Sighting } from '../../../src/domain/people/record.ts';
import type { Instant, Value, Values } from '../../../src/domain/values/value.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';

/** A small world in which everything is near everything else: few ids, few addresses, so that whatever can meet does. */
const IDS: Readonly<Partial<Record<ObjectName, readonly string[]>>> = {
  contacts: ['1', '2', '3', '4', '5', '6'],
  companies: ['11', '12', '13'],
  deals: ['21', '22', '23'],
  Lead: ['00Q000000000001AAA', '00Q000000000002AAA', '00Q000000000003AAA', '00Q000000000004AAA'],
  Contact: ['003000000000001AAA', '003000000000002AAA', '003000000000003AAA'],
  Account: ['001000000000001AAA', '001000000000002AAA'],
  Opportunity: ['006000000000001AAA', '006000000000002AAA'],
  OpportunityContactRole: ['00K000000000001AAA', '00K000000000002AAA', '00K000000000003AAA'],
};

const HUBSPOT: readonly ObjectName[] = ['contacts', 'contacts', 'contacts', 'companies', 'deals'];
const SALESFORCE: readonly ObjectName[] = [
  ...(['Lead', 'Lead', 'Contact', 'Account', 'Opportunity', 'OpportunityContactRole'] as const),
];
const ADDRESSES = [
  'taro@acme.co.jp',
  'ＴＡＲＯ@acme.co.jp',
  'hanako@acme.co.jp',
  'info@acme.co.jp',
  'ken@midori.example.jp',
];
const NAMES = ['山田 太郎', '鈴木 花子', null];
const KEYS = ['hubspot-1', 'hubspot-2', 'salesforce-00Q000000000001AAA', 'deal-hubspot-21', 'company-hubspot-11'];
const COMPANIES = ['アクメ株式会社', '㈱アクメ', '株式会社ミドリ'];
const DOMAINS = ['acme.co.jp', 'https://www.acme.co.jp/', 'midori.example.jp', null];
const TITLES: readonly Value[] = ['課長', '部長', '部\u0000長', null, 3, true];

export function idOf(random: Random, object: ObjectName): string {
  return random.pick(IDS[object] ?? ['1']);
}

export function anyRecord(random: Random, objects: readonly ObjectName[] = [...HUBSPOT, ...SALESFORCE]): RecordRef {
  const object = random.pick(objects);
  return { system: HUBSPOT.includes(object) ? 'hubspot' : 'salesforce', object, id: idOf(random, object) };
}

export function anyValue(random: Random): Value {
  return random.pick(TITLES);
}

/** A state in which a record might be seen, with some of its fields. */
export function anySighting(random: Random, at: Instant): Sighting {
  const record = anyRecord(random);
  const isDeleted = random.chance(0.1);
  return {
    record,
    values: Object.fromEntries(Object.entries(valuesOf(random, record)).filter(() => random.chance(0.7))),
    createdAt: at - 1_000 * (1 + random.int(3)),
    modifiedAt: at,
    seenAt: at - (random.chance(0.1) ? 120_000 : 0),
    deleted: isDeleted,
    ...(isDeleted && random.chance(0.6) ? { mergedInto: idOf(random, record.object) } : {}),
    ...(random.chance(0.3) ? { movedBy: random.pick(['us', 'person', 'automation'] as const) } : {}),
  };
}

function listOf(random: Random, object: ObjectName): string {
  return Array.from({ length: random.int(3) }, () => idOf(random, object)).join(';');
}

function valuesOf(random: Random, { object }: RecordRef): Values {
  const key = random.chance(0.15) ? random.pick(KEYS) : null;
  const [title, address, company] = [anyValue(random), random.pick(ADDRESSES), random.pick(COMPANIES)];
  const [name, domain, closed] = [random.pick(NAMES), random.pick(DOMAINS), random.chance(0.5)];
  const owner = random.pick(['7', '8']);
  switch (object) {
    case 'contacts':
      return {
        email: address,
        jobtitle: title,
        tasuki_key: key,
        hubspot_owner_id: owner,
        lastname: name,
        'associations.companies': listOf(random, 'companies'),
        hs_additional_emails: random.chance(0.3) ? random.pick(ADDRESSES) : null,
        salesforcecontactid: random.chance(0.2) ? idOf(random, 'Contact') : null,
      };
    case 'companies':
      return { name: company, domain, tasuki_key: key };
    case 'deals':
      return {
        dealname: company,
        tasuki_key: key,
        hs_is_closed: closed,
        'associations.contacts': listOf(random, 'contacts'),
        'associations.companies': listOf(random, 'companies'),
      };
    case 'Lead':
      return {
        Email: address,
        Title: title,
        Tasuki_Key__c: key,
        OwnerId: `005${owner}`,
        LastName: name,
        ...(random.chance(0.2)
          ? {
              IsConverted: true,
              ConvertedContactId: idOf(random, 'Contact'),
            }
          : {}),
      };
    case 'Contact':
      return { Email: address, Title: title, Tasuki_Key__c: key, AccountId: idOf(random, 'Account'), LastName: name };
    case 'Account':
      return { Name: company, Website: domain, Tasuki_Key__c: key };
    case 'Opportunity':
      return { Name: company, AccountId: idOf(random, 'Account'), Tasuki_Key__c: key, IsClosed: closed };
    default:
      return {
        OpportunityId: idOf(random, 'Opportunity'),
        ContactId: idOf(random, 'Contact'),
        IsPrimary: random.chance(0.5),
      };
  }
}

/** Something that happened, about a record or about an address. */
export function anyActivity(random: Random, at: Instant): Activity {
  const isForm = random.chance(0.4);
  if (random.chance(0.15)) return receivedMail(random, at);
  const about = anyRecord(random, ['contacts', 'Lead', 'Contact']);
  return {
    source: { system: about.system, object: isForm ? 'form-submissions' : 'Task', id: `a${random.int(8)}` },
    kind: isForm ? 'form' : random.pick(['call', 'meeting', 'email'] as const),
    at: at - random.int(5),
    loggedAt: at,
    about: isForm ? null : about,
    ...(isForm ? { email: random.pick(['taro@acme.co.jp', 'hanako@acme.co.jp']) } : {}),
    by: null,
    direction: 'out',
    what: null,
    countsAsContact: random.chance(0.5),
    ourTask: false,
    closed: true,
    deleted: random.chance(0.1),
  };
}

/** A mail that came in, and the Task that it disowns, which may be there or not. */
function receivedMail(random: Random, at: Instant): Activity {
  return {
    source: { system: 'salesforce', object: 'EmailMessage', id: `m${random.int(4)}` },
    kind: 'email',
    at,
    loggedAt: at,
    about: random.chance(0.5) ? null : anyRecord(random, ['Lead', 'Contact']),
    by: null,
    direction: 'in',
    what: null,
    countsAsContact: false,
    ourTask: false,
    closed: true,
    deleted: random.chance(0.1),
    ...(random.chance(0.8) ? { disowns: `a${random.int(8)}` } : {}),
  };
}
