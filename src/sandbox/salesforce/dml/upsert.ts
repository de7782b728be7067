import { RowFault } from '../failure.ts';
import { to18 } from '../ids.ts';
import type { Field } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import type { OrgState } from '../state.ts';
import type { Table } from '../store/table.ts';
import type { Actor } from './actor.ts';
import { gone } from './guards.ts';
import { textOf } from './json-text.ts';
import type { Body } from './prepare.ts';
import { createRecord, updateRecord } from './write.ts';

export type Upserted = { id: string; created: boolean } | { matches: readonly string[] };

/** The key that an upsert may go by: Id, or an external-id field that this user can see. */
export function upsertKey(object: SObject, name: string, actor: Actor): Field {
  const field = object.field(name);
  const fits = field !== undefined && (field.type === 'id' || field.externalId) && actor.access.sees(object, field);
  if (fits) return field;
  throw new RowFault('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${name}`);
}

/** Updates the one record that holds the key, or creates one that does. Several holders are reported, not chosen from. */
export function upsertRecord(
  state: OrgState,
  table: Table,
  request: { key: Field; value: unknown; body: Body; updateOnly?: boolean },
  actor: Actor,
): Upserted {
  const { key, value, body } = request;
  if (key.type === 'id') return upsertById(state, table, value, body, actor);
  if (value === null || value === undefined || value === '') {
    throw new RowFault('MISSING_ARGUMENT', `${key.name} not specified`, []);
  }
  const ids = [...table.idsByKey(key, textOf(value))];
  if (ids.length > 1) return { matches: ids };
  const [id] = ids;
  if (id !== undefined) {
    updateRecord(state, table, id, body, actor);
    return { id, created: false };
  }
  if (request.updateOnly === true) throw new RowFault('NOT_FOUND', 'The requested resource does not exist');
  return { id: createRecord(state, table, { ...body, [key.name]: value }, actor), created: true };
}

function upsertById(state: OrgState, table: Table, value: unknown, body: Body, actor: Actor): Upserted {
  if (value === null || value === undefined || value === '') {
    return { id: createRecord(state, table, body, actor), created: true };
  }
  const id = to18(textOf(value));
  if (id === undefined) throw new RowFault('MALFORMED_ID', `bad id ${textOf(value)}`);
  if (table.get(id) === undefined) throw gone();
  updateRecord(state, table, id, body, actor);
  return { id, created: false };
}
