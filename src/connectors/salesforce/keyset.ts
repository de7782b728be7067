import * as z from 'zod';
import type { Instant } from '../../domain/values/value.ts';
import type { CursorState } from '../../ports/crm.ts';
import type { QueryPage } from './query.ts';
import { idOf, type Row } from './row.ts';
import type { Selection } from './schemas.ts';
import { toInstant } from './sightings.ts';
import { instantLiteral, quoted } from './soql.ts';

const cursorShape = z.object({
  /** Everything stamped before this has been seen; `null` before the first pull ends. */
  covered: z.number().nullable(),
  /** Where a pull under way stands: the last row stored, and when that pull began. */
  at: z.object({ stamp: z.number(), id: z.string(), since: z.number() }).nullable(),
});
type Cursor = z.infer<typeof cursorShape>;

/** Where the reading of one object stands, and when the pull began that its first page was read in. */
export type Place = { readonly cursor: Cursor; readonly since: Instant };

/** A page of it, put away: the cursor to store, and either where to go on or what has now been covered. */
export type Turned =
  | { readonly cursor: CursorState; readonly next: Place }
  | { readonly cursor: CursorState; readonly covers: Instant };

export function placeFrom(state: CursorState | undefined, now: Instant): Place {
  const cursor: Cursor = state === undefined ? { covered: null, at: null } : cursorShape.parse(state);
  return { cursor, since: cursor.at?.since ?? now };
}

/**
 * The next page by keyset on (stamp, Id).
 *
 * A bulk edit gives thousands of rows one stamp, so the id is part of the key, and a page full of one stamp moves on like any other.
 * There is no upper bound: a row that was edited this morning, and again after this pull began, would have left the stretch that is read,
 * and with it the morning's edit, which a write that trusts this pull would then run over.
 */
export function soqlFrom({ cursor }: Place, { object, columns, stamp }: Selection, limit: number): string {
  const conditions: string[] = [];
  const from = cursor.at?.stamp ?? cursor.covered;
  // A bound of its own, outside the OR, is what lets Salesforce use the index on the stamp.
  if (from !== null) conditions.push(`${stamp} >= ${instantLiteral(from)}`);
  if (cursor.at !== null)
    conditions.push(`(${stamp} > ${instantLiteral(cursor.at.stamp)} OR Id > ${quoted(cursor.at.id)})`);
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `SELECT ${columns.join(', ')} FROM ${object}${where} ORDER BY ${stamp}, Id LIMIT ${limit}`;
}

/**
 * Where the reading stands behind this page.
 *
 * A row is stamped while its transaction runs and seen when it commits, so a pull can pass a stamp before all its rows are there.
 * Calls end after ten minutes at the latest: whatever is stamped earlier than `since − overlap` had been committed when the pull
 * began, and that is what `covers` says and where the next pull starts. Meeting a row twice is harmless.
 */
export function turn(
  { cursor, since }: Place,
  page: QueryPage,
  stamp: Selection['stamp'],
  bounds: { readonly limit: number; readonly overlapMs: number },
): Turned {
  // Wide rows make short pages: only "done" tells that a page is short because there are no more.
  const more = !page.done || page.rows.length >= bounds.limit;
  const last = page.rows.at(-1);
  if (!more || last === undefined) {
    const covers = Math.max(since - bounds.overlapMs, cursor.covered ?? Number.NEGATIVE_INFINITY);
    return { cursor: { covered: covers, at: null } satisfies Cursor, covers };
  }
  const further: Cursor = { covered: cursor.covered, at: { ...keyOf(last, stamp), since } };
  return { cursor: further, next: { cursor: further, since } };
}

function keyOf(row: Row, stamp: Selection['stamp']): { stamp: Instant; id: string } {
  return { stamp: toInstant(row[stamp]), id: idOf(row) };
}
