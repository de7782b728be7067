import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SalesforceOrg } from '../org.ts';
import { type Form, GrantRefusal, userOfGrant } from './grants.ts';
import { identityOf, userInfoOf } from './identity.ts';

/** The token endpoint and what tells a client who it is. These calls are not counted as API calls. */
export function addOAuthRoutes(app: FastifyInstance, org: SalesforceOrg): void {
  app.post('/services/oauth2/token', async (request, reply) => {
    const origin = originOf(request);
    try {
      const userId = await userOfGrant(org, formOf(request), origin);
      return await reply.header('cache-control', 'no-store').send(tokenAnswer(org, userId, origin));
    } catch (error) {
      if (!(error instanceof GrantRefusal)) throw error;
      return reply.code(400).send({ error: error.error, error_description: error.message });
    }
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/services/oauth2/revoke',
    handler: (request, reply) => {
      const token = formOf(request)['token'] ?? '';
      if (org.tokens.revoke(token)) return reply.code(200).send();
      return reply
        .code(400)
        .send({ error: 'unsupported_token_type', error_description: 'this token type is not supported' });
    },
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/services/oauth2/userinfo',
    handler: (request, reply) => {
      const userId = org.tokens.userOf(bearerOf(request));
      if (userId === undefined) return badToken(reply);
      return reply.send(userInfoOf(org, userId, originOf(request)));
    },
  });
  app.get<{ Params: { org: string; user: string } }>('/id/:org/:user', (request, reply) => {
    if (org.tokens.userOf(bearerOf(request)) === undefined) return badToken(reply);
    const { params } = request;
    if (params.org !== org.options.organizationId || org.state.tables.row(params.user) === undefined)
      return badToken(reply, 404);
    return reply.send(identityOf(org, params.user, originOf(request)));
  });
}

function tokenAnswer(org: SalesforceOrg, userId: string, origin: string): object {
  return {
    access_token: org.tokens.issue(userId),
    signature: 'c2FuZGJveA==',
    token_format: 'opaque',
    scope: 'api',
    instance_url: origin,
    id: `${origin}/id/${org.options.organizationId}/${userId}`,
    token_type: 'Bearer',
    issued_at: String(org.state.clock()),
  };
}

function badToken(reply: FastifyReply, status = 403): FastifyReply {
  return reply.code(status).type('text/plain;charset=UTF-8').send('Bad_OAuth_Token');
}

export function bearerOf(request: FastifyRequest): string {
  const header = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return header ?? (request.query as Form)['oauth_token'] ?? '';
}

export function originOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}

function formOf(request: FastifyRequest): Form {
  const body = typeof request.body === 'object' && request.body !== null ? (request.body as Form) : {};
  return { ...(request.query as Form), ...body };
}
