import { describe, expect, test } from 'vitest';
import { activityOf } from '../../../src/domain/clocks/activity-of.ts';
import type { Sighting } from '../../../src/domain/people/record.ts';
import { formatInstant } from '../../../src/domain/values/instant.ts';
import { CLOSED, COLLEAGUE, event, LEAD_ID, REP, task, US } from './sample-activities.ts';
import { inTokyo, tokyo } from './sample-calendars.ts';

const read = (sighting: Sighting) => activityOf(sighting, { closedStatuses: CLOSED, ourUser: US, calendar: tokyo });

describe('what counts as contact', () => {
  test.each<[string, Sighting]>([
    ['a completed call', task({ TaskSubtype: 'Call' })],
    ['a completed e-mail', task({ TaskSubtype: 'Email' })],
    ['a ToDo that was ticked off', task({ TaskSubtype: 'Task' })],
    ['a ToDo without a subtype', task({ TaskSubtype: null })],
    ['a task that only its status tells to be done', task({ IsClosed: null, Status: '完了' })],
    ['a meeting', event({})],
  ])('%s counts', (_, sighting) => {
    expect(read(sighting)).toMatchObject({ countsAsContact: true, closed: true });
  });

  test.each<[string, Sighting]>([
    ['a call that is only planned', task({ IsClosed: false, Status: '未着手' })],
    ['a mail to a list', task({ TaskSubtype: 'ListEmail' })],
    ['a Task that Tasuki opened, ticked off', task({ Tasuki_Key__c: 'hubspot-1:first-contact:1' })],
    ['a task that our own user closed', task({ LastModifiedById: US })],
    ['what an automation did', { ...task({}), movedBy: 'automation' }],
    ['a deleted call', { ...task({}), deleted: true }],
    ['a deleted meeting', { ...event({}), deleted: true }],
  ])('%s does not', (_, sighting) => {
    expect(read(sighting)).toMatchObject({ countsAsContact: false });
  });

  test('a Task of ours is known as such', () => {
    expect(read(task({ Tasuki_Key__c: 'k' }))).toMatchObject({ ourTask: true });
    expect(read(task({}))).toMatchObject({ ourTask: false });
  });
});

describe('whom and by whom', () => {
  test('the person is the Lead or Contact it is about', () => {
    expect(read(task({}))?.about).toEqual({ system: 'salesforce', object: 'Lead', id: LEAD_ID });
    expect(read(task({ WhoId: '0035g000001ContAAA' }))?.about.object).toBe('Contact');
  });

  test.each([null, '0015g000001AccoAAA'])('a task about %s is nobody’s', (who) => {
    expect(read(task({ WhoId: who }))).toBeNull();
  });

  test('the doer is the owner, and in a queue whoever touched it last', () => {
    expect(read(task({ LastModifiedById: COLLEAGUE }))?.by).toBe(REP);
    expect(read(task({ OwnerId: '00G5g000001QueuAAA', LastModifiedById: COLLEAGUE }))?.by).toBe(COLLEAGUE);
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
});
