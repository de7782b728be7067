import type { Change, FieldChange } from '../domain/people/change.ts';
import type { Locale } from '../domain/policy.ts';
import { reasonText } from '../domain/texts/reasons.ts';
import type { Value } from '../domain/values/value.ts';

const SYSTEM_NAMES = { hubspot: 'HubSpot', salesforce: 'Salesforce' } as const;
const OBJECT_NAMES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  ja: { contacts: 'コンタクト', Lead: 'リード', Contact: '取引先責任者', Task: 'ToDo', Event: '行動' },
  en: { contacts: 'contact', Lead: 'lead', Contact: 'contact', Task: 'task', Event: 'event' },
};

/** One change as a person reads it: the record, then a line per field, before → after, and why. */
export function changeLines(change: Change, locale: Locale): readonly string[] {
  const { target, kind, person } = change;
  const record = `${SYSTEM_NAMES[target.system]} ${OBJECT_NAMES[locale][target.object] ?? target.object}`;
  const isNew = locale === 'ja' ? '新規作成' : 'new';
  const title = kind === 'create' ? `+ ${record}(${isNew}) [${person}]` : `~ ${record} ${target.id} [${person}]`;
  const fields = change.steps.flat();
  return [title, ...fields.map((field, index) => `    ${fieldLine(field, fields[index - 1], locale)}`)];
}

/** A reason that the line above has just given is not repeated. */
function fieldLine(
  { field, before, after, reason }: FieldChange,
  above: FieldChange | undefined,
  locale: Locale,
): string {
  const was = before === undefined ? '' : `${shown(before, locale)} → `;
  const because = reasonText(reason, locale);
  const isSaid = above !== undefined && reasonText(above.reason, locale) === because;
  return `${field}: ${was}${shown(after, locale)}${isSaid ? '' : `    # ${because}`}`;
}

/** Line breaks would tear the list apart, and terminals obey control characters: both are shown, not sent. */
function shown(value: Value, locale: Locale): string {
  if (value === null || value === '') return locale === 'ja' ? '(空)' : '(empty)';
  const text = printable(String(value));
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Text from a CRM is hostile until shown otherwise: an escape sequence in a name must not repaint an admin's terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

export function summaryLine(changes: readonly Change[], locale: Locale): string {
  const count = (system: string, kind: string) =>
    changes.filter((change) => change.target.system === system && change.kind === kind).length;
  const created = count('salesforce', 'create');
  const updated = { hubspot: count('hubspot', 'update'), salesforce: count('salesforce', 'update') };
  if (locale === 'en') {
    return `${changes.length} changes: ${created} new records in Salesforce, ${updated.salesforce} updates in Salesforce, ${updated.hubspot} in HubSpot.`;
  }
  return `変更 ${changes.length} 件:Salesforce の新規作成 ${created} 件、更新 ${updated.salesforce} 件、HubSpot の更新 ${updated.hubspot} 件。`;
}
