import type { Change, TrackedChange } from '../domain/people/change.ts';
import type { Clock, Finding, FindingCode, StageEntry } from '../domain/people/person.ts';
import type { RecordRef } from '../domain/people/record.ts';
import type { PairView, Part, PlanContext } from './context.ts';
import type { EntityPlan } from './entity-plan.ts';
import { becameOne, deletedFindings, healed, restoredBeside } from './findings.ts';
import { frozenFields } from './frozen.ts';
import { type JudgedOpen, judgeOpenChanges } from './open-changes.ts';
import { parkedOver } from './poison.ts';
import { rejectedOver } from './rejected.ts';
import { type Draft, isWaiting, settleDrafts } from './settle-drafts.ts';
import { undoneNow } from './undone.ts';

/** What stands already of an entity's intents, before anything new is meant. */
export type StandingWork = {
  readonly judged: JudgedOpen;
  /** Open changes that the newest sightings have neither confirmed nor overtaken. */
  readonly open: readonly TrackedChange[];
};

/** Judges an entity's open changes by what is seen now, and says which of them stand on. */
export function standingWork(view: PairView): StandingWork {
  const judged = judgeOpenChanges(view);
  const over = new Set([...judged.confirm, ...judged.supersede.map(({ change }) => change)]);
  return { judged, open: view.facts.open.filter(({ id }) => !over.has(id)) };
}

/** The creation of the entity's missing half that stands already and is kept: still called for (`draft`), or on its way. */
export function keptCreation(draft: Draft | null, standing: TrackedChange | undefined): TrackedChange | undefined {
  return standing !== undefined && isWaiting(standing) && draft === null ? undefined : standing;
}

/** What is meant for an entity, all told. */
export type Intent = {
  readonly drafts: readonly Draft[];
  /** See `keptCreation`. */
  readonly creating: TrackedChange | undefined;
  readonly bases: Part['agreed'];
  readonly stages?: readonly StageEntry[];
  readonly clocks?: readonly Clock[];
  readonly open: readonly Finding[];
  /** Findings that tell of an event and are over now. */
  readonly over?: readonly FindingCode[];
};

/** The plan of an entity: its intent compared with what stands, and what else this look at it told. */
export function entityPlan(
  view: PairView,
  { judged, open }: StandingWork,
  intent: Intent,
  context: PlanContext,
): EntityPlan {
  const { facts } = view;
  const frozen = frozenFields(intent.drafts, view, context);
  const held = { open, creating: intent.creating, frozen: frozen.fields };
  const settled = settleDrafts(intent.drafts, held, facts, context);
  const openFindings = [
    ...intent.open,
    ...frozen.open,
    ...deletedFindings(view),
    ...becameOne(view),
    ...restoredBeside(view),
  ];
  const takenBack = new Set(settled.supersede.map(({ change }) => change));
  const left = open.filter(({ id }) => !takenBack.has(id));
  const undone = undoneNow(facts, { drafts: intent.drafts, open: left, bases: intent.bases });
  return {
    entity: facts.id,
    version: facts.version,
    changes: settled.changes,
    supersede: [...judged.supersede, ...settled.supersede],
    confirm: judged.confirm,
    stages: intent.stages ?? [],
    clocks: intent.clocks ?? [],
    bases: intent.bases,
    endLinks: view.ended,
    becomes: view.becomes,
    restoreLinks: view.returned,
    openFindings: [...openFindings, ...undone.open],
    closeFindings: [
      ...healed(view, openFindings, settled.refused, intent.over),
      ...undone.over,
      ...rejectedOver(facts, intent.drafts),
      ...parkedOver(facts, left),
    ],
  };
}

/** The update of a record by a part of the plan; `seenAtOnce` names the reasons whose truth somebody waits to see. */
export function updateOf(
  record: RecordRef,
  part: Part,
  seenAtOnce: ReadonlySet<string>,
  marks: Change['marks'] = {},
): Draft {
  const fields = part[record.system];
  return {
    kind: 'update',
    target: record,
    key: null,
    fields,
    basesAfter: part.basesAfter[record.system],
    readBack: fields.some(({ reason }) => seenAtOnce.has(reason.code)),
    marks,
  };
}
