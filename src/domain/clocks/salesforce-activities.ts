import { fromLocal } from '../calendar/local-time.ts';
import type { Activity } from '../people/activity.ts';
import type { Sighting } from '../people/record.ts';
import { epochDay } from '../values/instant.ts';
import type { ActivityContext } from './activity-of.ts';
import { about, instantIn, isText, salesforcePeopleIn } from './activity-values.ts';
import { countsAsContact, DRAFT, isSentByHand } from './counts-as-contact.ts';
import { ofEvent, ofTask } from './salesforce-tasks.ts';

/** `Recipients` is made by the connector: the Leads and Contacts that a mail went to or came from, joined by `;`. */
export const SALESFORCE_ACTIVITY_FIELDS = {
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
  EmailMessage: [
    'ActivityId',
    'Incoming',
    'Status',
    'IsBounced',
    'AutomationType',
    'MessageDate',
    'CreatedById',
    'Recipients',
  ],
  CampaignMember: ['LeadId', 'ContactId', 'HasResponded', 'FirstRespondedDate', 'Campaign.Name'],
} as const;

/** The activities behind a Task, an Event, an EmailMessage or a CampaignMember. */
export function salesforceActivities(sighting: Sighting, context: ActivityContext): readonly Activity[] {
  switch (sighting.record.object) {
    case 'Task':
      return ofTask(sighting, context);
    case 'Event':
      return ofEvent(sighting, context);
    case 'EmailMessage':
      return ofMail(sighting, context);
    case 'CampaignMember':
      return ofMember(sighting, context);
    default:
      return [];
  }
}

/**
 * A mail that was sent and for which Salesforce made a Task (`ActivityId`) is told by that Task, and by it alone, or it would be two
 * contacts. A mail that came in, bounced or was sent by an AI has such a Task too, closed, and by itself nobody would know it from the
 * others: the mail disowns it, and is noted even when it is about nobody we know, since a rep may put the Task where it belongs.
 */
function ofMail(sighting: Sighting, context: ActivityContext): readonly Activity[] {
  const { values, createdAt } = sighting;
  const task = isText(values['ActivityId']) ? values['ActivityId'] : null;
  if (task !== null && (values['Status'] === DRAFT || isSentByHand(values))) return [];
  const people = salesforcePeopleIn(values['Recipients']);
  return about(task !== null && people.length === 0 ? [null] : people, sighting, {
    kind: 'email',
    at: instantIn(values['MessageDate']) ?? createdAt,
    loggedAt: createdAt,
    by: isText(values['CreatedById']) ? values['CreatedById'] : null,
    direction: values['Incoming'] === true ? 'in' : 'out',
    what: null,
    countsAsContact: countsAsContact(sighting, context),
    ourTask: false,
    closed: true,
    ...(task === null ? {} : { disowns: task }),
  });
}

/** Being on a campaign's list is nothing that a person did; responding to it is. */
function ofMember(sighting: Sighting, { calendar }: ActivityContext): readonly Activity[] {
  const { values, createdAt } = sighting;
  if (values['HasResponded'] !== true) return [];
  const day = values['FirstRespondedDate'];
  const since = isText(day) && epochDay(day) !== null ? fromLocal(day, 0, calendar) : createdAt;
  return about(salesforcePeopleIn(values['ContactId'] ?? values['LeadId']), sighting, {
    kind: 'campaign',
    at: Math.max(since, createdAt), // the day has no time; its midnight is not before the person was there
    loggedAt: createdAt,
    by: null,
    direction: 'in',
    what: isText(values['Campaign.Name']) ? values['Campaign.Name'] : null,
    countsAsContact: false,
    ourTask: false,
    closed: true,
  });
}
