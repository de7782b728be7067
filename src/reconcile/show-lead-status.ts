import type { Stage } from '../domain/agreement/agreement.ts';
import { isBeside, stageRank } from '../domain/agreement/stage-order.ts';
import type { Value } from '../domain/values/value.ts';
import { NOTHING, type Part, type PersonView, type PlanContext } from './context.ts';
import { stageDetail, write } from './derived.ts';
import type { StagePlan } from './plan-stage.ts';

/** The Lead's own status. */
const STATUS = 'Status';

type Shown = Readonly<Partial<Record<Stage, string>>>;

/**
 * Shows the stage in the status of the Lead, where the agreement says how. It moves forward only, from one of the values that the agreement
 * names: a status of the reps' own (不在、再架電) says more than we know, and is left alone. Whom sales gave back is shown so from any of
 * them, and comes back from there.
 */
export function showLeadStatus({ record }: PersonView, stages: StagePlan, { policy }: PlanContext): Part {
  const { leadStatus } = policy.agreement.shownAs;
  const after = leadStatus?.[stages.current];
  if (leadStatus === undefined || after === undefined || record?.record.object !== 'Lead') return NOTHING;
  const before = record.values[STATUS];
  if (before === undefined || !mayMove(before, stages.current, leadStatus)) return NOTHING;
  return {
    ...NOTHING,
    salesforce: write(record, STATUS, after, { code: 'status-shown', detail: stageDetail(stages) }),
  };
}

function mayMove(before: Value, current: Stage, shown: Shown): boolean {
  if (before === null || before === '') return true;
  const stages = (Object.keys(shown) as Stage[]).filter((stage) => shown[stage] === before);
  if (stages.length === 0) return false;
  if (isBeside(current) || stages.every(isBeside)) return true;
  return stages.every((stage) => stageRank(stage) < stageRank(current));
}
