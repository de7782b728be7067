import type { Sighting } from '../../../src/domain/people/record.ts';
import { formatInstant } from '../../../src/domain/values/instant.ts';
import type { Instant, Values } from '../../../src/domain/values/value.ts';
import { inTokyo } from './sample-calendars.ts';

export const REP = '0055g000001RepAAAA';
export const COLLEAGUE = '0055g000001ColAAAA';
export const US = '0055g000001TasAAAA';
export const LEAD_ID = '00Q5g000001LeadAAA';

export const CLOSED = new Set(['完了']);

/** A call that a rep logged as done, unless told otherwise. */
export function task(values: Values, created = '2026-11-24T10:00'): Sighting {
  return sighting('Task', inTokyo(created), {
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
  return sighting('Event', inTokyo(created), {
    WhoId: LEAD_ID,
    OwnerId: REP,
    StartDateTime: formatInstant(inTokyo('2026-11-25T10:00')),
    ActivityDate: '2026-11-25',
    LastModifiedById: REP,
    Tasuki_Key__c: null,
    ...values,
  });
}

function sighting(object: 'Task' | 'Event', createdAt: Instant, values: Values): Sighting {
  const id = object === 'Task' ? '00T5g000001TaskAAA' : '00U5g000001EventAA';
  return {
    record: { system: 'salesforce', object, id },
    values,
    createdAt,
    modifiedAt: createdAt,
    seenAt: createdAt,
    deleted: false,
  };
}
