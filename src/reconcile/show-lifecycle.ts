import { isBeside, stageRank } from '../domain/agreement/stage-order.ts';
import type { StageEntry } from '../domain/people/person.ts';
import { wallTime } from '../domain/texts/format-local.ts';
import type { Instant, Value } from '../domain/values/value.ts';
import { askedBackUntil } from './asked-back.ts';
import { fieldSubject, NOTHING, type Part, type PersonView, type PlanContext } from './context.ts';
import { stageDetail } from './derived.ts';
import { LIFECYCLE, lifecycleRank, stageMeantBy } from './lifecycle.ts';
import { lifecycleMover } from './lifecycle-moves.ts';
import type { StagePlan } from './plan-stage.ts';

/**
 * Shows the stage in HubSpot's lifecycle stage.
 *
 * The showing moves forward. Where HubSpot shows more than the stage (its own company sync, or what was shown in an earlier pass), the
 * agreement says what becomes of it: `reset_lifecycle` takes it back, else it is left as it is and told, for as long as it is so. A
 * portal's own stages, and `other`, are nobody's to move.
 */
export function showLifecycle(view: PersonView, stages: StagePlan, context: PlanContext): Part {
  const { contact } = view;
  const { shownAs } = context.policy.agreement;
  const after = shownAs.lifecyclestage[stages.current];
  const before = contact?.values[LIFECYCLE];
  if (contact === null || after === undefined || before === undefined || before === after) return NOTHING;
  const detail = stageDetail(stages);
  const until = askedBackUntil(view, stages, context);
  if (until !== null) return askedWhy(until, after, before, view, stages, context);
  if (isBehind(before, after) || isShownBeside(before, stages, context))
    return { ...NOTHING, hubspot: [{ field: LIFECYCLE, before, after, reason: { code: 'stage-shown', detail } }] };
  // That a person's move was left to the criteria is said already, and says more.
  if (!isAhead(before, after, stages) || stages.open.some(({ code }) => code === 'STAGE_MOVE_FLAGGED')) return NOTHING;
  const by = lifecycleMover(view);
  if (shownAs.reset === true) {
    const reason = { code: 'stage-reset', detail: { ...detail, by } } as const;
    return { ...NOTHING, hubspot: [{ field: LIFECYCLE, before, after, reason }] };
  }
  const told = { shown: before, stage: stages.current, wanted: after, by };
  return {
    ...NOTHING,
    open: [
      {
        code: 'LIFECYCLE_AHEAD',
        subject: fieldSubject(contact.record, LIFECYCLE),
        entity: view.facts.id,
        detail: told,
      },
    ],
  };
}

/** A person set it back: they are asked why, and what the agreement gives is shown again once they had the time to say so. */
function askedWhy(
  until: Instant,
  after: string,
  before: Value,
  { contact, facts }: PersonView,
  stages: StagePlan,
  { now, policy }: PlanContext,
): Part {
  if (contact === null) return NOTHING;
  const subject = fieldSubject(contact.record, LIFECYCLE);
  const told = { found: before, stage: stages.current, until: wallTime(until, policy.calendar) };
  const asked = { code: 'STAGE_BACK_ASKED', subject, entity: facts.id, detail: told } as const;
  if (now < until) return { ...NOTHING, open: [asked] };
  const detail = { found: before, restored: stages.current };
  const reason = { code: 'stage-shown', detail: stageDetail(stages) } as const;
  return {
    ...NOTHING,
    hubspot: [{ field: LIFECYCLE, before, after, reason }],
    open: [asked, { code: 'STAGE_EDIT_RESTORED', subject, entity: facts.id, detail }],
  };
}

/** What we showed while the person was recycled goes with it: HubSpot's order has no way on from there (`other` comes last). */
function isShownBeside(before: Value, { entries, current }: StagePlan, { policy }: PlanContext): boolean {
  const { lifecyclestage } = policy.agreement.shownAs;
  if (isBeside(current) || stageMeantBy(before) !== null) return false;
  return entries.some(({ stage }) => isBeside(stage) && lifecyclestage[stage] === before);
}

function isBehind(before: Value, after: string): boolean {
  return before === null || (lifecycleRank(before) >= 0 && lifecycleRank(after) > lifecycleRank(before));
}

/**
 * `evangelist` says of a customer nothing that the agreement denies; nor does what they were in an earlier pass: a customer who is an MQL
 * once more is still a customer to HubSpot, and somebody who was recycled has been what is shown.
 */
function isAhead(before: Value, after: string, { current, entries, pass }: StagePlan): boolean {
  const meant = stageMeantBy(before);
  const wasThere = (entry: StageEntry) => stageRank(entry.stage) >= stageRank(meant ?? 'lead');
  if (meant !== null && (pass > 1 || isBeside(current)) && entries.some(wasThere)) return false;
  return meant !== null && stageRank(meant) > stageRank(current) && lifecycleRank(before) > lifecycleRank(after);
}
