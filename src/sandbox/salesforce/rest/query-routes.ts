import { notEmulated, refuse } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import type { Rows } from '../soql/cursors.ts';
import { runQuery } from '../soql/query.ts';
import { type Call, ok, type Reply, type Route } from './call.ts';
import { dataBase } from './records.ts';

export const queryRoutes: readonly Route[] = [
  { method: 'GET', path: '/query', run: (call) => query(call, false) },
  { method: 'GET', path: '/queryAll', run: (call) => query(call, true) },
  { method: 'GET', path: '/query/:locator', run: more },
  { method: 'GET', path: '/queryAll/:locator', run: more },
];

const DEFAULT_PAGE = 2000;
const SMALLEST_PAGE = 200;

function query(call: Call, includeDeleted: boolean): Reply {
  const soql = call.query['q'];
  if (soql === undefined || soql.trim() === '')
    throw refuse(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  if (call.query['columns'] === 'true')
    throw notEmulated('query?columns=true', 'src/sandbox/salesforce/rest/query-routes.ts');
  const access = call.state.access(call.userId);
  const tooling = call.base.endsWith('/tooling');
  const answer = runQuery(call.state, { soql: soql.trim(), access, includeDeleted, tooling });
  if (answer.kind === 'count') return ok({ totalSize: answer.total, done: true, records: [] });
  if (answer.kind === 'aggregates') {
    return ok({ totalSize: answer.records.length, done: true, records: answer.records });
  }
  const size = pageSize(call);
  const cursor = pageEnd(answer, 0, size) < answer.rows.length ? call.cursors.open(answer, size) : undefined;
  return page(call, answer, { id: cursor, offset: 0, size });
}

function more(call: Call): Reply {
  const { id, offset, answer, pageSize: size } = call.cursors.find(call.params['locator'] ?? '');
  return page(call, answer, { id, offset, size });
}

/** Even after queryAll the next page is found under `/query/`. */
function page(call: Call, answer: Rows, at: { id: string | undefined; offset: number; size: number }): Reply {
  const end = pageEnd(answer, at.offset, at.size);
  const done = end >= answer.rows.length;
  const base = dataBase(call);
  const records = answer.rows.slice(at.offset, end).map((row) => answer.render(row, base));
  const next = done || at.id === undefined ? {} : { nextRecordsUrl: `${call.base}/query/${at.id}-${end}` };
  return ok({ totalSize: answer.rows.length, done, ...next, records });
}

/** Rows of subqueries count as well: a page of wide families holds fewer of them. */
function pageEnd({ rows, weigh }: Rows, offset: number, size: number): number {
  if (weigh === undefined) return offset + size;
  let room = size;
  let end = offset;
  for (; end < rows.length && room > 0; end++) room -= 1 + weigh(rows[end] as Row);
  return end;
}

function pageSize(call: Call): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(String(call.headers['sforce-query-options'] ?? ''))?.[1];
  const size = asked === undefined ? DEFAULT_PAGE : Math.min(DEFAULT_PAGE, Math.max(SMALLEST_PAGE, Number(asked)));
  return Math.min(size, Math.max(1, call.state.switches.queryPageCap));
}
