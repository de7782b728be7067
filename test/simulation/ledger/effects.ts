import { entityKindOf } from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { InvariantBroken } from '../../../src/errors/errors.ts';
import { valuesAfter } from '../../../src/ledger/change-rows.ts';
import { type Effect, stampAfter } from '../../../src/ledger/effects.ts';
import type { LinkRow } from '../../../src/ledger/entity-facts.ts';
import type { RecordColumns } from '../../../src/ledger/records.ts';
import { tieNews } from '../../../src/ledger/sighting-news.ts';
import { identityIn, type SightingRow } from '../../../src/ledger/sighting-rows.ts';
import { resolveActivities } from './activities.ts';
import { markDirty, markDirtyAround, markNeighboursDirty } from './dirtiness.ts';
import { setDue } from './identities.ts';
import { putLinks } from './links.ts';
import { distinct } from './order.ts';
import { nameIn, seatOf } from './rows.ts';
import { noteTies } from './sightings.ts';
import type { State } from './state.ts';
import { storableValues } from './storable.ts';

type Written = Effect & { readonly id: string };

/** What the world now holds because of us: values, links to what we created, and whom that concerns. */
export function storeEffects(state: State, effects: readonly Effect[], at: Instant): void {
  const written = effects.flatMap(({ id, ...effect }) => (id === null ? [] : [{ ...effect, id }]));
  if (written.length === 0) return;
  const before = new Map(
    distinct(written.map((one) => nameIn(columnsOf(one)))).map((name) => [name, state.sightings.get(name)]),
  );
  const sighted = sightedAfter(written, before, at);
  for (const row of sighted) storeSighted(state, row);
  linkCreated(
    state,
    written.filter(({ row }) => row.kind === 'create' && entityKindOf(row.object) !== null),
    at,
  );
  noteTies(
    state,
    sighted.flatMap((row) => {
      const ties = tieNews(row, before.get(nameIn(row)));
      return ties === null ? [] : [{ row, ties }];
    }),
  );
  resolveActivities(state, sighted);
  markDirtyAround(
    state,
    sighted.filter(({ object }) => ['deal', 'company'].includes(entityKindOf(object) ?? '')),
  );
}

function columnsOf({ row, id }: Written): RecordColumns {
  return { system: row.system, object: row.object, record_id: id };
}

/** Two writes on one record in one batch: the later values are what it holds. */
function sightedAfter(
  written: readonly Written[],
  known: ReadonlyMap<string, SightingRow | undefined>,
  at: Instant,
): readonly SightingRow[] {
  const sighted = new Map<string, SightingRow>();
  for (const one of written) {
    const columns = columnsOf(one);
    const name = nameIn(columns);
    const before = sighted.get(name) ?? known.get(name);
    const [typed, ours] = [before?.values, valuesAfter(one.row)];
    const values = one.found === true ? { ...ours, ...typed } : { ...typed, ...ours };
    sighted.set(name, {
      ...columns,
      ...identityIn(columns, values),
      values,
      facts: before?.facts ?? {},
      created_at: before?.created_at ?? at,
      modified_at: stampAfter(before, one.stampedAt, at),
      seen_at: Math.max(before?.seen_at ?? at, at),
      deleted: before?.deleted ?? false,
      merged_into: before?.merged_into ?? null,
      moved_by: 'us',
    });
  }
  return [...sighted.values()];
}

/** What the record was known as before, and whether it waits to be matched, stays. */
function storeSighted(state: State, row: SightingRow): void {
  const known = state.sightings.get(nameIn(row));
  state.sightings.put({
    ...row,
    values: storableValues(row.values),
    version: (known?.version ?? 0) + 1,
    match_due: known?.match_due ?? false,
  });
}

/** A seat that was taken meanwhile is not taken away. An entity that became another since has left the record to that one. */
function linkCreated(state: State, created: readonly Written[], at: Instant): void {
  if (created.length === 0) return;
  const taken = new Set<string>();
  const linked = created.flatMap((one): readonly LinkRow[] => {
    const columns = columnsOf(one);
    if (taken.has(nameIn(columns))) throw new InvariantBroken(`${nameIn(columns)} was created twice in one batch.`);
    const entity = state.entities.get(one.row.entity);
    if (entity === undefined) return [];
    const stands = entity.merged_into ?? entity.id;
    const known = state.links.get(nameIn(columns));
    if (known?.entity === stands) return [];
    taken.add(nameIn(columns));
    const isTaken = state.links
      .by('seat', seatOf(stands, columns.system))
      .some((held) => held.record_id !== columns.record_id);
    const role = isTaken ? 'duplicate' : 'current';
    const link = { ...columns, since: at, until: null, ...known };
    return [{ ...link, entity: stands, role, evidence: 'created' }];
  });
  putLinks(state, linked);
  const records = created.map(columnsOf);
  for (const record of records) setDue(state, nameIn(record), false);
  markDirty(
    state,
    linked.map(({ entity }) => entity),
  );
  markNeighboursDirty(state, records);
}
