export const ATTENDANCE_STATES = ['REGISTERED', 'CANCELLED', 'ATTENDED', 'NO_SHOW'] as const;
export type AttendanceState = (typeof ATTENDANCE_STATES)[number];

export type MarketingEvent = {
  readonly id: string;
  readonly name: string;
  readonly eventType: string | undefined;
  /** Epoch ms, as all times here. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** How the app that made the event knows it; an event made by hand in HubSpot has neither. */
  readonly externalAccountId: string | undefined;
  readonly externalEventId: string | undefined;
  readonly createdAt: number;
};

export type NewMarketingEvent = {
  id?: string;
  name: string;
  eventType?: string;
  startsAt: number;
  endsAt: number;
  externalAccountId?: string;
  externalEventId?: string;
};

/** One contact at one event: the state of today, and which ones there have been. */
export type Participation = {
  readonly id: string;
  readonly eventId: string;
  readonly contactId: string;
  readonly createdAt: number;
  readonly state: AttendanceState;
  readonly occurredAt: number;
  readonly everWas: ReadonlySet<AttendanceState>;
};

export type NewParticipation = {
  /** The id of the event in HubSpot. */
  event: string;
  contactId: string;
  state: AttendanceState;
  at?: number;
};

export type Attendance = { registered: number; attended: number; cancelled: number; noShows: number };

/** Whoever registered counts as registered for good; the other numbers are about the state of today. */
export function countAttendance(participations: readonly Participation[]): Attendance {
  const now = (state: AttendanceState): number => participations.filter((one) => one.state === state).length;
  return {
    registered: participations.filter(({ everWas }) => everWas.has('REGISTERED')).length,
    attended: now('ATTENDED'),
    cancelled: now('CANCELLED'),
    noShows: now('NO_SHOW'),
  };
}
