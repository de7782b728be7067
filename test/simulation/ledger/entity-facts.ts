import type { AnyFacts, EntityFacts, PersonFacts } from '../../../src/domain/people/person.ts';
import type { Link } from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { activityFrom } from '../../../src/ledger/activities.ts';
import { changeFrom } from '../../../src/ledger/change-rows.ts';
import { type ClockRow, clockFrom } from '../../../src/ledger/clocks.ts';
import { findingFrom, type LinkRow, linkFrom } from '../../../src/ledger/entity-facts.ts';
import { refFrom } from '../../../src/ledger/records.ts';
import { scopeFrom } from '../../../src/ledger/scope.ts';
import { stageFrom } from '../../../src/ledger/stages.ts';
import { FOUGHT_WITHIN_MS } from '../../../src/reconcile/frozen.ts';
import { isDisowned } from './activities.ts';
import { baseFrom } from './bases.ts';
import { openAmong } from './changes.ts';
import { foughtOf, newestEditsOf } from './disputes.ts';
import { byColumns, distinct } from './order.ts';
import { remembered } from './remembered.ts';
import {
  type BaseRow,
  type ChangeRowState,
  type EntityState,
  type FindingState,
  nameIn,
  type RivalRow,
  type SightingState,
  type StageState,
} from './rows.ts';
import { sightingTold } from './sighting-told.ts';
import { placeOf } from './stages.ts';
import type { State } from './state.ts';
import { companiesOf, companyOf, dealsOf, peopleOf, tiedTo } from './surroundings.ts';

/** Everything a plan for these people, deals and companies depends on; `at` is when they are to be planned. */
export function loadFacts(state: State, entities: readonly EntityState[], at?: Instant): readonly AnyFacts[] {
  return entities.map((entity): AnyFacts => {
    const { id, kind } = entity;
    const facts = commonFacts(state, entity, at);
    if (kind === 'deal') return { ...facts, kind, people: peopleOf(state, id), companies: companiesOf(state, id) };
    if (kind === 'agreement') return { ...facts, kind, clocks: clocksTold(state.clocks.by('entity', id)) };
    if (kind === 'company') return { ...facts, kind, tied: tiedTo(state, id) };
    return {
      ...facts,
      kind,
      activities: activitiesOf(state, id),
      stages: stagesTold(state.stages.by('entity', id)),
      ...(entity.judged_under === null ? {} : { judgedUnder: entity.judged_under }),
      clocks: clocksTold(state.clocks.by('entity', id)),
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
    links: linksTold(state.links.by('entity', id)),
    sightings: sightingsOf(state, id).map(sightingTold),
    bases: basesTold(state.bases.by('entity', id)),
    open: openTold(state.changes.by('entity', id)),
    edits: newestEditsOf(state, id),
    fought: foughtOf(state, id, at === undefined ? null : at - FOUGHT_WITHIN_MS),
    findings: findingsTold(state.findings.by('entity', id)),
    rivals: rivalsTold(state.rivals.by('entity', id)),
  };
}

const byRecord = byColumns<Parameters<typeof refFrom>[0]>(
  ({ system }) => system,
  ({ object }) => object,
  (row) => row.record_id,
);

const byBeginning = byColumns<LinkRow>(
  ({ since }) => since,
  ({ system }) => system,
  ({ object }) => object,
  (link) => link.record_id,
);

const linksTold = remembered((rows: readonly LinkRow[]) => rows.toSorted(byBeginning).map(linkFrom));
const basesTold = remembered((rows: readonly BaseRow[]) =>
  rows.toSorted(byColumns(({ field }) => field)).map(baseFrom),
);
const openTold = remembered((rows: readonly ChangeRowState[]) => openAmong(rows).map(changeFrom));
const findingsTold = remembered((rows: readonly FindingState[]) =>
  rows.toSorted(byColumns(({ number }) => number)).map(findingFrom),
);
const rivalsTold = remembered((rows: readonly RivalRow[]) => rows.toSorted(byRecord).map(refFrom));

export function linksOf(state: State, id: string): readonly Link[] {
  return linksTold(state.links.by('entity', id));
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

/** What happened between a person and us, found through their links, and the Tasks of their own deadlines wherever they stand. */
export function activitiesOf(state: State, id: string) {
  const about = state.links.by('entity', id).flatMap((link) => state.activities.by('about', nameIn(link)));
  const tasks = state.clocks
    .by('entity', id)
    .flatMap(({ task_id: task }) => (task === null ? [] : (state.activities.get(`salesforce:Task:${task}`) ?? [])));
  return distinct([...about, ...tasks.filter((row) => row.our_task)])
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

const stagesTold = remembered((rows: readonly StageState[]) =>
  rows
    .toSorted(
      byColumns(
        (row) => row.entered_at,
        ({ stage }) => placeOf(stage),
        ({ number }) => number,
      ),
    )
    .map(stageFrom),
);

/** Where they stand since they last went out of scope or came back; nothing of whoever was always within. */
function scopeOf(state: State, id: string): Pick<PersonFacts, 'scope'> {
  const [newest] = state.scopes.by('entity', id).toSorted(byColumns(({ number }) => -number));
  return newest === undefined ? {} : { scope: scopeFrom(newest) };
}

const clocksTold = remembered((rows: readonly ClockRow[]) =>
  rows
    .toSorted(
      byColumns(
        (row) => row.started_at,
        (row) => row.id,
      ),
    )
    .map(clockFrom),
);
