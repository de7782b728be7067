import * as z from 'zod';
import type { ObjectName } from '../../domain/people/record.ts';
import type { Instant } from '../../domain/values/value.ts';
import type { ChangePage, CursorState } from '../../ports/crm.ts';
import type { Gateway } from './gateway.ts';
import { queryPage } from './query.ts';
import type { Schemas, Selection } from './schemas.ts';
import { idOf, type Row, toInstant, toSighting } from './sightings.ts';
import { instantLiteral, quoted } from './soql.ts';

const cursorShape = z.object({
  /** Everything stamped before this has been seen; `null` before the first pull ends. */
  covered: z.number().nullable(),
  /** Where a pull under way stands: the last row stored, and when that pull began. */
  at: z.object({ stamp: z.number(), id: z.string(), since: z.number() }).nullable(),
});
type Cursor = z.infer<typeof cursorShape>;

export type Pull = {
  readonly object: ObjectName;
  readonly fields: readonly string[];
  readonly cursor: CursorState | undefined;
  readonly now: Instant;
  readonly overlapMs: number;
  readonly pageSize: number;
};

/**
 * What changed in one object, by keyset on (SystemModstamp, Id), deleted records included.
 *
 * A bulk edit gives thousands of rows one stamp, so the id is part of the key, and a page full of one stamp moves on like any
 * other. A row is stamped while its transaction runs and seen when it commits, so a pull can pass a stamp before all its rows
 * are there. Calls end after ten minutes at the latest: whatever is stamped earlier than `now − overlap` had been committed
 * when the pull began, and that is what `covers` says and where the next pull starts. Meeting a row twice is harmless.
 *
 * A pull that is taken up again after a crash still covers only what it did when it began: the pages stored then were read then.
 */
export async function* pullChanges(gateway: Gateway, schemas: Schemas, pull: Pull): AsyncIterable<ChangePage> {
  const { object, fields, now, overlapMs, pageSize } = pull;
  const onlooker = { ourUser: await gateway.user(), now };
  let cursor: Cursor = pull.cursor === undefined ? { covered: null, at: null } : cursorShape.parse(pull.cursor);
  const since = cursor.at?.since ?? now;
  for (;;) {
    const { page, selection } = await schemas.selecting(object, fields, async (selection) => ({
      selection,
      page: await queryPage(gateway, 'query-all', soqlFor(selection, cursor, now, pageSize)),
    }));
    const sightings = page.rows.map((row) => toSighting(selection, row, onlooker));
    // Wide rows make short pages: only "done" tells that a page is short because there are no more.
    const more = !page.done || page.rows.length >= pageSize;
    const last = page.rows.at(-1);
    if (!more || last === undefined) {
      const covers = Math.max(since - overlapMs, cursor.covered ?? Number.NEGATIVE_INFINITY);
      yield { sightings, cursor: { covered: covers, at: null } satisfies Cursor, covers };
      return;
    }
    cursor = { covered: cursor.covered, at: { ...keyOf(last), since } };
    yield { sightings, cursor };
  }
}

function keyOf(row: Row): { stamp: Instant; id: string } {
  return { stamp: toInstant(row['SystemModstamp']), id: idOf(row) };
}

function soqlFor({ object, columns }: Selection, cursor: Cursor, now: Instant, pageSize: number): string {
  const conditions = [`SystemModstamp <= ${instantLiteral(now)}`];
  const from = cursor.at?.stamp ?? cursor.covered;
  // A bound of its own, outside the OR, is what lets Salesforce use the index on the stamp.
  if (from !== null) conditions.push(`SystemModstamp >= ${instantLiteral(from)}`);
  if (cursor.at !== null) {
    conditions.push(`(SystemModstamp > ${instantLiteral(cursor.at.stamp)} OR Id > ${quoted(cursor.at.id)})`);
  }
  return `SELECT ${columns.join(', ')} FROM ${object} WHERE ${conditions.join(' AND ')} ORDER BY SystemModstamp, Id LIMIT ${pageSize}`;
}
