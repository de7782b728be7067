import type { Effect, Outcome } from '../../domain/people/change.ts';
import { entityKindOf, type ObjectName, type RecordRef } from '../../domain/people/record.ts';
import { recordsNamedIn, to18 } from './ids.ts';

/** An outcome before it is told to the changes that asked for it. */
type WithoutChange<T> = T extends unknown ? Omit<T, 'change'> : never;
export type Verdict = WithoutChange<Outcome>;

/** What a collection call says of one record. The code is `statusCode` here, whatever jsforce's types say. */
export type RowResult = {
  readonly id?: string | null;
  readonly success?: boolean;
  readonly created?: boolean;
  readonly errors?: readonly RowError[];
};
type RowError = {
  readonly statusCode?: string;
  readonly errorCode?: string;
  readonly message?: string;
  readonly fields?: readonly string[];
  readonly duplicateResult?: unknown;
  readonly duplicateResut?: unknown;
};

/** The code for "the record or something it refers to is not there": `settleVanished` finds out which. */
export const CROSS_REFERENCE = 'INVALID_CROSS_REFERENCE_KEY';

const GONE: ReadonlySet<string> = new Set(['ENTITY_IS_DELETED', 'NOT_FOUND']);
const SOON: ReadonlySet<string> = new Set([
  'UNABLE_TO_LOCK_ROW',
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'PROCESSING_HALTED',
  'SERVER_UNAVAILABLE',
  'REQUEST_RUNNING_TOO_LONG',
  'TXN_SECURITY_METERING_ERROR',
]);
const DUPLICATES: ReadonlySet<string> = new Set(['DUPLICATE_VALUE', 'DUPLICATES_DETECTED', 'DUPLICATE_EXTERNAL_ID']);

/** What became of one record, from its place in the answer. */
export function outcomeOf(
  sent: { readonly object: ObjectName; readonly kind: Effect['kind']; readonly id: string | null },
  result: RowResult | undefined,
): Verdict {
  if (result?.success === true && (result.id ?? sent.id) !== null) {
    const id = to18(String(result.id ?? sent.id));
    const created = result.created ?? sent.kind === 'create';
    return { kind: 'written', record: { system: 'salesforce', object: sent.object, id }, created };
  }
  const error = result?.errors?.[0];
  if (result?.success !== false || error === undefined)
    return { kind: 'unsure', message: 'Salesforce gave no result for this record.' };
  const code = error.statusCode ?? error.errorCode ?? 'UNKNOWN';
  const message = error.message ?? '';
  // Flows and triggers wrap a lock in a code and a text of their own; the name of the lock stays in it.
  if (SOON.has(code) || message.includes('UNABLE_TO_LOCK_ROW'))
    return { kind: 'deferred', message: `${code}: ${message}` };
  if (sent.kind === 'update' && GONE.has(code)) return { kind: 'vanished', message: `${code}: ${message}` };
  const holder = DUPLICATES.has(code) ? holderIn(error, sent.object) : undefined;
  return { kind: 'refused', code, message, fields: fieldsIn(error), ...(holder === undefined ? {} : { holder }) };
}

/**
 * The record that already holds the value: named in the message by its 15-character id, or among the matches of a duplicate rule.
 * Only another of its kind can be: a Contact for a Lead, but not the Account that a match may name beside it.
 */
function holderIn(error: RowError, object: ObjectName): RecordRef | undefined {
  const matches = error.duplicateResult ?? error.duplicateResut;
  const text = matches === undefined ? (error.message ?? '') : JSON.stringify(matches);
  const named = recordsNamedIn(text).find((each) => entityKindOf(each.object) === entityKindOf(object));
  return named === undefined ? undefined : { system: 'salesforce', ...named };
}

/** Duplicate values name their field only in the text, and custom fields are recognisable there in every language. */
function fieldsIn({ fields, message }: RowError): readonly string[] {
  if (fields !== undefined && fields.length > 0) return fields;
  return [...new Set((message ?? '').match(/\b[A-Za-z]\w*__c\b/g))];
}
