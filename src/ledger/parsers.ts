import type { Instant } from '../domain/values/value.ts';

/** PostgreSQL's numbers for the types that node-postgres and PGlite read differently. */
const INT8 = 20;
const TIMESTAMPTZ = 1184;
const JSON_TYPE = 114;
const JSONB = 3802;

/**
 * How values come out of either engine: bigint as number (ours are counters, far below 2^53), jsonb as what it holds, instants as
 * milliseconds. Left to themselves the engines differ, and one of them hands out text.
 */
export const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: Number,
  [TIMESTAMPTZ]: instantFrom,
  [JSON_TYPE]: (text) => JSON.parse(text),
  [JSONB]: (text) => JSON.parse(text),
};

/** `2026-11-21 16:03:05.12+09` → milliseconds. Offsets without minutes are PostgreSQL's habit, not ISO's. */
export function instantFrom(text: string): Instant {
  return Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
}
