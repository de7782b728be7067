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
