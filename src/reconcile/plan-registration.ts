import type { Stage } from '../domain/agreement/agreement.ts';
import { stageRank } from '../domain/agreement/stage-order.ts';
import type { Finding, StageEntry } from '../domain/people/person.ts';
import { recordName } from '../domain/people/record.ts';
import { isPast } from './adoption.ts';
import type { PersonView, PlanContext } from './context.ts';
import { fieldValue } from './judgement.ts';
import type { StagePlan } from './plan-stage.ts';

/**
 * What should have been filled in by the time this person came so far, and is empty: one finding for each stage whose rule is not kept,
 * on the record where sales would fill it in, until it is.
 *
 * A stage that was skipped asks all the same: what was to be known before an MQL is still to be known of an SQL. Whoever stood there
 * before the go-live line is asked for nothing, so that the first day is not a flood; nor does a field count that was never read.
 */
export function planRegistration(view: PersonView, stages: StagePlan, context: PlanContext): readonly Finding[] {
  const { registration } = context.policy.agreement;
  const record = view.record ?? view.contact;
  if (registration === undefined || record === null || isHistory(stages)) return [];
  const reached = Object.entries(registration.required).filter(
    ([stage]) => stageRank(stage as Stage) <= stageRank(stages.current),
  );
  return reached.flatMap(([stage, fields]) => {
    const empty = fields.filter((path) => isEmpty(fieldValue(path, view, context)));
    if (empty.length === 0) return [];
    return [
      {
        code: 'REGISTRATION_INCOMPLETE' as const,
        subject: `${recordName(record.record)} ${stage}`,
        entity: view.facts.id,
        detail: { stage, fields: empty.join(', ') },
      },
    ];
  });
}

function isHistory(stages: StagePlan): boolean {
  const { entries, current, pass } = stages;
  const entry = entries.findLast((one: StageEntry) => one.stage === current && one.pass === pass);
  return entry === undefined || isPast(entry, stages);
}

function isEmpty(value: ReturnType<typeof fieldValue>): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}
