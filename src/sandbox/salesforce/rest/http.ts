import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Visit } from '../account-locks.ts';
import { notEmulated, notFound, refuse } from '../failure.ts';
import { bearerOf, originOf } from '../oauth/routes.ts';
import type { SalesforceOrg } from '../org.ts';
import type { Call, Dispatch, Reply } from './call.ts';
import { NEWEST_VERSION, OLDEST_VERSION, RETIRED_BELOW, versions } from './resources.ts';
import { runRoute } from './router.ts';

const JSON_TYPE = 'application/json;charset=UTF-8';

/** Everything below `/services/data`: version, session, quota, then the route. */
export function addRestRoutes(app: FastifyInstance, org: SalesforceOrg): void {
  app.addHook('onRequest', (request, _reply, done) => {
    visits.set(request, org.state.locks.arrive());
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith('/services/data/')) void reply.header('sforce-limit-info', limitInfo(org));
    done(null, payload);
  });
  app.get('/services/data', (_request, reply) => reply.type(JSON_TYPE).send(JSON.stringify(versions())));
  app.route<{ Params: { version: string; '*'?: string } }>({
    method: ['GET', 'POST', 'PATCH', 'DELETE', 'PUT'],
    url: '/services/data/:version/*',
    handler: (request, reply) => answerInTurn(org, request, reply),
  });
  app.get('/services/data/:version', (request, reply) => {
    const { userId, version } = admit(org, request);
    const names = ['tooling', 'query', 'queryAll', 'sobjects', 'composite', 'limits', 'recent'];
    const resources = Object.fromEntries(names.map((name) => [name, `/services/data/${version}/${name}`]));
    const identity = `${originOf(request)}/id/${org.options.organizationId}/${userId}`;
    return send(reply, { status: 200, body: { ...resources, identity } });
  });
  app.all('/services/Soap/*', (request) => {
    throw notEmulated(`SOAP (${request.url})`, 'src/sandbox/salesforce/server.ts');
  });
}

const visits = new WeakMap<FastifyRequest, Visit>();

/** With account locks on, every request waits a little before its work, so that those sent together are open together. */
async function answerInTurn(org: SalesforceOrg, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { locks, switches } = org.state;
  if (!switches.accountLocks) return answer(org, request, reply);
  const visit = visits.get(request) ?? locks.arrive();
  await new Promise((resolve) => setImmediate(resolve));
  return locks.during(visit, () => answer(org, request, reply));
}

function answer(org: SalesforceOrg, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { userId, version } = admit(org, request);
  const [path, search] = splitUrl(request.url);
  const base = `/services/data/${version}`;
  const query = Object.fromEntries(new URLSearchParams(search));
  const method = request.method === 'POST' ? (query['_HttpMethod']?.toUpperCase() ?? 'POST') : request.method;
  const call = callOf(org, { userId, base, query, headers: request.headers, body: request.body });
  return send(reply, runRoute(method, path.slice(base.length), call));
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

/** Lets a request in, in Salesforce's order: does the version exist, is the session valid, is there quota left. */
function admit(org: SalesforceOrg, request: FastifyRequest): { userId: string; version: string } {
  const { version } = request.params as { version: string };
  const number = Number(/^v(\d+)\.0$/.exec(version)?.[1] ?? Number.NaN);
  if (number < RETIRED_BELOW) throw refuse(410, 'UNSUPPORTED_API_VERSION', `API version ${version} is retired`);
  if (!(number >= OLDEST_VERSION && number <= NEWEST_VERSION)) throw notFound();
  const userId = org.tokens.userOf(bearerOf(request));
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

function send(reply: FastifyReply, { status, body, headers }: Reply): FastifyReply {
  void reply.code(status);
  if (headers !== undefined) void reply.headers(headers);
  if (body === undefined) return reply.send();
  return reply.type(JSON_TYPE).send(JSON.stringify(body));
}

function limitInfo({ state }: SalesforceOrg): string {
  return `api-usage=${state.usage.count(state.now())}/${state.switches.dailyApiRequests}`;
}
