import type { System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { Crm } from '../ports/crm.ts';
import type { Works } from './works.ts';

type Clocks = Pick<Works, 'crm' | 'clock'>;

/** Connectors that were asked once, and whose answers bear no time. */
const silent = new WeakSet<Crm>();

/**
 * What time it is by the clock of this CRM. Whatever is held against its stamps is told by it: how far was read, how fresh a picture is,
 * and which of two sightings is the newer. By ours, an edit that is made while we are minutes ahead would look as if it had been read.
 *
 * A process that has had no answer yet, or whose own clock was set, asks for one. Only where answers bear no time is it ours.
 */
export async function theirTime(system: System, clocks: Clocks): Promise<Instant> {
  const one = clocks.crm[system];
  if (one.aheadMs() === null && !silent.has(one)) {
    await one.under('look-up', () => one.identity());
    if (one.aheadMs() === null) silent.add(one);
  }
  return theirTimeSoFar(system, clocks);
}

/** The same without a call: for what was answered just now, and must be written down whatever happens. */
export function theirTimeSoFar(system: System, { crm, clock }: Clocks): Instant {
  return clock.now() + (crm[system].aheadMs() ?? 0);
}
