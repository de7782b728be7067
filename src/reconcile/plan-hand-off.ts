import type { FieldChange, TrackedChange } from '../domain/people/change.ts';
import type { Finding } from '../domain/people/person.ts';
import type { Turn } from '../domain/people/turns.ts';
import type { CountOf } from './assign.ts';
import { addParts, NOTHING, type Part, type PersonView, type PlanContext } from './context.ts';
import { OWN_FIELDS } from './derived.ts';
import { type HandOffDue, unseenHandOff } from './hand-off.ts';
import { OWNER_FIELD } from './owner.ts';
import { passOn } from './pass-on.ts';
import { planBrief } from './plan-brief.ts';
import type { StagePlan } from './plan-stage.ts';

type Standing = {
  readonly due: HandOffDue | null;
  /** What shows the stage. */
  readonly derived: Part;
  readonly open: readonly TrackedChange[];
  readonly countOf: CountOf;
};

export type HandOffPlan = {
  readonly part: Part;
  /** What the new owner takes, once this is really planned. */
  readonly takes: readonly Turn[];
  readonly open: readonly Finding[];
};

const NO_HAND_OFF: HandOffPlan = { part: NOTHING, takes: [], open: [] };

/**
 * What goes into the write that hands over somebody whom Salesforce knows already, besides the stage: the new owner, where the team before
 * has them, and the brief. They are handed over by that write or not at all.
 */
export function planHandOff(
  view: PersonView,
  stages: StagePlan,
  { due, derived, open, countOf }: Standing,
  context: PlanContext,
): HandOffPlan {
  const { record } = view;
  if (record === null || due === null) return NO_HAND_OFF;
  const unseen = unseenHandOff(view, stages, open, due);
  const showing = [...derived.salesforce, ...unseen.salesforce];
  if (!showing.some(({ field }) => field === OWN_FIELDS.salesforce.stage)) return { ...NO_HAND_OFF, part: unseen };
  const object = record.record.object === 'Lead' ? 'Lead' : 'Contact';
  const passed = passOn(view, due, open, countOf, context);
  const next = passed.fields.find(({ field }) => field === OWNER_FIELD)?.after ?? record.values[OWNER_FIELD];
  const owner = typeof next === 'string' ? next : null;
  const brief = planBrief(view, stages, due, { object, owner }, context);
  const fields: readonly FieldChange[] = [...passed.fields, ...brief];
  return { part: addParts([unseen, { ...NOTHING, salesforce: fields }]), takes: passed.takes, open: passed.open };
}
