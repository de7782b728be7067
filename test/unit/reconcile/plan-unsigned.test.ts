import { describe, expect, test } from 'vitest';
import type { AnyFacts, CompanyFacts, PersonFacts } from '../../../src/domain/people/person.ts';
import type { Sighting } from '../../../src/domain/people/record.ts';
import type { PlanContext } from '../../../src/reconcile/context.ts';
import type { EntityPlan } from '../../../src/reconcile/entity-plan.ts';
import { findField } from '../../../src/reconcile/find-field.ts';
import { planBatch } from '../../../src/reconcile/plan-batch.ts';
import { whyNot } from '../../../src/reconcile/why-field.ts';
import {
  aDeal,
  aDealRecord,
  anOpportunity,
  aParticipant,
  dealEdited,
  OPPORTUNITY_ID,
  restedDeal,
} from '../../support/deals.ts';
import {
  aChange,
  aContact,
  aContext,
  aLead,
  aPerson,
  aPolicy,
  aStageEntry,
  GO_LIVE,
  NOW,
} from '../../support/people.ts';
import { quiet, writes } from '../../support/settle.ts';

const UNSIGNED = { policy: aPolicy({ agreedSince: null }) };

function planOf(facts: AnyFacts, context: Partial<PlanContext> = UNSIGNED): EntityPlan {
  const [made] = planBatch([facts], {}, aContext(context)).plans;
  if (made === undefined) throw new Error('a batch of one has one plan');
  return made;
}
/** Everything about a plan that an agreement would be needed for. */
function promisesIn({ stages, clocks, changes }: EntityPlan) {
  return { stages, clocks, made: changes.filter(({ kind }) => kind === 'create'), marks: changes.map((c) => c.marks) };
}
const NO_PROMISES = { stages: [], clocks: [], made: [] };

/** Just became an MQL: under an agreement there would be a Lead, an owner, a stage and a deadline. */
const qualified = (records: readonly Sighting[] = [aContact({ hubspotscore: 60 })]): PersonFacts =>
  aPerson(records, { stages: [aStageEntry()] });

describe('while nobody has signed an agreement', () => {
  test('whoever meets the criteria of an MQL enters no stage, is handed to nobody, and no Lead is made', () => {
    expect(planOf(qualified(), {}).stages).toMatchObject([{ stage: 'MQL' }]); // under one, this is a hand-off
    const made = planOf(qualified());
    expect(made.changes).toEqual([]);
    expect(promisesIn(made)).toEqual({ ...NO_PROMISES, marks: [] });
  });

  test('somebody met for the first time has no stage from then on either', () => {
    expect(planOf(aPerson([aContact(), aLead()])).stages).toEqual([]);
  });

  test('mapped fields are written, and nothing of ours beside them', () => {
    const made = planOf(qualified([aContact({ hubspotscore: 60, phone: '03-9999-0000' }), aLead({ Phone: null })]));
    expect(writes(made)).toEqual({ 'salesforce:Lead': { Phone: '03-9999-0000' } });
    expect(promisesIn(made)).toEqual({ ...NO_PROMISES, marks: [{}] });
  });

  test('and under an agreement the same person has key, stage and owner shown', () => {
    const made = planOf(qualified([aContact({ hubspotscore: 60 }), aLead()]), {});
    expect(Object.keys(writes(made)['hubspot:contacts'] ?? {})).toEqual(
      expect.arrayContaining(['tasuki_key', 'tasuki_stage', 'tasuki_sales_owner']),
    );
  });

  test('what was meant under an agreement and has not been sent is taken back', () => {
    const write = {
      field: 'Tasuki_Stage__c',
      before: null,
      after: 'MQL',
      reason: { code: 'stage-derived', detail: {} },
    };
    const open = [aChange({ steps: [[write]] as never, after: ['Tasuki_Stage__c'] })];
    const made = planOf({ ...qualified([aContact(), aLead()]), open });
    expect(made.supersede).toMatchObject([{ change: 'change-1' }]);
  });

  test('a deadline that runs is left as it is: it goes on once there is an agreement again', () => {
    const running = quiet(
      aPerson([aContact({ hubspotscore: 60 }), aLead()], {
        stages: [aStageEntry(), aStageEntry({ stage: 'MQL', at: NOW, by: 'rule' })],
      }),
    );
    expect(running.clocks).toMatchObject([{ state: 'running' }]);
    const made = planOf(running);
    expect([made.clocks, made.changes]).toEqual([[], []]);
  });

  test('a deal keeps its mapped stage in step, but shows no owner and no key', () => {
    const moved = dealEdited(restedDeal([aDealRecord(), anOpportunity()]), OPPORTUNITY_ID, { StageName: '見積提示' });
    expect(writes(planOf(moved))).toEqual({ 'hubspot:deals': { dealstage: 'contractsent' } });
    expect(planOf(aDeal([aDealRecord(), anOpportunity()])).changes).toEqual([]);
  });

  test('a deal in a pipeline that is not mapped is left alone', () => {
    const outside = aDeal([aDealRecord({ pipeline: '8801', dealstage: '9902', amount: 1 }), anOpportunity()]);
    expect(planOf(outside).changes).toEqual([]);
  });

  test('no other half of a deal is made, and nobody is tied to one', () => {
    const half = aDeal([aDealRecord()], { people: [aParticipant()] });
    expect(planOf(half, {}).changes).not.toEqual([]);
    expect(planOf(half).changes).toEqual([]);
  });

  test('a company that only Salesforce knows is not made in HubSpot', () => {
    const record = { system: 'salesforce', object: 'Account', id: '001000000000001AAA' } as const;
    const account: Sighting = {
      record,
      values: { Name: '株式会社みなと商事', Website: null, IsPersonAccount: false },
      createdAt: GO_LIVE,
      modifiedAt: GO_LIVE,
      seenAt: NOW,
      deleted: false,
    };
    const company: CompanyFacts = {
      ...aDeal([account], { id: 'company-1' }),
      kind: 'company',
      tied: { hubspot: 0, salesforce: 1 },
    };
    const making = (agreedSince: number | null) => ({
      policy: aPolicy({ agreedSince, company: { ...aPolicy().company, createInHubSpot: true } }),
    });
    expect(planOf(company, making(GO_LIVE)).changes).toMatchObject([{ kind: 'create' }]);
    expect(planOf(company, making(null)).changes).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['a stage', 'Tasuki_Stage__c', 'unsigned'],
    ['an owner', 'hubspot_owner_id', 'unsigned'],
    ['a mapped field', 'Phone', 'in-step'],
  ])('explain says of %s why it stands still', (_, name, code) => {
    const person = aPerson([aContact(), aLead()]);
    const context = aContext(UNSIGNED);
    const found = findField(name, 'person', context);
    if (found.kind !== 'field') throw new Error(`no field ${name}`);
    expect(whyNot(found.field, person, context).code).toBe(code);
  });
});
