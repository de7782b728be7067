import { notEmulated } from '../failure.ts';
import type { Cell, Field, Row } from '../schema/field.ts';
import { number } from '../schema/field.ts';
import type { Scope } from './columns.ts';
import { comparable, type Literal, operandOf } from './literals.ts';
import { compareCells } from './order.ts';
import { malformed, type Query } from './parse.ts';
import { type Tree, treeOf } from './tree.ts';

type Group = readonly Row[];
type GroupValue = { field: Field | undefined; get: (group: Group) => Cell };
/** How a group's keys and aggregates are read. */
export type GroupValues = {
  key: (path: string) => GroupValue;
  aggregate: (name: string, path: string | undefined) => GroupValue;
};

type Named = { field?: string; fn?: { functionName?: string; parameters?: readonly (string | object)[] } };
const COUNTED = number('expr', '件数', 'double', 18);
const HERE = 'src/sandbox/salesforce/soql/groups.ts';

function valueOf(values: GroupValues, { field, fn }: Named): GroupValue {
  if (field !== undefined) return values.key(field);
  const [parameter] = fn?.parameters ?? [];
  if (typeof parameter === 'object') throw notEmulated('nested functions', HERE);
  return values.aggregate(fn?.functionName ?? '', parameter);
}

/** `HAVING COUNT(Id) > 1`: the groups that stay. */
export function havingOf(scope: Scope, query: Query, values: GroupValues): (group: Group) => boolean {
  if (query.having === undefined) return () => true;
  const now = scope.state.now();
  const compile = (tree: Tree): ((group: Group) => boolean) => {
    if (tree.kind === 'not') {
      const inner = compile(tree.part);
      return (group) => !inner(group);
    }
    if (tree.kind === 'condition') return compileOne(values, tree.condition, now);
    const tests = tree.parts.map(compile);
    return (group) => (tree.kind === 'and' ? tests.every((test) => test(group)) : tests.some((test) => test(group)));
  };
  return compile(treeOf(query.having));
}

type Having = Named & { operator: string; value?: unknown; literalType?: unknown };

function compileOne(values: GroupValues, condition: Having, now: number): (group: Group) => boolean {
  const { operator, value, literalType } = condition;
  if (typeof value !== 'string' || typeof literalType !== 'string') throw notEmulated('lists in HAVING', HERE);
  const { field = COUNTED, get } = valueOf(values, condition);
  const literal: Literal = { text: value, type: literalType, n: undefined };
  const operand = operandOf(field, literal, now);
  if (!('value' in operand)) throw notEmulated('date literals in HAVING', HERE);
  const wanted = operand.value;
  return (group) => {
    const held = comparable(field, get(group));
    if (operator === '=') return held === wanted;
    if (operator === '!=') return held !== wanted;
    if (held === null || wanted === null) return false;
    if (operator === '<') return held < wanted;
    if (operator === '<=') return held <= wanted;
    if (operator === '>') return held > wanted;
    if (operator === '>=') return held >= wanted;
    throw malformed(`unexpected token: '${operator}'`);
  };
}

type Clause = Named & { order?: 'ASC' | 'DESC'; nulls?: 'FIRST' | 'LAST' };

/** `ORDER BY COUNT(Id) DESC`; without it groups come in the order in which their first rows do. */
export function groupOrder(query: Query, values: GroupValues): (left: Group, right: Group) => number {
  const { orderBy = [] } = query;
  const clauses = (Array.isArray(orderBy) ? orderBy : [orderBy]) as Clause[];
  const orders = clauses.map((clause) => {
    const { get } = valueOf(values, clause);
    return { get, direction: clause.order === 'DESC' ? -1 : 1, nulls: clause.nulls === 'LAST' ? 1 : -1 };
  });
  return (left, right) => {
    for (const { get, direction, nulls } of orders) {
      const result = compareCells(get(left), get(right), direction, nulls);
      if (result !== 0) return result;
    }
    return 0;
  };
}
