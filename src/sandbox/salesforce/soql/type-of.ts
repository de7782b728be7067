import type { FieldTypeOf } from '@jetstreamapp/soql-parser-js';
import type { Scope } from './columns.ts';
import { pointAt, type Query } from './parse.ts';
import type { Render, Writer } from './render.ts';

type Fields = NonNullable<Query['fields']>;
type Compile = (scope: Scope, fields: Fields) => Render;

/** `TYPEOF Who WHEN Lead THEN Company ELSE Name END`: the columns depend on what the lookup points at. */
export function typeOfWriter(scope: Scope, item: FieldTypeOf, compile: Compile): Writer {
  const { state, object, soql } = scope;
  const lookup = object.relationship(item.field);
  if (lookup === undefined || (lookup.referenceTo?.length ?? 0) < 2) {
    throw pointAt(
      soql,
      item.field,
      'INVALID_FIELD',
      `'${item.field}' is not a polymorphic relationship of ${object.name}`,
    );
  }
  const name = lookup.relationshipName ?? lookup.name;
  const renders = new Map<string, Render>();
  for (const { type, objectType, fieldList } of item.conditions) {
    const targets = type === 'ELSE' ? (lookup.referenceTo ?? []) : [objectType ?? ''];
    for (const target of targets) {
      const table = state.tables.find(target);
      if (table === undefined || !(lookup.referenceTo ?? []).includes(table.object.name)) {
        throw pointAt(soql, target, 'INVALID_TYPE', `sObject type '${target}' is not referenced by '${item.field}'`);
      }
      if (renders.has(table.object.name)) continue;
      const inner = { ...scope, object: table.object, alias: undefined };
      renders.set(table.object.name, compile(inner, fieldList.map(fieldOf)));
    }
  }
  return (row, record, base) => {
    const target = state.tables.stored(row[lookup.name]);
    const kind = target === undefined ? undefined : state.tables.byId(target['Id'] as string)?.object.name;
    const render = renders.get(kind ?? '');
    record[name] = target === undefined || render === undefined ? null : render(target, base);
  };
}

function fieldOf(path: string): Fields[number] {
  const steps = path.split('.');
  const field = steps.pop() ?? '';
  if (steps.length === 0) return { type: 'Field', field };
  return { type: 'FieldRelationship', field, relationships: steps, rawValue: path };
}
