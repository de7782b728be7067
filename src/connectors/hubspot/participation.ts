import type { Activity } from '../../domain/people/activity.ts';
import type { Instant } from '../../domain/values/value.ts';
import { idText } from './records.ts';

/** One contact's part in one event, as the breakdown tells it. Ids come as text or as numbers. */
export type Participation = {
  readonly id: string | number;
  readonly properties: { readonly attendanceState: string; readonly occurredAt: number | string };
  readonly associations: { readonly contact?: { readonly contactId?: string | number } };
};

/**
 * A part in an event as an activity, one for each contact and event, whose state moves on.
 *
 * Whoever came (`ATTENDED`): it is closed, `what` is the event's name and nothing else, and it happened when the event began; when HubSpot
 * was told is when it was logged. Whoever only registered, or did not come, has an open one that says so behind the name
 * (`新製品セミナー (REGISTERED)`), at the instant HubSpot names; so nobody takes it for attendance. A cancelled one is deleted.
 */
export function participationActivity(
  { id, properties, associations }: Participation,
  event: { readonly name: string; readonly startsAt: Instant | null },
): Activity[] {
  const contact = associations.contact?.contactId;
  const told = Number(properties.occurredAt);
  if (contact === undefined || contact === null || !Number.isFinite(told)) return [];
  const state = properties.attendanceState;
  const hasCome = state === 'ATTENDED';
  return [
    {
      source: { system: 'hubspot', object: 'event-participations', id: idText(id) },
      kind: 'seminar',
      at: hasCome ? (event.startsAt ?? told) : told,
      loggedAt: told,
      about: { system: 'hubspot', object: 'contacts', id: idText(contact) },
      by: null,
      direction: 'in',
      what: hasCome ? event.name : `${event.name} (${state})`,
      countsAsContact: false,
      ourTask: false,
      closed: hasCome,
      deleted: state === 'CANCELLED',
    },
  ];
}
