import { sql } from 'kysely';
import type { Neighbour, Participant } from '../domain/people/person.ts';
import { type Sighting, SYSTEMS, type System } from '../domain/people/record.ts';
import type { EntityRow } from './entities.ts';
import { type NeighbourTie, roleOf, tiedTo, tiesBetween } from './entity-ties.ts';
import { rows, type Session } from './session.ts';
import { SIGHTING_COLUMNS, type SightingRow, sightingFrom } from './sighting-rows.ts';

/** What entities are planned by, beside themselves. */
export type EntitySurroundings = {
  companyOf(person: string): Neighbour | null;
  dealsOf(person: string): readonly Neighbour[];
  peopleOf(deal: string): readonly Participant[];
  companiesOf(deal: string): readonly Neighbour[];
  tiedTo(company: string): Readonly<Record<System, number>>;
};

/** Three statements, however many entities: their ties, the records at the other ends, and how many point at the companies. */
export async function surroundingsOf(on: Session, entities: readonly EntityRow[]): Promise<EntitySurroundings> {
  const idsOf = (...kinds: readonly EntityRow['kind'][]) =>
    entities.flatMap(({ id, kind }) => (kinds.includes(kind) ? [id] : []));
  const ties = byEntity(await tiesBetween(on, idsOf('person', 'deal')));
  const neighbourOf = await neighboursAmong(on, [...ties.values()].flat());
  const counts = await tiedTo(on, idsOf('company'));
  const of = (entity: string, kind: NeighbourTie['kind']) =>
    (ties.get(entity) ?? []).filter((tie) => tie.kind === kind);
  return {
    companyOf: (person) => {
      const employers = of(person, 'employer');
      const employer =
        employers.find(({ system, is_primary }) => system === 'hubspot' && is_primary) ??
        employers.find(({ system }) => system === 'salesforce');
      return employer === undefined ? null : neighbourOf(employer.other);
    },
    dealsOf: (person) =>
      others(of(person, 'participant').toSorted((a, b) => a.created_at - b.created_at || a.number - b.number)).map(
        neighbourOf,
      ),
    peopleOf: (deal) => {
      const participants = of(deal, 'participant');
      return others(participants).map((id) =>
        participantFrom(
          neighbourOf(id),
          participants.filter(({ other }) => other === id),
        ),
      );
    },
    companiesOf: (deal) => others(of(deal, 'customer')).map(neighbourOf),
    tiedTo: (company) => counts.get(company) ?? { hubspot: 0, salesforce: 0 },
  };
}

function participantFrom(neighbour: Neighbour, ties: readonly NeighbourTie[]): Participant {
  return {
    ...neighbour,
    tied: SYSTEMS.filter((side) => ties.some(({ system }) => system === side)),
    primary: SYSTEMS.filter((side) => ties.some(({ system, is_primary }) => system === side && is_primary)),
    role: ties.map(roleOf).find((role) => role !== null) ?? null,
  };
}

/** Each entity at the other end once, in the order of its first tie. */
function others(ties: readonly NeighbourTie[]): readonly string[] {
  return [...new Set(ties.map(({ other }) => other))];
}

function byEntity(ties: readonly NeighbourTie[]): ReadonlyMap<string, readonly NeighbourTie[]> {
  return Map.groupBy(ties, ({ entity }) => entity);
}

/** The live current records of whoever stands at the other ends. */
async function neighboursAmong(on: Session, ties: readonly NeighbourTie[]): Promise<(id: string) => Neighbour> {
  const ids = others(ties);
  if (ids.length === 0) return (id) => ({ id, hubspot: null, salesforce: null });
  const found = await rows(
    on,
    sql<SightingRow & { readonly entity: string }>`
      select l.entity, ${SIGHTING_COLUMNS} from tasuki.link l join tasuki.sighting s using (system, object, record_id)
      where l.entity = any(${ids}::text[]) and l.role = 'current' and not s.deleted`,
  );
  const seats = new Map<string, Sighting>(found.map((row) => [`${row.entity} ${row.system}`, sightingFrom(row)]));
  return (id) => ({
    id,
    hubspot: seats.get(`${id} hubspot`) ?? null,
    salesforce: seats.get(`${id} salesforce`) ?? null,
  });
}
