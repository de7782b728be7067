import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { installFaults } from '../kernel/install-faults.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { bearerToken } from './access.ts';
import { parseBodies } from './body-parsing.ts';
import type { HubSpotPortal } from './portal.ts';
import { notEmulated, Refusal } from './refusal.ts';
import { accountRoutes, tokenCheckRoute } from './routes/account-routes.ts';
import { associationBatchRoutes } from './routes/association-batch-routes.ts';
import { associationRoutes } from './routes/association-routes.ts';
import { bulkRoutes } from './routes/bulk-routes.ts';
import { formRoutes } from './routes/form-routes.ts';
import { marketingEventRoutes } from './routes/marketing-event-routes.ts';
import { scopesOf } from './routes/needed-scopes.ts';
import { ownerRoutes } from './routes/owner-routes.ts';
import { pipelineRoutes } from './routes/pipeline-routes.ts';
import { propertyGroupRoutes } from './routes/property-group-routes.ts';
import { propertyRoutes } from './routes/property-routes.ts';
import { recordRoutes } from './routes/record-routes.ts';
import type { Routes } from './routes/route.ts';
import type { Family } from './values/read-value.ts';

/** HubSpot sends it like this, without a space. */
const JSON_TYPE = 'application/json;charset=utf-8';

type Paths = {
  family: Family;
  objects: string;
  owners: string;
  properties: string;
  account: string;
  pipelines: string;
  /** Associations of one record, of many, and the labels: the numbered paths spell them in three ways. */
  associated: string;
  associations: readonly string[];
};

const FAMILIES: readonly Paths[] = [
  {
    family: 'v3',
    objects: '/crm/v3/objects',
    owners: '/crm/v3/owners',
    properties: '/crm/v3/properties',
    account: '/account-info/v3',
    pipelines: '/crm/v3/pipelines',
    associated: '/crm/v4/objects',
    associations: ['/crm/v4/associations', '/crm/associations/v4'],
  },
  ...(['2026-03', '2026-09'] as const).map((family) => ({
    family,
    objects: `/crm/objects/${family}`,
    owners: `/crm/owners/${family}`,
    properties: `/crm/properties/${family}`,
    account: `/account-info/${family}`,
    pipelines: `/crm/pipelines/${family}`,
    associated: `/crm/objects/${family}`,
    associations: [`/crm/associations/${family}`],
  })),
];

/** The HTTP face of a portal, under numbered and dated paths alike. What is not served says so with a 501. */
export function hubspotServer(portal: HubSpotPortal, kernel: Kernel): FastifyInstance {
  const app = Fastify({
    routerOptions: { ignoreTrailingSlash: true },
    bodyLimit: 32 * 1024 * 1024,
    forceCloseConnections: true,
  });
  installFaults(app, 'hubspot', kernel, {
    onExpireToken: (request) => portal.expireToken(bearerToken(request.headers.authorization)),
  });
  parseBodies(app);
  admitCallers(app, portal);
  app.setErrorHandler((error: FastifyError, request, reply) => refuse(portal, error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const route = `${request.method} ${request.url.split('?', 1)[0]}`;
    return refuse(portal, notEmulated(route, 'routes/ and server.ts'), request, reply);
  });

  for (const { family, ...paths } of FAMILIES) {
    const mount = (prefix: string, ...all: Routes[]) =>
      app.register(
        (scope, _options, done) => {
          for (const routes of all) routes(scope, { portal, family });
          done();
        },
        { prefix },
      );
    void mount(paths.objects, recordRoutes, bulkRoutes);
    void mount(paths.owners, ownerRoutes);
    void mount(paths.properties, propertyGroupRoutes, propertyRoutes);
    void mount(paths.pipelines, pipelineRoutes);
    void mount(paths.associated, associationRoutes);
    for (const path of paths.associations) void mount(path, associationBatchRoutes);
    void mount(paths.account, (scope) => accountRoutes(scope, portal));
  }
  tokenCheckRoute(app, portal);
  formRoutes(app, portal);
  marketingEventRoutes(app, portal);
  return app;
}

/** A read that names some hundreds of properties gets longer than this; a batch read has no such limit. */
const LONGEST_URI = 8_192;

/** Token, allowances and scopes, in this order, before anything is read. */
function admitCallers(app: FastifyInstance, portal: HubSpotPortal): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('content-type', JSON_TYPE).header('x-hubspot-correlation-id', portal.nextCorrelationId());
    void reply.header('date', new Date(portal.clock.now()).toUTCString());
    portal.catchUp();
    if (request.url.length > LONGEST_URI) throw new Refusal(414, { message: 'URI Too Long' });
    if (request.is404) return done();
    const { scope, allowance = 'calls' } = request.routeOptions.config;
    const token = portal.access.identify(request.headers.authorization);
    try {
      portal.rateLimits.admit(token, allowance);
    } finally {
      if (allowance !== 'search') void reply.headers(portal.rateLimits.headers(token));
    }
    for (const needed of scopesOf(request, scope)) portal.access.require(needed);
    done();
  });

  app.addHook('onSend', (_request, reply, payload, done) => {
    if (reply.statusCode === 204) reply.removeHeader('content-type');
    done(null, payload);
  });
}

function refuse(portal: HubSpotPortal, error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const correlationId = String(reply.getHeader('x-hubspot-correlation-id') ?? portal.nextCorrelationId());
  void reply.header('content-type', JSON_TYPE);
  if (error instanceof Refusal) {
    const requestId = error.status === 429 ? { requestId: correlationId.replaceAll('-', '') } : {};
    return reply.code(error.status).send({ ...error.body, correlationId, ...requestId });
  }
  const status = (error as FastifyError).statusCode ?? 500;
  // A fault of ours must not pass for one of HubSpot's.
  const message =
    status < 500
      ? error.message
      : `The sandbox failed at ${request.method} ${request.url}: ${error.stack ?? error.message}`;
  const category = status < 500 ? 'VALIDATION_ERROR' : 'SANDBOX_FAULT';
  return reply.code(status).send({ status: 'error', message, correlationId, category });
}
