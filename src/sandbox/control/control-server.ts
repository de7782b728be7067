import { type FastifyInstance, fastify } from 'fastify';
import type { FaultRule } from '../kernel/faults.ts';
import { clockBody, faultRuleBody, requestFilter, switchesBody } from './bodies.ts';
import type { Controlled } from './controlled.ts';
import { addHubSpotDeeds } from './hubspot-deeds.ts';
import { addMarketingDeeds } from './marketing-deeds.ts';
import { patchSwitches } from './patch-switches.ts';
import { given, read } from './read.ts';
import { ControlRefusal } from './refusal.ts';
import { addSalesforceDeeds } from './salesforce-deeds.ts';

type OfObject = { Params: { object: string } };

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
  addHubSpotDeeds(app, controlled);
  addMarketingDeeds(app, controlled);
  addSalesforceDeeds(app, controlled);
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
  app.get('/requests', (request) => log.list(given(read(requestFilter, request.query))));
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
  app.get('/state/hubspot/associations', () => portal.associations());
  app.get<OfObject>('/state/hubspot/:object', ({ params }) => portal.records(params.object));
  app.get<OfObject>('/state/salesforce/:object', ({ params }) => org.records(params.object));
}
