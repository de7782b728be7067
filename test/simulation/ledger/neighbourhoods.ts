import { type EntityKind, entityKindOf, type Link, recordName } from '../../../src/domain/people/record.ts';
import { tiesOf } from '../../../src/domain/people/tie.ts';
import { linkFrom } from '../../../src/ledger/entity-facts.ts';
import { addressesIn, namedIn, sightingFrom } from '../../../src/ledger/sighting-rows.ts';
import type { Neighbourhood } from '../../../src/reconcile/match.ts';
import { bearersOf, namingOf, turnedFrom } from './identities.ts';
import { byColumns, distinct } from './order.ts';
import { nameIn, type SightingState } from './rows.ts';
import { withStandings } from './standings.ts';
import type { State } from './state.ts';

/** Records that wait to be matched, with everyone around them; `taken` are those that waited. */
export type Surroundings = {
  readonly taken: readonly SightingState[];
  readonly neighbourhoods: readonly Neighbourhood[];
};

const inOrder = byColumns<SightingState>(
  (row) => row.created_at,
  ({ system }) => system,
  ({ object }) => object,
  (row) => row.record_id,
);

/** Up to `limit` waiting records, oldest first, and whoever shares something with a member, until nothing new turns up. */
export function takeSurroundings(state: State, limit: number): Surroundings {
  const taken = state.sightings.by('due', 'yes').toSorted(inOrder).slice(0, limit);
  if (taken.length === 0) return { taken, neighbourhoods: [] };
  const members = growAround(state, taken);
  return { taken, neighbourhoods: withStandings(state, separate(members, linksAround(state, members))) };
}

/** Wave by wave. Deleted records count only while they are somebody's: the rest are gone. */
function growAround(state: State, taken: readonly SightingState[]): readonly SightingState[] {
  const members = new Map(taken.map((row) => [nameIn(row), row]));
  let edge = taken;
  while (edge.length > 0) {
    const turned = edge.filter(({ object }) => object === 'Lead' || object === 'Contact');
    const around = [...bearersOf(state, edge), ...namingOf(state, edge), ...turnedFrom(state, turned)];
    const found = new Map(around.filter((row) => isThere(state, row)).map((row) => [nameIn(row), row]));
    edge = [...found.values()].filter((row) => !members.has(nameIn(row))).toSorted(inOrder);
    for (const row of edge) members.set(nameIn(row), row);
  }
  return [...members.values()];
}

function isThere(state: State, row: SightingState): boolean {
  return !row.deleted || state.links.get(nameIn(row))?.role === 'current';
}

/** All links of everyone who is one of these records, or whose key one of them bears. Whoever became another answers by that one's. */
function linksAround(state: State, members: readonly SightingState[]): readonly Link[] {
  const named = members.flatMap((row) => {
    const entity = row.entity_key === null ? undefined : state.entities.get(row.entity_key);
    return entity === undefined ? [] : [entity.merged_into ?? entity.id];
  });
  const linked = members.flatMap((row) => state.links.get(nameIn(row))?.entity ?? []);
  return distinct([...named, ...linked])
    .flatMap((entity) => state.links.by('entity', entity))
    .toSorted(
      byColumns(
        ({ entity }) => entity,
        ({ since }) => since,
        ({ system }) => system,
        ({ object }) => object,
        (link) => link.record_id,
      ),
    )
    .map(linkFrom);
}

/** Groups of one kind that share nothing: by what they are known by, what they became, and whose they are. */
function separate(members: readonly SightingState[], links: readonly Link[]): readonly Neighbourhood[] {
  const entityOf = new Map(links.map((link) => [recordName(link.record), link.entity]));
  const groupOf = grouping();
  for (const row of members) {
    const name = nameIn(row);
    for (const bond of bondsOf(row, entityOf.get(name))) groupOf.join(name, bond);
  }
  const groups = new Map<string, { kind: EntityKind; records: SightingState[]; links: Link[] }>();
  for (const row of members) {
    const kind = entityKindOf(row.object);
    if (kind === null) continue;
    const root = groupOf.root(nameIn(row));
    const group = groups.get(root) ?? { kind, records: [], links: [] };
    group.records.push(row);
    groups.set(root, group);
  }
  for (const link of links) {
    const kind = entityKindOf(link.record.object);
    groups.get(groupOf.root(`${kind} key ${link.entity}`))?.links.push(link);
  }
  return [...groups.values()].map((group) => ({ ...group, records: group.records.map(sightingFrom) }));
}

/** A key is an entity's id, and one of another kind is nobody's here: somebody copied it. */
function bondsOf(row: SightingState, entity: string | undefined): readonly string[] {
  const kind = entityKindOf(row.object);
  const became = tiesOf(sightingFrom(row)).filter((tie) => tie.kind === 'became');
  return [
    ...addressesIn(row).map((address) => `email ${address}`),
    ...namedIn(row).map(nameIn),
    ...(row.domain === null ? [] : [`domain ${row.domain}`]),
    ...(row.company_name === null ? [] : [`name ${row.company_name}`]),
    ...(row.entity_key === null ? [] : [`${kind} key ${row.entity_key}`]),
    ...(entity === undefined ? [] : [`${kind} key ${entity}`]),
    ...became.map(({ to }) => recordName(to)),
  ];
}

/** Union-find over names. */
function grouping() {
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    let top = name;
    for (let up = parent.get(top); up !== undefined && up !== top; up = parent.get(top)) top = up;
    return top;
  };
  return { root, join: (a: string, b: string) => void parent.set(root(a), root(b)) };
}
