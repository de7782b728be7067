import { salesforceOver } from '../../../src/connectors/salesforce/open-salesforce.ts';
import type { SalesforceOptions } from '../../../src/connectors/salesforce/options.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Crm } from '../../../src/ports/crm.ts';
import type { SalesforceOrg } from '../../../src/sandbox/salesforce/org.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { type Lifeline, mortal } from './lifeline.ts';
import { orgLine } from './org-line.ts';
import { UNHURRIED, virtualPace } from './virtual-pace.ts';
import type { Weather } from './weather.ts';

export type SimulatedSalesforce = {
  readonly org: SalesforceOrg;
  readonly clock: Clock;
  /** The time by the worker's own clock, where that is another. */
  readonly worker?: Clock;
  readonly weather: Weather;
  readonly life: Lifeline;
  readonly clientSecret?: string;
  readonly pull?: Pick<SalesforceOptions, 'pageSize' | 'overlapMs'>;
};

/**
 * The Salesforce connector over an org in the same process: everything above the line is the connector itself, everything below it the
 * routes of the sandbox.
 */
export function simulateSalesforce({
  org,
  clock,
  worker,
  weather,
  life,
  clientSecret,
  pull,
}: SimulatedSalesforce): Crm {
  const line = orgLine({ org, weather, life, clientSecret: clientSecret ?? org.options.clientSecret });
  const pace = virtualPace('salesforce', clock, weather);
  const watch = { now: () => (worker ?? clock).now(), steady: () => clock.now() };
  const { concurrent } = UNHURRIED;
  return mortal(salesforceOver(line, { log: quietLog, pace, watch, concurrency: concurrent, ...pull }), life);
}
