import type { TrackedChange } from '../domain/people/change.ts';
import { addParts, NOTHING, type Part, type PersonView, type PlanContext } from './context.ts';
import { OWN_FIELDS } from './derived.ts';
import { type HandOffDue, unseenHandOff } from './hand-off.ts';
import { planBrief } from './plan-brief.ts';
import type { StagePlan } from './plan-stage.ts';

type Standing = {
  readonly due: HandOffDue | null;
  /** What shows the stage. */
  readonly derived: Part;
  readonly open: readonly TrackedChange[];
};

/** What goes into the write that hands over somebody whom Salesforce knows already, besides the stage: it is handed over by that write or not at all. */
export function planHandOff(
  view: PersonView,
  stages: StagePlan,
  { due, derived, open }: Standing,
  context: PlanContext,
): Part {
  const { record } = view;
  if (record === null || due === null) return NOTHING;
  const unseen = unseenHandOff(view, stages, open, due);
  const showing = [...derived.salesforce, ...unseen.salesforce];
  if (!showing.some(({ field }) => field === OWN_FIELDS.salesforce.stage)) return unseen;
  const object = record.record.object === 'Lead' ? 'Lead' : 'Contact';
  const brief = planBrief(view, stages, due, object, context);
  return addParts([unseen, { ...NOTHING, salesforce: brief }]);
}
