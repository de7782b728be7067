import { Connection } from 'jsforce';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import type { Effect, Outcome } from '../../../src/domain/people/change.ts';
import type { ObjectName } from '../../../src/domain/people/record.ts';

/** What a trap is tried on: the same few deeds, by the bare library or by our connector. */
export type Subject = {
  /** One plain GET. */
  describe(): Promise<unknown>;
  /** Milliseconds slept by the subject itself, where it can tell. */
  slept(): number | undefined;
  identity(): Promise<unknown>;
  /** How many Leads there are to read, one after the other. */
  countByReading(): Promise<number>;
  /** How many of these Leads come back. */
  readIds(ids: readonly string[]): Promise<number>;
  findByKey(key: string): Promise<unknown>;
  findSince(instant: Date): Promise<unknown>;
  /** The code of each record, or `ok`. */
  update(ids: readonly string[]): Promise<readonly (string | undefined)[]>;
  upsert(keys: readonly string[]): Promise<unknown>;
  /** What became of an upsert that names a field which only a create may set. */
  upsertDeal(key: string, contact: string): Promise<string | undefined>;
  /** Rows of each object, all asked for in one call, and what was refused. */
  rowsOf(objects: readonly ObjectName[]): Promise<{ readonly rows: Counts; readonly refusal: unknown }>;
  /** The record that a refused record's message names. */
  holderOf(id: string): Promise<string | undefined>;
};

type Counts = Readonly<Record<string, number>>;

const NOW = Date.UTC(2026, 10, 21, 9);
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function update(id: string, change: string): Effect {
  return { change, kind: 'update', object: 'Lead', id, key: null, values: { LastName: '佐藤' } };
}

function create(value: string, change: string): Effect {
  const key = { field: 'Tasuki_Key__c', value };
  return { change, kind: 'create', object: 'Lead', id: null, key, values: { LastName: '佐藤' } };
}

function codeOf(outcome: Outcome): string | undefined {
  if (outcome.kind === 'refused') return outcome.code;
  return outcome.kind === 'written' ? 'ok' : undefined;
}

export function ourConnector(url: string): Subject {
  let slept = 0;
  const crm = openSalesforce({
    loginUrl: url,
    auth: { kind: 'client-credentials', clientId: 'client', clientSecret: 'secret' },
    log: silent,
    timeouts: { headersMs: 300, totalMs: 600 },
    pace: {
      monotonic: () => performance.now() + slept,
      sleep: async (ms) => {
        slept += ms;
      },
      chance: () => 0.5,
    },
  });
  return {
    describe: () => crm.describe('Contact'),
    slept: () => slept,
    identity: () => crm.identity(),
    countByReading: async () => {
      let count = 0;
      for await (const page of crm.changesSince([{ object: 'Lead', fields: [], cursor: undefined }], NOW))
        count += page.sightings.length;
      return count;
    },
    readIds: async (ids) => (await crm.read('Lead', ids, [], NOW)).filter(({ deleted }) => !deleted).length,
    findByKey: (key) => crm.findByKey('Lead', 'Tasuki_Key__c', [key], [], NOW),
    findSince: async (instant) => {
      const cursor = { covered: instant.getTime(), at: null };
      for await (const page of crm.changesSince([{ object: 'Lead', fields: [], cursor }], NOW)) return page;
      return undefined;
    },
    update: async (ids) => (await crm.write(ids.map((id, i) => update(id, `c${i}`)))).map(codeOf),
    upsert: (keys) => crm.write(keys.map((key, i) => create(key, `c${i}`))),
    upsertDeal: async (key, contact) => {
      const effect: Effect = { ...create(key, 'c'), object: 'Opportunity', values: { ContactId: contact } };
      const [outcome] = await crm.write([effect]);
      return outcome === undefined ? undefined : codeOf(outcome);
    },
    rowsOf: async (objects) => {
      const rows: Record<string, number> = {};
      const streams = objects.map((object) => ({ object, fields: [], cursor: undefined }));
      try {
        for await (const { object, sightings } of crm.changesSince(streams, NOW)) rows[object] = sightings.length;
        return { rows, refusal: null };
      } catch (refusal) {
        return { rows, refusal };
      }
    },
    holderOf: async (id) => {
      const [outcome] = await crm.write([update(id, 'c')]);
      return outcome?.kind === 'refused' ? outcome.holder?.id : undefined;
    },
  };
}

type BareComposite = {
  readonly compositeResponse: readonly {
    readonly referenceId: string;
    readonly body: { readonly records: readonly unknown[] };
  }[];
};

/** jsforce as its documentation shows it: a client-credentials login, and a refresh function that logs in again. */
export function bareLibrary(url: string): Subject {
  const oauth2 = { loginUrl: url, clientId: 'client', clientSecret: 'secret' };
  const connection = new Connection({
    oauth2,
    // oxlint-disable-next-line typescript/no-misused-promises -- this is how its documentation writes it
    refreshFn: async (connection, done) => {
      await connection.authorize({ grant_type: 'client_credentials' });
      done(null, connection.accessToken ?? undefined);
    },
  });
  let login: Promise<unknown> | undefined;
  const ready = async () => {
    login ??= connection.authorize({ grant_type: 'client_credentials' });
    await login;
    return connection;
  };
  const leads = async () => (await ready()).sobject('Lead');
  return {
    describe: async () => await (await ready()).describe('Contact'),
    slept: () => undefined,
    identity: async () => await (await ready()).identity(),
    countByReading: async () => {
      const result = await (await ready()).query('SELECT Id FROM Lead', { autoFetch: true });
      return result.records.length;
    },
    readIds: async (ids) => (await (await leads()).find({ Id: { $in: [...ids] } }, ['Id'])).length,
    findByKey: async (key) => await (await leads()).find({ Tasuki_Key__c: key }, ['Id']),
    findSince: async (instant) => await (await leads()).find({ SystemModstamp: { $gte: instant } }, ['Id']),
    update: async (ids) => {
      const results = await (await leads()).update(ids.map((Id) => ({ Id, LastName: '佐藤' })));
      return results.map((result) => (result.success ? 'ok' : result.errors[0]?.errorCode));
    },
    upsert: async (keys) => {
      const records = keys.map((key) => ({ Tasuki_Key__c: key, LastName: '佐藤' }));
      const [only] = records;
      const object = await leads();
      return records.length === 1 && only !== undefined
        ? await object.upsert(only, 'Tasuki_Key__c')
        : await object.upsert(records, 'Tasuki_Key__c');
    },
    upsertDeal: async (key, contact) => {
      const deals = (await ready()).sobject('Opportunity');
      const [result] = await deals.upsert([{ Tasuki_Key__c: key, ContactId: contact }], 'Tasuki_Key__c');
      return result?.success === true ? 'ok' : result?.errors[0]?.message;
    },
    rowsOf: async (objects) => {
      const connection = await ready();
      const compositeRequest = objects.map((object) => ({
        method: 'GET',
        url: `/services/data/v${connection.version}/query?q=${encodeURIComponent(`SELECT Id FROM ${object}`)}`,
        referenceId: object,
      }));
      const { compositeResponse } = await connection.requestPost<BareComposite>('/composite', { compositeRequest });
      const rows = compositeResponse.map(({ referenceId, body }) => [referenceId, body.records.length] as const);
      return { rows: Object.fromEntries(rows), refusal: null }; // it resolved
    },
    holderOf: async (id) => {
      const [result] = await (await leads()).update([{ Id: id, LastName: '佐藤' }]);
      const message = result?.success === false ? (result.errors[0]?.message ?? '') : '';
      return /00Q\w+/.exec(message)?.[0];
    },
  };
}
