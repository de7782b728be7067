import type { FieldChange, TrackedChange } from '../domain/people/change.ts';
import type { PersonFacts } from '../domain/people/person.ts';
import type { Instant } from '../domain/values/value.ts';
import { askedBackUntil } from './asked-back.ts';
import { addParts, type PlanContext, viewOf } from './context.ts';
import { planDerived, sfaStateOf } from './derived.ts';
import type { EntityPlan } from './entity-plan.ts';
import { type HandOffDue, handOffDue, handOffMark } from './hand-off.ts';
import { OWNER_FIELD, planOwner } from './owner.ts';
import { ownersInTrouble } from './owner-trouble.ts';
import { planClocks } from './plan-clocks.ts';
import { type Creation, creationKey, planCreation } from './plan-creation.ts';
import { planPersonFields } from './plan-fields.ts';
import { entityPlan, keptCreation, standingWork, updateOf } from './plan-frame.ts';
import { planHandOff } from './plan-hand-off.ts';
import { planRegistration } from './plan-registration.ts';
import { endClocks, planScope } from './plan-scope.ts';
import { planStage } from './plan-stage.ts';
import { planStatus } from './plan-status.ts';
import { withoutRefused } from './refused.ts';
import type { Draft } from './settle-drafts.ts';
import { planAnswers } from './show-answers.ts';
import { showLeadStatus } from './show-lead-status.ts';
import { showLifecycle } from './show-lifecycle.ts';

/** How far each count has come: the turns of a team or territory, what somebody has received today. Reserving a turn moves it on. */
export type Turns = { readonly of: (count: string) => number; readonly take: (count: string, next: number) => void };

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
  const due = within ? handOffDue(stages, context) : null;

  const standing = creationUnderWay(work.open);
  const draft = creation === null ? null : creationDraft(creation, due, facts);
  const isRefused = draft !== null && withoutRefused(draft, facts, context.now).fields.length === 0;
  // A standing creation keeps its owner and its turn.
  const isNew = creation !== null && standing === undefined && !isRefused;
  if (isNew) for (const { of, next } of creation.assignment.takes) turns.take(of, next);
  const willBe = draft === null || (isRefused && standing === undefined) ? sfaStateOf(view) : 'lead';
  const ownerToBe = willBe === 'lead' ? ownerIn(standing?.steps.flat() ?? draft?.fields ?? []) : null;
  const derived = planDerived(view, stages, willBe, context);
  const parts = [
    planPersonFields(view, context),
    planOwner(view, ownerToBe, context),
    derived,
    planAnswers(view, stages, context),
    showLifecycle(view, stages, context),
    showLeadStatus(view, stages, context),
    clocks.part,
  ];
  const missing = within ? planRegistration(view, stages, context) : [];
  const status = within ? planStatus(view, stages, context) : { open: [], wakeAt: null };
  const owners = within ? ownersInTrouble(view, ownerToBe, context) : [];
  const handOff = planHandOff(view, stages, { due, derived, open: work.open, countOf: turns.of }, context);
  const part = within ? addParts([...parts, handOff.part]) : clocks.part;

  const drafts: Draft[] = draft !== null && standing === undefined ? [draft] : [];
  if (view.contact !== null) drafts.push(updateOf(view.contact.record, part, READ_BACK));
  if (view.record !== null) drafts.push(updateOf(view.record.record, part, READ_BACK, handOffMark(due)));
  drafts.push(...clocks.tasks);

  const full = isNew ? creation.assignment.open : handOff.open;
  const intent = {
    drafts,
    creating: keptCreation(draft, standing),
    bases: part.agreed,
    stages: stages.entered,
    clocks: clocks.clocks,
    open: [...stages.open, ...part.open, ...owners, ...missing, ...status.open, ...hindrances, ...full, ...clocks.open],
  };
  const plan = entityPlan(view, work, intent, context);
  if (isGiven(plan)) for (const { of, next } of handOff.takes) turns.take(of, next);
  const asked = askedBackUntil(view, stages, context);
  const wakeAt = soonest([stages.nextTurn, status.wakeAt, asked !== null && asked > context.now ? asked : null]);
  const again = wakeAt === null ? {} : { wakeAt };
  const judged = stages.judgedUnder === undefined ? {} : { judgedUnder: stages.judgedUnder };
  const { messages, withdraw } = clocks;
  return {
    ...plan,
    ...again,
    ...judged,
    ...(move === undefined ? {} : { scope: move }),
    ...(messages.length === 0 ? {} : { messages }),
    ...(withdraw.length === 0 ? {} : { withdraw }),
  };
}

/** What time alone may bring: a criterion that comes true, a status that grows old, the end of the time in which somebody may say why. */
function soonest(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Does this plan give a record that is there to somebody? What is refused, or waits already, takes no turn. */
function isGiven({ changes }: EntityPlan): boolean {
  return changes.some(
    ({ kind, steps }) =>
      kind === 'update' &&
      steps.flat().some(({ field, reason }) => field === OWNER_FIELD && reason.code === 'owner-assigned'),
  );
}

/** The owner that a Lead is about to be made with. */
function ownerIn(fields: readonly FieldChange[]): string | null {
  const owner = fields.find(({ field }) => field === OWNER_FIELD)?.after;
  return typeof owner === 'string' ? owner : null;
}

function creationUnderWay(open: readonly TrackedChange[]): TrackedChange | undefined {
  return open.find(({ kind, target }) => kind === 'create' && target.object === 'Lead');
}

function creationDraft({ fields, basesAfter }: Creation, due: HandOffDue | null, facts: PersonFacts): Draft {
  const target = { system: 'salesforce', object: 'Lead', id: null } as const;
  return {
    kind: 'create',
    target,
    key: creationKey(facts.id),
    fields,
    basesAfter,
    readBack: true,
    marks: handOffMark(due),
  };
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
  'answer-shown',
  'answer-emptied',
  'brief-written',
  'lapsed',
]);
