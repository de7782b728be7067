import type { Agreement, Duration } from '../domain/agreement/agreement.ts';
import { endsOf } from '../domain/agreement/deadline.ts';
import { dueAt } from '../domain/calendar/due-at.ts';
import { calendarOfPromise } from '../domain/clocks/office-time.ts';
import type { Instant } from '../domain/values/value.ts';
import { fieldSubject, type PersonView, type PlanContext } from './context.ts';
import { LIFECYCLE, lifecycleRank } from './lifecycle.ts';
import { newestMove } from './lifecycle-moves.ts';
import type { StagePlan } from './plan-stage.ts';
import { standingOf } from './stage-fold.ts';

const WITHIN: Duration = { amount: 1, unit: 'business days' };

/**
 * Until when somebody who has set HubSpot's lifecycle stage back may say why; `null` where nobody did, or where the agreement names no
 * reason that they could give.
 *
 * A stage goes back by a reason only (law R10), so a backward edit is a request for one. It is asked for as long as sales has to answer, from
 * the moment at which the finding was opened; then what the agreement gives is shown again.
 */
export function askedBackUntil(view: PersonView, stages: StagePlan, context: PlanContext): Instant | null {
  const { contact, facts } = view;
  const { agreement } = context.policy;
  const after = agreement.shownAs.lifecyclestage[stages.current];
  if (contact === null || agreement.reasons === undefined || after === undefined) return null;
  const move = newestMove(view);
  const standing = standingOf(stages.entries);
  if (move?.by !== 'person' || standing === undefined || move.at <= standing.at) return null;
  if (lifecycleRank(move.value) >= lifecycleRank(after)) return null;
  const subject = fieldSubject(contact.record, LIFECYCLE);
  const asked = facts.findings.find((finding) => finding.code === 'STAGE_BACK_ASKED' && finding.subject === subject);
  return windowAfter(asked?.openedAt ?? context.now, agreement, context);
}

function windowAfter(asked: Instant, { deadlines }: Agreement, { policy }: PlanContext): Instant {
  const rule = deadlines.find((deadline) => endsOf(deadline).some((end) => 'answer' in end));
  const due = dueAt(asked, rule?.within ?? WITHIN, calendarOfPromise(rule, policy));
  return 'beyond' in due ? asked : due.dueAt;
}
