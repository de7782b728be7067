import { readFileSync } from 'node:fs';
import nock from 'nock';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import type { SalesforceOptions } from '../../../src/connectors/salesforce/options.ts';
import type { Crm } from '../../../src/ports/crm.ts';
import type { Log } from '../../../src/ports/log.ts';
import { QuickPace } from '../http/quick-pace.ts';

export const HOST = 'https://example.my.salesforce.com';
export const TOKEN = '/services/oauth2/token';
/** Our own user in the token fixture, in 18 characters. */
export const OUR_USER = '0055g000004TasuAAC';

/** A fixture, fresh each time so that a test may change it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the test knows what stands in its fixture
export function fixture<T = Record<string, unknown>>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));
}

export function data(path: string): string {
  return `/services/data/v68.0${path}`;
}

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export type Wire = { readonly crm: Crm; readonly org: nock.Scope; readonly pace: QuickPace };

/** A connector on an org that answers the login and nothing else yet. */
export function wire(options: Partial<SalesforceOptions> = {}): Wire {
  const pace = new QuickPace();
  const org = nock(HOST);
  org.post(TOKEN).reply(200, fixture('token'));
  const crm = openSalesforce({
    loginUrl: HOST,
    auth: { kind: 'client-credentials', clientId: 'client', clientSecret: 'secret' },
    log: silent,
    pace,
    ...options,
  });
  return { crm, org, pace };
}

/** The org shows the Lead as our user sees it. */
export function describesLead(org: nock.Scope, times = 1): void {
  org.get(data('/sobjects/Lead/describe')).times(times).reply(200, fixture('describe-lead'));
}

export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

/** One refusal as the single-record endpoints and whole requests write it. */
export function refusal(errorCode: string, message: string, fields: readonly string[] = []): readonly object[] {
  return [{ message, errorCode, fields }];
}

type RawField = { readonly name: string; readonly type?: string } & Readonly<Record<string, unknown>>;
const STAMPS: readonly RawField[] = [
  { name: 'Id', type: 'id' },
  { name: 'CreatedDate', type: 'datetime' },
  { name: 'SystemModstamp', type: 'datetime' },
  { name: 'IsDeleted', type: 'boolean' },
];

/** The org shows these fields of an object, texts unless said otherwise, and whatever else a describe holds. */
export function describes(
  org: nock.Scope,
  object: string,
  fields: readonly (string | RawField)[] = [],
  more: Readonly<Record<string, unknown>> = {},
): void {
  const all = [...STAMPS, ...fields.map((field): RawField => (typeof field === 'string' ? { name: field } : field))];
  const body = {
    name: object,
    queryable: true,
    fields: all.map((field) => ({
      label: field.name,
      type: 'string',
      length: 0,
      nillable: true,
      createable: true,
      updateable: true,
      defaultedOnCreate: false,
      ...field,
    })),
    ...more,
  };
  org.get(data(`/sobjects/${object}/describe`)).reply(200, body);
}

/** A part of a composite, as it is asked. */
export type AskedPart = {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly httpHeaders: Readonly<Record<string, string>>;
};
export type PartAnswer = { readonly status: number; readonly body: unknown };
/** What a query of a composite is answered with. */
export type Respond = (soql: string) => PartAnswer;

export function soqlIn(part: AskedPart | undefined): string {
  return new URL(part?.url ?? '', HOST).searchParams.get('q') ?? '';
}

/** The object that a query reads; the last FROM is not inside a subquery. */
export function objectIn(soql: string): string {
  return /\) FROM (\w+)|^[^(]* FROM (\w+)/.exec(soql)?.slice(1).find(Boolean) ?? '';
}

export function rowsPage(records: readonly unknown[], done = true): PartAnswer {
  return { status: 200, body: { totalSize: records.length, done, records } };
}

/** Answers so many composites; returns what was asked, call by call. */
export function composites(org: nock.Scope, times: number, respond: Respond): AskedPart[][] {
  const calls: AskedPart[][] = [];
  org
    .post(data('/composite'))
    .times(times)
    .reply(200, async (request: Request) => {
      const { compositeRequest } = (await request.json()) as { compositeRequest: AskedPart[] };
      calls.push(compositeRequest);
      const compositeResponse = compositeRequest.map((part) => {
        const { status, body } = respond(soqlIn(part));
        return { body, httpHeaders: {}, httpStatusCode: status, referenceId: part.referenceId };
      });
      return { compositeResponse };
    });
  return calls;
}
