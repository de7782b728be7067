import { OBJECTS, SYSTEMS } from '../../../src/domain/people/record.ts';
import type { CallCounts } from '../../../src/ports/crm.ts';
import type { Worker } from '../driver/worker.ts';

/** A composite query of Salesforce's carries this many. */
const QUERIES_PER_CALL = 5;

/** Law R16: with nothing to do, a pass costs one search per HubSpot object and one call per five Salesforce objects, and writes nothing. */
export function idlePass(before: Readonly<Record<string, CallCounts>>, worker: Worker): readonly string[] {
  const most = {
    hubspot: OBJECTS.hubspot.length,
    salesforce: Math.ceil(OBJECTS.salesforce.length / QUERIES_PER_CALL),
  };
  return SYSTEMS.flatMap((system) => {
    const spent = Object.entries(worker.works.crm[system].calls()).flatMap(([kind, count]) => {
      const more = count - (before[system]?.[kind] ?? 0);
      return more > 0 ? [[kind, more] as const] : [];
    });
    const sum = spent.reduce((all, [, count]) => all + count, 0);
    return sum > most[system] ? [`an idle pass cost ${sum} calls to ${system}: ${JSON.stringify(spent)}`] : [];
  });
}

export function callsSoFar(worker: Worker): Readonly<Record<string, CallCounts>> {
  return Object.fromEntries(SYSTEMS.map((system) => [system, { ...worker.works.crm[system].calls() }]));
}
