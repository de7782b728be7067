import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Visit } from '../account-locks.ts';
import { notEmulated } from '../failure.ts';
import { bearerOf, originOf } from '../oauth/routes.ts';
import type { SalesforceOrg } from '../org.ts';
import { admit, answerCall, apiUsage, type RestRequest } from './answer.ts';
import type { Reply } from './call.ts';
import { versions } from './resources.ts';

const JSON_TYPE = 'application/json;charset=UTF-8';

/** Everything below `/services/data`: version, session, quota, then the route. */
export function addRestRoutes(app: FastifyInstance, org: SalesforceOrg): void {
  app.addHook('onRequest', (request, _reply, done) => {
    visits.set(request, org.state.locks.arrive());
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith('/services/data/')) void reply.header('sforce-limit-info', apiUsage(org));
    done(null, payload);
  });
  app.get('/services/data', (_request, reply) => reply.type(JSON_TYPE).send(JSON.stringify(versions())));
  app.route<{ Params: { version: string; '*'?: string } }>({
    method: ['GET', 'POST', 'PATCH', 'DELETE', 'PUT'],
    url: '/services/data/:version/*',
    handler: (request, reply) => answerInTurn(org, request, reply),
  });
  app.get('/services/data/:version', (request, reply) => {
    const { userId, version } = admit(org, requestOf(request));
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
  const { userId, version } = admit(org, requestOf(request));
  return send(reply, answerCall(org, { userId, version }, requestOf(request)));
}

function requestOf(request: FastifyRequest): RestRequest {
  const { method, url, headers, body } = request;
  return { token: bearerOf(request), method, url, headers, body };
}

function send(reply: FastifyReply, { status, body, headers }: Reply): FastifyReply {
  void reply.code(status);
  if (headers !== undefined) void reply.headers(headers);
  if (body === undefined) return reply.send();
  return reply.type(JSON_TYPE).send(JSON.stringify(body));
}
