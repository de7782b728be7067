import { createKernel, type Kernel } from '../../../src/sandbox/kernel/kernel.ts';
import { type OrgOptions, SalesforceOrg } from '../../../src/sandbox/salesforce/org.ts';
import { salesforceServer } from '../../../src/sandbox/salesforce/server.ts';

export const START = Date.parse('2026-11-21T07:03:05.678Z');
export const NOW = '2026-11-21T07:03:05.000+0000';
export const V68 = '/services/data/v68.0';
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Keeps the lead assignment rule away, as a careful client does. */
export const QUIET = { 'sforce-auto-assign': 'FALSE' };

export type Reply = { status: number; body: unknown; headers: Record<string, unknown> };
type Row = Record<string, unknown>;

/** One org behind HTTP with a held clock, and short ways to talk to it as the integration user. */
export async function startBench(options: Partial<OrgOptions> = {}) {
  const kernel: Kernel = createKernel({ seed: 7, start: START, frozen: true });
  const org = new SalesforceOrg(kernel, options);
  const app = salesforceServer(org, kernel);
  await app.ready();
  let token = org.tokens.issue(org.integrationUserId);

  const http = async (
    method: string,
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers };
  };
  const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply> =>
    http(method, `${V68}${path}`, body, headers);
  const query = (soql: string, headers?: Record<string, string>): Promise<Reply> =>
    api('GET', `/query?q=${encodeURIComponent(soql)}`, undefined, headers);

  return {
    kernel,
    org,
    app,
    http,
    api,
    query,
    login: () => {
      token = org.tokens.issue(org.integrationUserId);
    },
    /** Lets time pass; sessions do not outlive it, so a fresh one is opened. */
    pass: (ms: number) => {
      kernel.clock.advance(ms);
      token = org.tokens.issue(org.integrationUserId);
    },
    rows: async (soql: string): Promise<Row[]> => {
      const { status, body } = await query(soql);
      if (status !== 200) throw new Error(`${soql}: ${JSON.stringify(body)}`);
      return (body as { records: Row[] }).records.map(({ attributes: _attributes, ...row }) => row);
    },
    create: async (type: string, fields: Row): Promise<string> => {
      const { status, body } = await api('POST', `/sobjects/${type}`, fields, QUIET);
      if (status !== 201) throw new Error(JSON.stringify(body));
      return (body as { id: string }).id;
    },
    lead: (fields: Row = {}): string =>
      org.seed(
        'Lead',
        { LastName: '山田', Company: '株式会社見本', OwnerId: org.integrationUserId, ...fields },
        { at: START },
      ),
    row: (type: string, id: string): Row => {
      const found = org.records(type).find((row) => row['Id'] === id);
      if (found === undefined) throw new Error(`${type} ${id} is not there`);
      return found;
    },
  };
}

export type Bench = Awaited<ReturnType<typeof startBench>>;

/** A unique external id on Lead that the integration user may read and write. */
export function defineKey(
  bench: Bench,
  entity = 'Lead',
  rest: { unique?: boolean; caseSensitive?: boolean } = {},
): void {
  bench.org.defineField(entity, keyField(rest), 'edit');
}

export function keyField({ unique = true, caseSensitive = false } = {}): Parameters<Bench['org']['defineField']>[1] {
  return {
    name: 'Key__c',
    label: 'キー',
    type: 'string',
    length: 64,
    required: false,
    createable: true,
    updateable: true,
    defaulted: false,
    filterable: true,
    restricted: false,
    externalId: true,
    unique,
    caseSensitive,
    calculated: false,
    custom: true,
    nameField: false,
    precision: 0,
    scale: 0,
  };
}
