import { sql } from 'kysely';
import type { ObjectName, ObjectSchema, System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { CursorState } from '../ports/crm.ts';
import type { StoredCursor, StreamName } from '../ports/ledger.ts';
import { stamp, stampOrNull, toJson } from './json.ts';
import { affect, firstRow, rows, type Session } from './session.ts';

/** Where pulls stand, what the systems say of their fields, and what talking to them has cost. */

export async function readCursor(on: Session, system: System, stream: StreamName): Promise<StoredCursor | null> {
  const row = await firstRow(
    on,
    sql<StoredCursor>`select state, covers from tasuki.cursor where system = ${system} and stream = ${stream}`,
  );
  return row ?? null;
}

export async function readCursors(on: Session, system: System): Promise<ReadonlyMap<StreamName, StoredCursor>> {
  const found = await rows(
    on,
    sql<
      StoredCursor & { stream: StreamName }
    >`select stream, state, covers from tasuki.cursor where system = ${system}`,
  );
  return new Map(found.map(({ stream, state, covers }) => [stream, { state, covers }]));
}

/** What has been covered stays covered, whatever a page in the middle of the next pull says. */
export async function advanceCursor(
  on: Session,
  system: System,
  stream: StreamName,
  state: CursorState,
  covers: Instant | undefined,
): Promise<void> {
  await affect(
    on,
    sql`
      insert into tasuki.cursor as c (system, stream, state, covers)
      values (${system}, ${stream}, ${toJson(state)}::jsonb, ${stampOrNull(covers)}::timestamptz)
      on conflict (system, stream) do update set state = excluded.state, covers = greatest(c.covers, excluded.covers)`,
  );
}

/** See `Ledger.forgetCursor`. Until everything has been read again nothing is covered, so no lapse is declared meanwhile. */
export async function forgetCursor(on: Session, system: System, object: ObjectName): Promise<void> {
  await affect(on, sql`delete from tasuki.cursor where system = ${system} and stream = ${object}`);
}

export async function noteSchema(on: Session, { system, object, fields }: ObjectSchema, at: Instant): Promise<void> {
  await affect(
    on,
    sql`
      insert into tasuki.schema_snapshot as s (system, object, fields, seen_at, changed_at)
      values (${system}, ${object}, ${toJson(fields)}::jsonb, ${stamp(at)}, ${stamp(at)})
      on conflict (system, object) do update set fields = excluded.fields, seen_at = excluded.seen_at,
        changed_at = case when s.fields = excluded.fields then s.changed_at else excluded.changed_at end`,
  );
}

export async function readSchema(on: Session, system: System, object: ObjectName): Promise<ObjectSchema | null> {
  const row = await firstRow(
    on,
    sql<
      Pick<ObjectSchema, 'fields'>
    >`select fields from tasuki.schema_snapshot where system = ${system} and object = ${object}`,
  );
  return row === undefined ? null : { system, object, fields: row.fields };
}

export function readSchemas(on: Session): Promise<readonly ObjectSchema[]> {
  return rows(on, sql<ObjectSchema>`select system, object, fields from tasuki.schema_snapshot order by system, object`);
}
