import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../src/domain/agreement/agreement.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { DirectoryEntry } from '../../../src/domain/people/record.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import { planBatch } from '../../../src/reconcile/plan-batch.ts';
import {
  AGREEMENT,
  aContact,
  aContext,
  aLead,
  aPerson,
  aPolicy,
  aStageEntry,
  LEAD_ID,
  NOW,
  tokyo,
} from '../../support/people.ts';
import { edited, isNothing, plan, settled, stored, turnsFrom, writes } from '../../support/settle.ts';
import { aDirectory, PEOPLE_AT_WORK } from '../../support/systems.ts';

const [MORI, ONO, LEFT, IS_QUEUE, UNMATCHED] = [
  '005000000000001AAA',
  '005000000000003AAA',
  '005000000000004AAA',
  '00G000000000001AAA',
  '00G000000000002AAA',
];
const SEKI = '005000000000011AAA';
const HARA = '005000000000012AAA';
const FIELD: readonly DirectoryEntry[] = [
  { system: 'salesforce', kind: 'user', id: SEKI, name: '関 大地', email: 'seki@example.co.jp', active: true },
  { system: 'salesforce', kind: 'user', id: HARA, name: '原 美咲', email: 'hara@example.co.jp', active: true },
  {
    system: 'salesforce',
    kind: 'queue',
    id: '00G000000000003AAA',
    name: 'FS',
    apiName: 'FS_Queue',
    email: null,
    active: true,
  },
];
const STRANGER = '005000000000013AAA';
const directory = aDirectory([
  ...PEOPLE_AT_WORK,
  ...FIELD,
  { system: 'salesforce', kind: 'user', id: STRANGER, name: '他部署', email: 'other@example.co.jp', active: true },
]);

const SQL = { stage: 'SQL', department: 'sales' } as const;
const stages: Agreement['stages'] = [
  AGREEMENT.stages[0]!,
  { ...SQL, when: { field: 'hubspot.jobtitle', test: { is: '部長' } }, handOff: { to: 'field-sales', brief: true } },
];
const { owners, ...rest } = aPolicy();
const policy = {
  ...rest,
  agreement: {
    ...AGREEMENT,
    stages,
    deadlines: [
      ...AGREEMENT.deadlines,
      {
        name: 'fs-accepts',
        department: 'sales',
        who: 'owner',
        starts: { entered: 'SQL', team: 'field-sales' },
        ends: { handedOff: 'field-sales' },
        within: { amount: 1, unit: 'business days' },
        lapse: { task: 'normal' },
      },
    ],
  } satisfies Agreement,
  owners: {
    ...owners,
    teams: {
      ...owners.teams,
      'field-sales': {
        members: ['seki@example.co.jp', 'hara@example.co.jp'],
        queue: 'FS_Queue',
        manager: null,
        assign: 'round-robin',
      },
    },
  } as const,
};
const context = { policy, directory };

/** Somebody whom inside sales has had since Friday, and who is an SQL now. */
function sqlOf(owner: string, values: Values = {}, more: Partial<PersonFacts> = {}): PersonFacts {
  const born = { createdAt: tokyo('2026-11-10 10:00') };
  const entered = aStageEntry({
    stage: 'MQL',
    at: tokyo('2026-11-20 10:00'),
    by: 'rule',
    handedOffAt: tokyo('2026-11-20 10:05'),
  });
  return aPerson(
    [
      aContact({ jobtitle: '部長' }, born),
      aLead({ Title: '部長', OwnerId: owner, Tasuki_Stage__c: 'MQL', ...values }, born),
    ],
    { stages: [aStageEntry({ at: born.createdAt }), entered], ...more },
  );
}

const ownerIn = (made: ReturnType<typeof plan>) => writes(made)['salesforce:Lead']?.['OwnerId'];

describe('at SQL the owner moves from inside sales to field sales', () => {
  test('in the write that shows the stage and brings the brief', () => {
    const made = plan(sqlOf(MORI), context);
    const lead = made.changes.find(({ target }) => target.object === 'Lead');
    expect(lead).toMatchObject({
      kind: 'update',
      readBack: true,
      marks: { handOff: { team: 'field-sales', stage: 'SQL' } },
    });
    expect(writes(made)['salesforce:Lead']).toMatchObject({
      OwnerId: SEKI,
      Tasuki_Stage__c: 'SQL',
      Tasuki_Brief__c: expect.stringContaining('引き渡し: インサイドセールス(森 葵)から'),
    });
    const reason = lead?.steps.flat().find(({ field }) => field === 'OwnerId');
    expect(reason).toMatchObject({
      before: MORI,
      reason: { code: 'owner-assigned', detail: { owner: '関 大地', why: 'round-robin', team: 'field-sales' } },
    });
  });

  test('out of the queue, from the manager, from whoever has left, and out of the place for what nobody can own', () => {
    for (const owner of [IS_QUEUE, ONO, LEFT, UNMATCHED]) expect(ownerIn(plan(sqlOf(owner), context))).toBe(SEKI);
  });

  test('never from one of field sales, from its queue, or from a colleague in no team', () => {
    for (const owner of [HARA, '00G000000000003AAA', STRANGER]) {
      const made = plan(sqlOf(owner), context);
      expect(writes(made)['salesforce:Lead']).toMatchObject({ Tasuki_Stage__c: 'SQL' });
      expect(ownerIn(made)).toBeUndefined();
    }
  });

  test('and at the first hand-off not at all: whoever has the Lead keeps it', () => {
    const mql = aPerson([aContact({ hubspotscore: 90 }), aLead({ OwnerId: SEKI })], {
      stages: [aStageEntry({ at: tokyo('2026-11-10 10:00') })],
    });
    const made = plan(mql, context);
    expect(made.changes.find(({ target }) => target.object === 'Lead')?.marks).toHaveProperty('handOff');
    expect(ownerIn(made)).toBeUndefined();
  });

  test('is shown to HubSpot once it is so, and not before', () => {
    const made = plan(sqlOf(MORI), context);
    expect(writes(made)['hubspot:contacts']).toMatchObject({ tasuki_sales_owner: '森 葵', tasuki_stage: 'SQL' });
    const after = settled(sqlOf(MORI), made, NOW);
    expect(writes(plan(after, context))['hubspot:contacts']).toMatchObject({ tasuki_sales_owner: '関 大地' });
  });

  test('is the hand-off: its confirmation ends the deadline for it, and nothing is left to do', () => {
    const after = settled(sqlOf(MORI), plan(sqlOf(MORI), context), NOW);
    expect(after.stages.at(-1)).toMatchObject({ stage: 'SQL', handedOffAt: NOW });
    const made = plan(after, { ...context, now: NOW + 60_000, coveredUntil: NOW + 60_000 });
    expect(made.clocks.find(({ kind }) => kind === 'fs-accepts')).toMatchObject({ state: 'met', metAt: NOW });
    const quiet = settled(after, made, NOW + 60_000);
    expect(isNothing(plan(quiet, { ...context, now: NOW + 60_000, coveredUntil: NOW + 60_000 }))).toBe(true);
  });
});

describe('whoever was chosen', () => {
  test('is so still while the write waits, and takes one turn, though another field of it changes', () => {
    const turns = turnsFrom(0);
    const facts = sqlOf(MORI);
    const waiting = stored(facts, plan(facts, context, turns), NOW);
    expect(turns.reached()).toBe(1);
    const changed = edited(waiting, LEAD_ID, { Phone: '03-9999-9999' }, NOW);
    const again = plan({ ...changed, sightings: changed.sightings }, context, turns);
    expect(ownerIn(again) ?? SEKI).toBe(SEKI);
    expect(turns.reached()).toBe(1);
  });

  test('and has left meanwhile makes room for the next', () => {
    const facts = sqlOf(MORI);
    const waiting = stored(facts, plan(facts, context), NOW);
    const gone = aDirectory([
      ...PEOPLE_AT_WORK,
      ...FIELD.map((one) => (one.id === SEKI ? { ...one, active: false } : one)),
    ]);
    expect(ownerIn(plan(waiting, { policy, directory: gone }))).toBe(HARA);
  });

  test('and was rejected is no reason to ask for the next', () => {
    const facts = sqlOf(MORI);
    const made = plan(facts, context);
    const wanted = writes(made)['salesforce:Lead'];
    const rejected = {
      code: 'PLAN_REJECTED',
      subject: `salesforce:Lead:${LEAD_ID}`,
      detail: { wanted: JSON.stringify(wanted) },
    } as const;
    const again = plan({ ...facts, findings: [rejected] }, context, turnsFrom(1));
    expect(writes(again)['salesforce:Lead']?.['OwnerId']).toBeUndefined();
  });

  test('is another for the next person', () => {
    const two = [sqlOf(MORI, {}, { id: 'p1' }), sqlOf(MORI, {}, { id: 'p2' })];
    const { plans, rotation } = planBatch(two, {}, aContext(context));
    const given = plans.map(({ changes }) =>
      changes.flatMap(({ steps }) => steps.flat()).find(({ field }) => field === 'OwnerId'),
    );
    expect(given.map((change) => change?.after)).toEqual([SEKI, HARA]);
    expect(rotation).toEqual({ 'field-sales': 2 });
  });
});

test('after the conversion it is the Contact that moves, and nothing else of the account', () => {
  const contact = {
    ...aLead({ OwnerId: MORI, Tasuki_Stage__c: 'MQL', Title: '部長' }),
    record: { system: 'salesforce', object: 'Contact', id: '003000000000001AAA' } as const,
  };
  const facts = aPerson([aContact({ jobtitle: '部長' }), contact], { stages: sqlOf(MORI).stages });
  const made = plan(facts, context);
  expect(writes(made)['salesforce:Contact']).toMatchObject({ OwnerId: SEKI, Tasuki_Stage__c: 'SQL' });
  expect(made.changes.every(({ target }) => target.object === 'Contact' || target.object === 'contacts')).toBe(true);
});
