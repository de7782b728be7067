import {
  ENTITY_OBJECTS,
  type ObjectName,
  type RecordRef,
  recordName,
  type Sighting,
  type System,
} from '../../../src/domain/people/record.ts';
import { TIE_FIELDS, type Tie } from '../../../src/domain/people/tie.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { type RecordColumns, refFrom } from '../../../src/ledger/records.ts';
import { newestOfEach, newsIn, type TieNews } from '../../../src/ledger/sighting-news.ts';
import type { SightingRow } from '../../../src/ledger/sighting-rows.ts';
import { resolveActivities } from './activities.ts';
import { markDirty, markDirtyAround, markTiedDirty } from './dirtiness.ts';
import { appendFacts } from './facts.ts';
import { callNaming, callNeighbours, callTurned, dismissRivals, releaseDuplicates } from './identities.ts';
import { byColumns, distinct } from './order.ts';
import { nameIn } from './rows.ts';
import { releaseMoved } from './set-aside.ts';
import type { State } from './state.ts';
import { storableValues } from './storable.ts';

/** See `Ledger.noteSightings`; what a sighting adds is told by the same comparison that the SQL ledger makes. */
export function noteSightings(
  state: State,
  sightings: readonly Sighting[],
  factFields: readonly string[],
): { readonly changed: number } {
  const news = newestOfEach(sightings).map((sighting) =>
    newsIn(sighting, state.sightings.get(recordName(sighting.record)), factFields),
  );
  const moved = news.filter(({ kind }) => kind === 'moved');
  const read = news.filter(({ kind }) => kind !== 'late');
  const movedRows = moved.map(({ row }) => row);
  storeSightings(state, movedRows);
  touch(
    state,
    news.filter(({ kind }) => kind === 'same').map(({ row }) => row),
  );
  appendFacts(
    state,
    read.flatMap(({ facts }) => facts),
  );
  noteTies(
    state,
    moved.flatMap(({ row, ties }) => (ties === null ? [] : [{ row, ties }])),
  );
  const others = moved.filter(({ identities }) => identities.length > 0);
  noteIdentities(
    state,
    others.map(({ row }) => row),
  );
  callNeighbours(
    state,
    others.flatMap(({ identities }) => identities),
  );
  callNaming(
    state,
    others.map(({ row }) => row),
  );
  markDirtyAround(state, movedRows);
  releaseMoved(state, movedRows);
  markAcknowledged(
    state,
    read.map(({ row }) => row),
  );
  return { changed: moved.length };
}

/** Who is tied to whom has changed: both ends are planned anew, and what a Lead became is looked at. */
export function noteTies(state: State, news: readonly { readonly row: SightingRow; readonly ties: TieNews }[]): void {
  storeTies(
    state,
    news.map(({ row }) => row),
    news.flatMap(({ ties }) => ties.after),
  );
  callTurned(
    state,
    news.filter(({ ties }) => ties.after.some(({ kind }) => kind === 'became')).map(({ row }) => row),
  );
  markTiedDirty(
    state,
    news.flatMap(({ ties }) => ties.moved),
  );
}

/** Keeps the ties that these records show now, in the place of those they showed before. */
export function storeTies(state: State, sources: readonly RecordColumns[], ties: readonly Tie[]): void {
  for (const source of sources) {
    if (TIE_FIELDS[source.object] === undefined) continue;
    for (const { source: by, kind, to } of state.ties.by('source', nameIn(source)))
      state.ties.drop(`${recordName(by)} ${kind} ${to.object} ${to.id}`);
  }
  const known = (tie: Tie) => state.ties.get(`${recordName(tie.source)} ${tie.kind} ${tie.to.object} ${tie.to.id}`);
  for (const tie of ties) if (known(tie) === undefined) state.ties.put(tie);
}

function noteIdentities(state: State, others: readonly SightingRow[]): void {
  dismissRivals(state, others);
  releaseDuplicates(state, others);
  resolveActivities(state, others);
}

/** An entity's record that nobody has yet is left for `match`, and so is one that says it is another than before. */
function storeSightings(state: State, sightings: readonly SightingRow[]): void {
  for (const row of sightings) {
    const name = nameIn(row);
    const known = state.sightings.get(name);
    const isFree = ENTITY_OBJECTS.includes(row.object) && state.links.get(name) === undefined;
    const isSaidToBeAnother =
      known !== undefined && (known.email !== row.email || known.aliases?.join() !== row.aliases?.join());
    state.sightings.put({
      ...row,
      values: storableValues(row.values),
      facts: storableValues(row.facts),
      version: (known?.version ?? 0) + 1,
      match_due: !row.deleted && (isFree || isSaidToBeAnother),
    });
  }
}

/** An echo: the record was seen, and nothing about it asks for a plan. */
function touch(state: State, sightings: readonly SightingRow[]): void {
  for (const row of sightings) {
    const known = state.sightings.get(nameIn(row));
    if (known === undefined) continue;
    const { seen_at, modified_at, moved_by, facts } = row;
    state.sightings.put({ ...known, seen_at, modified_at, moved_by, facts: storableValues(facts) });
  }
}

/** Whoever has an acknowledged write on a record that was read again may now have it confirmed. */
function markAcknowledged(state: State, records: readonly RecordColumns[]): void {
  const waiting = records
    .flatMap((record) => state.changes.by('record', nameIn(record)))
    .filter((change) => change.state === 'acknowledged');
  markDirty(state, distinct(waiting.map(({ entity }) => entity)));
}

/** See `Ledger.unseenSince`. */
export function unseenSince(
  state: State,
  system: System,
  object: ObjectName,
  at: Instant,
  limit: number,
): readonly RecordRef[] {
  return state.sightings
    .all()
    .filter((row) => row.system === system && row.object === object && !row.deleted && row.seen_at < at)
    .toSorted(
      byColumns(
        (row) => row.seen_at,
        (row) => row.record_id,
      ),
    )
    .slice(0, limit)
    .map(refFrom);
}
