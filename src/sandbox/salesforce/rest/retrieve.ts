import { refuse } from '../failure.ts';
import { to18 } from '../ids.ts';
import { printCell, recordUrl } from '../soql/render.ts';
import { cellOf } from '../store/cell.ts';
import { bodyOf, type Call, ok, type Reply, type Route, tableOf } from './call.ts';

export const retrieveRoutes: readonly Route[] = [
  { method: 'POST', path: '/composite/sobjects/:type', run: retrieveByBody },
  { method: 'GET', path: '/composite/sobjects/:type', run: retrieveByQuery },
];

const MAX_IDS = 2000;

function retrieveByBody(call: Call): Reply {
  const body = bodyOf(call);
  const { ids, fields } = body;
  if (!Array.isArray(ids) || !Array.isArray(fields)) {
    throw refuse(400, 'JSON_PARSER_ERROR', "Missing required field 'ids' or 'fields'");
  }
  return retrieve(call, ids.map(String), fields.map(String));
}

function retrieveByQuery(call: Call): Reply {
  return retrieve(call, split(call.query['ids']), split(call.query['fields']));
}

function split(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((part) => part !== '');
}

/** One slot per id, in order; what is unknown, deleted or of another kind is null. One bad field fails them all. */
function retrieve(call: Call, ids: readonly string[], names: readonly string[]): Reply {
  const table = tableOf(call);
  const { object } = table;
  const access = call.state.access(call.userId);
  if (ids.length > MAX_IDS)
    throw refuse(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MAX_IDS} records into this call`,
    );
  const fields = names.map((name) => {
    const field = object.field(name);
    if (field !== undefined && access.sees(object, field)) return field;
    throw refuse(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
  });
  const records = ids.map((given) => {
    const row = table.get(to18(given) ?? '');
    if (row === undefined || row['IsDeleted'] === true) return null;
    const record: Record<string, unknown> = { attributes: recordUrl(call.state, row, call.base) };
    for (const field of fields) record[field.name] = printCell(field, cellOf(call.state.tables, field, row));
    record['Id'] ??= row['Id'];
    return record;
  });
  return ok(records);
}
