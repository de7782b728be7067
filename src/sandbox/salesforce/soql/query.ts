import type { Access } from '../access.ts';
import { refuse } from '../failure.ts';
import type { Cell, Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import type { Table } from '../store/table.ts';
import { aggregate, isAggregate, isBareCount } from './aggregate.ts';
import { candidatesOf } from './candidates.ts';
import { columnOf, type Scope } from './columns.ts';
import { comparable } from './literals.ts';
import { type Order, orderOf } from './order.ts';
import { malformed, parseSoql, pointAt, type Query } from './parse.ts';
import { compileTree, type Test } from './predicate.ts';
import type { Json, Render } from './render.ts';
import { type ChildRows, compileSelect, type Weigh } from './select.ts';
import { treeOf } from './tree.ts';

/** The whole answer at one instant: rows never change under a reader, so paging through it later is a snapshot. */
export type Answer =
  | { kind: 'count'; total: number }
  | { kind: 'aggregates'; records: Json[] }
  | { kind: 'rows'; rows: readonly Row[]; render: Render; weigh: Weigh; object: string };

export type Asked = { soql: string; access: Access; includeDeleted: boolean; tooling: boolean };

const MAX_OFFSET = 2000;

export function runQuery(state: OrgState, asked: Asked): Answer {
  const query = parseSoql(asked.soql);
  if (query.for !== undefined) throw malformed(`FOR ${query.for} not allowed in this context`);
  if ((query.offset ?? 0) > MAX_OFFSET) {
    throw refuse(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  }
  const { scope, table } = scopeOf(state, asked, query);
  if (isBareCount(query)) return { kind: 'count', total: select(scope, table, query, asked).length };
  if (isAggregate(query)) {
    const { limit, offset, orderBy: _groups, ...all } = query;
    const records = aggregate(scope, query, select(scope, table, all, asked));
    return { kind: 'aggregates', records: records.slice(offset ?? 0, (offset ?? 0) + (limit ?? records.length)) };
  }
  const { render, weigh } = compileSelect(scope, query, childRows(asked));
  const rows = select(scope, table, query, asked);
  checkMetadataColumns(query, rows);
  return { kind: 'rows', rows, render, weigh, object: table.object.name };
}

/** The rows of a subquery in SELECT, in its own order and by the parent that they belong to. */
function childRows(asked: Asked): ChildRows {
  return (scope, table, query, column) => {
    const { limit, offset, ...all } = query;
    const groups = new Map<Cell, Row[]>();
    for (const row of select(scope, table, all, asked)) {
      const group = groups.get(row[column] ?? null);
      if (group === undefined) groups.set(row[column] ?? null, [row]);
      else group.push(row);
    }
    const from = offset ?? 0;
    const end = limit === undefined ? undefined : from + limit;
    if (from > 0 || end !== undefined) for (const [id, rows] of groups) groups.set(id, rows.slice(from, end));
    return groups;
  };
}

function scopeOf(state: OrgState, asked: Asked, query: Query): { scope: Scope; table: Table } {
  const name = query.sObject ?? '';
  const table = state.tables.find(name);
  const hidden = table !== undefined && table.object.traits.tooling === true && !asked.tooling;
  if (table === undefined || hidden || !state.has(table.object) || !asked.access.may(table.object, 'Read')) {
    const message = `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;
    throw pointAt(asked.soql, name, 'INVALID_TYPE', message);
  }
  const scope = { state, soql: asked.soql, object: table.object, alias: query.sObjectAlias, access: asked.access };
  return { scope, table };
}

function select(scope: Scope, table: Table, query: Query, asked: Asked): readonly Row[] {
  const tree = query.where === undefined ? undefined : treeOf(query.where);
  const subSelect = (inner: Query): ReadonlySet<Cell> => semiJoin(scope.state, asked, inner);
  const compiler = { scope, now: scope.state.now(), subSelect };
  const wanted: Test = tree === undefined ? () => true : compileTree(compiler, tree);
  const order = orderOf(scope, query.orderBy);
  const few = tree === undefined ? undefined : candidatesOf(table, tree, asked.includeDeleted);
  const isSeen: Test = asked.includeDeleted
    ? wanted
    : (row) => row['IsDeleted'] !== true && row['IsArchived'] !== true && wanted(row);
  return pickRows(table, { few, isSeen, order, offset: query.offset ?? 0, limit: query.limit });
}

type Pick = {
  few: readonly Row[] | undefined;
  isSeen: Test;
  order: Order | undefined;
  offset: number;
  limit: number | undefined;
};

function pickRows(table: Table, { few, isSeen, order, offset, limit }: Pick): readonly Row[] {
  const end = limit === undefined ? Number.POSITIVE_INFINITY : offset + limit;
  // A pull asks for page after page in one order: then the table's sorted list is worth keeping.
  const sorted = few === undefined && order?.local === true && limit !== undefined;
  const source = few ?? (sorted ? table.ordered(order.name, order.compare) : table.values());
  const stopsEarly = order === undefined || sorted;
  const found: Row[] = [];
  for (const row of source) {
    if (!isSeen(row)) continue;
    found.push(row);
    if (stopsEarly && found.length >= end) break;
  }
  if (order !== undefined && !sorted) found.sort(order.compare);
  return offset === 0 && found.length <= end ? found : found.slice(offset, end);
}

function semiJoin(state: OrgState, asked: Asked, query: Query): ReadonlySet<Cell> {
  const { scope, table } = scopeOf(state, asked, query);
  const [item, ...more] = query.fields ?? [];
  if (item?.type !== 'Field' || more.length > 0) throw malformed('Semi join sub-selects must select exactly one field');
  const { field, get } = columnOf(scope, item.field);
  if (field.type !== 'id' && field.type !== 'reference') {
    throw malformed(`Semi join sub-selects can only query id fields, cannot use: '${item.field}'`);
  }
  const values = select(scope, table, query, asked).map((row) => comparable(field, get(row)));
  return new Set(values.filter((value) => value !== null));
}

/** Tooling hands out `FullName` and `Metadata` of one row at a time only. */
function checkMetadataColumns(query: Query, rows: readonly Row[]): void {
  const heavy = (query.fields ?? []).some(
    (item) => item.type === 'Field' && /^(?:FullName|Metadata)$/i.test(item.field),
  );
  if (!heavy || rows.length <= 1 || query.sObject?.toLowerCase() !== 'customfield') return;
  throw malformed(
    'When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than one row for retrieval. Result size: ' +
      rows.length,
  );
}
