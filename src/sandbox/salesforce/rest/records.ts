import type { Body } from '../dml/prepare.ts';
import { removeRecord } from '../dml/remove.ts';
import { upsertKey, upsertRecord } from '../dml/upsert.ts';
import { createRecord, updateRecord } from '../dml/write.ts';
import { ApiFailure, asApiFailure, notFound, RowFault, refuse } from '../failure.ts';
import { to18 } from '../ids.ts';
import type { Row } from '../schema/field.ts';
import { printCell, recordUrl } from '../soql/render.ts';
import { parseInstant, toSecond } from '../stamps.ts';
import { cellOf } from '../store/cell.ts';
import type { Table } from '../store/table.ts';
import { actorOf, bodyOf, type Call, noContent, ok, type Reply, type Route, tableOf } from './call.ts';

/** Single records: create, read, update, delete, and the same by external id. */
export const recordRoutes: readonly Route[] = [
  { method: 'POST', path: '/sobjects/:type', run: create },
  { method: 'GET', path: '/sobjects/:type/:id', run: read },
  { method: 'PATCH', path: '/sobjects/:type/:id', run: update },
  { method: 'DELETE', path: '/sobjects/:type/:id', run: remove },
  { method: 'GET', path: '/sobjects/:type/:field/:value', run: readByKey },
  { method: 'PATCH', path: '/sobjects/:type/:field/:value', run: upsert },
  { method: 'DELETE', path: '/sobjects/:type/:field/:value', run: removeByKey },
];

function create(call: Call): Reply {
  const table = tableOf(call);
  const id = createRecord(call.state, table, bodyOf(call), actorOf(call));
  const headers = { location: `${call.base}/sobjects/${table.object.name}/${id}` };
  return { status: 201, body: { id, success: true, errors: [] }, headers };
}

function read(call: Call): Reply {
  const table = tableOf(call);
  return ok(printRecord(call, table, rowAt(call, table)));
}

function update(call: Call): Reply {
  const table = tableOf(call);
  const body = bodyOf(call);
  if (Object.keys(body).some((key) => key.toLowerCase() === 'id')) {
    throw refuse(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
  }
  const row = rowAt(call, table);
  const since = call.headers['if-unmodified-since'];
  if (typeof since === 'string' && toSecond(Date.parse(since)) < (row['LastModifiedDate'] as number)) {
    throw new ApiFailure(412, []);
  }
  updateRecord(call.state, table, row['Id'] as string, body, actorOf(call));
  return noContent();
}

function remove(call: Call): Reply {
  const table = tableOf(call);
  removeRecord(call.state, table, rowAt(call, table)['Id'] as string, actorOf(call));
  return noContent();
}

function readByKey(call: Call): Reply {
  const table = tableOf(call);
  return ok(printRecord(call, table, rowByKey(call, table)));
}

function removeByKey(call: Call): Reply {
  const table = tableOf(call);
  removeRecord(call.state, table, rowByKey(call, table)['Id'] as string, actorOf(call));
  return noContent();
}

function upsert(call: Call): Reply {
  const table = tableOf(call);
  const { object } = table;
  const actor = actorOf(call);
  const body: Body = bodyOf(call);
  const key = upsertKey(object, call.params['field'] ?? '', actor);
  const named = Object.keys(body).find((name) => [key.name.toLowerCase(), 'id'].includes(name.toLowerCase()));
  if (named !== undefined) {
    throw refuse(400, 'INVALID_FIELD', `The ${named} field should not be specified in the sobject data.`);
  }
  const updateOnly = call.query['updateOnly'] === 'true';
  const result = upsertRecord(call.state, table, { key, value: call.params['value'], body, updateOnly }, actor);
  if ('matches' in result) return severalMatches(call, table, result.matches);
  const answer = { id: result.id, success: true, errors: [], created: result.created };
  if (!result.created) return ok(answer);
  return { status: 201, body: answer, headers: { location: `${call.base}/sobjects/${object.name}/${result.id}` } };
}

function severalMatches(call: Call, table: Table, ids: readonly string[]): Reply {
  return { status: 300, body: ids.map((id) => `${call.base}/sobjects/${table.object.name}/${id}`) };
}

/** The live record that the path names. A deleted one says so, an unknown one is not found. */
function rowAt(call: Call, table: Table): Row {
  const given = call.params['id'] ?? '';
  const id = to18(given);
  if (id === undefined || !id.startsWith(table.object.traits.prefix)) {
    throw refuse(404, 'NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${given}`);
  }
  const row = table.get(id);
  if (row === undefined) throw notFound();
  if (row['IsDeleted'] === true) throw asApiFailure(new RowFault('ENTITY_IS_DELETED', 'entity is deleted'));
  return row;
}

function rowByKey(call: Call, table: Table): Row {
  const key = upsertKey(table.object, call.params['field'] ?? '', actorOf(call));
  if (key.type === 'id') return rowAt({ ...call, params: { ...call.params, id: call.params['value'] ?? '' } }, table);
  const ids = [...table.idsByKey(key, call.params['value'] ?? '')];
  if (ids.length > 1) {
    const urls = ids.map((id) => `${call.base}/sobjects/${table.object.name}/${id}`);
    throw new ApiFailure(300, urls);
  }
  const row = table.get(ids[0] ?? '');
  if (row === undefined) throw notFound();
  return row;
}

/** All columns that the user may see, or the ones of `?fields=`. */
function printRecord(call: Call, table: Table, row: Row): Record<string, unknown> {
  const since = call.headers['if-modified-since'];
  const stamp = row['LastModifiedDate'];
  if (typeof since === 'string' && typeof stamp === 'number' && Date.parse(since) >= stamp)
    throw new ApiFailure(304, []);
  const access = call.state.access(call.userId);
  const { object } = table;
  const asked = call.query['fields']?.split(',').map((name) => name.trim());
  const fields = (asked ?? object.fields.map((field) => field.name)).map((name) => {
    const field = object.field(name);
    if (field !== undefined && access.sees(object, field)) return field;
    if (asked === undefined) return undefined;
    throw refuse(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
  });
  const record: Record<string, unknown> = { attributes: recordUrl(call.state, row, dataBase(call)) };
  for (const field of fields)
    if (field !== undefined) record[field.name] = printCell(field, cellOf(call.state.tables, field, row));
  if (asked !== undefined) record['Id'] ??= row['Id'];
  return record;
}

/** Record URLs carry `/tooling` by themselves. */
export function dataBase(call: Call): string {
  return call.base.replace(/\/tooling$/, '');
}

export function instantOf(text: string | undefined): number | undefined {
  // A plus sign that was not encoded arrives as a blank.
  return text === undefined ? undefined : parseInstant(text.replace(' ', '+'));
}
