import type { DirectoryEntry, System } from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { markDirty } from './dirtiness.ts';
import { byColumns, distinct, isSameJson } from './order.ts';
import { type DirectoryState, nameIn } from './rows.ts';
import type { State } from './state.ts';

export function readDirectory(state: State): readonly DirectoryEntry[] {
  const rows = state.directory.all();
  const read = READ.get(rows) ?? rows.toSorted(inOrder).map(({ goneAt: _goneAt, ...entry }) => entry);
  READ.set(rows, read);
  return read;
}

/** What was read of a listing; there is a new one as soon as a row has moved. */
const READ = new WeakMap<readonly DirectoryState[], readonly DirectoryEntry[]>();

const inOrder = byColumns<DirectoryState>(
  ({ system }) => system,
  ({ kind }) => kind,
  ({ id }) => id,
);

/** See `Ledger.noteDirectory`: everyone is woken whose owner is a changed entry, or bears a changed entry's old or new address. */
export function noteDirectory(state: State, system: System, entries: readonly DirectoryEntry[], at: Instant): void {
  const before = state.directory.by('system', system);
  const changed = entries.flatMap((entry) => {
    const known = state.directory.get(`${system} ${entry.id}`);
    const now: DirectoryState = { ...entry, system, goneAt: null };
    return known !== undefined && isSameJson(known, now) ? [] : [{ known, now }];
  });
  const named = new Set(entries.map(({ id }) => id));
  const gone = before.filter(({ id, goneAt }) => goneAt === null && !named.has(id));
  for (const { now } of changed) state.directory.put(now);
  for (const entry of gone) state.directory.put({ ...entry, active: false, goneAt: at });
  wakeOwnedBy(state, system, [
    ...changed.flatMap(({ known, now }) => [now, ...(known === undefined ? [] : [known])]),
    ...gone,
  ]);
}

const OWNER_FIELDS: Readonly<Record<System, string>> = { hubspot: 'hubspot_owner_id', salesforce: 'OwnerId' };

function wakeOwnedBy(state: State, system: System, moved: readonly DirectoryEntry[]): void {
  if (moved.length === 0) return;
  const ids = new Set(moved.map(({ id }) => id));
  const emails = new Set(moved.flatMap(({ email }) => email ?? []));
  const owners = state.directory
    .all()
    .filter(
      (entry) => (entry.system === system && ids.has(entry.id)) || (entry.email !== null && emails.has(entry.email)),
    );
  const names = new Set(owners.map((owner) => `${owner.system} ${owner.id}`));
  const owned = state.sightings.all().flatMap((row) => {
    const link = state.links.get(nameIn(row));
    const isTheirs = names.has(`${row.system} ${row.values[OWNER_FIELDS[row.system]]}`);
    return isTheirs && link?.role === 'current' ? [link.entity] : [];
  });
  markDirty(state, distinct(owned));
}
