import { type FastifyInstance, fastify } from 'fastify';
import * as z from 'zod';
import type { FaultRule } from '../kernel/faults.ts';
import type { Kernel } from '../kernel/kernel.ts';
import {
  byQuery,
  clockBody,
  faultRuleBody,
  hubspotTouchBody,
  requestFilter,
  salesforceBody,
  switchesBody,
} from './bodies.ts';
import type { OrgDoor, PortalDoor } from './doors.ts';
import { patchSwitches } from './patch-switches.ts';
import { ControlRefusal } from './refusal.ts';

export type Controlled = {
  kernel: Kernel;
  portal: PortalDoor;
  org: OrgDoor;
  reset: () => Promise<void>;
};

type ObjectParams = { object: string };
type RecordParams = { object: string; id: string };

/** The door behind the scenes: time, trouble, switches, what was asked, and what people and the systems themselves do. */
export function controlServer(controlled: Controlled): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error instanceof ControlRefusal ? error.status : (error.statusCode ?? 400);
    void reply.code(status).send({ error: error.message });
  });
  app.setNotFoundHandler((request, reply) => {
    void reply
      .code(404)
      .send({ error: `The control API has no ${request.method} ${request.url}; see the sandbox's README` });
  });
  addClock(app, controlled);
  addTrouble(app, controlled);
  addSwitches(app, controlled);
  addState(app, controlled);
  addPeople(app, controlled);
  return app;
}

function addClock(app: FastifyInstance, { kernel: { clock }, reset }: Controlled): void {
  const show = (): { now: number; iso: string; frozen: boolean } => {
    const now = clock.now();
    return { now, iso: new Date(now).toISOString(), frozen: clock.frozen };
  };
  app.get('/clock', show);
  app.post('/clock', (request) => {
    const body = read(clockBody, request.body);
    if ('advanceMs' in body) clock.advance(body.advanceMs);
    else if ('set' in body) clock.set(body.set);
    else if (body.frozen) clock.freeze();
    else clock.run();
    return show();
  });
  app.post('/reset', async () => {
    await reset();
    return show();
  });
}

function addTrouble(app: FastifyInstance, { kernel: { faults, log } }: Controlled): void {
  app.get('/requests', (request) => {
    const { system, method, path } = read(requestFilter, request.query);
    return log.list({ ...(system && { system }), ...(method && { method }), ...(path && { path }) });
  });
  app.delete('/requests', (_request, reply) => {
    log.clear();
    return reply.code(204).send();
  });
  app.get('/counts', () => log.counts());
  app.get('/faults', () =>
    faults
      .pending()
      .map((rule) => ({ ...rule, times: rule.times === Number.POSITIVE_INFINITY ? 'always' : rule.times })),
  );
  app.post('/faults', (request, reply) => {
    // zod writes an absent option as `undefined`, which the rule's type has no word for; both mean "not given".
    faults.add(read(faultRuleBody, request.body) as FaultRule);
    return reply.code(204).send();
  });
  app.delete('/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
}

function addSwitches(app: FastifyInstance, controlled: Controlled): void {
  for (const [system, door] of [
    ['hubspot', controlled.portal],
    ['salesforce', controlled.org],
  ] as const) {
    app.get(`/switches/${system}`, () => door.switches);
    app.patch(`/switches/${system}`, (request) => {
      patchSwitches(door.switches, read(switchesBody, request.body));
      return door.switches;
    });
  }
}

function addState(app: FastifyInstance, { portal, org }: Controlled): void {
  app.get<{ Params: ObjectParams }>('/state/hubspot/:object', ({ params }) => portal.records(params.object));
  app.get<{ Params: ObjectParams }>('/state/salesforce/:object', ({ params }) => org.records(params.object));
}

function addPeople(app: FastifyInstance, { kernel, portal, org }: Controlled): void {
  app.post<{ Params: RecordParams }>('/hubspot/:object/:id', ({ params, body }, reply) => {
    const { properties, source, userId } = read(hubspotTouchBody, body);
    portal.touch(params.object, params.id, properties, { source, ...(userId === undefined ? {} : { userId }) });
    return reply.code(204).send();
  });
  app.post<{ Params: ObjectParams }>('/salesforce/:object', ({ params, body }, reply) => {
    const { fields, by } = read(salesforceBody, body);
    const id = org.seed(params.object, fields, { at: kernel.clock.now(), ...actor(org, by) });
    return reply.code(201).send({ id });
  });
  app.post<{ Params: RecordParams }>('/salesforce/:object/:id', ({ params, body }, reply) => {
    const { fields, by } = read(salesforceBody, body);
    org.touch(params.object, params.id, fields, actor(org, by));
    return reply.code(204).send();
  });
  app.delete<{ Params: RecordParams }>('/salesforce/:object/:id', ({ params, query }, reply) => {
    org.remove(params.object, params.id, actor(org, read(byQuery, query).by));
    return reply.code(204).send();
  });
}

/** Who acts: a user id, or a user name, which is easier to know. Nobody named is the org's administrator. */
function actor(org: OrgDoor, by: string | undefined): { by?: string } {
  if (by === undefined) return {};
  if (!by.includes('@')) return { by };
  const id = org.userByName(by);
  if (id === undefined) throw new ControlRefusal(400, `Salesforce has no user ${by}`);
  return { by: id };
}

function read<Out>(schema: z.ZodType<Out>, given: unknown): Out {
  const result = schema.safeParse(given ?? {});
  if (!result.success) throw new ControlRefusal(400, z.prettifyError(result.error));
  return result.data;
}
