import { HubSpotPortal } from '../../../src/sandbox/hubspot/portal.ts';
import { createKernel } from '../../../src/sandbox/kernel/kernel.ts';
import { SalesforceOrg } from '../../../src/sandbox/salesforce/org.ts';
import { fillWorld } from '../../../src/sandbox/world/fill-world.ts';
import { StagedClock } from '../../../src/sandbox/world/staged-clock.ts';

export const NOW = Date.parse('2026-11-21T00:00:00Z');

export type Held = { id: string; fields: Record<string, unknown>; at: number };

export type World = { portal: HubSpotPortal; org: SalesforceOrg; of: (object: string) => Held[] };

/** Both systems with a generated company in them, and what they hold. */
export function aWorld(people = 300, seed = 1): World {
  const clock = new StagedClock({ start: NOW, frozen: true });
  const kernel = { ...createKernel({ seed, start: NOW, frozen: true }), clock };
  const [portal, org] = [new HubSpotPortal(kernel), new SalesforceOrg(kernel)];
  const random = kernel.random.fork('world');
  fillWorld({ portal, org }, { people, now: NOW, random, during: clock.during.bind(clock) });
  const of = (object: string): Held[] =>
    /^[a-z]/.test(object)
      ? portal
          .records(object)
          .map(({ id, properties, createdAt }) => ({ id, fields: properties, at: Date.parse(createdAt) }))
      : org.records(object).map((fields) => ({
          id: String(fields['Id']),
          fields,
          at: Date.parse(String(fields['CreatedDate'])),
        }));
  return { portal, org, of };
}
