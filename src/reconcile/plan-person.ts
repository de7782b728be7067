import type { Change, FieldChange, TrackedChange } from '../domain/people/change.ts';
import type { PersonFacts } from '../domain/people/person.ts';
import { isPast } from './adoption.ts';
import { addParts, NOTHING, type Part, type PersonView, type PlanContext, viewOf } from './context.ts';
import { OWN_FIELDS, planDerived, sfaStateOf, stageDetail } from './derived.ts';
import type { EntityPlan } from './entity-plan.ts';
import { planOwner } from './owner.ts';
import { ownersInTrouble } from './owner-trouble.ts';
import { planClocks } from './plan-clocks.ts';
import { type Creation, creationKey, planCreation } from './plan-creation.ts';
import { planPersonFields } from './plan-fields.ts';
import { entityPlan, keptCreation, standingWork, updateOf } from './plan-frame.ts';
import { planRegistration } from './plan-registration.ts';
import { endClocks, planScope } from './plan-scope.ts';
import { planStage, type StagePlan } from './plan-stage.ts';
import { planStatus } from './plan-status.ts';
import { withoutRefused } from './refused.ts';
import { type Draft, isWaiting } from './settle-drafts.ts';
import { showLifecycle } from './show-lifecycle.ts';

/** How far each team's round robin has come; reserving a turn moves it on. */
export type Turns = { readonly of: (team: string) => number; readonly take: (team: string, next: number) => void };

/**
 * What is to be written for one person, and why: the same function for `plan`, for the live run and for the simulation.
 *
 * It gathers parts (mapped fields, stage, owner, deadline fields), adds them up to one change per record, and compares with the
 * intents that already stand: an intent that still holds is kept, one that the world has overtaken is superseded, and while a write
 * is under way nothing further is said about its record.
 */
export function planPerson(facts: PersonFacts, turns: Turns, context: PlanContext): EntityPlan {
  const view = viewOf(facts);
  const { within, move } = planScope(view, context);
  const stages = planStage(view, context);
  const work = standingWork(view);
  const { creation, open: hindrances } = within
    ? planCreation(view, stages, turns.of, context)
    : { creation: null, open: [] };
  const clocks = within ? planClocks(view, stages, context) : endClocks(view, context);

  const standing = creationUnderWay(work.open);
  const draft = creation === null ? null : creationDraft(creation, stages, facts, context);
  const isRefused = draft !== null && withoutRefused(draft, facts, context.now).fields.length === 0;
  // A standing creation keeps its owner and its turn.
  const isNew = creation !== null && standing === undefined && !isRefused;
  if (isNew) turns.take(creation.team, creation.assignment.next);
  const willBe = draft === null || (isRefused && standing === undefined) ? sfaStateOf(view) : 'lead';
  const ownerToBe = willBe === 'lead' ? ownerIn(standing?.steps.flat() ?? draft?.fields ?? []) : null;
  const parts = [
    planPersonFields(view, context),
    planOwner(view, ownerToBe, context),
    planDerived(view, stages, willBe, context),
    showLifecycle(view, stages, context),
    clocks.part,
  ];
  const missing = within ? planRegistration(view, stages, context) : [];
  const status = within ? planStatus(view, stages, context) : { open: [], wakeAt: null };
  const owners = within ? ownersInTrouble(view, ownerToBe, context) : [];
  const part = within ? addParts([...parts, unseenHandOff(view, stages, work.open, context)]) : clocks.part;

  const drafts: Draft[] = draft !== null && standing === undefined ? [draft] : [];
  if (view.contact !== null) drafts.push(updateOf(view.contact.record, part, READ_BACK));
  if (view.record !== null) drafts.push(updateOf(view.record.record, part, READ_BACK, handOffMark(stages, context)));
  drafts.push(...clocks.tasks);

  const intent = {
    drafts,
    creating: keptCreation(draft, standing),
    bases: part.agreed,
    stages: stages.entered,
    clocks: clocks.clocks,
    open: [...stages.open, ...part.open, ...owners, ...missing, ...status.open, ...hindrances, ...clocks.open],
  };
  const plan = entityPlan(view, work, intent, context);
  const instants = [stages.nextTurn, status.wakeAt].filter((at) => at !== null);
  const again = instants.length === 0 ? {} : { wakeAt: Math.min(...instants) };
  const judged = stages.judgedUnder === undefined ? {} : { judgedUnder: stages.judgedUnder };
  return { ...plan, ...again, ...judged, ...(move === undefined ? {} : { scope: move }) };
}

/** The owner that a Lead is about to be made with. */
function ownerIn(fields: readonly FieldChange[]): string | null {
  const owner = fields.find(({ field }) => field === 'OwnerId')?.after;
  return typeof owner === 'string' ? owner : null;
}

function creationUnderWay(open: readonly TrackedChange[]): TrackedChange | undefined {
  return open.find(({ kind, target }) => kind === 'create' && target.object === 'Lead');
}

function creationDraft(
  { fields, basesAfter }: Creation,
  stages: StagePlan,
  facts: PersonFacts,
  context: PlanContext,
): Draft {
  const target = { system: 'salesforce', object: 'Lead', id: null } as const;
  return {
    kind: 'create',
    target,
    key: creationKey(facts.id),
    fields,
    basesAfter,
    readBack: true,
    marks: handOffMark(stages, context),
  };
}

/** The write that shows a newly entered stage to the receiving team; history is handed to nobody. It holds only for a write with the stage in it. */
function handOffMark(stages: StagePlan, { policy }: PlanContext): Change['marks'] {
  const entry = stages.entries.findLast(({ stage }) => stage === stages.current);
  const team = policy.agreement.stages.find(({ stage }) => stage === stages.current)?.handOff?.to;
  if (team === undefined || entry === undefined || isPast(entry, stages) || entry.handedOffAt !== undefined) return {};
  return { handOff: { team, stage: entry.stage } };
}

/**
 * The stage stands there already, yet no write of ours was confirmed to have shown it: a flow changed another field of that write
 * meanwhile, or a rep typed the stage. It is written once more, or the receiver's clock would never start.
 */
function unseenHandOff(
  { record }: PersonView,
  stages: StagePlan,
  open: readonly TrackedChange[],
  context: PlanContext,
): Part {
  const field = OWN_FIELDS.salesforce.stage;
  const isOnItsWay = open.some((change) => change.marks.handOff !== undefined && !isWaiting(change));
  if (record?.values[field] !== stages.current || isOnItsWay || handOffMark(stages, context).handOff === undefined)
    return NOTHING;
  const reason = { code: 'stage-derived', detail: stageDetail(stages) } as const;
  return { ...NOTHING, salesforce: [{ field, before: stages.current, after: stages.current, reason }] };
}

/** Reasons whose truth we want to see at once, not at the next pull. */
const READ_BACK = new Set([
  'stage-derived',
  'stage-shown',
  'stage-reset',
  'owner-shown',
  'owner-named',
  'owner-assigned',
  'record-state',
  'lapsed',
]);
