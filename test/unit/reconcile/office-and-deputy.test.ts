import { describe, expect, test } from 'vitest';
import type { Absence } from '../../../src/domain/people/mapping.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import {
  AGREEMENT,
  aCall,
  aContact,
  aLead,
  aPerson,
  aPolicy,
  aStageEntry,
  CALENDAR,
  LEAD_ID,
  NOW,
  tokyo,
} from '../../support/people.ts';
import { edited, plan, quiet, writes } from '../../support/settle.ts';
import { aDirectory, PEOPLE_AT_WORK } from '../../support/systems.ts';

const OWNER = 'aoi.mori@example.co.jp';
const DEPUTY = 'yui.ono@example.co.jp';
const DUE = tokyo('2026-11-27 18:00');
const AFTER = DUE + 60_000;
const idOf = (email: string) => PEOPLE_AT_WORK.find((one) => one.email === email && one.system === 'salesforce')!.id;

/** The whole company but for this. */
function policyWith({
  absences = [],
  calendar,
}: {
  absences?: readonly Absence[];
  calendar?: Policy['calendar'];
}): Policy {
  const { owners, ...policy } = aPolicy();
  const team = { ...owners.teams['inside-sales']!, ...(calendar === undefined ? {} : { calendar }) };
  return { ...policy, owners: { ...owners, absences, teams: { 'inside-sales': team } } };
}

/** Handed over on Tuesday the 24th at 11:00; everything written. */
function handedOver(): PersonFacts {
  const stages = [aStageEntry(), aStageEntry({ stage: 'MQL', at: NOW, by: 'rule' })];
  return quiet(aPerson([aContact({ hubspotscore: 60 }), aLead()], { stages }));
}

const away = (from: string, to: string, who = OWNER): Absence => ({ who, from, to, deputy: DEPUTY });

function taskOf(facts: PersonFacts, policy: Policy, now = AFTER, directory = aDirectory(PEOPLE_AT_WORK)) {
  return writes(plan(facts, { now, coveredUntil: now, policy, directory }))['salesforce:Task'];
}

describe('a promise of a team with an office of its own', () => {
  const hours = { opens: 600, closes: 1020 };
  const osaka = {
    ...CALENDAR,
    week: CALENDAR.week.map((_, day) => (day === 0 ? null : hours)),
    closures: new Map([['2026-11-25', '臨時休業']]),
  };
  const starting = () =>
    aPerson([aContact(), aLead()], { stages: [aStageEntry({ stage: 'MQL', by: 'rule', handedOffAt: NOW })] });

  test('is counted by the calendar of that office, and tells so', () => {
    const made = plan(starting(), { policy: policyWith({ calendar: osaka }) });
    expect(made.clocks).toMatchObject([{ dueAt: tokyo('2026-11-28 17:00') }]);
    expect(writes(made)['salesforce:Lead']?.['Tasuki_Next_Due_Reason__c']).toContain('11/25(水)は臨時休業');
  });

  test('and one beyond the holidays of that office is a finding about them', () => {
    const calendar = { ...osaka, covers: { from: '2026-01-01', to: '2026-11-26' } };
    expect(plan(starting(), { policy: policyWith({ calendar }) }).openFindings).toMatchObject([
      { code: 'CALENDAR_ENDS', detail: { to: '2026-11-26' } },
    ]);
  });

  test('gives its Task for the next day on which the office works', () => {
    expect(taskOf(handedOver(), policyWith({ calendar: osaka }))).toMatchObject({ ActivityDate: '2026-11-28' });
  });
});

describe('the Task of a promise whose owner is away', () => {
  test('goes to the deputy, for a day on which the deputy works', () => {
    const task = taskOf(handedOver(), policyWith({ absences: [away('2026-11-30', '2026-12-04')] }));
    expect(task).toMatchObject({ OwnerId: idOf(DEPUTY), ActivityDate: '2026-11-30' });
    expect(task?.['Description']).toContain('担当: 小野');
  });

  test.each([
    ['was back', '2026-11-20', '2026-11-29'],
    ['goes only later', '2026-12-01', '2026-12-04'],
  ])('stays with an owner who %s on that day', (_, from, to) => {
    expect(taskOf(handedOver(), policyWith({ absences: [away(from, to)] }))).toMatchObject({
      OwnerId: idOf(OWNER),
      ActivityDate: '2026-11-30',
    });
  });

  test('goes to the deputy of an owner who has left as well', () => {
    const facts = edited(handedOver(), LEAD_ID, { OwnerId: '005000000000004AAA' }, NOW);
    const absences = [{ ...away('2026-11-01', '2027-10-31', 'left@example.co.jp'), deputy: 'ren.kato@example.co.jp' }];
    expect(taskOf(facts, policyWith({ absences }))).toMatchObject({ OwnerId: idOf('ren.kato@example.co.jp') });
  });

  test('stays with the owner where nobody knows the deputy, for the day they are back', () => {
    const absences = [{ ...away('2026-11-30', '2026-12-04'), deputy: 'nobody@example.co.jp' }];
    expect(taskOf(handedOver(), policyWith({ absences }))).toMatchObject({
      OwnerId: idOf(OWNER),
      ActivityDate: '2026-12-07',
    });
  });

  test('is for today, as long as somebody is at work today', () => {
    const noon = tokyo('2026-11-30 12:00');
    expect(taskOf(handedOver(), policyWith({}), noon)).toMatchObject({ ActivityDate: '2026-11-30' });
  });
});

describe('contact by whoever stood in for the owner', () => {
  const byDeputy = aCall(DUE - 1000, { by: idOf(DEPUTY) });
  const stateAfter = (absences: readonly Absence[]) => {
    const facts = { ...handedOver(), activities: [byDeputy] };
    const deadlines = AGREEMENT.deadlines.map((rule) => ({
      ...rule,
      ends: { contact: ['call'], by: 'owner' } as const,
    }));
    const agreement = { ...AGREEMENT, deadlines };
    return plan(facts, { now: AFTER, coveredUntil: AFTER, policy: { ...policyWith({ absences }), agreement } }).clocks;
  };

  test('counts where the owner alone is obliged, since the clock started', () => {
    expect(stateAfter([away('2026-11-25', '2026-11-26')])).toMatchObject([{ state: 'met' }]);
  });

  test.each([
    ['before the clock started', '2026-11-20', '2026-11-23'],
    ['only from tomorrow on', '2026-11-28', '2026-11-30'],
  ])('does not where they stood in %s', (_, from, to) => {
    expect(stateAfter([away(from, to)])).toMatchObject([{ state: 'lapsed' }]);
  });
});
