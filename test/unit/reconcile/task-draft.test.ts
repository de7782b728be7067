import { describe, expect, test } from 'vitest';
import { zoneOffsets } from '../../../src/config/zone-offsets.ts';
import type { DeadlineRule } from '../../../src/domain/agreement/agreement.ts';
import type { Neighbour, PersonFacts } from '../../../src/domain/people/person.ts';
import type { Sighting } from '../../../src/domain/people/record.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import { indexSchemas, type PlanContext } from '../../../src/reconcile/context.ts';
import { AGREEMENT, aContact, agreedOtherwise, aLead, aPerson, aStageEntry, NOW, tokyo } from '../../support/people.ts';
import { plan, quiet, writes } from '../../support/settle.ts';
import { aDirectory, PEOPLE_AT_WORK, SCHEMAS } from '../../support/systems.ts';

const AFTER = tokyo('2026-11-27 18:01'); // Friday, after closing: the Task is for Monday the 30th

function taskOf(record: Sighting, more: Partial<PlanContext> = {}, facts: Partial<PersonFacts> = {}) {
  const stages = [aStageEntry(), aStageEntry({ stage: 'MQL', at: NOW, by: 'rule' })];
  const start = quiet(aPerson([aContact({ hubspotscore: 60 }), record], { stages, ...facts }), more);
  return writes(plan(start, { now: AFTER, coveredUntil: AFTER, ...more }))['salesforce:Task'];
}

const aContactRecord = (values: Values = {}) => {
  const { values: given, ...rest } = aLead();
  const { Company: _company, IsConverted: _converted, Status: _status, ...kept } = given;
  return {
    ...rest,
    record: { system: 'salesforce', object: 'Contact', id: '003000000000001AAA' } as const,
    values: { ...kept, AccountId: '001000000000001AAA', ...values },
  };
};

const withMori = (more: Partial<(typeof PEOPLE_AT_WORK)[number]>) =>
  aDirectory(
    PEOPLE_AT_WORK.map((entry) =>
      entry.system === 'salesforce' && entry.email === 'aoi.mori@example.co.jp' ? { ...entry, ...more } : entry,
    ),
  );

describe('the Task of a lapse', () => {
  test('reminds when the office opens on its day, and is open, by what Salesforce says of its values', () => {
    expect(taskOf(aLead())).toMatchObject({
      ActivityDate: '2026-11-30',
      ReminderDateTime: '2026-11-30T00:00:00.000Z', // nine o'clock in Tokyo
      IsReminderSet: true,
      Status: '未着手',
      Priority: '高',
    });
  });

  test('reminds by the wall where its owner works, whose zone Salesforce tells', () => {
    const zones = new Map([['America/New_York', zoneOffsets('America/New_York', '2026-01-01', '2027-12-31')]]);
    expect(taskOf(aLead(), { directory: withMori({ timeZone: 'America/New_York' }), zones })).toMatchObject({
      ReminderDateTime: '2026-11-30T14:00:00.000Z',
    });
    expect(taskOf(aLead(), { directory: withMori({ timeZone: 'Nowhere/Land' }), zones })).toMatchObject({
      ReminderDateTime: '2026-11-30T00:00:00.000Z',
    });
  });

  test.each([
    ['ja', /^【期限超過】/u],
    ['en_US', /^Overdue: /u],
    ['fr', /^Overdue: /u],
  ])('of somebody whose screens are in %s is in that language, or in English', (language, subject) => {
    expect(taskOf(aLead(), { directory: withMori({ language }) })?.['Subject']).toMatch(subject);
  });

  test('that is not urgent has the usual priority, not the last or the first of the list', () => {
    const policy = agreedOtherwise({ deadlines: [{ ...AGREEMENT.deadlines[0]!, lapse: { task: 'normal' } }] });
    expect(taskOf(aLead(), { policy })).toMatchObject({ Priority: '中' });
  });

  test('where nothing is told of the values leaves both to the organisation', () => {
    const bare = SCHEMAS.filter(({ object }) => object !== 'Task');
    const task = taskOf(aLead(), { schemas: indexSchemas(bare) });
    expect(task).not.toHaveProperty('Status');
    expect(task).not.toHaveProperty('Priority');
  });

  test('of a Lead is related to nothing else, and of a Contact to its account', () => {
    expect(taskOf(aLead())).not.toHaveProperty('WhatId');
    expect(taskOf(aContactRecord())).toMatchObject({
      WhoId: '003000000000001AAA',
      WhatId: '001000000000001AAA',
    });
    expect(taskOf(aContactRecord({ AccountId: null }))).not.toHaveProperty('WhatId');
  });

  test('of a promise about a deal is related to the newest open opportunity of theirs', () => {
    const opportunity = (id: string, createdAt: number, closed: boolean): Neighbour => ({
      id: `deal-${id}`,
      hubspot: null,
      salesforce: {
        ...aLead(),
        createdAt,
        record: { system: 'salesforce', object: 'Opportunity', id },
        values: { IsClosed: closed, IsWon: false, Amount: null, CloseDate: '2026-12-31' },
      },
    });
    const deals = [
      opportunity('006A', NOW, false),
      opportunity('006B', NOW + 1, false),
      opportunity('006C', NOW + 2, true),
    ];
    const rule: DeadlineRule = { ...AGREEMENT.deadlines[0]!, ends: { deal: 'won', with: [] } };
    const policy = agreedOtherwise({ deadlines: [rule] });
    expect(taskOf(aContactRecord(), { policy }, { deals })).toMatchObject({ WhatId: '006B' });
  });
});
