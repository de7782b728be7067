import type { Subquery } from '@jetstreamapp/soql-parser-js';
import { notEmulated } from '../failure.ts';
import { childrenOf } from '../schema/children.ts';
import type { Cell, Row } from '../schema/field.ts';
import type { Table } from '../store/table.ts';
import { columnOf, type Scope } from './columns.ts';
import { malformed, pointAt, type Query } from './parse.ts';
import { emptyBranch, hang, type Render, recordUrl, type Writer } from './render.ts';
import { typeOfWriter } from './type-of.ts';

/** Finds the rows of a subquery by the parent that their lookup `column` names. */
export type ChildRows = (
  scope: Scope,
  table: Table,
  query: Subquery,
  column: string,
) => ReadonlyMap<Cell, readonly Row[]>;
/** How many rows of subqueries a row brings along; undefined where the query has none. */
export type Weigh = ((row: Row) => number) | undefined;
export type Select = { render: Render; weigh: Weigh };

/** Compiles a SELECT list into a function from row to JSON; columns of one parent end up in one nested object. */
export function compileSelect(scope: Scope, query: Pick<Query, 'fields' | 'limit'>, childRows: ChildRows): Select {
  const root = emptyBranch();
  const seen = new Set<string>();
  const weights: ((row: Row) => number)[] = [];
  for (const item of query.fields ?? []) {
    if (item.type === 'FieldSubquery') {
      const child = compileChild(scope, item.subquery, childRows);
      if (seen.has(child.name)) throw malformed(`duplicate field selected: ${child.name}`);
      seen.add(child.name);
      root.writers.push(child.writer);
      weights.push(child.weigh);
    } else if (item.type === 'FieldTypeof') {
      root.writers.push(
        typeOfWriter(scope, item, (inner, fields) => compileSelect(inner, { fields }, childRows).render),
      );
    } else {
      for (const path of pathsOf(scope, query, item)) {
        const column = columnOf(scope, path);
        if (seen.has(column.path)) throw malformed(`duplicate field selected: ${path}`);
        seen.add(column.path);
        hang(scope.state, root, column);
      }
    }
  }
  const render: Render = (row, base) => {
    const record = { attributes: recordUrl(scope.state, row, base) };
    for (const write of root.writers) write(row, record, base);
    return record;
  };
  const weigh = weights.length === 0 ? undefined : (row: Row) => weights.reduce((sum, of) => sum + of(row), 0);
  return { render, weigh };
}

type Child = { name: string; writer: Writer; weigh: (row: Row) => number };

/** `(SELECT … FROM OpportunityContactRoles)`: read at the moment of the query, like its parents. */
function compileChild(scope: Scope, query: Subquery, childRows: ChildRows): Child {
  const { state, object, access } = scope;
  const wanted = query.relationshipName.toLowerCase();
  const objects = state.tables.all().map((table) => table.object);
  const found = childrenOf(object.name, objects).find(
    ({ child, name }) => name?.toLowerCase() === wanted && state.has(child) && access.may(child, 'Read'),
  );
  if (found === undefined || found.name === null) {
    const message = `Didn't understand relationship '${query.relationshipName}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
    throw pointAt(scope.soql, query.relationshipName, 'INVALID_TYPE', message);
  }
  const { child, field, name } = found;
  const inner: Scope = { ...scope, object: child, alias: undefined };
  const { render } = compileSelect(inner, query, () => {
    throw malformed('Nesting of semi join sub-selects is not supported');
  });
  const groups = childRows(inner, state.tables.get(child.name), query, field.name);
  const rowsOf = (row: Row): readonly Row[] => groups.get(row['Id'] ?? null) ?? [];
  return {
    name,
    weigh: (row) => rowsOf(row).length,
    writer: (row, record, base) => {
      const rows = rowsOf(row);
      const records = rows.map((each) => render(each, base));
      record[name] = rows.length === 0 ? null : { totalSize: rows.length, done: true, records };
    },
  };
}

type Item = NonNullable<Query['fields']>[number];

function pathsOf(scope: Scope, query: Pick<Query, 'limit'>, item: Item): string[] {
  if (item.type === 'Field') return ['objectPrefix' in item ? item.rawValue : item.field];
  if (item.type === 'FieldRelationship') return [[...item.relationships, item.field].join('.')];
  if (item.type === 'FieldFunctionExpression') return functionPaths(scope, query, item);
  throw notEmulated(`${item.type} in SELECT`, 'src/sandbox/salesforce/soql/select.ts');
}

function functionPaths(
  scope: Scope,
  query: Pick<Query, 'limit'>,
  item: { functionName: string; parameters: readonly unknown[] },
): string[] {
  const name = item.functionName.toUpperCase();
  const parameter = String(item.parameters[0]);
  // Labels and API names are the same in this org.
  if (name === 'TOLABEL') return [parameter];
  if (name !== 'FIELDS') throw notEmulated(`${item.functionName}() in SELECT`, 'src/sandbox/salesforce/soql/select.ts');
  const which = parameter.toUpperCase();
  if (which !== 'STANDARD' && (query.limit ?? Number.POSITIVE_INFINITY) > 200) {
    throw malformed('The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  const { object, access } = scope;
  return object.fields
    .filter((field) => access.sees(object, field) && (which === 'ALL' || field.custom === (which === 'CUSTOM')))
    .map((field) => field.name);
}
