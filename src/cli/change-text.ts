import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import type { Change, FieldChange } from '../domain/people/change.ts';
import type { Locale } from '../domain/policy.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { reasonText } from '../domain/texts/reasons.ts';
import { inBrackets, objectName, plural, printable, systemName } from '../domain/texts/words.ts';
import type { Value } from '../domain/values/value.ts';

/** Whom a text is for: the language, and the office whose clock is on the wall. */
export type Voice = { readonly locale: Locale; readonly calendar: BusinessCalendar };

/** One change as a person reads it: the record, then a line per field, before → after, and why. */
export function changeLines(change: Change, voice: Voice): readonly string[] {
  const { target, kind, entity } = change;
  const { locale } = voice;
  const record = recordName(target, locale);
  const isNew = inBrackets(locale, locale === 'ja' ? '新規作成' : 'new');
  const title = kind === 'create' ? `+ ${record}${isNew} [${entity}]` : `~ ${record} ${target.id} [${entity}]`;
  const fields = change.steps.flat();
  return [title, ...fields.map((field, index) => `    ${fieldLine(field, fields[index - 1], voice)}`)];
}

/** `Salesforce リード`, `HubSpot contact`. */
export function recordName({ system, object }: { readonly system: string; readonly object: string }, locale: Locale) {
  return `${systemName(system, locale)} ${objectName(object, locale)}`;
}

/** A reason that the line above has just given is not repeated. */
function fieldLine(
  { field, before, after, reason }: FieldChange,
  above: FieldChange | undefined,
  voice: Voice,
): string {
  const { locale } = voice;
  const was = before === undefined ? '' : `${shown(before, voice)} → `;
  const because = reasonText(reason, locale);
  const isSaid = above !== undefined && reasonText(above.reason, locale) === because;
  return `${field}: ${was}${shown(after, voice)}${isSaid ? '' : `    # ${because}`}`;
}

/** As connectors translate every datetime; nobody types one like this. */
const DATETIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

/** Line breaks would tear the list apart, and terminals obey control characters: both are shown, not sent. */
function shown(value: Value, { calendar, locale }: Voice): string {
  if (value === null || value === '') return locale === 'ja' ? '(空)' : '(empty)';
  const text = printable(value);
  if (DATETIME.test(text)) return formatLocal(Date.parse(text), calendar, locale);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** All of a plan in one line, as it is told below its changes; its numbers add up. */
export function summaryLine(changes: readonly Change[], locale: Locale): string {
  const parts = (['salesforce', 'hubspot'] as const).flatMap((system) =>
    (['create', 'update'] as const).flatMap((kind) => {
      const count = changes.filter((change) => change.target.system === system && change.kind === kind).length;
      return count === 0 ? [] : [PARTS[locale][kind](systemName(system, locale), count)];
    }),
  );
  const listed =
    parts.length === 0 ? '' : `${locale === 'ja' ? ':' : ': '}${parts.join(locale === 'ja' ? '、' : ', ')}`;
  return locale === 'ja' ? `変更 ${changes.length} 件${listed}。` : `${plural(changes.length, 'change')}${listed}.`;
}

const PARTS = {
  ja: {
    create: (system: string, count: number) => `${system} の新規作成 ${count} 件`,
    update: (system: string, count: number) => `${system} の更新 ${count} 件`,
  },
  en: {
    create: (system: string, count: number) => `${plural(count, 'new record')} in ${system}`,
    update: (system: string, count: number) => `${plural(count, 'update')} in ${system}`,
  },
} as const;
