import type { StageRule } from '../domain/agreement/agreement.ts';
import type { Change, TrackedChange } from '../domain/people/change.ts';
import type { StageEntry } from '../domain/people/person.ts';
import { isPast } from './adoption.ts';
import { NOTHING, type Part, type PersonView, type PlanContext } from './context.ts';
import { OWN_FIELDS, stageDetail } from './derived.ts';
import type { StagePlan } from './plan-stage.ts';
import { isWaiting } from './settle-drafts.ts';

/** A stage in which a person is to be handed to a team, and has not been yet. */
export type HandOffDue = {
  readonly entry: StageEntry;
  readonly rule: StageRule & Required<Pick<StageRule, 'handOff'>>;
};

/** The hand-off that the current stage calls for: not of what is history, and not twice in a pass. */
export function handOffDue(stages: StagePlan, { policy }: Pick<PlanContext, 'policy'>): HandOffDue | null {
  const { entries, current } = stages;
  const entry = entries.findLast(({ stage }) => stage === current);
  const rule = policy.agreement.stages.find(({ stage }) => stage === current);
  if (rule?.handOff === undefined || entry === undefined) return null;
  if (isPast(entry, stages) || entry.handedOffAt !== undefined) return null;
  return { entry, rule: { ...rule, handOff: rule.handOff } };
}

/** The write that shows a newly entered stage to the receiving team. It holds only for a write with the stage in it. */
export function handOffMark(due: HandOffDue | null): Change['marks'] {
  return due === null ? {} : { handOff: { team: due.rule.handOff.to, stage: due.entry.stage } };
}

/**
 * The stage stands there already, yet no write of ours was confirmed to have shown it: a flow changed another field of that write
 * meanwhile, or a rep typed the stage. It is written once more, or the receiver's clock would never start.
 */
export function unseenHandOff(
  { record }: PersonView,
  stages: StagePlan,
  open: readonly TrackedChange[],
  due: HandOffDue | null,
): Part {
  const field = OWN_FIELDS.salesforce.stage;
  const isOnItsWay = open.some((change) => change.marks.handOff !== undefined && !isWaiting(change));
  if (record?.values[field] !== stages.current || isOnItsWay || due === null) return NOTHING;
  const reason = { code: 'stage-derived', detail: stageDetail(stages) } as const;
  return { ...NOTHING, salesforce: [{ field, before: stages.current, after: stages.current, reason }] };
}
