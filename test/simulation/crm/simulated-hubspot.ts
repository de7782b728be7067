import { BadAnswer } from '../../../src/connectors/http/failure.ts';
import type { CallKind, Carried, Wire } from '../../../src/connectors/hubspot/gateway.ts';
import { hubSpotOver } from '../../../src/connectors/hubspot/hubspot.ts';
import { type PullOptions, settle } from '../../../src/connectors/hubspot/options.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Crm } from '../../../src/ports/crm.ts';
import type { HubSpotPortal } from '../../../src/sandbox/hubspot/portal.ts';
import { Refusal } from '../../../src/sandbox/hubspot/refusal.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { answered, dateOf, timedOut, unheard } from './answers.ts';
import { type Lifeline, mortal } from './lifeline.ts';
import { portalApi } from './portal-api.ts';
import { type PortalAnswer, type PortalRequest, PortalRoutes } from './portal-routes.ts';
import { UNHURRIED, virtualPace } from './virtual-pace.ts';
import type { CallDetail, Weather } from './weather.ts';

export type SimulatedHubSpot = {
  readonly portal: HubSpotPortal;
  readonly clock: Clock;
  /** The time by the worker's own clock, where that is another. */
  readonly worker?: Clock;
  readonly weather: Weather;
  readonly life: Lifeline;
  readonly token?: string;
  readonly pull?: Partial<PullOptions>;
};

/**
 * The HubSpot connector over a portal in the same process: everything above the wire is the connector itself, everything below it the
 * handlers of the sandbox.
 */
export function simulateHubSpot({ portal, clock, worker, weather, life, token, pull }: SimulatedHubSpot): Crm {
  const settings = settle({
    token: token ?? 'pat-na1-sandbox',
    log: quietLog,
    budget: UNHURRIED,
    pace: virtualPace('hubspot', clock, weather),
    watch: { now: () => (worker ?? clock).now(), steady: () => clock.now() },
    ...(pull === undefined ? {} : { pull }),
  });
  return mortal(hubSpotOver(portalWire({ portal, weather, life }), settings), life);
}

type Ground = Pick<SimulatedHubSpot, 'portal' | 'weather' | 'life'>;

function portalWire(ground: Ground): Wire {
  const routes = new PortalRoutes(ground.portal);
  return (call, ask) => ask(portalApi(call.token, (request) => exchange(ground, routes, call, request)));
}

/** Every answer tells how the account's day stands, but those of searches. */
async function exchange(ground: Ground, routes: PortalRoutes, call: Carried, request: PortalRequest): Promise<unknown> {
  const tell = (): void => {
    const { used, limit } = ground.portal.rateLimits.today();
    if (call.kind.search !== true) call.told(used, limit);
  };
  try {
    const answer = await underSky(ground, routes, call, request);
    tell();
    return answer;
  } catch (failure) {
    if (failure instanceof BadAnswer) tell();
    throw failure;
  }
}

/** One call under the sky of its moment. Between the question to the weather and the answer nothing else happens. */
async function underSky(
  { portal, weather, life }: Ground,
  routes: PortalRoutes,
  { kind, token, dated }: Carried,
  request: PortalRequest,
): Promise<unknown> {
  const sky = await skyAt(weather, life, kind, request);
  if (sky.kind !== 'timed-out-after-commit') dated({ date: dateOf(portal.clock), 'content-type': 'application/json' });
  const { name } = kind;
  switch (sky.kind) {
    case 'rate-limited':
      throw answered(name, 429, limitOf('TEN_SECONDLY_ROLLING'), sky.retryAfterMs);
    case 'quota-exhausted':
      throw answered(name, 429, limitOf('DAILY'), sky.retryAfterMs);
    case 'failed-before-commit':
      throw answered(name, 503, null);
    case 'row-locked':
      if (kind.effect === 'read') break;
      throw answered(name, 423, { status: 'error', message: 'The record is locked', category: 'LOCKED' });
    case 'failed-after-commit':
      unheard(() => answerOf(routes, life, name, { token, request }));
      throw answered(name, 502, null);
    case 'timed-out-after-commit':
      unheard(() => answerOf(routes, life, name, { token, request }));
      throw timedOut(name);
    case 'partial':
      if (kind.effect === 'read') break;
      return withoutRows(request, new Set(sky.rows), (rest) => answerOf(routes, life, name, { token, request: rest }));
    case 'fine':
  }
  return answerOf(routes, life, name, { token, request }).body;
}

async function skyAt(weather: Weather, life: Lifeline, kind: CallKind, { params, body }: PortalRequest) {
  const detail: CallDetail = { effect: kind.effect, object: params?.['object'] ?? null, rows: inputsIn(body).length };
  try {
    return await weather.call('hubspot', kind.name, detail);
  } catch (cause) {
    return life.end(cause);
  }
}

function limitOf(policyName: string) {
  return { status: 'error', message: 'You have reached your limit.', errorType: 'RATE_LIMIT', policyName };
}

/** What HubSpot refuses is a bad answer; what the sandbox stumbles over is nobody's answer, and ends the simulation. */
function answerOf(
  routes: PortalRoutes,
  life: Lifeline,
  what: string,
  { token, request }: { readonly token: string; readonly request: PortalRequest },
): PortalAnswer {
  try {
    return routes.answer(token, request);
  } catch (error) {
    if (error instanceof Refusal) throw answered(what, error.status, error.body);
    void life.end(error);
    throw error;
  }
}

type Input = {
  readonly id?: string;
  readonly objectWriteTraceId?: string;
  readonly from?: { readonly id: string };
};

function inputsIn(body: unknown): readonly Input[] {
  if (typeof body !== 'object' || body === null || !('inputs' in body)) return [];
  return Array.isArray(body.inputs) ? body.inputs : [];
}

/** Some rows of a batch meet trouble of their own: an error beside the results, and nothing done. */
function withoutRows(
  request: PortalRequest,
  unlucky: ReadonlySet<number>,
  answer: (rest: PortalRequest) => PortalAnswer,
): unknown {
  const inputs = inputsIn(request.body);
  const spared = inputs.filter((_, place) => !unlucky.has(place));
  const body = { ...(request.body as object), inputs: spared };
  const done = (spared.length === 0 ? { results: [] } : answer({ ...request, body }).body) as {
    readonly errors?: readonly unknown[];
  };
  const errors = inputs.filter((_, place) => unlucky.has(place)).map(troubleOf);
  return { ...done, errors: [...(done.errors ?? []), ...errors] };
}

function troubleOf({ id, objectWriteTraceId, from }: Input): unknown {
  return {
    status: 'error',
    category: 'INTERNAL_ERROR',
    message: 'There was a problem with this record',
    context: {
      ...(id === undefined ? {} : { ids: [id] }),
      ...(objectWriteTraceId === undefined ? {} : { objectWriteTraceId: [objectWriteTraceId] }),
      ...(from === undefined ? {} : { fromObjectId: [from.id] }),
    },
  };
}
