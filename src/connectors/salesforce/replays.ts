import type { Values } from '../../domain/values/value.ts';
import type { Gateway } from './gateway.ts';
import { queryRows } from './query.ts';
import { idOf } from './row.ts';
import type { Schemas } from './schemas.ts';
import { deferred, type Request, type Slip, sendAll } from './send-batch.ts';
import { chunksForUrl, quoted } from './soql.ts';
import type { Verdict } from './verdict.ts';

/** What Salesforce says when an update names a field that only a create may set. */
const NOT_FOR_UPDATE = 'INVALID_FIELD_FOR_INSERT_UPDATE';
const LISTED_KEYS = 200;

/**
 * Lets an upsert that was sent before find its own record.
 *
 * The opportunity of a contact role and the contact that an opportunity starts with are fixed once the record is made. An upsert that
 * meets the record it made earlier is an update, and is refused for naming them. So the holders of these keys are looked up, and
 * written without those fields; where nobody holds the key, the field really is closed to our user and the refusal stands.
 */
export async function settleReplays(
  gateway: Gateway,
  schemas: Schemas,
  request: Request,
  slips: readonly Slip[],
  verdicts: readonly Verdict[],
): Promise<readonly Verdict[]> {
  const { object, kind, keyField } = request;
  if (kind !== 'create' || keyField === null) return verdicts;
  const doubtful = slips.filter((_, i) => isRefusedForUpdate(verdicts[i]));
  if (doubtful.length === 0) return verdicts;
  try {
    const fixed = await fixedFields(schemas, request);
    const ids = await holdersOf(gateway, object, keyField, doubtful);
    const found = doubtful.flatMap((slip) => {
      const id = ids.get(same(slip.key));
      return id === undefined
        ? []
        : [{ slip, update: { ...slip, id, key: null, values: without(slip.values, fixed) } }];
    });
    const updates = found.map(({ update }) => update);
    const results =
      updates.length === 0 ? [] : await sendAll(gateway, { object, kind: 'update', keyField: null }, updates);
    const settled = new Map(found.map(({ slip }, i) => [slip, results[i]]));
    return verdicts.map((verdict, i) => settled.get(slips[i] as Slip) ?? verdict);
  } catch (failure) {
    // The others are written, so nothing may be thrown; these were refused, so they are certainly not.
    return verdicts.map((verdict) => (isRefusedForUpdate(verdict) ? deferred(failure) : verdict));
  }
}

function isRefusedForUpdate(verdict: Verdict | undefined): boolean {
  return verdict?.kind === 'refused' && verdict.code === NOT_FOR_UPDATE;
}

async function fixedFields(schemas: Schemas, { object }: Request): Promise<ReadonlySet<string>> {
  const fields = (await schemas.known(object))?.fields.values() ?? [];
  return new Set([...fields].filter(({ createable, updateable }) => createable && !updateable).map(({ name }) => name));
}

async function holdersOf(
  gateway: Gateway,
  object: string,
  keyField: string,
  slips: readonly Slip[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const keys = slips.flatMap(({ key }) => (key === null ? [] : [quoted(key)]));
  for (const chunk of chunksForUrl(keys, LISTED_KEYS)) {
    const soql = `SELECT Id, ${keyField} FROM ${object} WHERE ${keyField} IN (${chunk.join(', ')})`;
    for (const row of await queryRows(gateway, 'query', soql)) ids.set(same(String(row[keyField])), idOf(row));
  }
  return ids;
}

/** The fields that `setup` makes hold keys without regard to case. */
function same(key: string | null): string {
  return (key ?? '').toLowerCase();
}

function without(values: Values, fixed: ReadonlySet<string>): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !fixed.has(name)));
}
