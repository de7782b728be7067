import type { Agreement } from '../../src/domain/agreement/agreement.ts';
import type { BusinessCalendar } from '../../src/domain/calendar/business-calendar.ts';
import type { Activity } from '../../src/domain/people/activity.ts';
import type { TrackedChange } from '../../src/domain/people/change.ts';
import type { CompanyMapping, DealMapping, FieldMapping, PersonMapping } from '../../src/domain/people/mapping.ts';
import type { PersonFacts, StageEntry } from '../../src/domain/people/person.ts';
import type { Link, Sighting } from '../../src/domain/people/record.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { parseInstant } from '../../src/domain/values/instant.ts';
import type { Instant, Values } from '../../src/domain/values/value.ts';
import { indexSchemas, type PlanContext } from '../../src/reconcile/context.ts';
import { aDirectory, SCHEMAS } from './systems.ts';

/** An instant by Tokyo's wall clock: `tokyo('2026-11-24 11:00')`. */
export function tokyo(wall: string): Instant {
  const instant = parseInstant(`${wall.replace(' ', 'T')}+09:00`);
  if (instant === null) throw new Error(`no such time: ${wall}`);
  return instant;
}

export const GO_LIVE = tokyo('2026-11-02 09:00');
export const NOW = tokyo('2026-11-24 11:00');
const BEFORE_GO_LIVE = tokyo('2026-10-01 10:00');

const CONTACT_VALUES: Values = {
  email: 'taro.suzuki@example.co.jp',
  lastname: '鈴木',
  firstname: '太郎',
  phone: '03-1234-5678',
  jobtitle: '課長',
  company: '株式会社みなと商事',
  industry: 'MANUFACTURING',
  hubspotscore: 0,
  hubspot_owner_id: null,
  lifecyclestage: 'lead',
  tasuki_key: null,
  tasuki_stage: null,
  tasuki_sales_owner: null,
  tasuki_sfa_state: null,
};

const LEAD_VALUES: Values = {
  Email: 'taro.suzuki@example.co.jp',
  LastName: '鈴木',
  FirstName: '太郎',
  Phone: '03-1234-5678',
  Title: '課長',
  Company: '株式会社みなと商事',
  Industry: '製造',
  OwnerId: '005000000000001AAA',
  Status: '未対応',
  IsConverted: false,
  Tasuki_Key__c: null,
  Tasuki_Stage__c: null,
  Tasuki_Next_Due__c: null,
  Tasuki_Next_Due_Reason__c: null,
  Tasuki_Brief__c: null,
};

export const LEAD_ID = '00Q000000000001AAA';
export const CONTACT_ID = '501';

const SEEN = { createdAt: BEFORE_GO_LIVE, modifiedAt: BEFORE_GO_LIVE, seenAt: NOW, deleted: false } as const;

export function aContact(values: Values = {}, rest: Partial<Sighting> = {}): Sighting {
  const record = { system: 'hubspot', object: 'contacts', id: CONTACT_ID } as const;
  return { record, ...SEEN, ...rest, values: { ...CONTACT_VALUES, ...values } };
}

export function aLead(values: Values = {}, rest: Partial<Sighting> = {}): Sighting {
  const record = { system: 'salesforce', object: 'Lead', id: LEAD_ID } as const;
  return { record, ...SEEN, ...rest, values: { ...LEAD_VALUES, ...values } };
}

/** A Lead as it is right after creation: everything that was not given is empty. */
export function aBlankLead(id: string, given: Values, at: Instant): Sighting {
  const blank = Object.fromEntries(Object.keys(LEAD_VALUES).map((field) => [field, null]));
  const record = { system: 'salesforce', object: 'Lead', id } as const;
  return {
    record,
    values: { ...blank, IsConverted: false, ...given },
    createdAt: at,
    modifiedAt: at,
    seenAt: at,
    deleted: false,
  };
}

export function linkTo({ record }: Sighting, person: string, rest: Partial<Link> = {}): Link {
  return { entity: person, record, role: 'current', since: GO_LIVE, evidence: 'email', ...rest };
}

/** One human being with these records, all of them current links, of whom nothing else is known. */
export function aPerson(sightings: readonly Sighting[], rest: Partial<PersonFacts> = {}): PersonFacts {
  const id = rest.id ?? `hubspot-${CONTACT_ID}`;
  return {
    kind: 'person',
    id,
    version: 1,
    createdAt: BEFORE_GO_LIVE,
    links: sightings.map((sighting) => linkTo(sighting, id)),
    sightings,
    bases: [],
    activities: [],
    stages: [],
    clocks: [],
    open: [],
    findings: [],
    rivals: [],
    company: null,
    deals: [],
    ...rest,
  };
}

export function aStageEntry(rest: Partial<StageEntry> = {}): StageEntry {
  return {
    stage: 'lead',
    at: BEFORE_GO_LIVE,
    by: 'history',
    agreementVersion: '2026-10',
    evidence: {},
    pass: 1,
    ...rest,
  };
}

/** A call by the Lead's owner, entered when it happened. */
export function aCall(at: Instant, rest: Partial<Activity> = {}): Activity {
  return {
    source: { system: 'salesforce', object: 'Task', id: '00T000000000009AAA' },
    kind: 'call',
    at,
    loggedAt: at,
    about: { system: 'salesforce', object: 'Lead', id: LEAD_ID },
    by: '005000000000001AAA',
    direction: 'out',
    what: null,
    countsAsContact: true,
    ourTask: false,
    closed: true,
    deleted: false,
    ...rest,
  };
}

/** An intent that stands in the ledger. */
export function aChange(rest: Partial<TrackedChange> = {}): TrackedChange {
  return {
    id: 'change-1',
    writeKey: 'change-1',
    entity: `hubspot-${CONTACT_ID}`,
    kind: 'update',
    target: { system: 'salesforce', object: 'Lead', id: LEAD_ID },
    key: null,
    steps: [[]],
    after: [],
    readBack: false,
    marks: {},
    basesAfter: [],
    agreementVersion: '2026-10',
    run: 'run-1',
    state: 'approved',
    step: 0,
    attempts: 0,
    plannedAt: NOW,
    ...rest,
  };
}

const FIELD = { policy: 'two-way', conflict: 'newest', first: 'salesforce', clears: 'keep', kind: 'text' } as const;

/** The five fields of the shipped mapping, each with a policy of its own. */
export const FIELDS: readonly FieldMapping[] = [
  {
    ...FIELD,
    name: 'lastname',
    hubspot: 'lastname',
    salesforce: { Lead: 'LastName', Contact: 'LastName' },
    at: 'mappings/contact.yaml:10',
  },
  {
    ...FIELD,
    name: 'phone',
    hubspot: 'phone',
    salesforce: { Lead: 'Phone', Contact: 'Phone' },
    kind: 'phone',
    at: 'mappings/contact.yaml:14',
  },
  {
    ...FIELD,
    name: 'jobtitle',
    hubspot: 'jobtitle',
    salesforce: { Lead: 'Title', Contact: 'Title' },
    conflict: 'ask',
    first: 'ask',
    clears: 'follow',
    at: 'mappings/contact.yaml:18',
  },
  {
    ...FIELD,
    name: 'company',
    hubspot: 'company',
    salesforce: { Lead: 'Company' },
    policy: 'fill-blank',
    at: 'mappings/contact.yaml:22',
  },
  {
    ...FIELD,
    name: 'industry',
    hubspot: 'industry',
    salesforce: { Lead: 'Industry' },
    kind: 'picklist',
    values: { MANUFACTURING: '製造', MACHINERY: '製造', FINANCE: '金融' },
    at: 'mappings/contact.yaml:26',
  },
];

export const AGREEMENT: Agreement = {
  version: '2026-10',
  effective: '2026-10-01',
  startsAt: 'first-run',
  roles: {},
  score: {
    behaviour: { hubspot: 'hubspotscore' },
    attribute: [{ when: { field: 'hubspot.jobtitle', test: { containsAny: ['部長', '課長'] } }, points: 20 }],
  },
  stages: [
    {
      stage: 'MQL',
      department: 'marketing',
      when: { score: 'total', test: { atLeast: 80 } },
      handOff: { to: 'inside-sales' },
    },
  ],
  shownAs: {
    lifecyclestage: {
      MQL: 'marketingqualifiedlead',
      SAL: 'salesqualifiedlead',
      SQL: 'salesqualifiedlead',
      customer: 'customer',
    },
  },
  deadlines: [
    {
      name: 'first-contact',
      department: 'sales',
      who: 'owner',
      starts: { handedOff: 'inside-sales' },
      ends: { contact: ['call', 'email', 'meeting'], by: 'team' },
      within: { amount: 3, unit: 'business days' },
      lapse: { task: 'urgent' },
    },
  ],
};

const OFFICE = { opens: 9 * 60, closes: 18 * 60 };

/** An office in Tokyo, Monday to Friday, 9 to 18. */
export const CALENDAR: BusinessCalendar = {
  zone: 'Asia/Tokyo',
  week: [null, OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, null],
  holidays: new Map([
    ['2026-11-03', '文化の日'],
    ['2026-11-23', '勤労感謝の日'],
  ]),
  closures: new Map([['2026-12-29', '年末年始休業']]),
  covers: { from: '2026-01-01', to: '2027-12-31' },
  offsets: [{ from: 0, minutes: 540 }],
};

export const PERSON_MAPPING: PersonMapping = {
  fields: FIELDS,
  matching: { sharedMailboxes: [], several: 'leave' },
  createInSalesforce: {
    stage: 'MQL',
    as: 'Lead',
    with: { LastName: '{lastname|(姓未入力)}', Company: '{company|(会社名未入力)}' },
  },
};

const COMPANY_MAPPING: CompanyMapping = {
  fields: [
    {
      ...FIELD,
      name: 'numberofemployees',
      hubspot: 'numberofemployees',
      salesforce: { Account: 'NumberOfEmployees' },
      kind: 'number',
      policy: 'fill-blank',
      at: 'mappings/company.yaml:12',
    },
  ],
  createInHubSpot: false,
};

export const DEAL_MAPPING: DealMapping = {
  pipelines: [
    {
      hubspot: 'default',
      recordType: null,
      stages: {
        appointmentscheduled: '初回訪問',
        contractsent: '見積提示',
        closedwon: '受注',
        closedlost: '失注',
      },
      at: 'mappings/deal.yaml:10',
    },
  ],
  stage: { policy: 'two-way', conflict: 'salesforce', first: 'salesforce' },
  amount: {
    policy: 'two-way',
    conflict: 'salesforce',
    first: 'salesforce',
    clears: 'keep',
    at: 'mappings/deal.yaml:24',
  },
  closeDate: { policy: 'two-way', conflict: 'salesforce', first: 'salesforce', at: 'mappings/deal.yaml:25' },
  currency: 'JPY',
  fields: [
    {
      ...FIELD,
      name: 'dealname',
      hubspot: 'dealname',
      salesforce: { Opportunity: 'Name' },
      policy: 'salesforce',
      conflict: 'salesforce',
      at: 'mappings/deal.yaml:30',
    },
  ],
  create: { salesforce: true, hubspot: true },
  reasons: { won: null, lost: { hubspot: 'closed_lost_reason', salesforce: 'Loss_Reason__c' } },
};

export function aPolicy(rest: Partial<Policy> = {}): Policy {
  const owners = {
    table: {},
    unmatched: 'Tasuki_Unmatched',
    withoutSeat: 'never',
    absences: [],
    teams: {
      'inside-sales': {
        members: ['aoi.mori@example.co.jp', 'ren.kato@example.co.jp'],
        queue: 'IS_Queue',
        manager: 'yui.ono@example.co.jp',
        assign: 'round-robin',
      },
    },
  } as const;
  return {
    hash: 'h1',
    agreement: AGREEMENT,
    agreedSince: BEFORE_GO_LIVE,
    person: PERSON_MAPPING,
    company: COMPANY_MAPPING,
    deal: DEAL_MAPPING,
    owners,
    calendar: CALENDAR,
    locale: 'ja',
    ...rest,
  };
}

/** The agreement of the builders with something changed. */
export function agreedOtherwise(rest: Partial<Agreement>): Policy {
  return aPolicy({ agreement: { ...AGREEMENT, ...rest } });
}

/** One mapped field changed, the others as they are. */
export function mappedOtherwise(name: string, rest: Partial<FieldMapping>): Policy {
  const fields = FIELDS.map((field) => (field.name === name ? { ...field, ...rest } : field));
  return aPolicy({ person: { ...PERSON_MAPPING, fields } });
}

export function aContext(rest: Partial<PlanContext> = {}): PlanContext {
  return {
    now: NOW,
    goLive: GO_LIVE,
    policy: aPolicy(),
    directory: aDirectory(),
    schemas: indexSchemas(SCHEMAS),
    coveredUntil: NOW,
    ...rest,
  };
}
