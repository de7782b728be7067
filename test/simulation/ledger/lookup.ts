import type { AnyFacts } from '../../../src/domain/people/person.ts';
import type { EntityKind, Link } from '../../../src/domain/people/record.ts';
import { canonicalEmail } from '../../../src/domain/values/canonical.ts';
import { changeFrom } from '../../../src/ledger/change-rows.ts';
import type { LinkRow } from '../../../src/ledger/entity-facts.ts';
import { scopeFrom } from '../../../src/ledger/scope.ts';
import { stageFrom } from '../../../src/ledger/stages.ts';
import type { HistoryLine } from '../../../src/ports/ledger.ts';
import { activitiesOf, linksOf, loadFacts } from './entity-facts.ts';
import { editsOf } from './facts.ts';
import { byColumns } from './order.ts';
import { nameIn } from './rows.ts';
import type { State } from './state.ts';

type FactsOf<Kind extends EntityKind> = Extract<AnyFacts, { readonly kind: Kind }>;

/** See `Ledger.person` and `Ledger.entity`. Of several who share an address, one with a current record comes first. */
export function findEntity<Kind extends EntityKind>(state: State, kind: Kind, handle: string): FactsOf<Kind> | null {
  const [found] = candidates(state, handle)
    .flatMap(({ id, rank }) => {
      const entity = state.entities.get(id);
      return entity?.kind === kind ? [{ entity, rank }] : [];
    })
    .toSorted(
      byColumns(
        ({ rank }) => rank,
        ({ entity }) => entity.number,
      ),
    );
  if (found === undefined) return null;
  const [facts] = loadFacts(state, [found.entity]);
  return facts?.kind === kind ? (facts as FactsOf<Kind>) : null;
}

/** Whom a handle may mean, the likelier by the lower rank: a ledger id, a record, an address. */
function candidates(state: State, handle: string): readonly { readonly id: string; readonly rank: number }[] {
  const named = state.entities.get(handle);
  const email = canonicalEmail(handle);
  const bearing = email === null ? [] : state.sightings.by('email', email);
  return [
    ...(named === undefined ? [] : [{ id: named.merged_into ?? named.id, rank: 0 }]),
    ...linksNamed(state, handle).map(({ entity, role }) => ({ id: entity, rank: role === 'current' ? 1 : 2 })),
    ...bearing
      .flatMap((row) => state.links.get(nameIn(row)) ?? [])
      .map(({ entity, role }) => ({ id: entity, rank: role === 'current' ? 3 : 4 })),
  ];
}

/** `Lead:00Q…`, or a bare record id, which Salesforce shows in 15 characters. */
function linksNamed(state: State, handle: string): readonly LinkRow[] {
  const [object, id] = handle.includes(':') ? handle.split(':').slice(-2) : [null, handle];
  if (id === undefined) return [];
  const isShort = id.length === 15;
  const short = isShort ? state.links.all().filter((link) => isLong(link) && link.record_id.startsWith(id)) : [];
  return [...state.links.by('id', id), ...short].filter((link) => object === null || link.object === object);
}

function isLong({ system, record_id: id }: LinkRow): boolean {
  return system === 'salesforce' && id.length > 15;
}

/** See `Ledger.history`. What was done for somebody who became another is that one's past. */
export function history(state: State, entity: string): readonly HistoryLine[] {
  const names = [entity, ...state.entities.by('mergedInto', entity).map(({ id }) => id)];
  const inOrder = byColumns<{ readonly number: number }>(({ number }) => number);
  const stages = names.flatMap((name) => state.stages.by('entity', name)).toSorted(inOrder);
  const changes = names.flatMap((name) => state.changes.by('entity', name)).toSorted(inOrder);
  const scopes = names.flatMap((name) => state.scopes.by('entity', name)).toSorted(inOrder);
  const lines: HistoryLine[] = [
    ...scopes.map(scopeFrom).map((move) => ({ kind: 'scope' as const, at: move.at, move })),
    ...linksOf(state, entity).flatMap(linkLines),
    ...editsOf(state, entity).map((entry) => ({ kind: 'edit' as const, at: entry.at, entry })),
    ...activitiesOf(state, entity).map((activity) => ({ kind: 'activity' as const, at: activity.at, activity })),
    ...stages.map(stageFrom).map((entry) => ({ kind: 'stage' as const, at: entry.at, entry })),
    ...changes.map(changeFrom).map((change) => ({ kind: 'change' as const, at: change.plannedAt, change })),
  ];
  return lines.toSorted((a, b) => a.at - b.at);
}

function linkLines(link: Link): readonly HistoryLine[] {
  const began: HistoryLine = { kind: 'link', at: link.since, link, began: true };
  return link.until === undefined ? [began] : [began, { kind: 'link', at: link.until, link, began: false }];
}
