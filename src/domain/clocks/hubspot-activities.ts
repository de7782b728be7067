import type { Activity } from '../people/activity.ts';
import type { RecordRef, Sighting } from '../people/record.ts';
import { ASSOCIATED, idsIn } from '../people/tie.ts';
import type { Instant, Value } from '../values/value.ts';
import { about, type Happening, instantIn, isText } from './activity-values.ts';
import { countsAsHubSpotContact } from './hubspot-contact.ts';

const COMMON = ['hs_timestamp', 'hubspot_owner_id', 'hs_object_source', ASSOCIATED.contacts] as const;

export const HUBSPOT_ACTIVITY_FIELDS = {
  calls: [...COMMON, 'hs_call_status', 'hs_call_direction'],
  emails: [...COMMON, 'hs_email_direction', 'hs_email_status', 'hs_sequence_id'],
  meetings: [...COMMON, 'hs_meeting_start_time', 'hs_meeting_outcome'],
  tasks: [...COMMON, 'hs_task_status', 'hs_task_type', 'hs_task_completion_date', 'tasuki_key'],
  notes: COMMON,
} as const;

/** The activities behind a call, e-mail, meeting, task or note in HubSpot: one for each contact it is associated with. */
export function hubspotActivities(sighting: Sighting): readonly Activity[] {
  const happening = happeningIn(sighting);
  return happening === null ? [] : about(contactsIn(sighting.values[ASSOCIATED.contacts]), sighting, happening);
}

function contactsIn(ids: Value | undefined): readonly RecordRef[] {
  return idsIn(ids).map((id) => ({ system: 'hubspot', object: 'contacts', id }));
}

function happeningIn(sighting: Sighting): Happening | null {
  const { record, values, createdAt, modifiedAt } = sighting;
  const owner = values['hubspot_owner_id'];
  const common = {
    at: instantIn(values['hs_timestamp']) ?? createdAt,
    loggedAt: createdAt,
    by: isText(owner) ? owner : null,
    direction: 'none',
    what: null,
    countsAsContact: countsAsHubSpotContact(sighting),
    ourTask: false,
    closed: true,
  } as const;
  switch (record.object) {
    case 'calls':
      return { ...common, kind: 'call', direction: values['hs_call_direction'] === 'INBOUND' ? 'in' : 'out' };
    case 'emails':
      return { ...common, kind: 'email', direction: values['hs_email_direction'] === 'EMAIL' ? 'out' : 'in' };
    case 'meetings':
      return { ...common, kind: 'meeting', ...timesOfMeeting(sighting), what: textOf(values['hs_meeting_outcome']) };
    case 'tasks': {
      const done = doneAt(sighting);
      const isOurs = isText(values['tasuki_key']);
      const times = { at: done ?? modifiedAt, loggedAt: done ?? modifiedAt };
      return { ...common, ...times, kind: kindOfTask(values['hs_task_type']), ourTask: isOurs, closed: done !== null };
    }
    case 'notes':
      return { ...common, kind: 'note' };
    default:
      return null;
  }
}

/** Entered long before, perhaps; that it was held was only said with its outcome, of which the last change is the nearest witness. */
function timesOfMeeting({ values, createdAt, modifiedAt }: Sighting): { at: Instant; loggedAt: Instant } {
  const at = instantIn(values['hs_meeting_start_time']) ?? instantIn(values['hs_timestamp']) ?? createdAt;
  return { at, loggedAt: values['hs_meeting_outcome'] === 'COMPLETED' ? modifiedAt : createdAt };
}

/** When a task was ticked off. Its `hs_timestamp` is when it was due, and `hs_task_completion_date` says so too until it is done. */
function doneAt({ values, modifiedAt }: Sighting): Instant | null {
  if (values['hs_task_status'] !== 'COMPLETED') return null;
  return instantIn(values['hs_task_completion_date']) ?? modifiedAt;
}

function kindOfTask(type: Value | undefined): Activity['kind'] {
  if (type === 'CALL') return 'call';
  return type === 'EMAIL' ? 'email' : 'task';
}

function textOf(value: Value | undefined): string | null {
  return isText(value) ? value : null;
}
