import type { Access } from '../access.ts';
import type { Cell, Field, Row } from '../schema/field.ts';
import { field as plainField, text } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import type { OrgState } from '../state.ts';
import { cellOf } from '../store/cell.ts';
import { pointAt } from './parse.ts';

/** `steps` are the lookups on the way to the record that holds the field; `leaf` reads that record, `get` starts from ours. */
export type Column = {
  path: string;
  field: Field;
  get: (row: Row) => Cell;
  leaf: (row: Row) => Cell;
  local: boolean;
  steps: readonly Field[];
};

/** Where a query stands: its text (to point at errors), its object and the rights of its reader. */
export type Scope = { state: OrgState; soql: string; object: SObject; alias: string | undefined; access: Access };

/** What may be read of a lookup that can point to several objects, such as Owner and Who. */
const NAME_FIELDS: readonly Field[] = [
  plainField('Id', 'ID', 'id', { length: 18 }),
  text('Name', '名前', 255),
  text('Type', '種別', 40),
  text('FirstName', '名', 40),
  text('LastName', '姓', 80),
  text('Title', '役職', 128),
  text('Username', 'ユーザ名', 80),
  plainField('Email', 'メール', 'email', { length: 80 }),
  plainField('Phone', '電話', 'phone', { length: 40 }),
  plainField('IsActive', '有効', 'boolean'),
];
const NAME_BY_LOWER = new Map(NAME_FIELDS.map((field) => [field.name.toLowerCase(), field]));

/** Turns `LastName`, `l.LastName` or `Owner.Name` into a way to read it, or points at what does not exist. */
export function columnOf(scope: Scope, path: string): Column {
  const parts = path.split('.');
  const first = parts[0]?.toLowerCase();
  if (parts.length > 1 && (first === scope.alias?.toLowerCase() || first === scope.object.name.toLowerCase()))
    parts.shift();
  return follow(scope, scope.object, parts, path);
}

function follow(scope: Scope, object: SObject, parts: readonly string[], whole: string): Column {
  const [head = '', ...rest] = parts;
  if (rest.length === 0) return ownColumn(scope, object, head, whole);
  const lookup = object.relationship(head);
  if (lookup === undefined || !scope.access.sees(object, lookup)) {
    const message = `Didn't understand relationship '${head}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
    throw pointAt(scope.soql, whole, 'INVALID_FIELD', message);
  }
  const target =
    (lookup.referenceTo?.length ?? 0) === 1 ? scope.state.object(lookup.referenceTo?.[0] ?? '') : undefined;
  const inner = target === undefined ? nameColumn(scope, rest, whole) : follow(scope, target, rest, whole);
  const get = (row: Row): Cell => {
    const id = row[lookup.name];
    const parent = typeof id === 'string' ? scope.state.tables.byId(id)?.get(id) : undefined;
    return parent === undefined ? null : inner.get(parent);
  };
  const path = `${lookup.relationshipName}.${inner.path}`;
  return { ...inner, path, get, local: false, steps: [lookup, ...inner.steps] };
}

function ownColumn(scope: Scope, object: SObject, name: string, whole: string): Column {
  const field = object.field(name);
  if (field === undefined || !scope.access.sees(object, field)) throw noSuchColumn(scope, object.name, name, whole);
  const key = field.name;
  const { tables } = scope.state;
  const get = field.formula === undefined ? (row: Row) => row[key] ?? null : (row: Row) => cellOf(tables, field, row);
  return { path: key, field, get, leaf: get, local: field.formula === undefined, steps: [] };
}

function nameColumn(scope: Scope, parts: readonly string[], whole: string): Column {
  const [name = '', ...deeper] = parts;
  const field = deeper.length === 0 ? NAME_BY_LOWER.get(name.toLowerCase()) : undefined;
  if (field === undefined) throw noSuchColumn(scope, 'Name', name, whole);
  const key = field.name;
  const get = (row: Row): Cell => {
    if (key !== 'Type') return row[key] ?? null;
    const object = scope.state.tables.byId(row['Id'] as string)?.object.name ?? null;
    return object === 'Group' ? 'Queue' : object;
  };
  return { path: key, field, get, leaf: get, local: false, steps: [] };
}

function noSuchColumn(scope: Scope, entity: string, name: string, whole: string): Error {
  const message = `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`;
  return pointAt(scope.soql, whole, 'INVALID_FIELD', message);
}
