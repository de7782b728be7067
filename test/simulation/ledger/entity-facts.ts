import type { AnyFacts, EntityFacts, PersonFacts } from '../../../src/domain/people/person.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { activityFrom } from '../../../src/ledger/activities.ts';
import { changeFrom } from '../../../src/ledger/change-rows.ts';
import { clockFrom } from '../../../src/ledger/clocks.ts';
import { findingFrom, linkFrom } from '../../../src/ledger/entity-facts.ts';
import { refFrom } from '../../../src/ledger/records.ts';
import { scopeFrom } from '../../../src/ledger/scope.ts';
import { sightingFrom } from '../../../src/ledger/sighting-rows.ts';
import { stageFrom } from '../../../src/ledger/stages.ts';
import { FOUGHT_WITHIN_MS } from '../../../src/reconcile/frozen.ts';
import { isDisowned } from './activities.ts';
import { baseFrom } from './bases.ts';
import { openChangesOf } from './changes.ts';
import { foughtOf, newestEditsOf } from './disputes.ts';
import { byColumns } from './order.ts';
import { type EntityState, nameIn, type SightingState } from './rows.ts';
import { placeOf } from './stages.ts';
import type { State } from './state.ts';
import { companiesOf, companyOf, dealsOf, peopleOf, tiedTo } from './surroundings.ts';

/** Everything a plan for these people, deals and companies depends on; `at` is when they are to be planned. */
export function loadFacts(state: State, entities: readonly EntityState[], at?: Instant): readonly AnyFacts[] {
  return entities.map((entity): AnyFacts => {
    const { id, kind } = entity;
    const facts = commonFacts(state, entity, at);
    if (kind === 'deal') return { ...facts, kind, people: peopleOf(state, id), companies: companiesOf(state, id) };
    if (kind === 'company') return { ...facts, kind, tied: tiedTo(state, id) };
    return {
      ...facts,
      kind,
      activities: activitiesOf(state, id),
      stages: stagesOf(state, id),
      clocks: clocksOf(state, id),
      company: companyOf(state, id),
      deals: dealsOf(state, id),
      ...scopeOf(state, id),
    };
  });
}

/** What is known of any entity, whatever its kind. */
function commonFacts(state: State, entity: EntityState, at: Instant | undefined): Omit<EntityFacts, 'kind'> {
  const { id, dirty_version: version, created_at: createdAt } = entity;
  return {
    id,
    version,
    createdAt,
    links: linksOf(state, id).map(linkFrom),
    sightings: sightingsOf(state, id).map(sightingFrom),
    bases: state.bases
      .by('entity', id)
      .toSorted(byColumns(({ field }) => field))
      .map(baseFrom),
    open: openChangesOf(state, id).map(changeFrom),
    edits: newestEditsOf(state, id),
    fought: foughtOf(state, id, at === undefined ? null : at - FOUGHT_WITHIN_MS),
    findings: state.findings
      .by('entity', id)
      .toSorted(byColumns(({ number }) => number))
      .map(findingFrom),
    rivals: state.rivals.by('entity', id).toSorted(byRecord).map(refFrom),
  };
}

const byRecord = byColumns<Parameters<typeof refFrom>[0]>(
  ({ system }) => system,
  ({ object }) => object,
  (row) => row.record_id,
);

export function linksOf(state: State, id: string) {
  return state.links.by('entity', id).toSorted(
    byColumns(
      ({ since }) => since,
      ({ system }) => system,
      ({ object }) => object,
      (link) => link.record_id,
    ),
  );
}

function sightingsOf(state: State, id: string): readonly SightingState[] {
  return state.links
    .by('entity', id)
    .flatMap((link) => state.sightings.get(nameIn(link)) ?? [])
    .toSorted(
      byColumns(
        (row) => row.created_at,
        ({ system }) => system,
        ({ object }) => object,
        (row) => row.record_id,
      ),
    );
}

/** What happened between a person and us, found through their links. */
export function activitiesOf(state: State, id: string) {
  return state.links
    .by('entity', id)
    .flatMap((link) => state.activities.by('about', nameIn(link)))
    .toSorted(
      byColumns(
        (row) => row.happened_at,
        ({ system }) => system,
        ({ object }) => object,
        (row) => row.source_id,
      ),
    )
    .map((row) => activityFrom({ ...row, disowned: isDisowned(state, row) }));
}

function stagesOf(state: State, id: string) {
  return state.stages
    .by('entity', id)
    .toSorted(
      byColumns(
        (row) => row.entered_at,
        ({ stage }) => placeOf(stage),
        ({ number }) => number,
      ),
    )
    .map(stageFrom);
}

/** Where they stand since they last went out of scope or came back; nothing of whoever was always within. */
function scopeOf(state: State, id: string): Pick<PersonFacts, 'scope'> {
  const [newest] = state.scopes.by('entity', id).toSorted(byColumns(({ number }) => -number));
  return newest === undefined ? {} : { scope: scopeFrom(newest) };
}

function clocksOf(state: State, id: string) {
  return state.clocks
    .by('entity', id)
    .toSorted(
      byColumns(
        (row) => row.started_at,
        (row) => row.id,
      ),
    )
    .map(clockFrom);
}
