import { mayGo } from '../domain/budget/ladder.ts';
import type { HistoryEntry } from '../domain/people/activity.ts';
import type { Finding } from '../domain/people/person.ts';
import { OBJECTS, type ObjectName } from '../domain/people/record.ts';
import { withMover } from '../reconcile/conflict.ts';
import { budgetNow } from './budget.ts';
import type { Works } from './works.ts';

/** A conflict over a property of a HubSpot record, of which nobody has said yet who edited it there. */
type Untold = {
  readonly finding: Finding;
  readonly object: ObjectName;
  readonly id: string;
  readonly property: string;
};

/**
 * Asks HubSpot's history who edited what is in conflict now, and when: its records do not tell that of a single property. One call for
 * fifty records; conflicts are few. Salesforce's answer is on the record, or in the history that is pulled anyway.
 */
export async function tellConflicts(works: Works): Promise<void> {
  const { ledger, crm, clock, policy } = works;
  const untold = (await ledger.findings()).flatMap(untoldBy);
  if (untold.length === 0 || !mayGo('look-up', await budgetNow('hubspot', works))) return;
  for (const [object, conflicts] of Map.groupBy(untold, (conflict) => conflict.object)) {
    const ids = [...new Set(conflicts.map(({ id }) => id))];
    const properties = [...new Set(conflicts.map(({ property }) => property))];
    const newest = newestOfEach(await crm.hubspot.history(object, ids, properties));
    await ledger.noteHistory([...newest.values()]); // the next plan of these people tells the same
    for (const { finding, id, property } of conflicts) {
      const told = newest.get(`${id} ${property}`);
      const detail = { ...finding.detail, ...withMover(told, policy().calendar) };
      await ledger.openFinding({ ...finding, detail }, clock.now());
    }
  }
}

function untoldBy(finding: Finding): readonly Untold[] {
  const { hubspotBy, hubspotAsked, first, field } = finding.detail;
  // Where two records only meet nobody has edited anything, and there may be thousands of them.
  if (finding.code !== 'CONFLICT' || first === true || hubspotBy !== 'unknown' || hubspotAsked === true) return [];
  const [record = ''] = finding.subject.split(' ');
  const [, named, id = ''] = record.split(':');
  const object = OBJECTS.hubspot.find((one) => one === named);
  return object === undefined ? [] : [{ finding, object, id, property: String(field) }];
}

function newestOfEach(entries: readonly HistoryEntry[]): ReadonlyMap<string, HistoryEntry> {
  const oldestFirst = entries.toSorted((one, other) => one.at - other.at);
  return new Map(oldestFirst.map((entry) => [`${entry.record.id} ${entry.field}`, entry]));
}
