import type { BusinessCalendar } from '../calendar/business-calendar.ts';
import { fromLocal, toLocal } from '../calendar/local-time.ts';
import { shiftOn } from '../calendar/working-time.ts';
import type { Activity } from '../people/activity.ts';
import type { ObjectName, RecordRef, Sighting } from '../people/record.ts';
import { epochDay, MINUTE_MS, parseInstant } from '../values/instant.ts';
import type { Instant, Value } from '../values/value.ts';
import { countsAsContact, isClosedTask } from './counts-as-contact.ts';

/** What has to be read of a Task and of an Event for them to become activities. */
export const ACTIVITY_FIELDS = {
  Task: [
    'WhoId',
    'OwnerId',
    'Status',
    'IsClosed',
    'TaskSubtype',
    'ActivityDate',
    'CompletedDateTime',
    'LastModifiedById',
    'Tasuki_Key__c',
  ],
  Event: ['WhoId', 'OwnerId', 'StartDateTime', 'ActivityDate', 'LastModifiedById', 'Tasuki_Key__c'],
} as const;

export type ActivityContext = {
  /** Task statuses that mean "done" in this organisation; they have names of the customer's own (完了, …). */
  readonly closedStatuses: ReadonlySet<string>;
  /** Our own user's id in Salesforce. */
  readonly ourUser: string | null;
  readonly calendar: BusinessCalendar;
};

/** Record ids tell their object by the first three characters. */
const WHO: Readonly<Record<string, ObjectName>> = { '00Q': 'Lead', '003': 'Contact' };
const USER_PREFIX = '005';

/** A Task whose completion is stamped this soon after its creation was entered as done: a call that is being logged, not a plan. */
const LOGGED_AS_DONE_MS = 10 * MINUTE_MS;

/**
 * Turns a Task or an Event into an activity; `null` when it is about nobody we could know (no Lead, no Contact).
 *
 * The surprise is in *when*. A Task that was planned and then ticked off happened when it was ticked off; its date is a plan. A
 * Task that was entered as done carries in its date the day it happened, which may be days before it was logged. It has no time of
 * day, so it is taken to have happened by closing time of that day.
 *
 * An Event that lies ahead becomes an activity too, with its start as its instant: nothing in the record will change when it
 * begins, so nobody would look again. `runClock` does not count it before.
 */
export function activityOf(sighting: Sighting, context: ActivityContext): Activity | null {
  const { object, system, id } = sighting.record;
  if (object !== 'Task' && object !== 'Event') return null;
  const about = personBehind(sighting.values['WhoId'] ?? null);
  if (about === null) return null;
  const { at, loggedAt } = object === 'Task' ? timesOfTask(sighting, context) : timesOfEvent(sighting);
  const kind = object === 'Task' ? kindOfTask(sighting.values['TaskSubtype'] ?? null) : 'meeting';
  return {
    source: { system, object, id },
    kind,
    at,
    loggedAt,
    about,
    by: doer(sighting),
    direction: kind === 'call' || kind === 'email' ? 'out' : 'none',
    countsAsContact: countsAsContact(sighting, context),
    ourTask: isText(sighting.values['Tasuki_Key__c']),
    closed: object === 'Event' || isClosedTask(sighting, context),
    deleted: sighting.deleted,
  };
}

function personBehind(who: Value): RecordRef | null {
  const object = typeof who === 'string' ? WHO[who.slice(0, 3)] : undefined;
  return object === undefined ? null : { system: 'salesforce', object, id: String(who) };
}

function kindOfTask(subtype: Value): Activity['kind'] {
  if (subtype === 'Call') return 'call';
  return subtype === 'Email' ? 'email' : 'task';
}

/** Who is named as its owner; a queue does nothing by itself, so then whoever touched it last. */
function doer({ values }: Sighting): string | null {
  const owner = values['OwnerId'];
  if (typeof owner === 'string' && owner.startsWith(USER_PREFIX)) return owner;
  const last = values['LastModifiedById'];
  return isText(last) ? last : null;
}

type Times = { readonly at: Instant; readonly loggedAt: Instant };

function timesOfTask({ values, createdAt }: Sighting, { calendar }: ActivityContext): Times {
  const completed = instantIn(values['CompletedDateTime']) ?? createdAt;
  const day = values['ActivityDate'];
  const enteredAsDone = completed - createdAt <= LOGGED_AS_DONE_MS;
  const isEarlier = isText(day) && epochDay(day) !== null && day < toLocal(completed, calendar).day;
  const at = enteredAsDone && isEarlier ? closingTimeOf(day, calendar) : completed;
  return { at, loggedAt: completed };
}

function timesOfEvent({ values, createdAt }: Sighting): Times {
  const day = values['ActivityDate'];
  // An all-day event starts at midnight UTC of its day, the way Salesforce itself tells it.
  const start = instantIn(values['StartDateTime']) ?? (isText(day) ? parseInstant(`${day}T00:00Z`) : null);
  return { at: start ?? createdAt, loggedAt: createdAt };
}

function closingTimeOf(day: string, calendar: BusinessCalendar): Instant {
  const shift = shiftOn(day, calendar);
  return 'closes' in shift ? shift.closes : fromLocal(day, 24 * 60, calendar) - MINUTE_MS;
}

function instantIn(value: Value | undefined): Instant | null {
  return typeof value === 'string' ? parseInstant(value) : null;
}

function isText(value: Value | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
