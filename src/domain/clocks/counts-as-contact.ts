import type { DeadlineRule } from '../agreement/agreement.ts';
import type { Activity } from '../people/activity.ts';
import type { Sighting } from '../people/record.ts';

/** Subtypes of Task that are a rep turning to one person. A mass mail (`ListEmail`) is sent to a list, not to her. */
const PERSONAL_SUBTYPES: ReadonlySet<string> = new Set(['Call', 'Email', 'Task']);

/**
 * The written rule: does this Task or Event show that somebody of ours turned to this person?
 *
 * - A Task counts once it is closed: a call, an e-mail, or a plain ToDo, since most reps log a call as a ToDo that they tick off.
 * - An Event counts from its start on (see `runClock`), as long as it is not deleted.
 * - Never a Task that Tasuki opened: ticking off the reminder is not calling the customer.
 * - Never what our own user or an automation did.
 *
 * Whether the doer is the one who owes the contact is asked later, by the deadline.
 */
export function countsAsContact(
  sighting: Sighting,
  { closedStatuses, ourUser }: { readonly closedStatuses: ReadonlySet<string>; readonly ourUser: string | null },
): boolean {
  const { record, values, deleted, movedBy } = sighting;
  if (deleted || values['Tasuki_Key__c']) return false;
  if (movedBy === 'us' || movedBy === 'automation') return false;
  if (ourUser !== null && (values['OwnerId'] === ourUser || values['LastModifiedById'] === ourUser)) return false;
  if (record.object === 'Event') return true;
  return isClosedTask(sighting, { closedStatuses }) && PERSONAL_SUBTYPES.has(String(values['TaskSubtype'] ?? 'Task'));
}

/** Is this kind of activity among those a deadline asks for? A ticked-off ToDo stands for a call. */
export function isAskedFor(kind: Activity['kind'], asked: DeadlineRule['ends']['contact']): boolean {
  return asked.includes(kind === 'task' ? 'call' : kind);
}

/** Is this a Task that is done, in the organisation's own words for "done"? */
export function isClosedTask(
  { record, values }: Sighting,
  { closedStatuses }: { readonly closedStatuses: ReadonlySet<string> },
): boolean {
  return (
    record.object === 'Task' && (values['IsClosed'] === true || closedStatuses.has(String(values['Status'] ?? '')))
  );
}
