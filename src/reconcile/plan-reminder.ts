import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import type { Message } from '../domain/people/message.ts';
import type { Clock } from '../domain/people/person.ts';
import { reminderMessage } from '../domain/texts/messages.ts';
import { assigneeOf, knownBy, localeOf } from './assignee.ts';
import type { PersonView, PlanContext } from './context.ts';

/**
 * Reminds whoever owes it once, when its time has come and nothing that was read up to then shows that it was done. What has been read is
 * as fresh as for a lapse (law R19): nobody is reminded of a call that they made ten minutes ago. Once it is due, it is too late for that.
 */
export function planReminder(
  clock: Clock,
  rule: DeadlineRule,
  view: PersonView,
  context: PlanContext,
): { readonly clock: Clock; readonly messages: readonly Message[] } {
  const { now, coveredUntil } = context;
  const { remindAt, remindedAt, dueAt, state } = clock;
  // Its time has gone by unread: nobody is reminded of what is due already.
  if (state === 'running' && remindAt !== undefined && remindedAt === undefined && now >= dueAt) {
    const { remindAt: _past, ...rest } = clock;
    return { clock: rest, messages: [] };
  }
  const record = knownBy(view);
  const isTime = remindAt !== undefined && remindAt <= now && now < dueAt;
  const isRead = remindAt !== undefined && coveredUntil !== null && coveredUntil >= remindAt;
  if (state !== 'running' || remindedAt !== undefined || !isTime || !isRead || record === null)
    return { clock, messages: [] };
  const whom = assigneeOf(rule, view, context);
  const reminded = { ...clock, remindedAt: now };
  if (whom === null || whom.email === null) return { clock: reminded, messages: [] };
  const locale = localeOf(whom, context);
  const facts = { clock, record, owner: whom.name, level: 0 };
  const message: Message = {
    id: `${clock.id}:reminder`,
    kind: 'reminder',
    clock: clock.id,
    person: clock.person,
    to: whom.email,
    name: whom.name,
    locale,
    ...reminderMessage(facts, { ...context.policy, locale }),
    until: dueAt,
  };
  return { clock: reminded, messages: [message] };
}
