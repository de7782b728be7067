/** Time as the org keeps it: instants as epoch milliseconds cut to the second, dates as plain `YYYY-MM-DD` texts. */

const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|([+-]\d\d):?(\d\d))$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
export const DAY_MS = 86_400_000;

/** Salesforce keeps whole seconds: two edits within one second carry the same stamp. */
export function toSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** How the REST interface prints an instant: always `.000`, always `+0000`. */
export function printInstant(ms: number): string {
  const known = PRINTED.get(ms);
  if (known !== undefined) return known;
  const text = `${new Date(ms).toISOString().slice(0, 19)}.000+0000`;
  if (PRINTED.size >= MOST_PRINTED) PRINTED.clear();
  PRINTED.set(ms, text);
  return text;
}

/** A row prints its few instants in every answer that it is in. */
const PRINTED = new Map<number, string>();
const MOST_PRINTED = 1_000;

export function parseInstant(text: string): number | undefined {
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const [, day, minute, second = '00', hours, minutes] = match;
  const zone = hours === undefined ? 'Z' : `${hours}:${minutes}`;
  const ms = Date.parse(`${day}T${minute}:${second}${zone}`);
  return Number.isNaN(ms) ? undefined : ms;
}

export function isDate(text: string): boolean {
  return DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

/** Japan has one offset and no summer time, so the org's own calendar day needs no zone table. */
const TOKYO_MS = 9 * 3_600_000;

export function tokyoDay(ms: number): string {
  return new Date(ms + TOKYO_MS).toISOString().slice(0, 10);
}

export function startOfTokyoDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - TOKYO_MS;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
