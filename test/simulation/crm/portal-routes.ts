import type { FastifyInstance } from 'fastify';
import type { HubSpotPortal } from '../../../src/sandbox/hubspot/portal.ts';
import { type PropertyDefinition, presentDefinition } from '../../../src/sandbox/hubspot/properties/definition.ts';
import type { Allowance } from '../../../src/sandbox/hubspot/rate-limits.ts';
import { accountRoutes, tokenCheckRoute } from '../../../src/sandbox/hubspot/routes/account-routes.ts';
import { associationBatchRoutes } from '../../../src/sandbox/hubspot/routes/association-batch-routes.ts';
import { bulkRoutes } from '../../../src/sandbox/hubspot/routes/bulk-routes.ts';
import { formRoutes } from '../../../src/sandbox/hubspot/routes/form-routes.ts';
import { marketingEventRoutes } from '../../../src/sandbox/hubspot/routes/marketing-event-routes.ts';
import { scopesOf } from '../../../src/sandbox/hubspot/routes/needed-scopes.ts';
import { ownerRoutes } from '../../../src/sandbox/hubspot/routes/owner-routes.ts';
import { pipelineRoutes } from '../../../src/sandbox/hubspot/routes/pipeline-routes.ts';
import { propertyGroupRoutes } from '../../../src/sandbox/hubspot/routes/property-group-routes.ts';
import { propertyRoutes } from '../../../src/sandbox/hubspot/routes/property-routes.ts';
import { recordRoutes } from '../../../src/sandbox/hubspot/routes/record-routes.ts';
import type { Routes } from '../../../src/sandbox/hubspot/routes/route.ts';

/** One request as the portal's own handlers read it. */
export type PortalRequest = {
  /** Method and path as the sandbox declares it, under the name of its group: `objects POST /:object/search`. */
  readonly route: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: unknown;
};

export type PortalAnswer = { readonly status: number; readonly body: unknown };

type Handler = (request: unknown, reply: Reply) => unknown;
type Options = {
  readonly config?: { readonly scope?: Parameters<typeof scopesOf>[1]; readonly allowance?: Allowance };
  readonly preHandler?: (request: unknown, reply: unknown, done: () => void) => void;
};
type Entry = { readonly options: Options; readonly handler: Handler };

/** As much of a reply as the handlers use. */
class Reply {
  status = 200;
  sent: unknown;

  code(status: number): this {
    this.status = status;
    return this;
  }

  header(): this {
    return this;
  }

  send(body: unknown): this {
    this.sent = body;
    return this;
  }
}

/** The groups under which the sandbox's server mounts its handlers; those of marketing name whole paths themselves. */
const GROUPS: readonly (readonly [string, Routes])[] = [
  ['objects', recordRoutes],
  ['objects', bulkRoutes],
  ['owners', ownerRoutes],
  ['properties', propertyGroupRoutes],
  ['properties', propertyRoutes],
  ['pipelines', pipelineRoutes],
  ['associations', associationBatchRoutes],
  ['account', (app, { portal }) => accountRoutes(app, portal)],
  ['root', (app, { portal }) => tokenCheckRoute(app, portal)],
  ['root', (app, { portal }) => formRoutes(app, portal)],
  ['root', (app, { portal }) => marketingEventRoutes(app, portal)],
];

/**
 * A portal's own handlers without a server around them: the very code that answers over HTTP, called by the name of its route.
 *
 * Of the allowances only the day's is counted: shorter ones go by the machine's time, which has no place in a simulation.
 */
export class PortalRoutes {
  readonly #portal: HubSpotPortal;
  readonly #entries = new Map<string, Entry>();

  constructor(portal: HubSpotPortal) {
    this.#portal = portal;
    for (const [group, routes] of GROUPS) {
      const at =
        (method: string) =>
        (path: string, ...rest: readonly unknown[]) => {
          const options = rest.length > 1 ? (rest[0] as Options) : {};
          this.#entries.set(`${group} ${method} ${path}`, { options, handler: rest.at(-1) as Handler });
        };
      const app = { get: at('GET'), post: at('POST'), patch: at('PATCH'), put: at('PUT'), delete: at('DELETE') };
      // The handlers register themselves by these five verbs, and ask nothing else of a server.
      routes(app as unknown as FastifyInstance, { portal, family: 'v3' });
    }
    this.#listPropertiesQuickly();
  }

  /** Every worker that starts asks for hundreds of definitions, most of which all portals share: each is presented once. */
  #listPropertiesQuickly(): void {
    const route = 'properties GET /:object';
    const asDeclared = this.#entries.get(route);
    if (asDeclared === undefined) throw new Error(`The sandbox has no route ${route} any more`);
    const handler: Handler = (request) => {
      const { params, query } = request as Required<PortalRequest>;
      if (query['archived'] === 'true') return asDeclared.handler(request, new Reply());
      return {
        results: this.#portal
          .space(params['object'] ?? '')
          .registry.live()
          .map(presentedOnce),
      };
    };
    this.#entries.set(route, { ...asDeclared, handler });
  }

  /** Answers at once, without a pause in which anything else could happen. Throws a `Refusal` for what HubSpot refuses. */
  answer(token: string, { route, params = {}, query = {}, body }: PortalRequest): PortalAnswer {
    const entry = this.#entries.get(route);
    if (entry === undefined) throw new Error(`The portal has no route ${route}`);
    const { options, handler } = entry;
    const request = { params, query, body, headers: {}, url: '/' };
    this.#portal.catchUp();
    this.#portal.access.identify(`Bearer ${token}`);
    this.#portal.rateLimits.admitToday(options.config?.allowance ?? 'calls');
    const needed = scopesOf(request as unknown as Parameters<typeof scopesOf>[0], options.config?.scope);
    for (const scope of needed) this.#portal.access.require(scope);
    const reply = new Reply();
    options.preHandler?.(request, reply, () => {});
    const given = handler(request, reply);
    return { status: reply.status, body: given === reply ? reply.sent : given };
  }
}

const PRESENTED = new WeakMap<PropertyDefinition, unknown>();

/** Definitions are never changed in place, so what one looks like from outside holds for good. */
function presentedOnce(definition: PropertyDefinition): unknown {
  const known = PRESENTED.get(definition);
  if (known !== undefined) return known;
  const presented = presentDefinition(definition);
  PRESENTED.set(definition, presented);
  return presented;
}
