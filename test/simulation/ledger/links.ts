import { recordName } from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { InvariantBroken } from '../../../src/errors/errors.ts';
import type { LinkRow } from '../../../src/ledger/entity-facts.ts';
import { columnsOf } from '../../../src/ledger/records.ts';
import type { EntityPlan } from '../../../src/reconcile/entity-plan.ts';
import { forgetAllBases, forgetBases, satLater } from './bases.ts';
import { markDirty, markNeighboursDirty } from './dirtiness.ts';
import { callNeighboursOf, releaseDuplicates } from './identities.ts';
import { byColumns, distinct } from './order.ts';
import { nameIn, seatOf } from './rows.ts';
import type { State } from './state.ts';

/** Stores links in their new state. One `current` per entity and system: a second one is our bug. */
export function putLinks(state: State, links: readonly LinkRow[]): void {
  for (const link of links) {
    if (state.entities.get(link.entity) === undefined)
      throw new InvariantBroken(`There is no entity ${link.entity} in the ledger.`);
    const holds = link.role === 'current' ? state.links.by('seat', seatOf(link.entity, link.system)) : [];
    if (holds.some((held) => nameIn(held) !== nameIn(link)))
      throw new InvariantBroken(`The seat of ${link.entity} in ${link.system} is taken.`);
    state.links.put(link);
  }
}

export function isSeatTaken(state: State, { entity, system }: Pick<LinkRow, 'entity' | 'system'>): boolean {
  return state.links.by('seat', seatOf(entity, system)).length > 0;
}

/** A seat that became free may be for a record that was held back: its neighbours are matched again. */
export function endLinks(state: State, plans: readonly EntityPlan[], at: Instant): void {
  const ended = plans.flatMap(({ entity, endLinks: ends }) =>
    ends.map(({ record, role }) => ({ ...columnsOf(record), entity, role })),
  );
  if (ended.length === 0) return;
  for (const { role, entity, ...record } of ended) {
    const link = state.links.get(nameIn(record));
    if (link?.entity === entity) putLinks(state, [{ ...link, role, until: at }]);
  }
  const theirs = distinct(ended.map(({ entity }) => entity))
    .flatMap((entity) => state.links.by('entity', entity))
    .filter(
      (link) =>
        link.role !== 'duplicate' ||
        ended.some(({ entity, system }) => entity === link.entity && system === link.system),
    );
  callNeighboursOf(state, theirs);
  releaseDuplicates(
    state,
    theirs.filter(({ role }) => role === 'duplicate'),
  );
  markNeighboursDirty(state, ended);
}

/** Back from the recycle bin, unless somebody else has taken the seat meanwhile. */
export function restoreLinks(state: State, plans: readonly EntityPlan[]): void {
  const back = plans.flatMap(({ entity, restoreLinks: records }) =>
    records.map((record) => ({ ...columnsOf(record), entity })),
  );
  if (back.length === 0) return;
  const seated = back.flatMap(({ entity, ...record }) => {
    const link = state.links.get(nameIn(record));
    if (link?.entity !== entity || (link.role !== 'former' && link.role !== 'merged')) return [];
    return isSeatTaken(state, link) ? [] : [link];
  });
  const strange = seated.filter((link) => link.role === 'merged' || satLater(state, link));
  seat(state, seated);
  forgetAllBases(
    state,
    strange.map(({ entity }) => entity),
  );
  markDirty(
    state,
    seated.map(({ entity }) => entity),
  );
  markNeighboursDirty(state, seated);
}

function seat(state: State, links: readonly LinkRow[]): void {
  putLinks(
    state,
    links.map((link) => ({ ...link, role: 'current' as const, until: null })),
  );
}

/**
 * A record that is one with an entity by a merge or a conversion in the other system waits for no address: where its system's seat has
 * become free, it takes it, the oldest first.
 */
export function seatMerged(state: State, entities: readonly string[]): void {
  const next = new Map<string, LinkRow>();
  for (const { link } of distinct(entities).flatMap((entity) => waitingForSeat(state, entity))) {
    const name = seatOf(link.entity, link.system);
    if (!next.has(name) && !isSeatTaken(state, link)) next.set(name, link);
  }
  const seated = [...next.values()];
  if (seated.length === 0) return;
  seat(state, seated);
  forgetBases(state, seated);
  markDirty(
    state,
    seated.map(({ entity }) => entity),
  );
  markNeighboursDirty(state, seated);
}

function waitingForSeat(state: State, entity: string) {
  return state.links
    .by('entity', entity)
    .flatMap((link) => {
      const seen = state.sightings.get(nameIn(link));
      const isProven = link.evidence === 'merge' || link.evidence === 'conversion';
      return link.role === 'duplicate' && isProven && seen?.deleted === false ? [{ link, seen }] : [];
    })
    .toSorted(
      byColumns(
        ({ link }) => link.since,
        ({ seen }) => seen.created_at,
        ({ link }) => link.record_id,
      ),
    );
}

/** Whose this record is, or was. */
export function linkOf(state: State, record: EntityPlan['becomes'] & {}): LinkRow | undefined {
  return state.links.get(recordName(record));
}
