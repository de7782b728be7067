import type { StoredRecord } from '../records/record.ts';
import { isoText } from '../time-texts.ts';
import { countAttendance, type MarketingEvent, type Participation } from './marketing-event.ts';

/** An event as the list shows it. Whether it is over goes by the clock: nobody completes or cancels one here. */
export function presentEvent(
  event: MarketingEvent,
  participations: readonly Participation[],
  now: number,
): Record<string, unknown> {
  const { registered, attended, cancelled, noShows } = countAttendance(participations);
  const status = statusOf(event, now);
  const lastChange = participations.reduce((latest, one) => Math.max(latest, one.occurredAt), event.createdAt);
  return {
    eventName: event.name,
    eventType: event.eventType ?? null,
    startDateTime: isoText(event.startsAt),
    endDateTime: isoText(event.endsAt),
    eventOrganizer: null,
    eventDescription: null,
    eventUrl: null,
    eventCancelled: false,
    eventCompleted: status === 'PAST',
    customProperties: [],
    objectId: event.id,
    externalEventId: event.externalEventId ?? null,
    eventStatus: status,
    eventStatusV2: status.toLowerCase(),
    appInfo: event.externalEventId === undefined ? null : { id: '123', name: 'セミナー管理' },
    registrants: registered,
    attendees: attended,
    cancellations: cancelled,
    noShows,
    createdAt: isoText(event.createdAt),
    updatedAt: isoText(lastChange),
  };
}

function statusOf({ startsAt, endsAt }: MarketingEvent, now: number): 'UPCOMING' | 'ONGOING' | 'PAST' {
  if (now < startsAt) return 'UPCOMING';
  return now < endsAt ? 'ONGOING' : 'PAST';
}

export function presentParticipation(
  { id, createdAt, state, occurredAt }: Participation,
  event: MarketingEvent,
  contact: StoredRecord,
): Record<string, unknown> {
  const value = (name: string): string | null => contact.snapshot.values.get(name) || null;
  return {
    id,
    createdAt: isoText(createdAt),
    properties: { attendanceState: state, occurredAt },
    associations: {
      contact: {
        contactId: contact.id,
        email: value('email'),
        firstname: value('firstname'),
        lastname: value('lastname'),
      },
      marketingEvent: {
        marketingEventId: event.id,
        name: event.name,
        externalAccountId: event.externalAccountId ?? null,
        externalEventId: event.externalEventId ?? null,
      },
    },
  };
}
