import { RowFault } from '../failure.ts';
import type { Cell, Field } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import type { OrgState } from '../state.ts';
import type { Actor } from './actor.ts';
import { coerce } from './coerce.ts';
import { textOf } from './json-text.ts';

export type Body = { readonly [key: string]: unknown };
export type Changes = { [field: string]: Cell };
type Intent = 'create' | 'update';

/** Reads a request's record: known fields that this user may write, with values of the right kind. */
export function prepare(state: OrgState, object: SObject, body: Body, intent: Intent, actor: Actor): Changes {
  const changes: Changes = {};
  const closed: string[] = [];
  for (const [key, value] of Object.entries(body)) {
    if (key === 'attributes') continue;
    if (typeof value === 'object' && value !== null) {
      const parent = parentByKey(state, object, key, value as Body);
      changes[parent.field] = parent.id;
      continue;
    }
    const field = object.field(key);
    if (field === undefined) throw noSuchColumn(object, key);
    if (!writable(object, field, intent, actor)) closed.push(field.name);
    else changes[field.name] = coerce(field, value, state.switches.trimsText);
  }
  if (closed.length > 0) throw notWritable(closed);
  return changes;
}

function writable(object: SObject, field: Field, intent: Intent, actor: Actor): boolean {
  if (actor.screen) return field.name !== 'Id';
  return (intent === 'create' ? field.createable : field.updateable) && actor.access.edits(object, field);
}

function noSuchColumn(object: SObject, name: string): RowFault {
  return new RowFault('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
}

function notWritable(names: readonly string[]): RowFault {
  const message = `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
  return new RowFault('INVALID_FIELD_FOR_INSERT_UPDATE', message, names);
}

/** `{"Account": {"Number__c": "7"}}` names the parent by one of its own keys. */
function parentByKey(state: OrgState, object: SObject, key: string, value: Body): { field: string; id: string } {
  const lookup = object.relationship(key);
  if (lookup === undefined) throw noSuchColumn(object, key);
  const [name, wanted] = Object.entries(value).find(([part]) => part !== 'attributes') ?? ['', ''];
  for (const target of lookup.referenceTo ?? []) {
    const parents = state.tables.get(target);
    const column = parents.object.field(name);
    if (column === undefined || !(column.unique || column.externalId)) continue;
    const [id] = parents.idsByKey(column, textOf(wanted));
    if (id !== undefined) return { field: lookup.name, id };
  }
  const message = `Foreign key external ID: ${textOf(wanted)} not found for field ${name} in entity ${lookup.referenceTo?.[0] ?? ''}`;
  throw new RowFault('INVALID_FIELD', message);
}
