import { OBJECTS } from '../../src/domain/people/record.ts';
import type { LoggedRequest } from '../../src/sandbox/kernel/request-log.ts';

/**
 * What a call was for. `ask` is the question what has changed; `list` reads all of an object; `upkeep` is what `prepare` needs once an
 * hour, logins and set-up.
 */
const KINDS = [
  'list',
  'ask',
  'read-back',
  'write',
  'associate',
  'associations',
  'history',
  'signals',
  'upkeep',
] as const;
export type Kind = (typeof KINDS)[number];

/** Calls of one kind to one system, the records they named, and the fewest calls that could have named as many. */
export type Tally = {
  readonly system: LoggedRequest['system'];
  readonly kind: Kind;
  readonly calls: number;
  readonly records: number;
  /** `null`: what a call brings is not in its request, and `fewest.ts` reckons it from the world. */
  readonly fewest: number | null;
};

type Named = { readonly kind: Kind; readonly of: string; readonly records: number; readonly batch: number | null };

/** Counts requests as the two systems saw them: whoever made them is not asked. */
export function tally(requests: readonly LoggedRequest[]): readonly Tally[] {
  const named = requests.map((request) => ({ system: request.system, ...nameOf(request) }));
  return [...Map.groupBy(named, ({ system, kind }) => `${system} ${kind}`).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { system, kind, batch } = first;
    const records = sum(group.map((each) => each.records));
    const fewest = batch === null ? null : sum([...Map.groupBy(group, ({ of }) => of).values()].map(fullBatches));
    return [{ system, kind, calls: group.length, records, fewest }];
  });
}

function fullBatches(group: readonly Named[]): number {
  return Math.ceil(sum(group.map(({ records }) => records)) / (group[0]?.batch ?? 1));
}

function nameOf(request: LoggedRequest): Named {
  // The token ran out: the call did nothing, and is made again.
  if (request.status === 401) return { kind: 'upkeep', of: 'login', records: 0, batch: null };
  return request.system === 'hubspot' ? inHubSpot(request) : inSalesforce(request);
}

function inHubSpot({ method, path, query, body }: LoggedRequest): Named {
  const records = lengthOf(body, 'inputs');
  const of = path;
  if (/\/associations\/.*\/batch\/associate/u.test(path)) return { kind: 'associate', of, records, batch: 2_000 };
  if (/\/associations\/.*\/batch\/read/u.test(path)) return { kind: 'associations', of, records, batch: 1_000 };
  if (path.endsWith('/batch/read')) {
    const withHistory = lengthOf(body, 'propertiesWithHistory') > 0;
    return withHistory
      ? { kind: 'history', of: `${of} history`, records, batch: 50 }
      : { kind: 'read-back', of, records, batch: 100 };
  }
  if (/\/batch\/(update|upsert|create)$/u.test(path)) return { kind: 'write', of, records, batch: 100 };
  if (path.endsWith('/search')) return { kind: 'ask', of, records: 0, batch: null };
  // A page of one row is a look at what may be seen.
  if (method === 'GET' && query['limit'] !== '1' && /\/objects\/[^/]+$/u.test(path))
    return { kind: 'list', of, records: 0, batch: null };
  if (/\/(forms|form-integrations|marketing-events)\b/u.test(path))
    return { kind: 'signals', of, records: 0, batch: null };
  return { kind: 'upkeep', of, records: 0, batch: null };
}

/** Other objects' rows tell who works there and what may be seen. */
const PULLED: ReadonlySet<string> = new Set(OBJECTS.salesforce);

function inSalesforce({ method, path, query, body }: LoggedRequest): Named {
  const resource = path.replace(/^\/services\/data\/v[\d.]+/u, '');
  const of = `${method} ${resource}`;
  if (resource === '/composite') return { kind: 'ask', of, records: 0, batch: null };
  if (resource.startsWith('/composite/sobjects')) {
    const written = lengthOf(body, 'records');
    if (written > 0) return { kind: 'write', of: `${of} ${typeOf(body)}`, records: written, batch: 200 };
    return { kind: 'read-back', of, records: lengthOf(body, 'ids'), batch: 2_000 };
  }
  const [, object = ''] = /\bFROM (\w+)/u.exec(String(query['q'] ?? '')) ?? [];
  if (/^\/query(All)?\b/u.test(resource) && PULLED.has(object)) return { kind: 'list', of, records: 0, batch: null };
  return { kind: 'upkeep', of, records: 0, batch: null };
}

function lengthOf(body: unknown, name: string): number {
  const list = (body as Readonly<Record<string, unknown>> | undefined | null)?.[name];
  return Array.isArray(list) ? list.length : 0;
}

function typeOf(body: unknown): string {
  const { records } = body as { readonly records: readonly { readonly attributes?: { readonly type?: string } }[] };
  return records[0]?.attributes?.type ?? '';
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
