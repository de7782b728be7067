import type { Sighting } from '../people/record.ts';
import type { Values } from '../values/value.ts';

/** What HubSpot's own workings made (`hs_object_source`). A call tool that logs calls through the API is none of these: somebody spoke. */
const AUTOMATIONS: ReadonlySet<string> = new Set([
  'AUTOMATION_PLATFORM',
  'AUTOMATION_JOURNEY',
  'WORKFLOWS',
  'SEQUENCES',
]);

/** A mail that has not left, or came back. One that was logged from a mail program has no status: it has left. */
const NOT_SENT: ReadonlySet<string> = new Set(['BOUNCED', 'FAILED', 'SCHEDULED', 'SENDING']);

const TASK_TYPES: ReadonlySet<string> = new Set(['CALL', 'EMAIL', 'TODO']);

/** HubSpot's half of the written rule (see `counts-as-contact.ts`): does this record show that somebody of ours turned to a person? */
export function countsAsHubSpotContact({ record, values, deleted, movedBy }: Sighting): boolean {
  if (deleted || movedBy === 'us' || movedBy === 'automation' || values['tasuki_key']) return false;
  switch (record.object) {
    case 'calls':
      return values['hs_call_status'] === 'COMPLETED' && isByHand(values);
    case 'meetings':
      return values['hs_meeting_outcome'] === 'COMPLETED' && isByHand(values);
    case 'emails':
      return isSentOneToOne(values) && isByHand(values);
    case 'tasks':
      // Whatever made the task, somebody did it.
      return values['hs_task_status'] === 'COMPLETED' && TASK_TYPES.has(String(values['hs_task_type'] ?? 'TODO'));
    default:
      return false;
  }
}

/** Marketing mail is no record of this kind at all; a sequence's is, and names its sequence. */
function isSentOneToOne(values: Values): boolean {
  const isOutgoing = values['hs_email_direction'] === 'EMAIL' && !NOT_SENT.has(String(values['hs_email_status'] ?? ''));
  return isOutgoing && (values['hs_sequence_id'] ?? '') === '';
}

function isByHand(values: Values): boolean {
  return !AUTOMATIONS.has(String(values['hs_object_source'] ?? ''));
}
