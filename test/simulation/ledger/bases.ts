import { type Base, recordName, type System } from '../../../src/domain/people/record.ts';
import type { LinkRow } from '../../../src/ledger/entity-facts.ts';
import { type BaseRow, nameIn } from './rows.ts';
import type { State } from './state.ts';

/** Stores bases as they are given: the planner's word, or an acknowledged write's. */
export function storeBases(state: State, bases: readonly BaseRow[]): void {
  for (const { entity, field, hubspot, salesforce, canonical, since, provisional } of bases)
    state.bases.put({ entity, field, hubspot, salesforce, canonical, since, provisional });
}

/** A write that was seen: its bases hold for good, unless a later agreement has taken their place meanwhile. */
export function settleBases(state: State, bases: readonly (BaseRow & { readonly side: System })[]): void {
  for (const { entity, field, side, hubspot, salesforce } of bases) {
    const base = state.bases.get(`${entity} ${field}`);
    if (base === undefined || base.provisional !== side) continue;
    if (base.hubspot === hubspot && base.salesforce === salesforce) state.bases.put({ ...base, provisional: null });
  }
}

/** What was agreed with the last holder of a seat is over, unless the new one is the Contact that a conversion has made since of its Lead. */
export function forgetBases(
  state: State,
  seated: readonly Pick<LinkRow, 'system' | 'object' | 'record_id' | 'entity'>[],
): void {
  for (const link of seated) {
    if (isMadeOfOwnLead(state, link)) continue;
    for (const { entity, field } of state.bases.by('entity', link.entity)) state.bases.drop(`${entity} ${field}`);
  }
}

function isMadeOfOwnLead(state: State, seated: Pick<LinkRow, 'system' | 'object' | 'record_id' | 'entity'>): boolean {
  const made = state.sightings.get(nameIn(seated));
  if (made === undefined) return false;
  return state.links
    .by('entity', seated.entity)
    .filter(({ role, until }) => role === 'converted' && until !== null) // else it never sat there
    .filter((link) => made.created_at >= link.since && !satLater(state, link))
    .some((link) =>
      state.ties
        .by('from', nameIn(link))
        .some(({ kind, to }) => kind === 'became' && recordName(to) === nameIn(seated)),
    );
}

/** Of entities that two records' agreement no longer says anything about. */
export function forgetAllBases(state: State, entities: readonly string[]): void {
  for (const { entity, field } of entities.flatMap((id) => state.bases.by('entity', id)))
    state.bases.drop(`${entity} ${field}`);
}

/** Has another record of the same system sat there after this one left? */
export function satLater(state: State, { entity, system, until }: LinkRow): boolean {
  return state.links
    .by('entity', entity)
    .some((other) => other.system === system && until !== null && (other.until ?? 0) > until);
}

/** Without the entity that it is of, as a plan reads it. */
export function baseFrom({ entity: _entity, ...base }: BaseRow): Base {
  return base;
}
