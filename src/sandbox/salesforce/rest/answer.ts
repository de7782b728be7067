import { notFound, refuse } from '../failure.ts';
import type { SalesforceOrg } from '../org.ts';
import type { Call, Dispatch, Reply } from './call.ts';
import { NEWEST_VERSION, OLDEST_VERSION, RETIRED_BELOW } from './resources.ts';
import { runRoute } from './router.ts';

/** A call below `/services/data`, however it came here. */
export type RestRequest = {
  readonly token: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Call['headers'];
  readonly body: unknown;
};

/** Whoever was let in, and the version they speak. */
export type Admitted = { readonly userId: string; readonly version: string };

/** Lets a request in, in Salesforce's order: does the version exist, is the session valid, is there quota left. */
export function admit(org: SalesforceOrg, { url, token }: RestRequest): Admitted {
  const version = /^\/services\/data\/([^/?]+)/.exec(url)?.[1] ?? '';
  const number = Number(/^v(\d+)\.0$/.exec(version)?.[1] ?? Number.NaN);
  if (number < RETIRED_BELOW) throw refuse(410, 'UNSUPPORTED_API_VERSION', `API version ${version} is retired`);
  if (!(number >= OLDEST_VERSION && number <= NEWEST_VERSION)) throw notFound();
  const userId = org.tokens.userOf(token);
  if (userId === undefined) throw refuse(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  const { state } = org;
  state.keepHouse();
  const now = state.now();
  if (state.usage.count(now) >= state.switches.dailyApiRequests) {
    throw refuse(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
  state.usage.note(now);
  return { userId, version };
}

/** The answer to a request that was let in. Throws an `ApiFailure` or a `RowFault` for what Salesforce refuses. */
export function answerCall(org: SalesforceOrg, { userId, version }: Admitted, request: RestRequest): Reply {
  const [path, search] = splitUrl(request.url);
  const base = `/services/data/${version}`;
  const query = Object.fromEntries(new URLSearchParams(search));
  const method = request.method === 'POST' ? (query['_HttpMethod']?.toUpperCase() ?? 'POST') : request.method;
  const call = callOf(org, { userId, base, query, headers: request.headers, body: request.body });
  return runRoute(method, path.slice(base.length), call);
}

/** `api-usage=18/5000`, as every answer tells it. */
export function apiUsage({ state }: SalesforceOrg): string {
  return `api-usage=${state.usage.count(state.now())}/${state.switches.dailyApiRequests}`;
}

type Parts = Pick<Call, 'userId' | 'base' | 'query' | 'headers' | 'body'>;

function callOf(org: SalesforceOrg, parts: Parts): Omit<Call, 'params'> {
  const dispatch: Dispatch = ({ method, url, body, headers }) => {
    const [path, search] = splitUrl(url);
    const base = /^\/services\/data\/v\d+\.0/.exec(path)?.[0];
    if (base === undefined) throw notFound();
    const query = Object.fromEntries(new URLSearchParams(search));
    const call = callOf(org, { userId: parts.userId, base, query, headers, body });
    return runRoute(method, path.slice(base.length), call);
  };
  return { state: org.state, cursors: org.cursors, ...parts, dispatch };
}

function splitUrl(url: string): [string, string] {
  const at = url.indexOf('?');
  return at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}
