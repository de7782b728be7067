import type { FastifyInstance } from 'fastify';
import { HubSpotPortal, type PortalOptions } from '../../../src/sandbox/hubspot/portal.ts';
import { hubspotServer } from '../../../src/sandbox/hubspot/server.ts';
import { createKernel, type Kernel } from '../../../src/sandbox/kernel/kernel.ts';

export const TOKEN = 'pat-na1-sandbox';
export const START = Date.parse('2026-11-20T01:00:00Z');

type Version = { value: string; timestamp: string; sourceType: string; sourceId?: string; updatedByUserId?: number };

/** Every field an answer may have, as if all of them had it: a test names the ones it is about. */
type Body = {
  id: string;
  properties: Record<string, string | null>;
  propertiesWithHistory: Record<string, Version[]>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  archivedAt: string;
  new: boolean;
  warnings: { category: string; context: Record<string, string> }[];
  results: Body[];
  total: number;
  paging: { next: { after: string; link: string } } | undefined;
  status: string;
  message: string;
  category: string | undefined;
  subCategory: string | undefined;
  code: string;
  context: Record<string, string[]>;
  errors: Body[];
  numErrors: number;
  associations: Record<string, { results: { id: string; type: string }[] }>;
  from: { id: string };
  to: Link[];
} & Link;

/** One end of an association, and what joins it. */
type Link = {
  toObjectId: number;
  associationTypes: { category: string; typeId: number; label: string | null }[];
};

type Answer = { status: number; headers: Record<string, unknown>; text: string; body: Body };

export type Opened = {
  kernel: Kernel;
  portal: HubSpotPortal;
  app: FastifyInstance;
  call: (
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Headers,
  ) => Promise<Answer>;
  create: (properties: Record<string, unknown>) => Promise<string>;
  search: (body: unknown) => Promise<Answer>;
};

type Headers = Record<string, string>;

/** A portal at a frozen time, with search that sees everything at once unless the test says otherwise. */
export function openPortal(options: Partial<PortalOptions> = {}): Opened {
  const kernel = createKernel({ seed: 7, start: START, frozen: true });
  const switches = { searchLag: { minMs: 0, maxMs: 0 }, searchPerSecondLimit: 1_000, ...options.switches };
  const portal = new HubSpotPortal(kernel, { ...options, switches });
  const app = hubspotServer(portal, kernel);
  const call: Opened['call'] = async (method, url, body, headers = { authorization: `Bearer ${TOKEN}` }) => {
    const response = await app.inject({
      method,
      url,
      headers,
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const isJson = String(response.headers['content-type']).includes('json') && response.body !== '';
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.body,
      body: (isJson ? JSON.parse(response.body) : undefined) as Body,
    };
  };
  return {
    kernel,
    portal,
    app,
    call,
    create: async (properties) => (await call('POST', '/crm/v3/objects/contacts', { properties })).body.id,
    search: (body) => call('POST', '/crm/v3/objects/contacts/search', body),
  };
}
