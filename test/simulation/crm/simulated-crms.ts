import type { System } from '../../../src/domain/people/record.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Crm } from '../../../src/ports/crm.ts';
import type { HubSpotPortal } from '../../../src/sandbox/hubspot/portal.ts';
import type { SalesforceOrg } from '../../../src/sandbox/salesforce/org.ts';
import { Lifeline } from './lifeline.ts';
import { type SimulatedHubSpot, simulateHubSpot } from './simulated-hubspot.ts';
import { type SimulatedSalesforce, simulateSalesforce } from './simulated-salesforce.ts';
import type { Weather } from './weather.ts';

export type Simulated = {
  readonly portal: HubSpotPortal;
  readonly org: SalesforceOrg;
  readonly clock: Clock;
  /** The time by the worker's own clock, where that is another. */
  readonly worker?: Clock;
  readonly weather: Weather;
  readonly hubspot?: Pick<SimulatedHubSpot, 'pull'>;
  readonly salesforce?: Pick<SimulatedSalesforce, 'pull'>;
};

/**
 * Both CRMs as one process of the worker sees them. When the weather kills it, both are dead; the next process opens them anew over the
 * same portal and org, with nothing remembered but what these hold.
 */
export function simulateCrms(given: Simulated): Readonly<Record<System, Crm>> {
  const { portal, org, clock, weather } = given;
  const worker = given.worker ?? clock;
  const life = new Lifeline();
  return {
    hubspot: simulateHubSpot({ portal, clock, worker, weather, life, ...given.hubspot }),
    salesforce: simulateSalesforce({ org, clock, worker, weather, life, ...given.salesforce }),
  };
}
