import { openHubSpot } from '../../../src/connectors/hubspot/hubspot.ts';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import type { System } from '../../../src/domain/people/record.ts';
import type { Crm } from '../../../src/ports/crm.ts';
import { hubspotServer } from '../../../src/sandbox/hubspot/server.ts';
import type { Fault } from '../../../src/sandbox/kernel/faults.ts';
import { createKernel } from '../../../src/sandbox/kernel/kernel.ts';
import { salesforceServer } from '../../../src/sandbox/salesforce/server.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { simulateCrms } from './simulated-crms.ts';
import { openSmallCompany, type SmallCompany } from './small-company.ts';
import { UNHURRIED, virtualPace } from './virtual-pace.ts';
import { FAIR, FINE, type Sky } from './weather.ts';

/** One company and the connectors to it, whichever way they go. */
export type Way = {
  readonly world: SmallCompany;
  readonly crm: Readonly<Record<System, Crm>>;
  /** The next call to that system meets this; whatever is left of it is over when the deed is done. */
  trouble(system: System, sky: Sky): void;
  calm(): void;
  close(): Promise<void>;
};

const SMALL_PAGES = { hubspot: { searchPage: 10 }, salesforce: { pageSize: 10 } } as const;

/** The simulation's way. */
export function inProcess(seed: number, start: number): Way {
  const world = openSmallCompany(seed, start);
  const next = new Map<System, Sky>();
  const weather = {
    call: (system: System) => {
      const sky = next.get(system) ?? FINE;
      next.delete(system);
      return sky;
    },
  };
  const pull = { hubspot: { pull: SMALL_PAGES.hubspot }, salesforce: { pull: SMALL_PAGES.salesforce } };
  return {
    world,
    crm: simulateCrms({ ...world, weather, ...pull }),
    trouble: (system, sky) => next.set(system, sky),
    calm: () => next.clear(),
    close: async () => {},
  };
}

/** The real connectors over HTTP, client libraries and all, to the sandbox's servers before a company of the same seed. */
export async function overHttp(seed: number, start: number): Promise<Way> {
  const world = openSmallCompany(seed, start);
  const { portal, org, clock } = world;
  // Windows of the machine's time, which a hurried test would run into.
  const wide = { tenSecondlyLimit: 1e6, searchPerSecondLimit: 1e6, associationTenSecondlyLimit: 1e6 };
  Object.assign(portal.switches, wide);
  const kernel = { ...createKernel({ seed, start, frozen: true }), clock };
  const servers = [hubspotServer(portal, kernel), salesforceServer(org, kernel)] as const;
  const [baseUrl, loginUrl] = await Promise.all(servers.map((server) => server.listen({ host: '127.0.0.1', port: 0 })));
  const timeouts = { headersMs: 10_000, totalMs: 10_000 };
  const hubspot = openHubSpot({
    token: 'pat-na1-sandbox',
    baseUrl: baseUrl!,
    budget: UNHURRIED,
    log: quietLog,
    pace: virtualPace('hubspot', clock, FAIR),
    watch: { now: () => clock.now(), steady: () => clock.now() },
    pull: SMALL_PAGES.hubspot,
    timeouts,
  });
  const { clientId, clientSecret } = org.options;
  const salesforce = openSalesforce({
    loginUrl: loginUrl!,
    auth: { kind: 'client-credentials', clientId, clientSecret },
    concurrency: UNHURRIED.concurrent,
    log: quietLog,
    pace: virtualPace('salesforce', clock, FAIR),
    watch: { now: () => clock.now(), steady: () => clock.now() },
    now: () => clock.now(),
    timeouts,
    ...SMALL_PAGES.salesforce,
  });
  return {
    world,
    crm: { hubspot, salesforce },
    trouble: (system, sky) => kernel.faults.add({ system, fault: faultLike(system, sky) }),
    calm: () => kernel.faults.clear(),
    close: async () => void (await Promise.all(servers.map((server) => server.close()))),
  };
}

/** What a server would say under such a sky. Those that no server says in one answer have tests of their own. */
function faultLike(system: System, sky: Sky): Fault {
  const retry = 'retryAfterMs' in sky ? { 'Retry-After': String((sky.retryAfterMs ?? 0) / 1_000) } : undefined;
  const headers = retry === undefined ? {} : { headers: retry };
  switch (sky.kind) {
    case 'failed-before-commit':
      return { kind: 'status', status: 503 };
    case 'failed-after-commit':
      return { kind: 'status', status: 502, when: 'after' };
    case 'rate-limited':
    case 'quota-exhausted': {
      const isDay = sky.kind === 'quota-exhausted';
      if (system === 'hubspot')
        return {
          kind: 'status',
          status: 429,
          body: { policyName: isDay ? 'DAILY' : 'TEN_SECONDLY_ROLLING' },
          ...headers,
        };
      const message = isDay
        ? 'TotalRequests Limit exceeded.'
        : 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.';
      return { kind: 'status', status: 403, body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message }], ...headers };
    }
    default:
      throw new Error(`No server answers ${sky.kind} by itself`);
  }
}
