import { Client } from '@hubspot/api-client';
import type { PathFamily } from '../../../src/connectors/hubspot/family.ts';
import { openHubSpot } from '../../../src/connectors/hubspot/hubspot.ts';
import type { Effect } from '../../../src/domain/people/change.ts';
import { ASSOCIATED, idsIn } from '../../../src/domain/people/tie.ts';
import { RemoteUnavailable, TasukiError } from '../../../src/errors/errors.ts';
import { QuickPace } from '../../wire/http/quick-pace.ts';

export type SubjectOptions = {
  readonly baseUrl: string;
  readonly token?: () => string;
  readonly family?: PathFamily;
  readonly retries?: number;
};

/** HubSpot as one of the two sees it: the same small interface over our gateway and over the library as it comes. */
export type Subject = {
  /** Ids and creation times of the contacts that were found. */
  read(...ids: string[]): Promise<readonly { readonly id: unknown; readonly createdAt: number }[]>;
  /** The companies of these contacts, by the contact's id. */
  companiesOf(...ids: string[]): Promise<Readonly<Record<string, readonly unknown[]>>>;
  search(): Promise<unknown>;
  owners(): Promise<unknown>;
  account(): Promise<unknown>;
  /** First names by id; returns what is known of each record afterwards. */
  update(names: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>>;
  /** Creates contacts by e-mail; returns what is known of each afterwards. */
  create(...emails: string[]): Promise<Readonly<Record<string, string>>>;
  /** Rows of the first page that reaches the caller. */
  firstRows(): Promise<number>;
  /** Does the failure say that the other side is in trouble, so that a later attempt is worth while? */
  isTrouble(failure: unknown): boolean;
  /** What the subject had to tell besides results. */
  readonly told: readonly unknown[];
};

export function ourGateway({ baseUrl, token = () => 'pat-test', family = 'v3' }: SubjectOptions): Subject {
  const told: unknown[] = [];
  const note = (fields: Readonly<Record<string, unknown>>) => void told.push(fields);
  const log = { debug: () => {}, info: () => {}, warn: note, error: note };
  const timeouts = { headersMs: 400, totalMs: 600 };
  const crm = openHubSpot({ baseUrl, family, token, log, timeouts, pace: new QuickPace() });
  const write = async (effects: readonly Effect[]) => {
    const outcomes = await crm.write(effects);
    return Object.fromEntries(outcomes.map(({ change, kind }) => [change, kind]));
  };
  const pages = () =>
    crm.changesSince(
      [{ object: 'contacts', fields: ['firstname'], cursor: { phase: 'window', from: 0, sweptAt: Date.now() } }],
      Date.now(),
    );
  return {
    read: async (...ids) => {
      const found = await crm.read('contacts', ids, ['firstname'], Date.now());
      return found.filter(({ deleted }) => !deleted).map(({ record, createdAt }) => ({ id: record.id, createdAt }));
    },
    companiesOf: async (...ids) => {
      const found = await crm.read('contacts', ids, [ASSOCIATED.companies], Date.now());
      const told = found.filter(({ values }) => values[ASSOCIATED.companies] !== undefined);
      return Object.fromEntries(told.map(({ record, values }) => [record.id, idsIn(values[ASSOCIATED.companies])]));
    },
    search: async () => {
      for await (const page of pages()) return page;
      return undefined;
    },
    owners: () => crm.directory(),
    account: () => crm.identity(),
    update: (names) =>
      write(
        Object.entries(names).map(([id, firstname]) => ({
          change: id,
          kind: 'update',
          object: 'contacts',
          id,
          key: null,
          values: { firstname },
        })),
      ),
    create: (...emails) =>
      write(
        emails.map((email) => ({
          change: email,
          kind: 'create',
          object: 'contacts',
          id: null,
          key: null,
          values: { email },
        })),
      ),
    firstRows: async () => {
      for await (const { sightings } of crm.changesSince(
        [{ object: 'contacts', fields: ['firstname'], cursor: undefined }],
        Date.now(),
      ))
        return sightings.length;
      return 0;
    },
    isTrouble: (failure) =>
      failure instanceof RemoteUnavailable || (failure instanceof TasukiError && failure.code === 'SYNC_RATE_LIMITED'),
    told,
  };
}

const toKnown = (kind: string, ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, kind]));

/** The library as its README opens it, with the retries that it recommends. */
export function bareLibrary({ baseUrl, token = () => 'pat-test', retries = 3 }: SubjectOptions): Subject {
  const client = new Client({ accessToken: token(), basePath: baseUrl, numberOfApiCallRetries: retries });
  const { contacts } = client.crm;
  const told: unknown[] = [];
  return {
    read: async (...ids) => {
      client.setAccessToken(token()); // the way to rotate; the handle above was taken before
      const question = { inputs: ids.map((id) => ({ id })), properties: ['firstname'], propertiesWithHistory: [] };
      const { results } = await contacts.batchApi.read(question);
      return results.map(({ id, createdAt }) => ({ id, createdAt: createdAt.getTime() }));
    },
    companiesOf: async (...ids) => {
      const { batchApi } = client.crm.associations.v4;
      const { results } = await batchApi.getPage('contacts', 'companies', { inputs: ids.map((id) => ({ id })) });
      return Object.fromEntries(results.map(({ _from, to }) => [_from.id, to.map(({ toObjectId }) => toObjectId)]));
    },
    search: () => contacts.searchApi.doSearch({ limit: 10, properties: ['firstname'] }),
    owners: () => client.crm.owners.ownersApi.getPage(),
    account: () => client.apiRequest({ path: '/account-info/v3/details' }),
    update: async (names) => {
      const answer = await contacts.batchApi.update({
        inputs: Object.entries(names).map(([id, firstname]) => ({ id, properties: { firstname } })),
      });
      told.push(...answer.results.flatMap((result) => ('warnings' in result ? [result.warnings] : [])));
      return toKnown('written', Object.keys(names)); // it resolved
    },
    create: async (...emails) => {
      const inputs = emails.map((email) => ({ properties: { email }, associations: [] }));
      await contacts.batchApi.create({ inputs });
      return toKnown('written', emails);
    },
    firstRows: async () => (await contacts.getAll(100)).length,
    isTrouble: (failure) =>
      typeof failure === 'object' && failure !== null && 'code' in failure && Number(failure.code) >= 500,
    told,
  };
}
