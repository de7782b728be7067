import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { activitiesOf } from '../../../src/domain/clocks/activity-of.ts';
import { pageViewsOf } from '../../../src/domain/clocks/page-views.ts';
import type { Sighting } from '../../../src/domain/people/record.ts';
import { CLOSED, engagement, event, LEAD_ID, mail, member, task, US } from './sample-activities.ts';
import { tokyo } from './sample-calendars.ts';

const CONTEXT = { closedStatuses: CLOSED, ourUser: US, calendar: tokyo };

const TASK = '00T5g000001TaskAAA';

/** The rows of the written rule, under their numbers. */
const COUNTS: readonly [string, string, Sighting][] = [
  ['C1', 'a completed call', task({ TaskSubtype: 'Call' })],
  ['C2', 'a completed e-mail', task({ TaskSubtype: 'Email' })],
  ['C3', 'a ToDo that was ticked off', task({ TaskSubtype: 'Task' })],
  ['C3', 'a ToDo without a subtype', task({ TaskSubtype: null })],
  ['C3', 'a task that only its status tells to be done', task({ IsClosed: null, Status: '完了' })],
  ['C4', 'a meeting', event({})],
  ['C5', 'a mail that was sent', mail({})],
  ['C5', 'a mail that an AI wrote and a rep sent', mail({ AutomationType: 'AiAssisted' })],
  ['C6', 'a HubSpot call that took place', engagement('calls')],
  ['C6', 'one that somebody made to us', engagement('calls', { hs_call_direction: 'INBOUND' })],
  ['C6', 'one that a call tool logged', engagement('calls', { hs_object_source: 'INTEGRATION' })],
  ['C7', 'a HubSpot meeting that was held', engagement('meetings')],
  ['C8', 'a HubSpot mail that was sent', engagement('emails')],
  ['C8', 'one that was logged from a mail program', engagement('emails', { hs_email_status: null })],
  ['C9', 'a HubSpot ToDo that was ticked off', engagement('tasks')],
  ['C9', 'a HubSpot task to call', engagement('tasks', { hs_task_type: 'CALL' })],
  ['C9', 'a HubSpot task to write', engagement('tasks', { hs_task_type: 'EMAIL' })],
  ['C9', 'one that a workflow made and somebody did', engagement('tasks', { hs_object_source: 'AUTOMATION_PLATFORM' })],
];

const COUNTS_NOT: readonly [string, string, Sighting][] = [
  ['N1', 'a call that is only planned', task({ IsClosed: false, Status: '未着手' })],
  ['N2', 'a mail to a list', task({ TaskSubtype: 'ListEmail' })],
  ['N3', 'a Task that Tasuki opened, ticked off', task({ Tasuki_Key__c: 'hubspot-1:first-contact:1' })],
  ['N3', 'an Event with our key', event({ Tasuki_Key__c: 'k' })],
  ['N3', 'a HubSpot task that Tasuki opened', engagement('tasks', { tasuki_key: 'k' })],
  ['N4', 'a task that our own user closed', task({ LastModifiedById: US })],
  ['N4', 'a mail that our own user sent', mail({ CreatedById: US })],
  ['N4', 'what an automation did', { ...task({}), movedBy: 'automation' }],
  ['N4', 'what we did', { ...event({}), movedBy: 'us' }],
  ['N4', 'what an automation did in HubSpot', { ...engagement('tasks'), movedBy: 'automation' }],
  ['N4', 'what we did in HubSpot', { ...engagement('calls'), movedBy: 'us' }],
  ['N5', 'a deleted call', { ...task({}), deleted: true }],
  ['N5', 'a deleted meeting', { ...event({}), deleted: true }],
  ['N5', 'a deleted mail', { ...mail({}), deleted: true }],
  ['N5', 'a deleted HubSpot call', engagement('calls', {}, { deleted: true })],
  ['N6', 'a mail that came in', mail({ Incoming: true, Status: '0' })],
  ['N6', 'a mail that came in and was marked as sent', mail({ Incoming: true })],
  ['N6', 'a mail that bounced', mail({ IsBounced: true })],
  ['N6', 'a draft', mail({ Status: '5' })],
  ['N6', 'a mail that an AI sent', mail({ AutomationType: 'AiAutomated' })],
  ...['MISSED', 'NO_ANSWER', 'BUSY', 'CANCELED', 'QUEUED', 'IN_PROGRESS', null].map(
    (status) =>
      ['N8', `a HubSpot call: ${status}`, engagement('calls', { hs_call_status: status })] as const satisfies [
        string,
        string,
        Sighting,
      ],
  ),
  ...['SCHEDULED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED', null].map(
    (outcome) =>
      [
        'N9',
        `a HubSpot meeting: ${outcome}`,
        engagement('meetings', { hs_meeting_outcome: outcome }),
      ] as const satisfies [string, string, Sighting],
  ),
  ...['INCOMING_EMAIL', 'FORWARDED_EMAIL', null].map(
    (direction) =>
      [
        'N10',
        `a HubSpot mail: ${direction}`,
        engagement('emails', { hs_email_direction: direction }),
      ] as const satisfies [string, string, Sighting],
  ),
  ...['BOUNCED', 'FAILED', 'SCHEDULED', 'SENDING'].map(
    (status) =>
      ['N10', `a HubSpot mail: ${status}`, engagement('emails', { hs_email_status: status })] as const satisfies [
        string,
        string,
        Sighting,
      ],
  ),
  ['N11', 'a HubSpot mail that a sequence sent', engagement('emails', { hs_sequence_id: '77' })],
  ['N12', 'a HubSpot mail that a workflow made', engagement('emails', { hs_object_source: 'AUTOMATION_PLATFORM' })],
  ['N12', 'a HubSpot call that a workflow made', engagement('calls', { hs_object_source: 'WORKFLOWS' })],
  [
    'N12',
    'a HubSpot meeting that a workflow made',
    engagement('meetings', { hs_object_source: 'AUTOMATION_PLATFORM' }),
  ],
  ['N13', 'a HubSpot task that is open', engagement('tasks', { hs_task_status: 'NOT_STARTED' })],
  ['N13', 'a HubSpot task for LinkedIn', engagement('tasks', { hs_task_type: 'LINKED_IN_MESSAGE' })],
  ['N14', 'a note', engagement('notes')],
  ['N15', 'a response to a campaign', member({})],
];

describe('what counts as contact', () => {
  test.each(COUNTS)('%s: %s counts', (_, __, sighting) => {
    expect(activitiesOf(sighting, CONTEXT)).toMatchObject([{ countsAsContact: true, closed: true }]);
  });

  test.each(COUNTS_NOT)('%s: %s does not', (_, __, sighting) => {
    expect(activitiesOf(sighting, CONTEXT)).toMatchObject([{ countsAsContact: false }]);
  });

  test('N7: a mail that was sent and has a Task is nothing beside that Task', () => {
    expect(activitiesOf(mail({ ActivityId: TASK }), CONTEXT)).toEqual([]);
  });

  test.each([
    ['came in', { Incoming: true, Status: '0' }],
    ['bounced', { IsBounced: true }],
    ['was sent by an AI', { AutomationType: 'AiAutomated' }],
  ])('N16: a mail that %s disowns the Task that Salesforce made of it', (_, values) => {
    expect(activitiesOf(mail({ ...values, ActivityId: TASK }), CONTEXT)).toMatchObject([
      { countsAsContact: false, disowns: TASK, about: { id: LEAD_ID } },
    ]);
  });

  test('N16: so does a mail from an address that nobody bears, since a rep may put its Task to a Lead', () => {
    const stranger = mail({ Incoming: true, Status: '1', Recipients: null, ActivityId: TASK });
    expect(activitiesOf(stranger, CONTEXT)).toMatchObject([{ disowns: TASK, about: null }]);
  });

  test('N16: a draft disowns nothing: it may yet be sent', () => {
    expect(activitiesOf(mail({ Status: '5', ActivityId: TASK }), CONTEXT)).toEqual([]);
  });

  test('N15: a page that was looked at does not', () => {
    const record = { system: 'hubspot', object: 'contacts', id: '501' } as const;
    const entry = {
      record,
      field: 'hs_analytics_last_url',
      value: 'https://a.jp/',
      at: 1,
      by: 'automation',
      source: 's',
    } as const;
    expect(pageViewsOf([entry])).toMatchObject([{ countsAsContact: false }]);
  });

  test.each(['en', 'ja'])(
    'every row of the written rule is tested, and every test is written down (%s)',
    (language) => {
      const page = readFileSync(new URL('../../../src/domain/clocks/README.md', import.meta.url), 'utf8');
      const [english = '', japanese = ''] = page.split('## 日本語');
      const rows = [...(language === 'en' ? english : japanese).matchAll(/^\| ([CN]\d+) +\|.*\| (yes|no|○|×) +\|$/gmu)];
      const written = rows.map(([, number, counts]) => `${number} ${counts === 'yes' || counts === '○'}`);
      const tested = [
        ...COUNTS.map(([number]) => `${number} true`),
        ...[...COUNTS_NOT.map(([number]) => number), 'N7', 'N16'].map((number) => `${number} false`),
      ];
      expect(written.toSorted()).toEqual([...new Set(tested)].toSorted());
    },
  );
});
