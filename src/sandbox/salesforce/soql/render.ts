import { notEmulated } from '../failure.ts';
import type { Cell, Field, Row } from '../schema/field.ts';
import { printInstant } from '../stamps.ts';
import type { OrgState } from '../state.ts';
import { type Column, columnOf, type Scope } from './columns.ts';
import { malformed, type Query } from './parse.ts';

export type Json = { [key: string]: unknown };
export type Render = (row: Row, base: string) => Json;

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

type Writer = (row: Row, record: Json, base: string) => void;
type Parent = { lookup: Field; columns: Column[] };

/** Compiles a SELECT list into a function from row to JSON; columns of one parent end up in one nested object. */
export function compileSelect(scope: Scope, query: Query): Render {
  const writers: Writer[] = [];
  const parents = new Map<string, Parent>();
  const seen = new Set<string>();
  for (const path of pathsOf(scope, query)) {
    const column = columnOf(scope, path);
    if (seen.has(column.path)) throw malformed(`duplicate field selected: ${path}`);
    seen.add(column.path);
    if (column.local) {
      const { field } = column;
      writers.push((row, record) => {
        record[field.name] = printCell(field, row[field.name]);
      });
      continue;
    }
    const relationship = column.path.split('.')[0] as string;
    let parent = parents.get(relationship);
    if (parent === undefined) {
      parent = { lookup: scope.object.relationship(relationship) as Field, columns: [] };
      parents.set(relationship, parent);
      writers.push(parentWriter(scope.state, relationship, parent));
    }
    parent.columns.push(column);
  }
  return (row, base) => {
    const record: Json = { attributes: recordUrl(scope.state, row, base) };
    for (const write of writers) write(row, record, base);
    return record;
  };
}

function parentWriter(state: OrgState, relationship: string, { lookup, columns }: Parent): Writer {
  const polymorphic = (lookup.referenceTo?.length ?? 0) > 1;
  return (row, record, base) => {
    const target = state.tables.row((row[lookup.name] ?? undefined) as string | undefined);
    if (target === undefined) {
      record[relationship] = null;
      return;
    }
    const attributes = recordUrl(state, target, base);
    const nested: Json = { attributes: polymorphic ? { ...attributes, type: 'Name' } : attributes };
    for (const column of columns)
      place(nested, column.path.split('.').slice(1), printCell(column.field, column.get(row)));
    record[relationship] = nested;
  };
}

function place(into: Json, [head = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) into[head] = value;
  else place((into[head] ??= {}) as Json, rest, value);
}

function pathsOf(scope: Scope, query: Query): string[] {
  const paths: string[] = [];
  for (const item of query.fields ?? []) {
    if (item.type === 'Field') paths.push('objectPrefix' in item ? item.rawValue : item.field);
    else if (item.type === 'FieldRelationship') paths.push([...item.relationships, item.field].join('.'));
    else if (item.type === 'FieldFunctionExpression') paths.push(...functionPaths(scope, query, item));
    else throw notEmulated(`${item.type} in SELECT`, 'src/sandbox/salesforce/soql/render.ts');
  }
  return paths;
}

function functionPaths(
  scope: Scope,
  query: Query,
  item: { functionName: string; parameters: readonly unknown[] },
): string[] {
  const name = item.functionName.toUpperCase();
  const parameter = String(item.parameters[0]);
  // Labels and API names are the same in this org.
  if (name === 'TOLABEL') return [parameter];
  if (name !== 'FIELDS') throw notEmulated(`${item.functionName}() in SELECT`, 'src/sandbox/salesforce/soql/render.ts');
  const which = parameter.toUpperCase();
  if (which !== 'STANDARD' && (query.limit ?? Number.POSITIVE_INFINITY) > 200) {
    throw malformed('The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  const { object, access } = scope;
  return object.fields
    .filter((field) => access.sees(object, field) && (which === 'ALL' || field.custom === (which === 'CUSTOM')))
    .map((field) => field.name);
}
