import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import type { Clock, Finding } from '../domain/people/person.ts';
import type { PersonView, PlanContext } from './context.ts';
import { OWNER_PROPERTY } from './owner.ts';
import { planTask, type TaskPlan } from './plan-task.ts';

/**
 * The promise of marketing to hand over in time has lapsed. It is a finding for as long as it is so, with what stands in the way, beside the
 * Task of whoever owes it: as a rule in HubSpot, since marketers have no licence in Salesforce, and Salesforce has no record yet.
 */
export function planLateHandOver(
  clock: Clock,
  known: Clock | undefined,
  rule: DeadlineRule,
  view: PersonView,
  context: PlanContext,
): TaskPlan {
  const planned = planTask(clock, known, rule, view, context);
  if (clock.state !== 'lapsed') return planned;
  return { ...planned, open: [...planned.open, lateFinding(clock, view, context)] };
}

function lateFinding(clock: Clock, view: PersonView, { directory, policy }: PlanContext): Finding {
  const owner = directory.byId.hubspot.get(String(view.contact?.values[OWNER_PROPERTY] ?? ''));
  return {
    code: 'HAND_OVER_LATE',
    subject: `clock:${clock.id}`,
    entity: clock.person,
    detail: {
      deadline: clock.kind,
      dueAt: clock.dueAt,
      who: owner?.name ?? policy.agreement.roles['marketing-head'] ?? null,
      because: hindranceOf(view),
    },
  };
}

/** What keeps the hand-off from happening, as far as it is known. */
function hindranceOf({ facts }: PersonView): string | null {
  if (facts.rivals.length > 0) return 'look-alikes';
  if (facts.findings.some(({ code, subject }) => code === 'WRITE_REFUSED' && subject.startsWith('salesforce:')))
    return 'refused';
  if (facts.findings.some(({ code, subject }) => code === 'PLAN_REJECTED' && subject.startsWith('salesforce:')))
    return 'rejected';
  const waits = facts.open.find(({ marks }) => marks.handOff !== undefined);
  if (waits === undefined) return null;
  return waits.held === undefined ? 'on-its-way' : 'waits-approval';
}
