import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import type { Clock, Finding } from '../domain/people/person.ts';
import type { DirectoryEntry } from '../domain/people/record.ts';
import type { PersonView, PlanContext } from './context.ts';
import { OWNER_PROPERTY, userBehindSeat } from './owner.ts';
import { planTask, type TaskPlan } from './plan-task.ts';

/**
 * The promise of marketing to hand over in time has lapsed. It is a finding for as long as it is so, with what stands in the way; a Task only
 * where Salesforce has a record that it could be about, and marketing somebody there who could have it: as a rule it has neither.
 */
export function planLateHandOver(
  clock: Clock,
  known: Clock | undefined,
  rule: DeadlineRule,
  view: PersonView,
  context: PlanContext,
): TaskPlan {
  const canHaveTask = view.record !== null && marketerOf(rule, view, context) !== null;
  const isOpen = clock.task !== undefined;
  const planned: TaskPlan =
    canHaveTask || isOpen
      ? planTask(clock, known, rule, view, context, marketerOf)
      : { clock, drafts: [], open: [], messages: [] };
  return clock.state === 'lapsed'
    ? { ...planned, open: [...planned.open, lateFinding(clock, view, context)] }
    : planned;
}

/** HubSpot's owner of the contact, else the marketing head, as an active user in Salesforce. */
function marketerOf(_: DeadlineRule, { contact }: PersonView, context: PlanContext): DirectoryEntry | null {
  const owner = userBehindSeat(contact?.values[OWNER_PROPERTY], context);
  if (owner !== null) return owner;
  const { directory, policy } = context;
  const head = directory.byEmail.salesforce.get(policy.agreement.roles['marketing-head'] ?? '');
  return head?.active === true && head.kind === 'user' ? head : null;
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
