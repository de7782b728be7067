import type { Effect } from '../../../src/domain/people/change.ts';
import { OBJECTS, type ObjectName, type System } from '../../../src/domain/people/record.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import type { CursorState } from '../../../src/ports/crm.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';
import type { Way } from './both-ways.ts';

/** What we ask of each object, a bit of every kind of value. */
const FIELDS: Readonly<Partial<Record<ObjectName, readonly string[]>>> = {
  contacts: [
    'email',
    'firstname',
    'phone',
    'jobtitle',
    'leadscore',
    'hubspot_owner_id',
    'tasuki_key',
    'tasuki_stage',
    'associations.companies',
  ],
  companies: ['name', 'domain'],
  deals: ['dealname', 'dealstage', 'amount', 'closedate', 'associations.contacts', 'associations.companies'],
  Lead: ['Email', 'Phone', 'Title', 'OwnerId', 'Status', 'IsConverted', 'ConvertedContactId', 'Tasuki_Key__c'],
  Contact: ['Email', 'Title', 'AccountId', 'OwnerId', 'Tasuki_Key__c'],
  Account: ['Name', 'Website'],
  Opportunity: ['Name', 'StageName', 'Amount', 'CloseDate', 'AccountId', 'OwnerId'],
  OpportunityContactRole: ['OpportunityId', 'ContactId', 'Role', 'IsPrimary'],
  Task: ['Subject', 'WhoId', 'Status', 'ActivityDate', 'Tasuki_Key__c'],
  LeadHistory: ['LeadId', 'Field', 'OldValue', 'NewValue'],
};
const WRITTEN: Readonly<Record<System, readonly ObjectName[]>> = {
  hubspot: ['contacts', 'contacts', 'companies', 'deals'],
  salesforce: ['Lead', 'Lead', 'Contact', 'Opportunity'],
};
const KEYED: Readonly<Record<System, { readonly object: ObjectName; readonly field: string }>> = {
  hubspot: { object: 'contacts', field: 'tasuki_key' },
  salesforce: { object: 'Lead', field: 'Tasuki_Key__c' },
};

export type CrmDeed = (system: System, random: Random) => Promise<unknown>;

/** What a worker asks of a CRM and tells it, one function per kind of call. All that is rolled depends on the dice and the world alone. */
export function crmDeeds({ world, crm }: Way): Readonly<Record<string, CrmDeed>> {
  const cursors = new Map<ObjectName, CursorState>();
  const { portal, org, clock } = world;
  let serial = 0;

  const idsOf = (object: ObjectName): readonly string[] =>
    object === object.toLowerCase()
      ? portal.records(object).map(({ id }) => id)
      : org.records(object).map((row) => String(row['Id']));
  const some = (random: Random, object: ObjectName, most: number): readonly string[] => {
    const all = idsOf(object);
    return [...new Set(Array.from({ length: 1 + random.int(most) }, () => random.pick(all)))];
  };
  const all = async <T>(pages: AsyncIterable<T>): Promise<readonly T[]> => {
    const read: T[] = [];
    for await (const page of pages) read.push(page);
    return read;
  };

  const valuesFor = (random: Random, object: ObjectName): Values => {
    const text = `値${(serial += 1)}`;
    const taken = () => portal.records('contacts').at(-1)?.properties['email'] ?? '';
    const kinds: Readonly<Record<string, readonly Values[]>> = {
      contacts: [
        { jobtitle: text },
        { firstname: null, phone: '03-0000-1111' },
        { email: taken() },
        { lifecyclestage: 'no-such-stage' },
        { no_such_property: text },
        { hubspot_owner_id: '1' },
        { 'associations.companies': idsOf('companies')[0] ?? null },
      ],
      companies: [{ name: text }],
      deals: [
        { dealname: text },
        { amount: 120_000, 'associations.contacts': idsOf('contacts').slice(0, 2).join(';') },
        { dealstage: 'no-such-stage' },
      ],
      Lead: [
        { Title: text },
        { Status: '存在しない状況' },
        { OwnerId: '005000000000000AAA' },
        { No_Such__c: text },
        { Phone: null },
      ],
      Contact: [{ Title: text }, { LastName: null }],
      Opportunity: [{ Name: text }, { Amount: 120_000, CloseDate: '2026-12-24' }, { StageName: 'どこにもない' }],
    };
    return random.pick(kinds[object] ?? [{}]);
  };

  return {
    async pull(system) {
      const streams = OBJECTS[system].map((object) => {
        return { object, fields: FIELDS[object] ?? [], cursor: cursors.get(object) };
      });
      const pages = [];
      for await (const page of crm[system].changesSince(streams, clock.now())) {
        cursors.set(page.object, JSON.parse(JSON.stringify(page.cursor)));
        pages.push(page);
      }
      return pages;
    },
    async read(system, random) {
      const object = random.pick(WRITTEN[system]);
      return crm[system].read(object, some(random, object, 5), FIELDS[object] ?? [], clock.now());
    },
    async findByKey(system, random) {
      const { object, field } = KEYED[system];
      const keys = Array.from({ length: 3 }, () => `key-${random.int(12)}`);
      return crm[system].findByKey(object, field, keys, FIELDS[object] ?? [], clock.now());
    },
    async update(system, random) {
      const object = random.pick(WRITTEN[system]);
      const effects = some(random, object, 6).map((id): Effect => {
        return { change: `u-${id}`, kind: 'update', object, id, key: null, values: valuesFor(random, object) };
      });
      return crm[system].write(effects);
    },
    async create(system, random) {
      const { object, field } = KEYED[system];
      const values: Values = object === 'Lead' ? { LastName: '新規', Company: '新規商会' } : { lastname: '新規' };
      const effects = Array.from({ length: 1 + random.int(4) }, (_, place): Effect => {
        const key = { field, value: `key-${random.int(12)}` };
        return {
          change: `c-${place}`,
          kind: 'create',
          object,
          id: null,
          key,
          values: { ...values, ...valuesFor(random, object) },
        };
      });
      return crm[system].write(effects);
    },
    async tell(_system, random) {
      const about = some(random, 'Lead', 1)[0] ?? null;
      const key = { field: 'Tasuki_Key__c', value: `task-${random.int(5)}` };
      const values: Values = {
        Subject: '連絡してください',
        WhoId: about,
        ActivityDate: '2026-11-25',
        Status: '未着手',
      };
      return crm.salesforce.write([{ change: 't', kind: 'create', object: 'Task', id: null, key, values }]);
    },
    async survey(system, random) {
      const object = random.pick([
        ...WRITTEN[system],
        ...(system === 'salesforce' ? ['OpportunityContactRole' as const] : []),
      ]);
      return all(crm[system].survey(object, clock.now()));
    },
    async history(system, random) {
      const object = random.pick(WRITTEN[system]);
      return crm[system].history(object, some(random, object, 3), ['jobtitle', 'dealstage', 'lifecyclestage']);
    },
    async signals(system) {
      const told = [];
      for (const signal of crm[system].signals)
        told.push(await all(crm[system].signalsSince(signal, undefined, clock.now())));
      return told;
    },
    directory: (system) => crm[system].directory(),
    describe: (system, random) => crm[system].describe(random.pick(OBJECTS[system])),
    identity: (system) => crm[system].identity(),
  };
}
