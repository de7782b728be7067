import { describe, expect, test } from 'vitest';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import {
  AGREEMENT,
  aCall,
  aContact,
  agreedOtherwise,
  aLead,
  aPerson,
  aStageEntry,
  CONTACT_ID,
  NOW,
  tokyo,
} from '../../support/people.ts';
import { plan, quiet, settled, stored, writes } from '../../support/settle.ts';

const DUE = tokyo('2026-11-27 18:00');
const FIRST = tokyo('2026-11-30 18:00');
const MARKETER = '72'; // Sato, without a licence in Salesforce
const WITH_LICENCE = '71';
/** Who owns the Lead has no seat in HubSpot, as is usual, so the contact's owner stays whoever it was. */
const KATO = '005000000000002AAA';

const POLICY = agreedOtherwise({
  deadlines: [
    {
      ...AGREEMENT.deadlines[0]!,
      department: 'marketing',
      lapse: {
        task: 'normal',
        escalate: [{ after: { amount: 1, unit: 'business days' }, to: 'marketing-head' }],
        tickedOff: 'ask',
      },
    },
  ],
  roles: { 'marketing-head': 'yui.ono@example.co.jp' },
});
const at = (now: number) => ({ now, coveredUntil: now, policy: POLICY });

function owing(owner: string | null, lead = { LastName: '<b>鈴木</b>' }): PersonFacts {
  const stages = [aStageEntry(), aStageEntry({ stage: 'MQL', at: NOW, by: 'rule', handedOffAt: NOW })];
  const contact = aContact({ hubspotscore: 60, hubspot_owner_id: owner, lastname: lead.LastName });
  return aPerson([contact, aLead({ ...lead, OwnerId: KATO })], { stages });
}

/** The Task is there, as the ledger knows it once its write was read back. */
function lapsed(): PersonFacts {
  const start = quiet(owing(MARKETER), { policy: POLICY });
  const after = settled(start, plan(start, at(DUE + 1)), DUE + 1);
  const clocks = after.clocks.map((clock) => ({
    ...clock,
    task: { id: '9001', state: 'open', in: 'hubspot' } as const,
  }));
  return { ...after, clocks };
}

describe('what a marketer without a licence in Salesforce owes', () => {
  test('is one task in HubSpot, under the key of the clock, with the contact on it; none in Salesforce', () => {
    const start = quiet(owing(MARKETER), { policy: POLICY });
    const made = plan(start, at(DUE + 1));
    expect(made.changes.filter(({ kind }) => kind === 'create')).toMatchObject([
      {
        target: { system: 'hubspot', object: 'tasks', id: null },
        key: { field: 'tasuki_key', value: start.clocks[0]!.id },
      },
    ]);
    expect(writes(made)['hubspot:tasks']).toMatchObject({
      hubspot_owner_id: MARKETER,
      hs_task_status: 'NOT_STARTED',
      hs_task_priority: 'MEDIUM',
      hs_timestamp: '2026-11-30T00:00:00.000Z',
      'associations.contacts': CONTACT_ID,
      hs_task_body: expect.stringMatching(/^&lt;b&gt;鈴木.*<br>/u),
    });
    expect(made.clocks).toMatchObject([{ task: { id: null, state: 'planned', in: 'hubspot' } }]);
    expect(plan(stored(start, made, DUE + 1), at(DUE + 1)).changes).toEqual([]);
  });

  test('is the one Task also where the contact comes to somebody with a licence while it is being made', () => {
    const start = quiet(owing(MARKETER), { policy: POLICY });
    const after = stored(start, plan(start, at(DUE + 1)), DUE + 1);
    const sightings = after.sightings.map((one) =>
      one.record.object === 'contacts' ? { ...one, values: { ...one.values, hubspot_owner_id: WITH_LICENCE } } : one,
    );
    const made = (state: 'sending' | 'approved') => {
      const open = after.open.map((change) => ({ ...change, state }));
      return plan({ ...after, sightings, open, version: 99 }, at(DUE + 2));
    };
    expect(made('sending').changes.filter(({ kind }) => kind === 'create')).toEqual([]);
    expect(made('sending').clocks).toEqual([]);
    // What has not been sent yet is overtaken.
    expect(made('approved').changes.map(({ target }) => target.object)).toContain('Task');
  });

  test('climbs, and is closed, where it stands', () => {
    const climbed = plan(lapsed(), at(FIRST));
    expect(climbed.changes.map(({ target }) => target)).toContainEqual({
      system: 'hubspot',
      object: 'tasks',
      id: '9001',
    });
    expect(writes(climbed)['hubspot:tasks']).toMatchObject({
      hs_task_subject: expect.stringMatching(/^【エスカレーション】/u),
      hs_task_priority: 'HIGH',
    });
    const called = { ...lapsed(), version: 99, activities: [aCall(FIRST - 1)] };
    expect(writes(plan(called, at(FIRST)))['hubspot:tasks']).toEqual({ hs_task_status: 'COMPLETED' });
  });

  test('is asked about where it was ticked off there with nothing on record', () => {
    const ticked = aCall(DUE + 9, {
      ourTask: true,
      countsAsContact: false,
      source: { system: 'hubspot', object: 'tasks', id: '9001' },
      about: { system: 'hubspot', object: 'contacts', id: CONTACT_ID },
    });
    expect(plan({ ...lapsed(), version: 99, activities: [ticked] }, at(DUE + 10)).openFindings).toMatchObject([
      { code: 'TASK_TICKED_OFF', subject: 'hubspot:tasks:9001' },
    ]);
  });

  test('is a Task in Salesforce for whoever has a licence there, and for the record’s owner where the contact has none', () => {
    const owes = [
      [WITH_LICENCE, '005000000000001AAA'],
      [null, KATO],
    ] as const;
    for (const [owner, user] of owes) {
      const made = plan(quiet(owing(owner), { policy: POLICY }), at(DUE + 1));
      expect(writes(made)['salesforce:Task']).toMatchObject({ OwnerId: user });
      expect(writes(made)['hubspot:tasks']).toBeUndefined();
    }
  });
});
