import { recordName, SYSTEMS, type System } from '../../../src/domain/people/record.ts';
import { type RecordColumns } from '../../../src/ledger/records.ts';
import { addressesIn, type IdentityColumns, namedIn } from '../../../src/ledger/sighting-rows.ts';
import { markDirty, markNeighboursDirty } from './dirtiness.ts';
import { byColumns, distinct } from './order.ts';
import { nameIn, type SightingState } from './rows.ts';
import type { State } from './state.ts';

/** As many bearers of a domain or name of each system stand for all: see `src/ledger/call-neighbours.ts`. */
const TELLING = 50;

/** Everything that one of these is known by. Names and domains that very many bear call the oldest only. */
export function bearersOf(state: State, identities: readonly IdentityColumns[]): readonly SightingState[] {
  const of = (column: 'entity_key' | 'domain' | 'company_name') =>
    distinct(identities.flatMap((identity) => identity[column] ?? []));
  return [
    ...distinct(identities.flatMap(addressesIn)).flatMap((email) => bearing(state, email)),
    ...identities.flatMap(namedIn).flatMap((record) => state.sightings.get(nameIn(record)) ?? []),
    ...of('entity_key').flatMap((key) => state.sightings.by('key', key)),
    ...of('domain').flatMap((domain) => oldest(state, state.sightings.by('domain', domain))),
    ...of('company_name').flatMap((name) => oldest(state, state.sightings.by('name', name))),
  ];
}

/** Records with this address, be it a further one. */
function bearing(state: State, email: string): readonly SightingState[] {
  return [...state.sightings.by('email', email), ...state.sightings.by('alias', email)];
}

/** Records on which HubSpot's own integration wrote that they are one of these. */
export function namingOf(state: State, records: readonly RecordColumns[]): readonly SightingState[] {
  return records
    .filter(({ system }) => system === 'salesforce')
    .flatMap((record) => state.sightings.by('alias', nameIn(record)));
}

/** The oldest live records of each system, and those that are deleted and hold a seat still. */
function oldest(state: State, bearers: readonly SightingState[]): readonly SightingState[] {
  const inOrder = bearers.toSorted(
    byColumns(
      (row) => row.created_at,
      ({ object }) => object,
      (row) => row.record_id,
    ),
  );
  const of = (system: System) => inOrder.filter((row) => row.system === system);
  return SYSTEMS.flatMap((system) => [
    ...of(system)
      .filter(({ deleted }) => !deleted)
      .slice(0, TELLING),
    ...of(system)
      .filter((row) => row.deleted && state.links.get(nameIn(row))?.role === 'current')
      .slice(0, TELLING),
  ]);
}

/** Free records that share an address, domain, name or key are looked at again. */
export function callNeighbours(state: State, identities: readonly IdentityColumns[]): void {
  callFree(state, bearersOf(state, identities));
}

/** The same for records that the ledger itself moved: deleted under a write, or freed. */
export function callNeighboursOf(state: State, records: readonly RecordColumns[]): void {
  const seen = records.flatMap((record) => state.sightings.get(nameIn(record)) ?? []);
  callNeighbours(state, seen);
  callNaming(state, records);
  callTurned(
    state,
    records.filter(({ object }) => object === 'Lead' || object === 'Contact'),
  );
}

/** The free ones among those that are said to be one of these. */
export function callNaming(state: State, records: readonly RecordColumns[]): void {
  callFree(state, namingOf(state, records));
}

/** What these records became, or were before, where it is nobody's. */
export function callTurned(state: State, records: readonly RecordColumns[]): void {
  callFree(state, turnedFrom(state, records));
}

/** What these records became, or were before. */
export function turnedFrom(state: State, records: readonly RecordColumns[]): readonly SightingState[] {
  const names = records
    .map(nameIn)
    .flatMap((name) => [
      ...state.ties.by('from', name).flatMap(({ kind, to }) => (kind === 'became' ? [recordName(to)] : [])),
      ...state.ties.by('to', name).flatMap(({ kind, from }) => (kind === 'became' ? [recordName(from)] : [])),
    ]);
  return distinct(names).flatMap((name) => state.sightings.get(name) ?? []);
}

function callFree(state: State, called: readonly SightingState[]): void {
  for (const row of called) {
    const isFree = state.links.get(nameIn(row)) === undefined;
    if (isFree && !row.match_due && !row.deleted) state.sightings.put({ ...row, match_due: true });
  }
}

/** A look-alike that was deleted, or changed its address, is no look-alike until `match` says so again. */
export function dismissRivals(state: State, records: readonly RecordColumns[]): void {
  const freed = records.flatMap((record) => state.rivals.by('record', nameIn(record)));
  for (const rival of freed) state.rivals.drop(`${rival.entity} ${nameIn(rival)}`);
  markDirty(
    state,
    freed.map(({ entity }) => entity),
  );
}

/** Duplicates whose reason is gone are nobody's again; see `src/ledger/look-alikes.ts` for those that stay. */
export function releaseDuplicates(state: State, records: readonly RecordColumns[]): void {
  const freed = records.flatMap((record) => {
    const name = nameIn(record);
    const link = state.links.get(name);
    if (link?.role !== 'duplicate' || link.evidence === 'merge' || link.evidence === 'conversion') return [];
    return state.sightings.get(name)?.deleted === false ? [link] : [];
  });
  for (const link of freed) {
    const name = nameIn(link);
    state.links.drop(name);
    setDue(state, name, true);
  }
  markDirty(
    state,
    freed.map(({ entity }) => entity),
  );
  markNeighboursDirty(state, freed);
}

/** Whether a record waits to be matched. */
export function setDue(state: State, name: string, due: boolean): void {
  const row = state.sightings.get(name);
  if (row !== undefined && row.match_due !== due) state.sightings.put({ ...row, match_due: due });
}
