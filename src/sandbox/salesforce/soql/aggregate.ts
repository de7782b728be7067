import { notEmulated } from '../failure.ts';
import type { Cell, Row } from '../schema/field.ts';
import { type Column, columnOf, type Scope } from './columns.ts';
import { type GroupValues, groupOrder, havingOf } from './groups.ts';
import { comparable } from './literals.ts';
import { compareCells } from './order.ts';
import { malformed, type Query } from './parse.ts';
import { type Json, printCell } from './render.ts';

type Fold = (rows: readonly Row[]) => unknown;

export function isAggregate(query: Query): boolean {
  const counts = (query.fields ?? []).some(
    (item) => item.type === 'FieldFunctionExpression' && item.isAggregateFn === true,
  );
  return counts || query.groupBy !== undefined;
}

/** `SELECT count() FROM …` answers with a total and no records. */
export function isBareCount(query: Query): boolean {
  const [only, ...more] = query.fields ?? [];
  const isCount = only?.type === 'FieldFunctionExpression' && only.functionName.toUpperCase() === 'COUNT';
  return isCount && more.length === 0 && only.parameters.length === 0;
}

/** Groups the rows and folds each group into one `AggregateResult`. */
export function aggregate(scope: Scope, query: Query, rows: readonly Row[]): Json[] {
  const clauses = query.groupBy === undefined ? [] : Array.isArray(query.groupBy) ? query.groupBy : [query.groupBy];
  const keys = clauses.map((clause): Column => {
    if (!('field' in clause)) throw notEmulated('GROUP BY with a function', 'src/sandbox/salesforce/soql/aggregate.ts');
    return columnOf(scope, clause.field);
  });
  const cells = cellsOf(scope, query, keys);
  const groups = new Map<string, Row[]>();
  if (keys.length === 0) groups.set('', []);
  for (const row of rows) {
    const key = JSON.stringify(keys.map(({ field, get }) => comparable(field, get(row))));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const folds = foldsOf(scope, keys);
  const kept = [...groups.values()].filter(havingOf(scope, query, folds)).toSorted(groupOrder(query, folds));
  return kept.map((group) => {
    const result: Json = { attributes: { type: 'AggregateResult' } };
    for (const [name, fold] of cells) result[name] = fold(group);
    return result;
  });
}

/** What HAVING and ORDER BY may name of a group: one of its keys, or an aggregate. */
function foldsOf(scope: Scope, keys: readonly Column[]): GroupValues {
  return {
    key: (path) => {
      const column = columnOf(scope, path);
      if (!keys.some((key) => key.path === column.path))
        throw malformed(`Field must be grouped or aggregated: ${path}`);
      return { field: column.field, get: (group) => (group[0] === undefined ? null : column.get(group[0])) };
    },
    aggregate: (name, path) => {
      const column = path === undefined ? undefined : columnOf(scope, path);
      const fold = foldOf(name.toUpperCase(), column);
      const isCount = name.toUpperCase().startsWith('COUNT');
      return { field: isCount ? undefined : column?.field, get: (group) => fold(group) as Cell };
    },
  };
}

function cellsOf(scope: Scope, query: Query, keys: readonly Column[]): [string, Fold][] {
  let unnamed = 0;
  return (query.fields ?? []).map((item): [string, Fold] => {
    if (item.type === 'FieldFunctionExpression' && item.isAggregateFn === true) {
      const path = item.parameters[0];
      if (typeof path === 'object') throw notEmulated('nested functions', 'src/sandbox/salesforce/soql/aggregate.ts');
      const column = path === undefined ? undefined : columnOf(scope, path);
      return [item.alias ?? `expr${unnamed++}`, foldOf(item.functionName.toUpperCase(), column)];
    }
    if (item.type !== 'Field' && item.type !== 'FieldRelationship') throw malformed('Grouped query must use fields');
    const path = item.type === 'Field' ? item.field : [...item.relationships, item.field].join('.');
    const column = columnOf(scope, path);
    if (!keys.some((key) => key.path === column.path)) {
      throw malformed(`Field must be grouped or aggregated: ${path}`);
    }
    const name = column.path.split('.').at(-1) as string;
    return [
      'alias' in item ? (item.alias ?? name) : name,
      (rows) => printCell(column.field, rows[0] === undefined ? null : column.get(rows[0])),
    ];
  });
}

function foldOf(name: string, column: Column | undefined): Fold {
  if (column === undefined) return (rows) => rows.length;
  const { field } = column;
  const values = (rows: readonly Row[]): Cell[] => rows.map(column.get).filter((value) => value !== null);
  const numbers = (rows: readonly Row[]): number[] => values(rows).map(Number);
  const extreme =
    (direction: number): Fold =>
    (rows) => {
      const [first] = values(rows).sort((left, right) => compareCells(left, right, direction, 1));
      return printCell(field, first);
    };
  switch (name) {
    case 'COUNT':
      return (rows) => values(rows).length;
    case 'COUNT_DISTINCT':
      return (rows) => new Set(values(rows).map((value) => comparable(field, value))).size;
    case 'MIN':
      return extreme(1);
    case 'MAX':
      return extreme(-1);
    case 'SUM':
      return (rows) => sum(numbers(rows));
    case 'AVG':
      return (rows) => (rows.length === 0 ? null : sum(numbers(rows)) / Math.max(1, numbers(rows).length));
    default:
      throw notEmulated(`${name}()`, 'src/sandbox/salesforce/soql/aggregate.ts');
  }
}

function sum(list: readonly number[]): number {
  return list.reduce((total, value) => total + value, 0);
}
