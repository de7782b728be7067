import type { Activity } from '../people/activity.ts';
import type { Sighting } from '../people/record.ts';
import type { Values } from '../values/value.ts';
import { countsAsHubSpotContact } from './hubspot-contact.ts';

/** Subtypes of Task that are a rep turning to one person. A mass mail (`ListEmail`) is sent to a list, not to her. */
const PERSONAL_SUBTYPES: ReadonlySet<string> = new Set(['Call', 'Email', 'Task']);

/** EmailMessage.Status of a mail that has left, and of one that has not; 0, 1, 2 and 4 are of mail that came in. */
const SENT = '3';
export const DRAFT = '5';

type Organisation = { readonly closedStatuses: ReadonlySet<string>; readonly ourUser: string | null };

/**
 * The written rule: does this record show that somebody of ours turned to this person? The README of this folder has it as a table, in
 * Japanese and English.
 *
 * - A Task counts once it is closed: a call, an e-mail, or a plain ToDo, since most reps log a call as a ToDo that they tick off. So does
 *   a HubSpot task (call, e-mail, ToDo) that is completed. An attempt counts like a conversation.
 * - An Event counts from its start on (see `runClock`), as long as it is not deleted. A HubSpot call or meeting counts once it is marked
 *   completed.
 * - An e-mail counts once it has been sent by one of us to this person: not what came in, bounced, or waits as a draft; not what a
 *   sequence, a list or an AI sent. Neither does the Task that Salesforce makes of such a mail (see `Activity.disowns`).
 * - Never a Task that Tasuki opened: ticking off the reminder is not calling the customer.
 * - Never what our own user or an automation did. Never a note, a form, a page, a seminar, a campaign.
 *
 * Whether the doer is the one who owes the contact is asked later, by the deadline.
 */
export function countsAsContact(sighting: Sighting, organisation: Organisation): boolean {
  const { record, values, deleted, movedBy } = sighting;
  if (record.system === 'hubspot') return countsAsHubSpotContact(sighting);
  if (deleted || values['Tasuki_Key__c']) return false;
  if (movedBy === 'us' || movedBy === 'automation' || isOurs(values, organisation)) return false;
  switch (record.object) {
    case 'Event':
      return true;
    case 'Task':
      return isClosedTask(sighting, organisation) && PERSONAL_SUBTYPES.has(String(values['TaskSubtype'] ?? 'Task'));
    case 'EmailMessage':
      return isSentByHand(values);
    default:
      return false;
  }
}

function isOurs(values: Values, { ourUser }: Organisation): boolean {
  const doers = [values['OwnerId'], values['LastModifiedById'], values['CreatedById']];
  return ourUser !== null && doers.includes(ourUser);
}

/** Has a mail of Salesforce left, written by one of us? Read of its values alone: who that was is asked elsewhere. */
export function isSentByHand(values: Values): boolean {
  const isSent = values['Incoming'] !== true && values['Status'] === SENT && values['IsBounced'] !== true;
  return isSent && values['AutomationType'] !== 'AiAutomated';
}

/** Is this kind of activity among those a deadline asks for? A ticked-off ToDo stands for a call. */
export function isAskedFor(kind: Activity['kind'], asked: readonly Activity['kind'][]): boolean {
  return asked.includes(kind === 'task' ? 'call' : kind);
}

/** Is this a Task that is done, in the organisation's own words for "done"? */
export function isClosedTask(
  { record, values }: Sighting,
  { closedStatuses }: Pick<Organisation, 'closedStatuses'>,
): boolean {
  return (
    record.object === 'Task' && (values['IsClosed'] === true || closedStatuses.has(String(values['Status'] ?? '')))
  );
}
