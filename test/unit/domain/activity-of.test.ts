import { describe, expect, test } from 'vitest';
import { ACTIVITY_FIELDS, activitiesOf } from '../../../src/domain/clocks/activity-of.ts';
import { pageViewsOf } from '../../../src/domain/clocks/page-views.ts';
import type { Sighting } from '../../../src/domain/people/record.ts';
import { formatInstant } from '../../../src/domain/values/instant.ts';
import {
  CLOSED,
  COLLEAGUE,
  CONTACT_ID,
  engagement,
  event,
  LEAD_ID,
  mail,
  member,
  OWNER,
  REP,
  task,
  US,
} from './sample-activities.ts';
import { inTokyo, tokyo } from './sample-calendars.ts';

const all = (sighting: Sighting) => activitiesOf(sighting, { closedStatuses: CLOSED, ourUser: US, calendar: tokyo });
const read = (sighting: Sighting) => {
  const [first, ...others] = all(sighting);
  expect(others).toEqual([]);
  return first ?? null;
};

test('what is read of each kind of record is all that its activity is made of', () => {
  const samples = [
    task({}),
    event({}),
    mail({}),
    member({}),
    ...(['calls', 'emails', 'meetings', 'tasks', 'notes'] as const).map((object) => engagement(object)),
  ];
  for (const { record, values } of samples) {
    expect(Object.keys(values).toSorted()).toEqual(
      [...(ACTIVITY_FIELDS as Record<string, readonly string[]>)[record.object]!].toSorted(),
    );
  }
  expect(samples).toHaveLength(Object.keys(ACTIVITY_FIELDS).length);
});

describe('whom and by whom', () => {
  test('the person is the Lead or Contact it is about', () => {
    expect(read(task({}))?.about).toEqual({ system: 'salesforce', object: 'Lead', id: LEAD_ID });
    expect(read(task({ WhoId: CONTACT_ID }))?.about?.object).toBe('Contact');
  });

  test.each([null, '0015g000001AccoAAA'])('a task about %s is nobody’s', (who) => {
    expect(read(task({ WhoId: who }))).toBeNull();
  });

  test('the doer is the owner, and in a queue whoever touched it last', () => {
    expect(read(task({ LastModifiedById: COLLEAGUE }))?.by).toBe(REP);
    expect(read(task({ OwnerId: '00G5g000001QueuAAA', LastModifiedById: COLLEAGUE }))?.by).toBe(COLLEAGUE);
  });
});

describe('several people in one record', () => {
  test('each has an activity of their own, the first under the record’s id', () => {
    const call = engagement('calls', { 'associations.contacts': '501;502;503' });
    expect(all(call).map(({ source, about }) => [source.id, about?.id])).toEqual([
      ['123', '501'],
      ['123/502', '502'],
      ['123/503', '503'],
    ]);
    const sent = mail({ Recipients: `${LEAD_ID};0055g000001ColAAAA;${CONTACT_ID}` });
    expect(all(sent).map(({ source, about }) => [source.id, about?.object])).toEqual([
      ['02s5g000001MailAAA', 'Lead'],
      [`02s5g000001MailAAA/${CONTACT_ID}`, 'Contact'],
    ]);
  });

  test.each([null, ''])('nobody in it (%s) makes it nobody’s', (nobody) => {
    expect(all(engagement('calls', { 'associations.contacts': nobody }))).toEqual([]);
    expect(all(mail({ Recipients: nobody }))).toEqual([]);
  });
});

describe('in HubSpot', () => {
  test('the doer is the owner of the record', () => {
    expect(read(engagement('calls'))).toMatchObject({ kind: 'call', by: OWNER, direction: 'out', ourTask: false });
    expect(read(engagement('calls', { hubspot_owner_id: null }))?.by).toBeNull();
    expect(read(engagement('calls', { hs_call_direction: 'INBOUND' }))?.direction).toBe('in');
    expect(read(engagement('emails', { hs_email_direction: 'INCOMING_EMAIL' }))?.direction).toBe('in');
  });

  test('a call or mail happened at its own time, and was entered when it was created', () => {
    const times = { at: inTokyo('2026-11-24T10:00'), loggedAt: inTokyo('2026-11-24T10:05') };
    expect(read(engagement('calls'))).toMatchObject(times);
    expect(read(engagement('emails'))).toMatchObject({ kind: 'email', ...times });
    expect(read(engagement('notes'))).toMatchObject({ kind: 'note', ...times });
  });

  test('a meeting happened at its start; that it was held was said when it last changed', () => {
    const seen = { createdAt: inTokyo('2026-11-20T16:00'), modifiedAt: inTokyo('2026-11-25T09:00') };
    const times = { at: inTokyo('2026-11-24T10:00'), loggedAt: inTokyo('2026-11-25T09:00') };
    expect(read(engagement('meetings', { hs_timestamp: null }, seen))).toMatchObject({ ...times, what: 'COMPLETED' });
    const planned = { hs_meeting_outcome: 'SCHEDULED', hs_meeting_start_time: null };
    expect(read(engagement('meetings', planned, seen))).toMatchObject({ at: times.at, loggedAt: seen.createdAt });
  });

  test('a task happened when it was ticked off, not when it was due', () => {
    const due = { hs_timestamp: formatInstant(inTokyo('2026-11-20T09:00')) };
    const at = inTokyo('2026-11-24T10:00');
    expect(read(engagement('tasks', due))).toMatchObject({ kind: 'task', at, loggedAt: at, closed: true });
    const untold = engagement('tasks', { ...due, hs_task_completion_date: null });
    expect(read(untold)).toMatchObject({ at: inTokyo('2026-11-24T10:05') });
    expect(read(engagement('tasks', { hs_task_type: 'CALL' }))?.kind).toBe('call');
    expect(read(engagement('tasks', { hs_task_type: 'EMAIL' }))?.kind).toBe('email');
    const open = { ...due, hs_task_status: 'WAITING', tasuki_key: 'k' };
    expect(read(engagement('tasks', open))).toMatchObject({ closed: false, ourTask: true });
  });
});

describe('a campaign', () => {
  test('is something that a person did once they responded', () => {
    expect(read(member({}))).toMatchObject({
      kind: 'campaign',
      what: '展示会 2026 秋',
      direction: 'in',
      by: null,
      at: inTokyo('2026-11-24T00:00'),
      about: { object: 'Lead', id: LEAD_ID },
    });
    expect(read(member({ ContactId: CONTACT_ID }))?.about?.object).toBe('Contact');
    expect(all(member({ HasResponded: false }))).toEqual([]);
  });

  test('was answered no earlier than the person was in it', () => {
    expect(read(member({ FirstRespondedDate: '2026-11-20' }))?.at).toBe(inTokyo('2026-11-20T16:00'));
    expect(read(member({ FirstRespondedDate: null }))?.at).toBe(inTokyo('2026-11-20T16:00'));
  });
});

describe('a page view', () => {
  const record = { system: 'hubspot', object: 'contacts', id: '501' } as const;
  const entry = {
    record,
    field: 'hs_analytics_last_url',
    value: 'https://a.jp/price?e=a@x.jp#b',
    at: 5,
    by: 'automation',
    source: 's1',
  } as const;

  test('is each value that the last page took, without what may name the person', () => {
    expect(pageViewsOf([entry, { ...entry, value: 'https://a.jp/', source: 's2', at: 6 }])).toMatchObject([
      {
        source: { system: 'hubspot', object: 'page-views', id: 's1' },
        kind: 'page',
        at: 5,
        about: record,
        what: 'https://a.jp/price',
      },
      { source: { id: 's2' }, at: 6, what: 'https://a.jp/' },
    ]);
  });

  test('is no other field, and no page that was none', () => {
    expect(
      pageViewsOf([
        { ...entry, field: 'email' },
        { ...entry, value: null },
        { ...entry, value: ' ' },
      ]),
    ).toEqual([]);
  });
});

describe('when it happened', () => {
  test('a planned task that was ticked off happened when it was ticked off, whatever its due date says', () => {
    const planned = task(
      { ActivityDate: '2026-11-24', CompletedDateTime: formatInstant(inTokyo('2026-11-27T11:00')) },
      '2026-11-20T16:00',
    );
    expect(read(planned)).toMatchObject({ at: inTokyo('2026-11-27T11:00'), loggedAt: inTokyo('2026-11-27T11:00') });
  });

  test('a call logged on Friday with Wednesday’s date happened by closing time on Wednesday', () => {
    const logged = task({ ActivityDate: '2026-11-25' }, '2026-11-27T11:00');
    expect(read(logged)).toMatchObject({ at: inTokyo('2026-11-25T18:00'), loggedAt: inTokyo('2026-11-27T11:00') });
  });

  test('a call logged with a Sunday’s date happened on that Sunday', () => {
    expect(read(task({ ActivityDate: '2026-11-22' }, '2026-11-24T11:00'))?.at).toBe(inTokyo('2026-11-22T23:59'));
  });

  test('a call logged with today’s date happened now', () => {
    expect(read(task({ ActivityDate: '2026-11-27' }, '2026-11-27T11:00'))?.at).toBe(inTokyo('2026-11-27T11:00'));
  });

  test('a meeting happens at its start and was entered when it was created', () => {
    expect(read(event({}))).toMatchObject({
      kind: 'meeting',
      at: inTokyo('2026-11-25T10:00'),
      loggedAt: inTokyo('2026-11-20T16:00'),
    });
  });

  test('an all-day meeting without a start lies on its day', () => {
    expect(read(event({ StartDateTime: null }))?.at).toBe(inTokyo('2026-11-25T09:00'));
  });

  test('a mail happened when it was sent, whenever it was entered, and by whoever sent it', () => {
    expect(read(mail({}))).toMatchObject({
      kind: 'email',
      at: inTokyo('2026-11-24T10:00'),
      loggedAt: inTokyo('2026-11-24T10:01'),
      by: REP,
      direction: 'out',
    });
    expect(read(mail({ Incoming: true }))?.direction).toBe('in');
    expect(read(mail({ MessageDate: null }))?.at).toBe(inTokyo('2026-11-24T10:01'));
  });
});
