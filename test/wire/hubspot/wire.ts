import { readFileSync } from 'node:fs';
import nock from 'nock';
import { openHubSpot } from '../../../src/connectors/hubspot/hubspot.ts';
import type { HubSpotOptions } from '../../../src/connectors/hubspot/options.ts';
import type { Effect } from '../../../src/domain/people/change.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import type { ChangePage, Crm, CursorState } from '../../../src/ports/crm.ts';
import { QuickPace } from '../http/quick-pace.ts';

export const FAMILIES = ['v3', '2026-09'] as const;
export type Family = (typeof FAMILIES)[number];
export const BASE = 'https://hubspot.test';
export const NOW = Date.parse('2026-11-21T09:00:00.000Z');

type Body = nock.ReplyBody;

export function fixture(name: string): Record<string, Body> {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));
}

const REFUSALS = fixture('refusals');
/** The error body of this name from fixtures/refusals.json. */
export function refusal(name: string): Body {
  const body = REFUSALS[name];
  if (body === undefined) throw new Error(`refusals.json has no ${name}`);
  return body;
}

/** One family's paths, written out by hand: the expectation, not the code under test. */
export function pathsOf(family: Family) {
  return family === 'v3'
    ? {
        contacts: '/crm/v3/objects/contacts',
        owners: '/crm/v3/owners/',
        properties: '/crm/v3/properties/contacts',
        account: '/account-info/v3/details',
        object: (name: string) => `/crm/v3/objects/${name}`,
        propertiesOf: (name: string) => `/crm/v3/properties/${name}`,
        pipelines: '/crm/v3/pipelines/deals',
        associations: (from: string, to: string) => `/crm/v4/associations/${from}/${to}/batch`,
        forms: '/marketing/v3/forms/',
        events: '/marketing/v3/marketing-events/',
        participations: (event: string) => `/marketing/v3/marketing-events/participations/${event}/breakdown`,
      }
    : {
        contacts: '/crm/objects/2026-09/contacts',
        owners: '/crm/owners/2026-09',
        properties: '/crm/properties/2026-09/contacts',
        account: '/account-info/2026-09/details',
        object: (name: string) => `/crm/objects/2026-09/${name}`,
        propertiesOf: (name: string) => `/crm/properties/2026-09/${name}`,
        pipelines: '/crm/pipelines/2026-09/deals',
        associations: (from: string, to: string) => `/crm/associations/2026-09/${from}/${to}/batch`,
        forms: '/marketing/forms/2026-09-beta',
        events: '/marketing/marketing-events/2026-09',
        participations: (event: string) => `/marketing/marketing-events/2026-09/participations/${event}/breakdown`,
      };
}

/** What has no dated path goes out on its old one. */
export const UNDATED = {
  submissions: (guid: string) => `/form-integrations/v1/submissions/forms/${guid}`,
  tokenInfo: '/oauth/v2/private-apps/get/access-token-info',
};

export type Opened = {
  readonly crm: Crm;
  readonly pace: QuickPace;
  readonly logged: { readonly message: string; readonly fields: Readonly<Record<string, unknown>> }[];
};

/** Serves an object that has these properties besides HubSpot's own. */
export function describeObject(family: Family, object: string, properties: readonly unknown[] = []): void {
  nock(BASE)
    .persist()
    .get(`${pathsOf(family).propertiesOf(object)}?archived=false`)
    .reply(200, { results: properties } as Body);
}

/** The connector against nock, with time that only turns its hands. Property types are served as often as they are asked for. */
export function open(family: Family, options: Partial<HubSpotOptions> = {}): Opened {
  nock(BASE)
    .persist()
    .get(`${pathsOf(family).properties}?archived=false`)
    .reply(200, fixture('properties'));
  const pace = new QuickPace();
  const logged: { message: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const note = (fields: Readonly<Record<string, unknown>>, message: string) => void logged.push({ message, fields });
  const log = { debug: () => {}, info: note, warn: note, error: note };
  return { crm: openHubSpot({ token: 'pat-test', baseUrl: BASE, family, log, pace, ...options }), pace, logged };
}

/** A record as HubSpot sends it. */
export function row(id: string, modified: number, properties: Record<string, string | null> = {}) {
  const at = new Date(modified).toISOString();
  return {
    id,
    properties: { hs_object_id: id, lastmodifieddate: at, ...properties },
    createdAt: '2026-01-05T00:00:00Z',
    updatedAt: at,
    archived: false,
  };
}

export function batch(results: readonly unknown[], errors?: readonly unknown[]): Body {
  const at = '2026-11-21T09:00:00.000Z';
  const failed = errors === undefined ? {} : { numErrors: errors.length, errors };
  return { status: 'COMPLETE', results, startedAt: at, completedAt: at, ...failed } as Body;
}

export function update(id: string, values: Values): Effect {
  return { change: `change-${id}`, kind: 'update', object: 'contacts', id, key: null, values };
}

export function create(key: string, values: Values): Effect {
  return {
    change: `change-${key}`,
    kind: 'create',
    object: 'contacts',
    id: null,
    key: { field: 'tasuki_key', value: key },
    values,
  };
}

export async function allPages(
  crm: Crm,
  fields: readonly string[],
  cursor?: CursorState,
  now = NOW,
): Promise<ChangePage[]> {
  const pages: ChangePage[] = [];
  for await (const page of crm.changesSince([{ object: 'contacts', fields, cursor }], now)) {
    const { object: _, ...rest } = page;
    pages.push(rest);
  }
  return pages;
}

/** nock hands bodies over as text or as JSON, and shows them to matchers of other requests too. */
export function sent(body: unknown): Readonly<Record<string, unknown>> {
  return (typeof body === 'string' ? JSON.parse(body === '' ? '{}' : body) : body) as Record<string, unknown>;
}

export type Input = {
  readonly id: string;
  readonly idProperty?: string;
  readonly objectWriteTraceId?: string;
  readonly properties: Record<string, string>;
};

/** Answers every POST to `path` by `respond`, and keeps the inputs of each call. */
export function answerBatches(
  path: string,
  respond: (inputs: readonly Input[], call: number) => { readonly status: number; readonly body: unknown },
): Input[][] {
  const calls: Input[][] = [];
  let answer = { status: 200, body: '' as unknown };
  nock(BASE)
    .persist()
    .post(path)
    .reply(async (request: Request) => {
      const inputs = sent(await request.text())['inputs'] as Input[];
      calls.push(inputs);
      answer = respond(inputs, calls.length);
      return [answer.status, answer.body as Body];
    });
  return calls;
}
