import { createGunzip } from 'node:zlib';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { installFaults } from '../kernel/install-faults.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { ApiFailure, asApiFailure, notEmulated, RowFault, refuse } from './failure.ts';
import { addOAuthRoutes, bearerOf } from './oauth/routes.ts';
import type { SalesforceOrg } from './org.ts';
import { addRestRoutes } from './rest/http.ts';

const MAX_URI = 16_384;
const JSON_TYPE = 'application/json;charset=UTF-8';

/** The org behind HTTP, as clients meet it. Listen on any port; one org may have several servers. */
export function salesforceServer(org: SalesforceOrg, kernel: Kernel): FastifyInstance {
  // Node refuses headers over 16 KiB by itself, with another answer than Salesforce's; so it is given more room.
  const app = fastify({
    http: { maxHeaderSize: 64 * 1024 },
    bodyLimit: 64 * 1024 * 1024,
    rewriteUrl: (request) => singleSlashes(request.url ?? '/'),
  });
  installFaults(app, 'salesforce', kernel, {
    onExpireToken: (request) => void org.tokens.revoke(bearerOf(request)),
    userOf: (request) => org.tokens.userOf(bearerOf(request)),
  });
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('date', new Date(org.state.clock()).toUTCString());
    done(tooLong(request));
  });
  readBodies(app);
  app.setErrorHandler((error, _request, reply) => sendFailure(reply, error));
  app.setNotFoundHandler((request, reply) => {
    return sendFailure(reply, notEmulated(`${request.method} ${request.url}`, 'src/sandbox/salesforce/server.ts'));
  });
  addOAuthRoutes(app, org);
  addRestRoutes(app, org);
  return app;
}

/** Some clients join a base that ends in a slash with a path that begins with one. */
function singleSlashes(url: string): string {
  const [path = '', ...query] = url.split('?');
  const collapsed = path.replaceAll(/\/{2,}/g, '/');
  const trimmed = collapsed.length > 1 ? collapsed.replace(/\/$/, '') : collapsed;
  return query.length === 0 ? trimmed : `${trimmed}?${query.join('?')}`;
}

function tooLong(request: FastifyRequest): Error | undefined {
  const uri = Buffer.byteLength(request.originalUrl);
  if (uri > MAX_URI) return refuse(414, 'URI_TOO_LONG', 'URI Too Long');
  const headers = request.raw.rawHeaders.reduce((total, part) => total + Buffer.byteLength(part) + 2, 0);
  if (uri + headers > MAX_URI) return refuse(431, 'REQUEST_HEADER_FIELDS_TOO_LARGE', 'Request Header Fields Too Large');
  return undefined;
}

function readBodies(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    if (request.headers['content-encoding'] !== 'gzip') return done(null, payload);
    delete request.headers['content-length'];
    const unzipped = payload.pipe(createGunzip());
    done(null, unzipped);
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/json\b/, { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : JSON.parse(String(text)));
    } catch (error) {
      done(refuse(400, 'JSON_PARSER_ERROR', (error as Error).message));
    }
  });
  app.addContentTypeParser(/^application\/x-www-form-urlencoded\b/, { parseAs: 'string' }, (_request, text, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(text))));
  });
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) =>
    done(null, text === '' ? undefined : text),
  );
}

function sendFailure(reply: FastifyReply, error: unknown): FastifyReply {
  const failure = error instanceof RowFault ? asApiFailure(error) : error;
  if (failure instanceof ApiFailure) {
    const isEmpty = failure.status === 304 || failure.status === 412;
    void reply.code(failure.status);
    return isEmpty ? reply.send() : reply.type(JSON_TYPE).send(JSON.stringify(failure.errors));
  }
  // A bug of the sandbox must not look like a refusal of Salesforce.
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return reply
    .code(500)
    .type(JSON_TYPE)
    .send(JSON.stringify([{ errorCode: 'SANDBOX_BROKEN', message }]));
}
