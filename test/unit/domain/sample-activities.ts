import type { ActivityObject } from '../../../src/domain/people/activity.ts';
import type { Sighting } from '../../../src/domain/people/record.ts';
import { formatInstant } from '../../../src/domain/values/instant.ts';
import type { Instant, Values } from '../../../src/domain/values/value.ts';
import { inTokyo } from './sample-calendars.ts';

export const REP = '0055g000001RepAAAA';
export const COLLEAGUE = '0055g000001ColAAAA';
export const US = '0055g000001TasAAAA';
export const LEAD_ID = '00Q5g000001LeadAAA';
export const CONTACT_ID = '0035g000001ContAAA';
export const OWNER = '41629779';

export const CLOSED = new Set(['完了']);

/** A call that a rep logged as done, unless told otherwise. */
export function task(values: Values, created = '2026-11-24T10:00'): Sighting {
  return salesforce('Task', '00T5g000001TaskAAA', created, {
    WhoId: LEAD_ID,
    OwnerId: REP,
    Status: '完了',
    IsClosed: true,
    TaskSubtype: 'Call',
    ActivityDate: null,
    CompletedDateTime: formatInstant(inTokyo(created)),
    LastModifiedById: REP,
    Tasuki_Key__c: null,
    ...values,
  });
}

export function event(values: Values, created = '2026-11-20T16:00'): Sighting {
  return salesforce('Event', '00U5g000001EventAA', created, {
    WhoId: LEAD_ID,
    OwnerId: REP,
    StartDateTime: formatInstant(inTokyo('2026-11-25T10:00')),
    ActivityDate: '2026-11-25',
    LastModifiedById: REP,
    Tasuki_Key__c: null,
    ...values,
  });
}

/** A mail that a rep sent to one Lead, in an organisation that makes no Tasks of mails. */
export function mail(values: Values, created = '2026-11-24T10:01'): Sighting {
  return salesforce('EmailMessage', '02s5g000001MailAAA', created, {
    ActivityId: null,
    Incoming: false,
    Status: '3',
    IsBounced: false,
    AutomationType: null,
    MessageDate: formatInstant(inTokyo('2026-11-24T10:00')),
    CreatedById: REP,
    Recipients: LEAD_ID,
    ...values,
  });
}

/** Somebody who responded to a campaign. */
export function member(values: Values, created = '2026-11-20T16:00'): Sighting {
  return salesforce('CampaignMember', '00v5g000001MembAAA', created, {
    LeadId: LEAD_ID,
    ContactId: null,
    HasResponded: true,
    FirstRespondedDate: '2026-11-24',
    'Campaign.Name': '展示会 2026 秋',
    ...values,
  });
}

const ENGAGEMENTS = {
  calls: { hs_call_status: 'COMPLETED', hs_call_direction: 'OUTBOUND' },
  emails: { hs_email_direction: 'EMAIL', hs_email_status: 'SENT', hs_sequence_id: null },
  meetings: { hs_meeting_start_time: formatInstant(inTokyo('2026-11-24T10:00')), hs_meeting_outcome: 'COMPLETED' },
  tasks: {
    hs_task_status: 'COMPLETED',
    hs_task_type: 'TODO',
    hs_task_completion_date: formatInstant(inTokyo('2026-11-24T10:00')),
    tasuki_key: null,
  },
  notes: {},
} as const satisfies Partial<Record<ActivityObject, Values>>;

/** What HubSpot has of a call, an e-mail … that took place, entered by hand. */
export function engagement(
  object: keyof typeof ENGAGEMENTS,
  values: Values = {},
  seen: Partial<Sighting> = {},
): Sighting {
  const createdAt = inTokyo('2026-11-24T10:05');
  return {
    record: { system: 'hubspot', object, id: '123' },
    values: {
      hs_timestamp: formatInstant(inTokyo('2026-11-24T10:00')),
      hubspot_owner_id: OWNER,
      hs_object_source: 'CRM_UI',
      'associations.contacts': '501',
      ...ENGAGEMENTS[object],
      ...values,
    },
    createdAt,
    modifiedAt: createdAt,
    seenAt: createdAt,
    deleted: false,
    ...seen,
  };
}

function salesforce(
  object: ActivityObject & Sighting['record']['object'],
  id: string,
  created: string,
  values: Values,
): Sighting {
  const createdAt: Instant = inTokyo(created);
  return {
    record: { system: 'salesforce', object, id },
    values,
    createdAt,
    modifiedAt: createdAt,
    seenAt: createdAt,
    deleted: false,
  };
}
