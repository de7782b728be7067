import { describe, expect, test } from 'vitest';
import type { Clock, PersonFacts } from '../../../src/domain/people/person.ts';
import {
  AGREEMENT,
  aCall,
  aContact,
  agreedOtherwise,
  aLead,
  aPerson,
  aPolicy,
  aStageEntry,
  CALENDAR,
  LEAD_ID,
  NOW,
  PERSON_MAPPING,
  tokyo,
} from '../../support/people.ts';
import { edited, isNothing, plan, quiet, removed, settled, stored, writes } from '../../support/settle.ts';
import { aDirectory, PEOPLE_AT_WORK } from '../../support/systems.ts';

const CLOCK = 'hubspot-501:first-contact:1';
const DUE = tokyo('2026-11-27 18:00'); // Tue 24 does not count; Wed, Thu, Fri
const AFTER = DUE + 60_000;
const lapsing = { now: AFTER, coveredUntil: AFTER };

/** Handed over on Tuesday the 24th at 11:00; everything written. */
function handedOver(): PersonFacts {
  const stages = [aStageEntry(), aStageEntry({ stage: 'MQL', at: NOW, by: 'rule' })];
  return quiet(aPerson([aContact({ hubspotscore: 60 }), aLead()], { stages }));
}

function lapsed(): PersonFacts {
  return settled(handedOver(), plan(handedOver(), lapsing), AFTER);
}

function withActivities(facts: PersonFacts, ...activities: PersonFacts['activities']): PersonFacts {
  return { ...facts, version: facts.version + 1, activities };
}

const ourTask = {
  ourTask: true,
  countsAsContact: false,
  source: { system: 'salesforce', object: 'Task', id: '00T000000000001AAA' },
} as const;

describe('a hand-off', () => {
  test('starts the clock once it is confirmed in Salesforce, due by the calendar, and shows the deadline on the Lead', () => {
    const facts = handedOver();
    expect(facts.clocks).toMatchObject([
      { id: CLOCK, startedAt: NOW, dueAt: DUE, state: 'running', agreementVersion: '2026-10' },
    ]);
    expect(facts.sightings[1]?.values).toMatchObject({ Tasuki_Next_Due__c: '2026-11-27T09:00:00.000Z' });
    expect(facts.sightings[1]?.values['Tasuki_Next_Due_Reason__c']).toContain('初回接触');
  });

  test('that is not confirmed yet starts none', () => {
    const start = aPerson([aContact({ hubspotscore: 60 }), aLead()], {
      stages: [aStageEntry(), aStageEntry({ stage: 'MQL', by: 'rule' })],
    });
    expect(plan(start).clocks).toEqual([]);
  });

  test('that is history starts none', () => {
    expect(quiet(aPerson([aContact({ hubspotscore: 90 }), aLead()])).clocks).toEqual([]);
  });

  test('of two stages to one team in one pass starts one clock', () => {
    const stages = [
      ...AGREEMENT.stages,
      { stage: 'SAL', department: 'sales', handOff: { to: 'inside-sales' } } as const,
    ];
    const entries = [
      aStageEntry(),
      aStageEntry({ stage: 'MQL', by: 'rule', handedOffAt: NOW }),
      aStageEntry({ stage: 'SAL', by: 'rule', handedOffAt: NOW + 1 }),
    ];
    const made = plan(aPerson([aContact(), aLead()], { stages: entries }), { policy: agreedOtherwise({ stages }) });
    expect(made.clocks.map(({ startedAt }) => startedAt)).toEqual([NOW]);
  });

  test('found in history starts none, even where it was confirmed', () => {
    const facts = aPerson([aContact(), aLead()], {
      stages: [aStageEntry({ stage: 'MQL', by: 'history', handedOffAt: NOW })],
    });
    expect(plan(facts).clocks).toEqual([]);
  });

  test('shows a deadline in whole seconds, as Salesforce keeps it', () => {
    const agreed = agreedOtherwise({
      deadlines: [{ ...AGREEMENT.deadlines[0]!, within: { amount: 24, unit: 'hours' } }],
    });
    const facts = aPerson([aContact(), aLead()], {
      stages: [aStageEntry({ stage: 'MQL', by: 'rule', handedOffAt: NOW + 789 })],
    });
    expect(writes(plan(facts, { policy: agreed }))['salesforce:Lead']).toMatchObject({
      Tasuki_Next_Due__c: '2026-11-25T02:00:00.000Z',
    });
  });

  test('with two deadlines shows the one that is due first', () => {
    const [first] = AGREEMENT.deadlines;
    const policy = agreedOtherwise({
      deadlines: [first!, { ...first!, name: 'second-contact', within: { amount: 1, unit: 'business days' } }],
    });
    const facts = aPerson([aContact(), aLead()], {
      stages: [aStageEntry({ stage: 'MQL', by: 'rule', handedOffAt: NOW })],
    });
    expect(writes(plan(facts, { policy }))['salesforce:Lead']).toMatchObject({
      Tasuki_Next_Due__c: '2026-11-25T09:00:00.000Z',
    });
  });

  test('whose Lead is deleted before it is due is owed no more', () => {
    expect(plan(removed(handedOver(), LEAD_ID, NOW)).clocks).toMatchObject([
      { state: 'closed', closedBecause: 'record-gone' },
    ]);
  });

  test('whose deadline lies beyond the holiday table is a finding, not a guess', () => {
    const calendar = { ...CALENDAR, covers: { from: '2026-01-01', to: '2026-11-25' } };
    const facts = aPerson([aContact(), aLead()], {
      stages: [aStageEntry({ stage: 'MQL', by: 'rule', handedOffAt: NOW })],
    });
    const made = plan(facts, { policy: aPolicy({ calendar }) });
    expect([made.clocks, made.openFindings]).toMatchObject([
      [],
      [{ code: 'CALENDAR_ENDS', subject: 'calendar:2026-11-25', detail: { from: '2026-01-01', to: '2026-11-25' } }],
    ]);
  });
});

describe('a deadline that passes without contact', () => {
  test("gives exactly one Task, under the clock's id, to the owner, and the clock lapses", () => {
    const made = plan(handedOver(), lapsing);
    expect(made.changes).toHaveLength(1);
    expect(made.changes[0]).toMatchObject({
      kind: 'create',
      target: { object: 'Task', id: null },
      key: { field: 'Tasuki_Key__c', value: CLOCK },
      readBack: true,
    });
    expect(writes(made)['salesforce:Task']).toMatchObject({
      OwnerId: '005000000000001AAA',
      WhoId: LEAD_ID,
      ActivityDate: '2026-11-30', // it lapsed on Friday at closing time: the next day of work is Monday
      Priority: '高',
    });
    expect(made.clocks).toMatchObject([{ state: 'lapsed', lapsedAt: DUE, task: { id: null, state: 'planned' } }]);
    expect(isNothing(plan(lapsed(), lapsing))).toBe(true);
  });

  test('gives none while evidence has not been read up to the due instant, and none before that is late', () => {
    const made = plan(handedOver(), { now: AFTER, coveredUntil: DUE - 1 });
    expect([made.changes, made.clocks, made.openFindings]).toEqual([[], [], []]);
    expect(plan(handedOver(), { now: AFTER, coveredUntil: null }).changes).toEqual([]);
  });

  test('raises an alarm when evidence lags by an hour, and takes it back when it has caught up', () => {
    const late = plan(handedOver(), { now: DUE + 7_200_000, coveredUntil: DUE - 1 });
    expect(late.openFindings.map(({ code }) => code)).toEqual(['EVIDENCE_LAGS']);
    const facts = stored(handedOver(), late, AFTER);
    expect(
      plan(facts, { now: DUE + 7_200_000, coveredUntil: DUE + 7_200_000 }).closeFindings.map(({ code }) => code),
    ).toEqual(['EVIDENCE_LAGS']);
  });

  test('gives none where contact came in time, even if it is entered late', () => {
    const inTime = plan(withActivities(handedOver(), aCall(DUE - 1000)), lapsing);
    expect(inTime.clocks).toMatchObject([{ state: 'met', metAt: DUE - 1000, evidence: 'Task:00T000000000009AAA' }]);
    expect(writes(inTime)).toEqual({
      'salesforce:Lead': { Tasuki_Next_Due__c: null, Tasuki_Next_Due_Reason__c: null },
    });
    const enteredLate = plan(withActivities(handedOver(), aCall(DUE - 1000, { loggedAt: AFTER })), lapsing);
    expect(enteredLate.clocks).toMatchObject([{ state: 'met-logged-late' }]);
  });

  test('is met by whoever owns the Lead, member of the team or not', () => {
    const owned = edited(handedOver(), LEAD_ID, { OwnerId: '005000000000003AAA' }, NOW);
    expect(plan(withActivities(owned, aCall(DUE - 1000, { by: '005000000000003AAA' })), lapsing).clocks).toMatchObject([
      { state: 'met' },
    ]);
  });

  test('is not met by somebody who owes no contact', () => {
    const made = plan(withActivities(handedOver(), aCall(DUE - 1000, { by: '005000000000099AAA' })), lapsing);
    expect(made.clocks).toMatchObject([{ state: 'lapsed' }]);
  });

  test("of a queue's Lead, or of one whose owner has left, reminds the manager", () => {
    const owned = (OwnerId: string) =>
      writes(plan(edited(handedOver(), LEAD_ID, { OwnerId }, NOW), lapsing))['salesforce:Task'];
    expect(owned('00G000000000001AAA')).toMatchObject({ OwnerId: '005000000000003AAA' });
    expect(owned('005000000000004AAA')).toMatchObject({ OwnerId: '005000000000003AAA' });
  });

  test("of an owner who has left reminds that owner's own manager before the team's", () => {
    const directory = aDirectory(
      PEOPLE_AT_WORK.map((entry) =>
        entry.email === 'left@example.co.jp' ? { ...entry, managerId: '005000000000002AAA' } : entry,
      ),
    );
    const facts = edited(handedOver(), LEAD_ID, { OwnerId: '005000000000004AAA' }, NOW);
    expect(writes(plan(facts, { ...lapsing, directory }))['salesforce:Task']).toMatchObject({
      OwnerId: '005000000000002AAA',
    });
  });

  test('and has nobody to remind is a finding', () => {
    const policy = aPolicy({ owners: { table: {}, unmatched: 'gone', teams: {}, absences: [] } });
    const made = plan(edited(handedOver(), LEAD_ID, { OwnerId: '00G000000000001AAA' }, NOW), { ...lapsing, policy });
    expect(made.openFindings.map(({ code }) => code)).toContain('OWNER_UNMATCHED');
    expect(made.changes.filter(({ target }) => target.object === 'Task')).toEqual([]);
  });

  test('of somebody who has left the scope gives no Task, and ends', () => {
    const policy = aPolicy({
      person: { ...PERSON_MAPPING, scope: { field: 'hubspot.company', test: { contains: '対象' } } },
    });
    const made = plan(handedOver(), { ...lapsing, policy });
    expect(made.changes.filter(({ target }) => target.object === 'Task')).toEqual([]);
    expect(made.clocks).toMatchObject([{ id: CLOCK, state: 'closed', closedBecause: 'out-of-scope' }]);
  });
});

describe('a promise that came along when two people became one', () => {
  const others = (more: Partial<Clock>): PersonFacts => {
    const facts = handedOver();
    const [clock] = facts.clocks;
    const theirs = { ...clock!, id: 'hubspot-777:first-contact:1', ...more };
    return { ...facts, version: facts.version + 1, clocks: [theirs] };
  };

  test('is looked at to its end: its Task is closed by evidence', () => {
    const facts = others({ state: 'lapsed', lapsedAt: DUE, task: { id: '00T000000000001AAA', state: 'open' } });
    const made = plan(withActivities(facts, aCall(AFTER + 1)), { now: AFTER + 2, coveredUntil: AFTER + 2 });
    expect(made.clocks).toContainEqual(expect.objectContaining({ id: 'hubspot-777:first-contact:1', state: 'closed' }));
    expect(writes(made)['salesforce:Task']).toEqual({ Status: '完了' });
  });

  test('and was closed by later contact is called kept, where the other had been contacted in time', () => {
    const facts = others({ state: 'closed', lapsedAt: DUE, metAt: AFTER, closedBecause: 'evidence' });
    const made = plan(withActivities(facts, aCall(DUE - 1000)), lapsing);
    const kept = made.clocks.find(({ id }) => id === 'hubspot-777:first-contact:1');
    expect(kept).toMatchObject({ state: 'met', metAt: DUE - 1000 });
    expect(kept).not.toHaveProperty('closedBecause');
  });

  test('and whose Task had not left is reminded of, though its hand-off counts as history since', () => {
    const facts = {
      ...others({ state: 'lapsed', lapsedAt: DUE }),
      stages: [aStageEntry({ stage: 'MQL', by: 'history' })],
    };
    const tasks = plan(facts, lapsing).changes.filter(({ target }) => target.object === 'Task');
    expect(tasks).toMatchObject([{ kind: 'create', key: { value: 'hubspot-777:first-contact:1' } }]);
  });
});

describe('the Task of a lapse', () => {
  test("is closed with the org's own closed status once there is evidence, and only once while that write is seen", () => {
    const facts = withActivities(lapsed(), aCall(AFTER + 1));
    const made = plan(facts, { now: AFTER + 2, coveredUntil: AFTER + 2 });
    expect(made.clocks).toMatchObject([{ state: 'closed', lapsedAt: DUE, metAt: AFTER + 1 }]);
    expect(writes(made)['salesforce:Task']).toEqual({ Status: '完了' });
    const task = made.changes.filter(({ target }) => target.object === 'Task');
    const underway = stored(facts, { ...made, changes: task }, AFTER, 'acknowledged');
    expect(plan(underway, { now: AFTER + 3 }).changes.filter(({ target }) => target.object === 'Task')).toEqual([]);
    expect(isNothing(plan(settled(facts, made, AFTER), { now: AFTER + 3, coveredUntil: AFTER + 3 }))).toBe(true);
  });

  test('that the rep ticks off is no contact, and no second one is opened', () => {
    const made = plan(withActivities(lapsed(), aCall(AFTER + 1, ourTask)), { now: AFTER + 2, coveredUntil: AFTER + 2 });
    expect(made.changes).toEqual([]);
    expect(made.clocks).toMatchObject([{ state: 'lapsed', task: { state: 'closed' } }]);
  });

  test('that somebody deletes is a finding, and no second one is opened', () => {
    const facts = withActivities(lapsed(), aCall(AFTER + 1, { ...ourTask, closed: false, deleted: true }));
    const made = plan(facts, { now: AFTER + 2, coveredUntil: AFTER + 2 });
    expect(made.changes).toEqual([]);
    expect(made.openFindings.map(({ code }) => code)).toEqual(['TASK_REMOVED']);
    expect(isNothing(plan(settled(facts, made, AFTER), { now: AFTER + 3, coveredUntil: AFTER + 3 }))).toBe(true);
  });

  test('that somebody deleted is told for as long as the obligation lasts, and no longer', () => {
    const facts = withActivities(lapsed(), aCall(AFTER + 1, { ...ourTask, closed: false, deleted: true }));
    const at = (facts: PersonFacts, now: number) => plan(facts, { now, coveredUntil: now });
    const told = settled(facts, at(facts, AFTER + 2), AFTER + 2);
    expect(at(told, AFTER + 3)).toMatchObject({ openFindings: [{ code: 'TASK_REMOVED' }], closeFindings: [] });
    const called = at(withActivities(told, aCall(AFTER + 4)), AFTER + 5);
    expect(called).toMatchObject({ openFindings: [], closeFindings: [{ code: 'TASK_REMOVED' }] });
  });

  test('that comes back from the recycle bin is the same Task again: told no more, and closed where nothing is owed', () => {
    const deleted = withActivities(lapsed(), aCall(AFTER + 1, { ...ourTask, closed: false, deleted: true }));
    const at = (facts: PersonFacts, now: number) => plan(facts, { now, coveredUntil: now });
    const told = settled(deleted, at(deleted, AFTER + 2), AFTER + 2);
    const back = aCall(AFTER + 1, { ...ourTask, closed: false });
    expect(at(withActivities(told, back), AFTER + 3)).toMatchObject({
      changes: [],
      clocks: [{ state: 'lapsed', task: { state: 'open' } }],
      closeFindings: [{ code: 'TASK_REMOVED' }],
    });
    expect(writes(at(withActivities(told, back, aCall(AFTER + 4)), AFTER + 5))['salesforce:Task']).toEqual({
      Status: '完了',
    });
  });

  test('that has not left yet is taken back when evidence comes', () => {
    const waiting = stored(handedOver(), plan(handedOver(), lapsing), AFTER);
    expect(plan(waiting, lapsing).changes).toEqual([]);
    const made = plan(withActivities(waiting, aCall(DUE - 1)), lapsing);
    expect(made.supersede).toHaveLength(1);
    expect(made.clocks).toMatchObject([{ state: 'met' }]);
  });

  test('is moot once the Lead is gone', () => {
    const made = plan(removed(lapsed(), LEAD_ID, AFTER), lapsing);
    expect(made.clocks).toMatchObject([{ state: 'closed', closedBecause: 'record-gone' }]);
    expect(made.changes.find(({ target }) => target.object === 'Task')?.steps[0]?.[0]?.reason.code).toBe('task-moot');
  });
});
