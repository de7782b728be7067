import { RowFault } from '../failure.ts';
import type { Cell, Field, Row } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import type { OrgState } from '../state.ts';

const SIBLING: Record<string, string> = { Task: 'Event', Event: 'Task' };

/** A live record with the same value refuses the save. Custom fields of activities are shared by Task and Event. */
export function checkUnique(state: OrgState, object: SObject, row: Row, changed: readonly string[]): void {
  for (const field of object.keys) {
    const value = row[field.name];
    if (!field.unique || value === undefined || value === null || !changed.includes(field.name)) continue;
    const other = holderOf(state, object, field, value, row['Id'] as string);
    if (other === undefined) continue;
    const message = `duplicate value found: ${field.name} duplicates value on record with id: ${other.slice(0, 15)}`;
    throw new RowFault('DUPLICATE_VALUE', message, []);
  }
}

function holderOf(state: OrgState, object: SObject, field: Field, value: Cell, self: string): string | undefined {
  const sibling = field.custom ? SIBLING[object.name] : undefined;
  for (const name of sibling === undefined ? [object.name] : [object.name, sibling]) {
    for (const id of state.tables.get(name).idsByKey(field, value)) if (id !== self) return id;
  }
  return undefined;
}
