import type { BusinessCalendar } from '../calendar/business-calendar.ts';
import { fromLocal, toLocal } from '../calendar/local-time.ts';
import { shiftOn } from '../calendar/working-time.ts';
import type { Activity } from '../people/activity.ts';
import type { Sighting } from '../people/record.ts';
import { epochDay, MINUTE_MS, parseInstant } from '../values/instant.ts';
import type { Instant, Value } from '../values/value.ts';
import type { ActivityContext } from './activity-of.ts';
import { about, instantIn, isText, salesforcePeopleIn } from './activity-values.ts';
import { countsAsContact, isClosedTask } from './counts-as-contact.ts';

const USER_PREFIX = '005';

/** A Task whose completion is stamped this soon after its creation was entered as done: a call that is being logged, not a plan. */
const LOGGED_AS_DONE_MS = 10 * MINUTE_MS;

/**
 * The activities behind a Task: one, or none where it is about no Lead and no Contact.
 *
 * The surprise is in *when*. A Task that was planned and then ticked off happened when it was ticked off; its date is a plan. A
 * Task that was entered as done carries in its date the day it happened, which may be days before it was logged. It has no time of
 * day, so it is taken to have happened by closing time of that day.
 */
export function ofTask(sighting: Sighting, context: ActivityContext): readonly Activity[] {
  const { values } = sighting;
  const kind = kindOfTask(values['TaskSubtype'] ?? null);
  return about(salesforcePeopleIn(values['WhoId']), sighting, {
    kind,
    ...timesOfTask(sighting, context),
    by: doer(sighting),
    direction: kind === 'task' ? 'none' : 'out',
    what: null,
    countsAsContact: countsAsContact(sighting, context),
    ourTask: isText(values['Tasuki_Key__c']),
    closed: isClosedTask(sighting, context),
  });
}

/**
 * The activities behind an Event.
 *
 * An Event that lies ahead becomes an activity too, with its start as its instant: nothing in the record will change when it
 * begins, so nobody would look again. `runClock` does not count it before.
 */
export function ofEvent(sighting: Sighting, context: ActivityContext): readonly Activity[] {
  const { values } = sighting;
  return about(salesforcePeopleIn(values['WhoId']), sighting, {
    kind: 'meeting',
    ...timesOfEvent(sighting),
    by: doer(sighting),
    direction: 'none',
    what: null,
    countsAsContact: countsAsContact(sighting, context),
    ourTask: isText(values['Tasuki_Key__c']),
    closed: true,
  });
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
