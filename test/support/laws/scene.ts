import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import type { CrmBooks } from '../crm-books.ts';
import type { World } from '../deeds/hands.ts';

/** What laws are held against: both CRMs as they are, and what the ledger says of them. */
export type Scene = Pick<World, 'portal' | 'org'> & { readonly ledger: Ledger; readonly books: CrmBooks };

export type Known = { readonly facts: PersonFacts; readonly changes: readonly TrackedChange[] };

/** Everybody whom the ledger knows by any record of either system, with all that was ever meant for them. */
export async function everybody({ portal, org, ledger }: Scene): Promise<readonly Known[]> {
  const records = [
    ...portal.records('contacts', []).map(({ id }) => id),
    ...['Lead', 'Contact'].flatMap((object) => org.records(object, ['Id']).map((row) => text(row['Id']))),
  ];
  const people = new Map<string, Known>();
  for (const id of records) {
    const facts = await ledger.person(id);
    if (facts === null || people.has(facts.id)) continue;
    const history = await ledger.history(facts.id);
    people.set(facts.id, { facts, changes: history.flatMap((line) => (line.kind === 'change' ? [line.change] : [])) });
  }
  return [...people.values()];
}

/** Tasks of ours in either system, by the obligation that each is for. */
export function tasksOfBoth({
  portal,
  org,
}: Pick<World, 'portal' | 'org'>): readonly { readonly key: unknown; readonly isOpen: boolean }[] {
  return [
    ...org
      .records('Task')
      .map((row) => ({ key: row['Tasuki_Key__c'], isOpen: row['IsDeleted'] !== true && row['IsClosed'] !== true })),
    ...portal.records('tasks', ['tasuki_key', 'hs_task_status']).map(({ properties, archived }) => ({
      key: properties['tasuki_key'],
      isOpen: !archived && properties['hs_task_status'] !== 'COMPLETED',
    })),
  ];
}

/** A cell of either system, as a person reads it. */
export function text(cell: unknown): string {
  if (cell == null) return '';
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

export function byText(
  rows: readonly Record<string, unknown>[],
  field: string,
): ReadonlyMap<string, Record<string, unknown>[]> {
  return Map.groupBy(
    rows.filter((row) => row[field] != null),
    (row) => text(row[field]),
  );
}
