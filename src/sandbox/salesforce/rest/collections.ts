import type { Actor } from '../dml/actor.ts';
import { gone } from '../dml/guards.ts';
import { textOf } from '../dml/json-text.ts';
import type { Body } from '../dml/prepare.ts';
import { removeRecord } from '../dml/remove.ts';
import { upsertKey, upsertRecord } from '../dml/upsert.ts';
import { createRecord, updateRecord } from '../dml/write.ts';
import { RowFault, refuse } from '../failure.ts';
import { to18 } from '../ids.ts';
import type { Field } from '../schema/field.ts';
import { keyOf } from '../store/table.ts';
import { actorOf, bodyOf, type Call, ok, type Reply, type Route, tableOf } from './call.ts';

export const collectionRoutes: readonly Route[] = [
  { method: 'POST', path: '/composite/sobjects', run: createMany },
  { method: 'PATCH', path: '/composite/sobjects', run: updateMany },
  { method: 'DELETE', path: '/composite/sobjects', run: removeMany },
  { method: 'PATCH', path: '/composite/sobjects/:type/:field', run: upsertMany },
];

const MAX_RECORDS = 200;
const MAX_CHUNKS = 10;

type Saved = { id: string; created?: boolean };
type Slot = { id?: string; success: boolean; errors: unknown[]; created?: boolean };
/** `id` is what a rolled-back or failed slot may still name; creates have none. */
type Step = { id?: string; run: () => Saved };

function createMany(call: Call): Reply {
  const actor = actorOf(call);
  const { records, allOrNone } = recordsOf(call);
  return runAll(
    call,
    allOrNone,
    records.map((record) => ({ run: () => ({ id: createRecord(call.state, tableFor(call, record), record, actor) }) })),
  );
}

function updateMany(call: Call): Reply {
  const actor = actorOf(call);
  const { records, allOrNone } = recordsOf(call);
  const steps = records.map((record): Step => {
    const { id: lower, Id: upper, ...body } = record;
    const given = textOf(upper ?? lower);
    return { id: to18(given) ?? given, run: () => updateOne(call, record, body, given, actor) };
  });
  return runAll(call, allOrNone, steps);
}

function updateOne(call: Call, record: Body, body: Body, given: string, actor: Actor): Saved {
  if (given === '') throw new RowFault('MISSING_ARGUMENT', 'Id not specified in an update call', []);
  const id = idOf(given);
  const table = tableFor(call, record);
  if (!id.startsWith(table.object.traits.prefix)) throw new RowFault('MALFORMED_ID', `bad id ${given}`, ['Id']);
  updateRecord(call.state, table, id, body, actor);
  return { id };
}

function removeMany(call: Call): Reply {
  const actor = actorOf(call);
  const ids = (call.query['ids'] ?? '').split(',').filter((id) => id !== '');
  checkCount(ids.length);
  const steps = ids.map((given): Step => {
    return {
      id: to18(given) ?? given,
      run: () => {
        const id = idOf(given);
        const table = call.state.tables.byId(id);
        if (table === undefined) throw gone();
        removeRecord(call.state, table, id, actor);
        return { id };
      },
    };
  });
  return runAll(call, call.query['allOrNone'] === 'true', steps);
}

function upsertMany(call: Call): Reply {
  const table = tableOf(call);
  const { records, allOrNone } = recordsOf(call);
  const key = upsertKey(table.object, call.params['field'] ?? '', actorOf(call));
  const rows = records.map((record) => splitKey(record, key));
  const counts = new Map<string, number>();
  for (const { name } of rows) counts.set(name, (counts.get(name) ?? 0) + 1);
  const steps = rows.map(({ record, value, name, body }): Step => {
    const holders = name === '' ? [] : [...table.idsByKey(key, name)];
    const run = (): Saved => {
      if (tableFor(call, record) !== table)
        throw new RowFault('INVALID_TYPE', 'sObject type does not match the request');
      // Salesforce does not choose between two records that claim one key: both fail.
      if (name !== '' && counts.get(name) !== 1) {
        throw new RowFault('DUPLICATE_VALUE', `Duplicate external id specified: ${textOf(value)}`, [key.name]);
      }
      const result = upsertRecord(call.state, table, { key, value, body }, actorOf(call));
      if ('matches' in result) throw tooMany(key.name, result.matches.length);
      return result;
    };
    return holders[0] === undefined || holders.length > 1 ? { run } : { id: holders[0], run };
  });
  return runAll(call, allOrNone, steps);
}

/** The key of a record apart from the rest of it; `name` is the form in which two keys are the same. */
function splitKey(record: Body, key: Field): { record: Body; value: unknown; name: string; body: Body } {
  const lower = key.name.toLowerCase();
  const spelt = Object.keys(record).find((name) => name.toLowerCase() === lower) ?? key.name;
  const { [spelt]: value, ...body } = record;
  const name = value === undefined || value === null ? '' : keyOf(key, textOf(value));
  return { record, value, name, body };
}

function tooMany(key: string, count: number): RowFault {
  return new RowFault(
    'DUPLICATE_EXTERNAL_ID',
    `${key}: more than one record found for external id field: ${count}`,
    [],
  );
}

/** Each record stands alone, unless the call says all or none: then the innocent are rolled back with the guilty. */
function runAll({ state }: Call, allOrNone: boolean, steps: readonly Step[]): Reply {
  const slots: Slot[] = [];
  const each = (): boolean => {
    for (const step of steps) slots.push(runOne(step));
    return slots.every((slot) => slot.success);
  };
  if (!allOrNone) {
    each();
    return ok(slots);
  }
  try {
    state.tables.transaction(() => {
      if (!each()) throw new RolledBack();
    });
    return ok(slots);
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    return ok(slots.map((slot, index) => (slot.success ? rolledBack(steps[index]) : slot)));
  }
}

class RolledBack extends Error {}

function runOne(step: Step): Slot {
  try {
    const saved = step.run();
    return { ...saved, success: true, errors: [] };
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    const { code, message, fields } = error;
    const failed = { success: false, errors: [{ statusCode: code, message, fields }] };
    return step.id === undefined || step.id === '' ? failed : { id: step.id, ...failed };
  }
}

function rolledBack(step: Step | undefined): Slot {
  const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  const errors = [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message, fields: [] }];
  return step?.id === undefined ? { success: false, errors } : { id: step.id, success: false, errors };
}

function recordsOf(call: Call): { records: Body[]; allOrNone: boolean } {
  const body = bodyOf(call);
  const records = body['records'];
  if (!Array.isArray(records)) throw refuse(400, 'JSON_PARSER_ERROR', "Missing required field 'records'");
  checkCount(records.length);
  let chunks = 0;
  let last: string | undefined;
  for (const record of records as Body[]) {
    const type = typeOf(record);
    if (type === undefined) {
      const message = 'Include an entity type, such as Account, as an attribute of each sObject in the request.';
      throw refuse(400, 'INVALID_INPUT', message);
    }
    if (type !== last) chunks++;
    last = type;
  }
  if (chunks > MAX_CHUNKS) throw refuse(400, 'EXCEEDED_MAX_TYPES_LIMIT', `record type limit reached: ${MAX_CHUNKS}`);
  return { records: records as Body[], allOrNone: body['allOrNone'] === true };
}

function checkCount(count: number): void {
  if (count > MAX_RECORDS)
    throw refuse(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MAX_RECORDS} records into this call`,
    );
  if (count === 0) throw refuse(400, 'REQUIRED_FIELD_MISSING', 'At least one record is required');
}

function typeOf(record: Body): string | undefined {
  const attributes = record['attributes'];
  const type = typeof attributes === 'object' && attributes !== null ? (attributes as Body)['type'] : undefined;
  return typeof type === 'string' ? type : undefined;
}

function tableFor({ state }: Call, record: Body): ReturnType<typeof tableOf> {
  const type = typeOf(record) ?? '';
  const table = state.tables.find(type);
  if (table !== undefined && table.object.traits.tooling !== true) return table;
  throw new RowFault('INVALID_TYPE', `sObject type '${type}' is not supported.`);
}

function idOf(given: string): string {
  const id = to18(given);
  if (id === undefined) throw new RowFault('MALFORMED_ID', `bad id ${given}`, ['Id']);
  return id;
}
