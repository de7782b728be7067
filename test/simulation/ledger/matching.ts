import { type EntityKind, entityKindOf, recordName } from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { InvariantBroken } from '../../../src/errors/errors.ts';
import { columnsOf } from '../../../src/ledger/records.ts';
import type { MatchVerdict, Neighbourhood } from '../../../src/reconcile/match.ts';
import { forgetBases } from './bases.ts';
import { moveInto } from './becoming.ts';
import { markDirty, markNeighboursDirty } from './dirtiness.ts';
import { setDue } from './identities.ts';
import { putLinks } from './links.ts';
import { takeSurroundings } from './neighbourhoods.ts';
import { distinct } from './order.ts';
import { nameIn, type SightingState, seatOf } from './rows.ts';
import type { State } from './state.ts';

type Joined = Extract<MatchVerdict, { kind: 'joined' }>;

/** See `Ledger.match`. */
export function match(
  state: State,
  limit: number,
  at: Instant,
  decide: (batch: readonly Neighbourhood[]) => readonly MatchVerdict[],
): number {
  const { taken, neighbourhoods } = takeSurroundings(state, limit);
  if (taken.length === 0) return 0;
  const verdicts = decide(neighbourhoods);
  const said = verdicts.filter((verdict) => verdict.kind === 'joined');
  storeEntities(state, said, at);
  const joined = nameStanding(state, said);
  storeLinks(state, joined);
  storeRivals(state, joined, neighbourhoods);
  lookedAt(state, taken, neighbourhoods);
  markDirty(
    state,
    joined.map(({ entity }) => entity),
  );
  markNeighboursDirty(
    state,
    joined.flatMap(({ links }) => links.map(({ record }) => columnsOf(record))),
  );
  for (const verdict of verdicts)
    if (verdict.kind === 'united') {
      const { entity, into, record, evidence } = verdict;
      moveInto(state, into, { entity, record, because: evidence }, at);
    }
  return taken.length;
}

/** An entity is as old as the oldest of its records, and clean until somebody says otherwise. Of two kinds the last that is said counts. */
function storeEntities(state: State, verdicts: readonly Joined[], at: Instant): void {
  const kinds = new Map(verdicts.filter(({ isNew }) => isNew).map((verdict) => [verdict.entity, kindOf(verdict)]));
  for (const [id, kind] of kinds) {
    if (state.entities.get(id) !== undefined) continue;
    if (kind === null) throw new InvariantBroken(`Nobody can tell what ${id} is.`);
    const fresh = {
      created_at: at,
      dirty_version: 0,
      planned_version: 0,
      merged_into: null,
      wake_at: null,
      judged_under: null,
    };
    state.entities.put({ id, kind, number: state.next(), ...fresh });
  }
}

function kindOf({ links, rivals }: Joined): EntityKind | null {
  const record = links[0]?.record ?? rivals[0]?.record;
  return record === undefined ? null : entityKindOf(record.object);
}

/**
 * A key may name somebody who became another since, and then means that one: a seat which that one's record holds is not taken. A key of
 * another kind was copied by somebody and joins nothing.
 */
function nameStanding(state: State, verdicts: readonly Joined[]): readonly Joined[] {
  const others = distinct(verdicts.flatMap(({ entity }) => state.entities.get(entity)?.merged_into ?? []));
  const taken = new Set(
    others
      .flatMap((entity) => state.links.by('entity', entity))
      .flatMap(({ entity, system, role }) => (role === 'current' ? [seatOf(entity, system)] : [])),
  );
  return verdicts.flatMap((verdict) => {
    const entity = state.entities.get(verdict.entity);
    if (entity === undefined || entity.kind !== (kindOf(verdict) ?? entity.kind)) return [];
    const stands = entity.merged_into ?? entity.id;
    const links = verdict.links.map((link) => {
      if (link.role !== 'current') return link;
      if (taken.has(seatOf(stands, link.record.system))) return { ...link, role: 'duplicate' as const };
      taken.add(seatOf(stands, link.record.system));
      return link;
    });
    return [{ ...verdict, entity: stands, links }];
  });
}

/** Ended roles first, so that a seat is free before its next holder takes it. */
function storeLinks(state: State, verdicts: readonly Joined[]): void {
  const links = verdicts.flatMap(({ entity, links }) =>
    links.map(({ record, role, since, until, evidence }) => ({
      ...columnsOf(record),
      entity,
      role,
      since,
      until: until ?? null,
      evidence,
    })),
  );
  const current = links.filter(({ role }) => role === 'current');
  putLinks(
    state,
    links.filter(({ role }) => role !== 'current'),
  );
  putLinks(state, current);
  forgetBases(state, current);
  for (const id of distinct(links.map(({ entity }) => entity))) makeAsOldAsItsRecords(state, id);
}

function makeAsOldAsItsRecords(state: State, id: string): void {
  const entity = state.entities.get(id);
  const seen = state.links.by('entity', id).flatMap((link) => state.sightings.get(nameIn(link)) ?? []);
  const oldest = Math.min(...seen.map((row) => row.created_at));
  if (entity !== undefined && oldest < entity.created_at) state.entities.put({ ...entity, created_at: oldest });
}

/** Rivals are told anew for everyone in sight: a look-alike that has found its own person is one no more. */
function storeRivals(state: State, verdicts: readonly Joined[], neighbourhoods: readonly Neighbourhood[]): void {
  const inSight = distinct([
    ...verdicts.map(({ entity }) => entity),
    ...neighbourhoods.flatMap(({ links }) => links.map(({ entity }) => entity)),
  ]);
  const told = inSight.flatMap((entity) => state.rivals.by('entity', entity));
  for (const rival of told) state.rivals.drop(`${rival.entity} ${nameIn(rival)}`);
  markDirty(
    state,
    told.map(({ entity }) => entity),
  );
  for (const { entity, rivals } of verdicts)
    for (const { record } of rivals) state.rivals.put({ ...columnsOf(record), entity });
}

/** Whoever was in a neighbourhood has been looked at, not only those that waited at the front. */
function lookedAt(state: State, taken: readonly SightingState[], neighbourhoods: readonly Neighbourhood[]): void {
  const members = neighbourhoods.flatMap(({ records }) => records.map(({ record }) => recordName(record)));
  for (const name of [...taken.map(nameIn), ...members]) setDue(state, name, false);
}
