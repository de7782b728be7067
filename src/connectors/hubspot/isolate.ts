import type { Effect } from '../../domain/people/change.ts';
import type { Complaint } from './refusal.ts';

/** Faults of the property itself: whoever sends it is refused, whatever the value. */
const ABOUT_THE_PROPERTY: ReadonlySet<string> = new Set(['PROPERTY_DOESNT_EXIST', 'READ_ONLY_VALUE']);

/**
 * Who in a refused batch the complaint can be about. Saves calls, decides nothing: unless `certain`, each suspect is still tried.
 *
 * HubSpot names the property, rarely the record. Sometimes it also quotes the value, which points at one record in a hundred.
 */
export function likelyGuilty(
  effects: readonly Effect[],
  complaint: Complaint,
): { readonly guilty: Effect[]; readonly certain: boolean } {
  const { code, fields, ids, taken, message } = complaint;
  const named = effects.filter(({ id, key }) => ids.some((each) => each === id || each === key?.value));
  if (named.length > 0) return { guilty: named, certain: false };
  const senders = effects.filter(({ values }) => fields.some((field) => field in values));
  if (senders.length === 0) return { guilty: [], certain: false };
  if (ABOUT_THE_PROPERTY.has(code)) return { guilty: senders, certain: true };
  const quoted = senders.filter(({ values }) => fields.some((field) => isQuoted(values[field], taken, message)));
  return { guilty: quoted.length > 0 ? quoted : senders, certain: false };
}

function isQuoted(value: unknown, taken: string | undefined, message: string): boolean {
  if (typeof value !== 'string' || value === '') return false;
  if (taken !== undefined) return value.toLowerCase() === taken.toLowerCase();
  return QUOTES.some((around) => message.includes(around(value)));
}

/** How a message shows a value: in quotation marks, at its beginning, or in the middle of a sentence. */
const QUOTES: readonly ((value: string) => string)[] = [
  (value) => `"${value}"`,
  (value) => `\\"${value}\\"`,
  (value) => `"${value} `,
  (value) => ` ${value} `,
];
