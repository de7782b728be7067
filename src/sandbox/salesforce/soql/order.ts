import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import { notEmulated } from '../failure.ts';
import type { Cell, Row } from '../schema/field.ts';
import type { Compare } from '../store/table.ts';
import { columnOf, type Scope } from './columns.ts';
import { comparable } from './literals.ts';
import { pointAt } from './parse.ts';

export type Order = { name: string; compare: Compare; local: boolean };

/** How the answer is sorted. Nulls come first unless the query says otherwise, whatever the direction. */
export function orderOf(scope: Scope, clause: OrderByClause | OrderByClause[] | undefined): Order | undefined {
  if (clause === undefined) return undefined;
  const clauses = Array.isArray(clause) ? clause : [clause];
  let local = true;
  const compares = clauses.map((part): Compare => {
    if (!('field' in part)) throw notEmulated('ORDER BY with a function', 'src/sandbox/salesforce/soql/order.ts');
    const { get, field, local: own } = columnOf(scope, part.field);
    if (!field.filterable) {
      throw pointAt(scope.soql, part.field, 'INVALID_FIELD', `field '${part.field}' can not be sorted in a query call`);
    }
    local &&= own;
    const direction = part.order === 'DESC' ? -1 : 1;
    const nulls = part.nulls === 'LAST' ? 1 : -1;
    const read = (row: Row): Cell => comparable(field, get(row));
    return (left, right) => compareCells(read(left), read(right), direction, nulls);
  });
  const compare: Compare = (left, right) => {
    for (const one of compares) {
      const result = one(left, right);
      if (result !== 0) return result;
    }
    return 0;
  };
  return { name: JSON.stringify(clauses), compare, local };
}

export function compareCells(left: Cell, right: Cell, direction: number, nulls: number): number {
  if (left === right) return 0;
  if (left === null) return nulls;
  if (right === null) return -nulls;
  return left < right ? -direction : direction;
}
