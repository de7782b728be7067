import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import { noteHistory } from './history.ts';

/** Changes a record as a consequence of something else: stamped as that user's edit, with history, without checks. */
export function rewrite(state: OrgState, row: Row, changes: Row, by: string): void {
  const table = state.tables.byId(row['Id'] as string);
  if (table === undefined) return;
  const after = { ...row, ...changes, ...editStamps(state, by) };
  table.put(after);
  noteHistory(state, table.object.name, row, after, by);
}

/** Fills in a column that merely mirrors another record: no stamp moves. */
export function mirror(state: OrgState, id: string, changes: Row): void {
  const table = state.tables.byId(id);
  const row = table?.get(id);
  if (table !== undefined && row !== undefined) table.put({ ...row, ...changes });
}

export function editStamps(state: OrgState, by: string): Row {
  const now = state.now();
  return { LastModifiedDate: now, LastModifiedById: by, SystemModstamp: now };
}

/** The live records of a kind whose lookup names this record. */
export function liveChildren(state: OrgState, name: string, column: string, id: string): Row[] {
  const table = state.tables.get(name);
  const field = table.object.field(column);
  const isChild = (row: Row): boolean => row[column] === id && row['IsDeleted'] !== true;
  if (field === undefined) return [];
  if (!table.object.keys.includes(field)) return [...table.values()].filter(isChild);
  const rows = [...table.idsByKey(field, id)].map((child) => table.get(child));
  return rows.filter((row) => row !== undefined).filter(isChild);
}
