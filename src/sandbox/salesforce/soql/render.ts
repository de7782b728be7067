import type { Cell, Field, Row } from '../schema/field.ts';
import { printInstant } from '../stamps.ts';
import type { OrgState } from '../state.ts';
import type { Column } from './columns.ts';

export type Json = { [key: string]: unknown };
export type Render = (row: Row, base: string) => Json;
export type Writer = (row: Row, record: Json, base: string) => void;

/** A cell as the REST interface prints it. */
export function printCell(field: Field, value: Cell | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (field.type === 'datetime') return printInstant(value as number);
  if (field.name === 'Metadata') return JSON.parse(String(value));
  return value;
}

export function recordUrl(state: OrgState, row: Row, base: string): { type: string; url: string } {
  const object = state.tables.byId(row['Id'] as string)?.object;
  const type = object?.name ?? 'Name';
  const tooling = object?.traits.tooling === true ? '/tooling' : '';
  return { type, url: `${base}${tooling}/sobjects/${type}/${String(row['Id'])}` };
}

/** One record of the answer: its own columns, and the parents that are nested in it. */
export type Branch = { writers: Writer[]; parents: Map<string, { lookup: Field; branch: Branch }> };

export const emptyBranch = (): Branch => ({ writers: [], parents: new Map() });

/** Hangs a column where its path says: `Account.Owner.Name` into the owner of the account of the record. */
export function hang(state: OrgState, root: Branch, column: Column): void {
  let branch = root;
  for (const lookup of column.steps) {
    const name = lookup.relationshipName ?? lookup.name;
    let known = branch.parents.get(name);
    if (known === undefined) {
      known = { lookup, branch: emptyBranch() };
      branch.parents.set(name, known);
      branch.writers.push(parentWriter(state, name, known));
    }
    branch = known.branch;
  }
  const name = column.path.split('.').at(-1) as string;
  branch.writers.push((row, record) => {
    record[name] = printCell(column.field, column.leaf(row));
  });
}

function parentWriter(state: OrgState, name: string, parent: { lookup: Field; branch: Branch }): Writer {
  const { lookup, branch } = parent;
  const polymorphic = (lookup.referenceTo?.length ?? 0) > 1;
  return (row, record, base) => {
    const target = state.tables.stored(row[lookup.name]);
    if (target === undefined) {
      record[name] = null;
      return;
    }
    const attributes = recordUrl(state, target, base);
    const nested: Json = { attributes: polymorphic ? { ...attributes, type: 'Name' } : attributes };
    for (const write of branch.writers) write(target, nested, base);
    record[name] = nested;
  };
}
