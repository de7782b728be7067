import type { Neighbour, Participant } from '../../../src/domain/people/person.ts';
import { type RecordRef, recordName, SYSTEMS, type System } from '../../../src/domain/people/record.ts';
import type { Tie } from '../../../src/domain/people/tie.ts';
import type { LinkRow } from '../../../src/ledger/entity-facts.ts';
import { byColumns, distinct } from './order.ts';
import { type EntityState, nameIn, seatOf } from './rows.ts';
import { sightingTold } from './sighting-told.ts';
import type { State } from './state.ts';

/** A live tie between a record of one entity, which is planned, and one of another. */
type LiveTie = Tie & { readonly other: EntityState };

/** Where this person works: HubSpot's primary company, else Salesforce's. */
export function companyOf(state: State, person: string): Neighbour | null {
  const employers = tiesOf(state, person, 'employer');
  const employer =
    employers.find(({ source, primary }) => source.system === 'hubspot' && primary) ??
    employers.find(({ source }) => source.system === 'salesforce');
  return employer === undefined ? null : neighbour(state, employer.other.id);
}

/** The deals of this person, oldest first. */
export function dealsOf(state: State, person: string): readonly Neighbour[] {
  const ties = tiesOf(state, person, 'participant').toSorted(
    byColumns(
      ({ other }) => other.created_at,
      ({ other }) => other.number,
    ),
  );
  return others(ties).map((id) => neighbour(state, id));
}

export function peopleOf(state: State, deal: string): readonly Participant[] {
  const participants = tiesOf(state, deal, 'participant');
  return others(participants).map((id): Participant => {
    const ties = participants.filter(({ other }) => other.id === id);
    return {
      ...neighbour(state, id),
      tied: SYSTEMS.filter((system) => ties.some(({ source }) => source.system === system)),
      primary: SYSTEMS.filter((system) => ties.some(({ source, primary }) => source.system === system && primary)),
      role: ties.find(({ source }) => source.object === 'OpportunityContactRole')?.source ?? null,
    };
  });
}

export function companiesOf(state: State, deal: string): readonly Neighbour[] {
  return others(tiesOf(state, deal, 'customer')).map((id) => neighbour(state, id));
}

/** Each entity at the other end once, in the order of its first tie. */
function others(ties: readonly LiveTie[]): readonly string[] {
  return distinct(ties.map(({ other }) => other.id));
}

/**
 * The ties of an entity, the primary ones first, then in order of first meeting. A tie is live while both its records are; and it speaks
 * for whoever points only if that is their current record.
 */
function tiesOf(state: State, entity: string, kind: Tie['kind']): readonly LiveTie[] {
  const found = state.links.by('entity', entity).flatMap((link) => {
    const name = nameIn(link);
    const pointing = state.ties.by('from', name).flatMap((tie) => live(state, tie, tie.to, link.role));
    if (kind !== 'participant') return pointing;
    return [...pointing, ...state.ties.by('to', name).flatMap((tie) => live(state, tie, tie.from, null))];
  });
  return found
    .filter((tie) => tie.kind === kind)
    .toSorted(
      byColumns(
        ({ primary }) => !primary,
        ({ other }) => other.number,
        ({ source }) => source.system,
        ({ source }) => source.object,
        ({ source }) => source.id,
      ),
    );
}

/** `role`: of the record that points, where that is the planned entity's; else whoever is at the other end points. */
function live(state: State, tie: Tie, end: RecordRef, role: LinkRow['role'] | null): readonly LiveTie[] {
  const link = state.links.get(recordName(end));
  const other = link === undefined ? undefined : state.entities.get(link.entity);
  if (link === undefined || other === undefined || (role ?? link.role) !== 'current') return [];
  const isLive = [tie.from, tie.to].every((record) => state.sightings.get(recordName(record))?.deleted === false);
  return isLive ? [{ ...tie, other }] : [];
}

/** How many people and deals point at this company with a live record, by system. */
export function tiedTo(state: State, company: string): Readonly<Record<System, number>> {
  const own = state.links.by('entity', company).filter((link) => state.sightings.get(nameIn(link))?.deleted === false);
  const count = (system: System) => {
    const pointing = own
      .filter((link) => link.system === system)
      .flatMap((link) => state.ties.by('to', nameIn(link)))
      .filter(({ kind }) => kind === 'employer' || kind === 'customer')
      .flatMap(({ from }) => {
        const link = state.links.get(recordName(from));
        const isThere = link?.role === 'current' && state.sightings.get(recordName(from))?.deleted === false;
        return isThere ? [link.entity] : [];
      });
    return new Set(pointing).size;
  };
  return { hubspot: count('hubspot'), salesforce: count('salesforce') };
}

/** The live current records of an entity. */
function neighbour(state: State, id: string): Neighbour {
  const inSeat = (system: System) => {
    const [link] = state.links.by('seat', seatOf(id, system));
    const row = link === undefined ? undefined : state.sightings.get(nameIn(link));
    return row === undefined || row.deleted ? null : sightingTold(row);
  };
  return { id, hubspot: inSeat('hubspot'), salesforce: inSeat('salesforce') };
}
