import type { Effect } from '../../domain/people/change.ts';
import type { ObjectName } from '../../domain/people/record.ts';
import type { Values } from '../../domain/values/value.ts';
import { AnswerLost, CallRefused } from './failures.ts';
import type { CallKind, Gateway } from './gateway.ts';
import { outcomeOf, type RowResult, type Verdict } from './verdict.ts';

/**
 * Without the first, an update may hand a Lead to the org's assignment rule. Without the second, rules that only mean to warn
 * a person at a screen refuse the record; rules set to block still do.
 */
export const WRITE_HEADERS = {
  'Sforce-Auto-Assign': 'FALSE',
  'Sforce-Duplicate-Rule-Header': 'allowSave=true; includeRecordDetails=false; runAsCurrentUser=true',
  'content-type': 'application/json',
};

/** One record of a request, and the changes that asked for it. */
export type Slip = {
  readonly id: string | null;
  readonly key: string | null;
  readonly values: Values;
  readonly changes: readonly string[];
};
export type Request = { readonly object: ObjectName; readonly kind: Effect['kind']; readonly keyField: string | null };

/**
 * How many extra calls may go into finding the records that spoil a request for all: one among two hundred takes sixteen. What is not
 * separated by then waits for the next batch, where fewer spoil it; unless nothing got through at all, for then none of them will.
 */
const SEPARATING_CALLS = 40;

/** Sends the batch; when Salesforce cannot even read it, halves it until the unreadable record stands alone. */
export async function sendAll(gateway: Gateway, request: Request, slips: readonly Slip[]): Promise<readonly Verdict[]> {
  let calls = 0;
  let isThrough = false;
  const attempt = async (part: readonly Slip[]): Promise<readonly Verdict[]> => {
    calls += 1;
    try {
      const verdicts = await sendOnce(gateway, request, part);
      isThrough = true;
      return verdicts;
    } catch (failure) {
      if (failure instanceof AnswerLost) return part.map(() => unsure(failure.message));
      if (!(failure instanceof CallRefused)) {
        // Certainly not written: the job stops, unless a part of the batch already is.
        if (calls > 1) return part.map(() => deferred(failure));
        throw failure;
      }
      if (part.length === 1 || !SPOILT.has(failure.reason)) return part.map(() => refused(failure));
      if (calls > SEPARATING_CALLS) return part.map(() => (isThrough ? deferred(failure) : refused(failure)));
      const half = Math.ceil(part.length / 2);
      return [...(await attempt(part.slice(0, half))), ...(await attempt(part.slice(half)))];
    }
  };
  return await attempt(slips);
}

/** Whole-request refusals that one record can cause. Others, such as a key field that is not there, hold for all of them. */
const SPOILT: ReadonlySet<string> = new Set([
  'JSON_PARSER_ERROR',
  'INVALID_FIELD',
  'MALFORMED_ID',
  'INVALID_TYPE_ON_FIELD_IN_RECORD',
  'INVALID_ID_FIELD',
]);

async function sendOnce(
  gateway: Gateway,
  { object, kind, keyField }: Request,
  slips: readonly Slip[],
): Promise<readonly Verdict[]> {
  const records = slips.map(({ id, key, values }) => ({
    attributes: { type: object },
    ...values,
    ...(id === null ? {} : { id }),
    ...(keyField === null || key === null ? {} : { [keyField]: key }),
  }));
  const call = kind === 'update' ? UPDATE : keyField === null ? CREATE : upsertBy(object, keyField);
  const results = await gateway.write(call.kind, (connection) =>
    connection.request<readonly RowResult[]>({
      method: call.method,
      url: call.path,
      body: JSON.stringify({ allOrNone: false, records }),
      headers: { ...WRITE_HEADERS },
    }),
  );
  // Results carry no name, only their place: a list of another length says nothing about anyone.
  if (!Array.isArray(results) || results.length !== slips.length)
    throw new AnswerLost('salesforce', 'Salesforce answered a write without one result for each record.');
  return slips.map(({ id }, i) => outcomeOf({ object, kind, id }, results[i]));
}

type Call = { readonly kind: CallKind; readonly method: 'POST' | 'PATCH'; readonly path: string };
const UPDATE: Call = { kind: 'collections-update', method: 'PATCH', path: '/composite/sobjects' };
const CREATE: Call = { kind: 'collections-create', method: 'POST', path: '/composite/sobjects' };
/** The key stands in the body: in the path of a single upsert jsforce leaves it as it is, `a/b` becomes another resource. */
function upsertBy(object: ObjectName, keyField: string): Call {
  return { kind: 'collections-upsert', method: 'PATCH', path: `/composite/sobjects/${object}/${keyField}` };
}

export function unsure(message: string): Verdict {
  return { kind: 'unsure', message };
}

export function deferred(failure: unknown): Verdict {
  return { kind: 'deferred', message: failure instanceof Error ? failure.message : String(failure) };
}

function refused({ reason, message, fields }: CallRefused): Verdict {
  return { kind: 'refused', code: reason, message, fields };
}
