import type { ObjectName, ObjectSchema, System } from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import type { CursorState } from '../../../src/ports/crm.ts';
import type { StoredCursor, StreamName } from '../../../src/ports/ledger.ts';
import { byColumns } from './order.ts';
import type { State } from './state.ts';

/** Where pulls stand, what the systems say of their fields, and what talking to them has cost. */

export function readCursor(state: State, system: System, stream: StreamName): StoredCursor | null {
  const row = state.cursors.get(`${system} ${stream}`);
  return row === undefined ? null : { state: row.state, covers: row.covers };
}

export function readCursors(state: State, system: System): ReadonlyMap<StreamName, StoredCursor> {
  const rows = state.cursors.by('system', system);
  return new Map(rows.map(({ stream, state: at, covers }) => [stream, { state: at, covers }]));
}

/** What has been covered stays covered, whatever a page in the middle of the next pull says. */
export function advanceCursor(
  state: State,
  system: System,
  stream: StreamName,
  cursor: CursorState,
  covers: Instant | undefined,
): void {
  const covered = [state.cursors.get(`${system} ${stream}`)?.covers, covers].flatMap((instant) => instant ?? []);
  state.cursors.put({ system, stream, state: cursor, covers: covered.length === 0 ? null : Math.max(...covered) });
}

export function forgetCursor(state: State, system: System, object: ObjectName): void {
  state.cursors.drop(`${system} ${object}`);
}

export function noteSchema(state: State, { system, object, fields }: ObjectSchema): void {
  state.schemas.put({ system, object, fields });
}

export function readSchema(state: State, system: System, object: ObjectName): ObjectSchema | null {
  return state.schemas.get(`${system} ${object}`) ?? null;
}

export function readSchemas(state: State): readonly ObjectSchema[] {
  const rows = state.schemas.all();
  const read = READ.get(rows) ?? rows.toSorted(inOrder);
  READ.set(rows, read);
  return read;
}

/** What was read of a listing; there is a new one as soon as a row has moved. */
const READ = new WeakMap<readonly ObjectSchema[], readonly ObjectSchema[]>();

const inOrder = byColumns<ObjectSchema>(
  ({ system }) => system,
  ({ object }) => object,
);
