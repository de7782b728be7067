import type { ValueKind } from '../people/mapping.ts';
import { canonicalChoices } from './choices.ts';
import { epochDay, formatInstant, parseInstant } from './instant.ts';
import { canonicalPhone } from './phone.ts';
import { inPlainWidth } from './plain-width.ts';
import type { Value } from './value.ts';

/** One local part, one `@`, a domain with a dot. Lists (`a@x.jp, b@x.jp`) and display names (`Taro <a@x.jp>`) are no address. */
const ADDRESS = /^[^\s@,;:<>()[\]"\\]+@[^\s@,;:<>()[\]"\\]+\.[^\s@,;:<>()[\]"\\.]+$/u;

/** Full-width digits and Latin letters stand this far above the plain ones. */
const WIDTH = 0xfee0;

/**
 * The form in which two e-mail addresses are the same person's: plain width, lower case, no spaces. `null` when the text is no
 * address, so that "none" and "未入力" never bring two people together.
 *
 *     canonicalEmail(' Ｔａｒｏ.Suzuki@Example.co.jp ')  // => 'taro.suzuki@example.co.jp'
 */
export function canonicalEmail(text: string): string | null {
  const plain = inPlainWidth(text).replace(/\s+/gu, '').toLowerCase();
  return ADDRESS.test(plain) ? plain : null;
}

/**
 * The form in which values are compared, never the one that is written: it strips what is no difference to a person (width, outer
 * spaces, separators in a phone number), so that such a difference does not look like an edit.
 *
 * Names are left alone: 髙橋 is not 高橋 and ｱｵｷ is not アオキ to the person who bears it. Only outer spaces and the width of
 * Latin letters and digits go. A value that does not fit its kind is compared as it stands, so that nothing is lost in silence. A day
 * has no zone: an instant that is to be a day of the office's calendar is made one before (see `translate`).
 *
 *     canonical('+81 3-1234-5678', 'phone')  // => '0312345678'
 *     canonical(' 部長\u3000', 'text')        // => '部長'
 *     canonical('', 'text')                  // => null
 */
export function canonical(value: Value, kind: ValueKind): Value {
  if (isBlank(value)) return null;
  if (typeof value !== 'string') return ofScalar(value, kind);
  const plain = PLAIN[kind](value);
  return plain ?? (kind === 'multi' ? null : plainText(value));
}

/** Is there nothing in it for a person to read? Its canonical form is then `null`, whatever its kind. */
export function isBlank(value: Value): value is null | string {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

const PLAIN: Readonly<Record<ValueKind, (text: string) => Value>> = {
  text: plainText,
  email: canonicalEmail,
  phone: canonicalPhone,
  number: asNumber,
  boolean: asBoolean,
  date: asDate,
  datetime: toTheSecond,
  picklist: (text) => text, // an option's value is a name, not prose
  multi: canonicalChoices,
};

/** Do two values mean the same? */
export function sameValue(a: Value, b: Value, kind: ValueKind): boolean {
  return canonical(a, kind) === canonical(b, kind);
}

function ofScalar(value: number | boolean, kind: ValueKind): Value {
  // -0 and 0 are one number, and JSON knows one of them only.
  if (kind === 'number') return typeof value === 'number' ? value + 0 : value;
  if (kind === 'boolean' && typeof value === 'boolean') return value;
  // A text property that a system answers with a bare number is still text.
  return canonical(String(value), kind);
}

/** What `plainText` changes inside a text; nearly all texts have none of it. */
const NOT_PLAIN = /[０-９Ａ-Ｚａ-ｚ\r]/u;

function plainText(text: string): string {
  if (!NOT_PLAIN.test(text)) return text.trim();
  return text
    .replace(/[０-９Ａ-Ｚａ-ｚ]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - WIDTH))
    .replace(/\r\n?/gu, '\n') // Salesforce stores line ends its own way
    .trim();
}

/** The number that a text says, thousands grouped or not, in any width; `null` when it says none. */
export function asNumber(text: string): number | null {
  const plain = inPlainWidth(text).trim();
  // Thousands are grouped by threes; "1,5" is somebody's decimal comma and stays text.
  const ungrouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/u.test(plain) ? plain.replaceAll(',', '') : plain;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/iu.test(ungrouped) ? Number(ungrouped) + 0 : null;
}

/** What both systems send for a tick: a word, or a digit from imports and formulas, in any width. `はい` and `Yes` take a line under `values`. */
function asBoolean(text: string): boolean | null {
  const plain = inPlainWidth(text).trim().toLowerCase();
  if (plain === 'true' || plain === '1') return true;
  return plain === 'false' || plain === '0' ? false : null;
}

function asDate(text: string): string | null {
  const plain = inPlainWidth(text).trim();
  if (epochDay(plain) !== null) return plain;
  // HubSpot gives a date as midnight UTC; any other time of day is no date.
  const instant = parseInstant(plain);
  if (instant === null) return null;
  const [day, time] = formatInstant(instant).split('T');
  return time === '00:00:00.000Z' ? (day ?? null) : null;
}

function toTheSecond(text: string): string | null {
  const instant = parseInstant(inPlainWidth(text).trim());
  // Salesforce keeps seconds; HubSpot milliseconds.
  return instant === null ? null : formatInstant(Math.floor(instant / 1000) * 1000);
}
