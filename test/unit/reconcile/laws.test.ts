import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stageRank } from '../../../src/domain/agreement/stage-order.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { Locale } from '../../../src/domain/policy.ts';
import { findingText } from '../../../src/domain/texts/findings.ts';
import { reasonText } from '../../../src/domain/texts/reasons.ts';
import type { Instant, Value } from '../../../src/domain/values/value.ts';
import { ownFieldsOf } from '../../../src/reconcile/derived.ts';
import type { EntityPlan } from '../../../src/reconcile/entity-plan.ts';
import { planBatch } from '../../../src/reconcile/plan-batch.ts';
import {
  aCall,
  aContact,
  aContext,
  aLead,
  aPerson,
  aPolicy,
  CONTACT_ID,
  FIELDS,
  LEAD_ID,
  NOW,
} from '../../support/people.ts';
import { edited, isNothing, plan, quiet, removed, settled } from '../../support/settle.ts';

const RUNS = { numRuns: 200 };
const OWNER_FIELDS = ['OwnerId', 'hubspot_owner_id', 'tasuki_sales_owner', 'owner'];
const DAY = 86_400_000;

const text = fc.constantFrom<Value>(null, '', ' ', '課長', '部長', ' 課長 ', '長'.repeat(130));
const inHubSpot = fc.record(
  {
    lastname: fc.constantFrom<Value>('鈴木', '高橋', null),
    phone: fc.constantFrom<Value>(null, '03-1234-5678', '0312345678', '090-1111-2222'),
    jobtitle: text,
    company: fc.constantFrom<Value>(null, '株式会社みなと商事', '㈱みなと'),
    industry: fc.constantFrom<Value>(null, 'MANUFACTURING', 'MACHINERY', 'FINANCE', 'SPACE'),
    hubspotscore: fc.constantFrom<Value>(null, 0, 60, 90, '75', 'n/a'),
    hubspot_owner_id: fc.constantFrom<Value>(null, '71', '72', '99'),
    lifecyclestage: fc.constantFrom<Value>(
      null,
      'subscriber',
      'lead',
      'marketingqualifiedlead',
      'salesqualifiedlead',
      'customer',
      'other',
      '89423127',
    ),
    tasuki_stage: fc.constantFrom<Value>(null, 'lead', 'customer'),
  },
  { requiredKeys: [] },
);
const inSalesforce = fc.record(
  {
    LastName: fc.constantFrom<Value>('鈴木', '髙橋'),
    Phone: fc.constantFrom<Value>(null, '+81 3-1234-5678', '03-9999-9999'),
    Title: text,
    Company: fc.constantFrom<Value>('株式会社みなと商事', 'みなと商事'),
    Industry: fc.constantFrom<Value>(null, '製造', '金融', '宇宙'),
    OwnerId: fc.constantFrom<Value>(
      '005000000000001AAA',
      '005000000000002AAA',
      '005000000000004AAA',
      '00G000000000001AAA',
      '005000000000099AAA',
    ),
    Tasuki_Stage__c: fc.constantFrom<Value>(null, 'MQL', 'customer'),
  },
  { requiredKeys: [] },
);
const born = fc.constantFrom({}, { createdAt: NOW - DAY });
const contact = fc.tuple(inHubSpot, born).map(([values, rest]) => aContact(values, rest));
const lead = fc.tuple(inSalesforce, born).map(([values, rest]) => aLead(values, rest));
const person: fc.Arbitrary<PersonFacts> = fc.oneof(
  contact.map((one) => aPerson([one])),
  lead.map((one) => aPerson([one])),
  fc.tuple(contact, lead).map((pair) => aPerson(pair)),
);

/** What may happen to a person between two passes. */
type Event = (facts: PersonFacts, at: Instant) => PersonFacts;
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 3,
    arbitrary: inHubSpot.map(
      (values): Event =>
        (facts, at) =>
          edited(facts, CONTACT_ID, values, at),
    ),
  },
  {
    weight: 3,
    arbitrary: inSalesforce.map(
      (values): Event =>
        (facts, at) =>
          edited(facts, facts.sightings.at(-1)!.record.id, values, at),
    ),
  },
  fc.constant<Event>((facts, at) => removed(facts, LEAD_ID, at)),
  fc.constant<Event>((facts, at) => ({ ...facts, activities: [aCall(at)] })),
  fc.boolean().map(
    (deleted): Event =>
      (facts, at) => ({
        ...facts,
        activities: [
          aCall(at, {
            ourTask: true,
            countsAsContact: false,
            deleted,
            closed: !deleted,
            source: { system: 'salesforce', object: 'Task', id: '00T000000000001AAA' },
          }),
        ],
      }),
  ),
  fc.constant<Event>((facts) => facts),
);
const life = fc.tuple(person, fc.array(event, { maxLength: 5 }));

/** Lives through the events, three days apart, and settles after each. Returns every plan that was made. */
function live([start, events]: readonly [PersonFacts, readonly Event[]]): {
  readonly facts: PersonFacts;
  readonly plans: readonly EntityPlan[];
} {
  const plans: EntityPlan[] = [];
  let facts = start;
  [(same: PersonFacts) => same, ...events].forEach((happens, nth) => {
    const now = NOW + nth * 3 * DAY;
    facts = happens(facts, now);
    for (let pass = 0; pass < 8; pass += 1) {
      const made = plan(facts, { now, coveredUntil: now });
      plans.push(made);
      if (isNothing(made)) return;
      facts = settled(facts, made, now);
    }
    throw new Error('the plans never come to rest');
  });
  return { facts, plans };
}

const changesOf = (plans: readonly EntityPlan[]) => plans.flatMap(({ changes }) => changes);

describe('whatever happens to a person', () => {
  test('with clock and world held still, planning comes to rest and a further pass plans nothing', () => {
    fc.assert(
      fc.property(life, (lived) => {
        expect(isNothing(live(lived).plans.at(-1)!)).toBe(true);
      }),
      RUNS,
    );
  });

  test('every change carries a reason that can be read in Japanese and in English, and so does every finding', () => {
    fc.assert(
      fc.property(life, (lived) => {
        const { plans } = live(lived);
        const inBoth = (say: (locale: Locale) => string) => [say('ja'), say('en')];
        const reasons = changesOf(plans)
          .flatMap(({ steps }) => steps.flat())
          .flatMap(({ reason }) => inBoth((locale) => reasonText(reason, locale)));
        const findings = plans
          .flatMap(({ openFindings }) => openFindings)
          .flatMap((finding) => inBoth((locale) => findingText(finding, locale)));
        for (const sentence of [...reasons, ...findings])
          expect(sentence).toMatch(/^(?!.*(undefined|\[object|NaN)).+$/su);
      }),
      RUNS,
    );
  });

  test('nothing is written but mapped fields, our own, and what a rule names', () => {
    const named = new Set(['LastName', 'Company', 'OwnerId', 'hubspot_owner_id', 'lifecyclestage', 'Tasuki_Key__c']);
    const mapped = new Set(FIELDS.flatMap(({ hubspot, salesforce }) => [hubspot, ...Object.values(salesforce)]));
    fc.assert(
      fc.property(life, (lived) => {
        for (const { target, steps } of changesOf(live(lived).plans).filter(
          (change) => change.target.object !== 'Task',
        )) {
          const own = new Set(ownFieldsOf(target.system, target.object));
          for (const { field } of steps.flat())
            expect(mapped.has(field) || own.has(field) || named.has(field), field).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('one plan writes each record once at most, and names each field once', () => {
    fc.assert(
      fc.property(life, (lived) => {
        for (const { changes } of live(lived).plans) {
          const targets = changes.map(({ target, key }) => `${target.object} ${target.id ?? key?.value}`);
          expect(new Set(targets).size).toBe(targets.length);
          for (const { steps } of changes)
            expect(new Set(steps.flat().map(({ field }) => field)).size).toBe(steps.flat().length);
        }
      }),
      RUNS,
    );
  });

  test('the stage only moves forward, whatever is typed into our own fields', () => {
    fc.assert(
      fc.property(life, (lived) => {
        const ranks = live(lived).facts.stages.map(({ stage }) => stageRank(stage));
        expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b));
      }),
      RUNS,
    );
  });

  test('what is typed into our own fields changes no stage: without it the same stages are entered', () => {
    fc.assert(
      fc.property(inHubSpot, inSalesforce, (here, there) => {
        const { tasuki_stage: _, ...hubspot } = here;
        const { Tasuki_Stage__c: __, ...salesforce } = there;
        expect(plan(aPerson([aContact(here), aLead(there)])).stages).toEqual(
          plan(aPerson([aContact(hubspot), aLead(salesforce)])).stages,
        );
      }),
      RUNS,
    );
  });

  test('one obligation gets one Task at most, and a Lead is made once at most', () => {
    fc.assert(
      fc.property(life, (lived) => {
        const keys = changesOf(live(lived).plans)
          .filter(({ kind }) => kind === 'create')
          .map(({ target, key }) => `${target.object} ${key?.value}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      RUNS,
    );
  });

  test('nothing that is unread is written', () => {
    fc.assert(
      fc.property(contact, lead, fc.constantFrom(...Object.keys(aContact().values)), (one, other, unread) => {
        const { [unread]: _, ...values } = one.values;
        const fields = plan(aPerson([{ ...one, values }, other]))
          .changes.filter(({ target }) => target.system === 'hubspot')
          .flatMap(({ steps }) => steps.flat());
        expect(fields.map(({ field }) => field)).not.toContain(unread);
      }),
      RUNS,
    );
  });
});

describe('a batch', () => {
  const crowd = fc
    .array(person, { minLength: 2, maxLength: 6 })
    .map((people) => people.map((facts, nth) => ({ ...facts, id: `p${nth}` })));
  const byPerson = (plans: readonly EntityPlan[]) => plans.toSorted((a, b) => (a.entity < b.entity ? -1 : 1));

  test('in another order plans the same for everyone, but for whose turn it is', () => {
    const withoutTurn = (plans: readonly EntityPlan[]) =>
      JSON.stringify(byPerson(plans), (_, value: unknown) =>
        Array.isArray(value) ? value.filter((one) => !isAssignment(one)) : value,
      );
    fc.assert(
      fc.property(crowd, (people) => {
        const [one, other] = [people, people.toReversed()].map((order) => planBatch(order, {}, aContext()));
        expect(withoutTurn(one!.plans)).toBe(withoutTurn(other!.plans));
        expect(one!.rotation).toEqual(other!.rotation);
      }),
      RUNS,
    );
  });

  test('gives hand-offs to the members of a team in turn', () => {
    const newcomers = [0, 1, 2, 3].map((nth) =>
      aPerson([aContact({ hubspotscore: 60 }, { createdAt: NOW })], { id: `p${nth}` }),
    );
    const { plans, rotation } = planBatch(newcomers, { 'inside-sales': 5 }, aContext({ policy: aPolicy() }));
    const owners = changesOf(plans)
      .flatMap(({ steps }) => steps.flat())
      .filter(({ field }) => field === 'OwnerId')
      .map(({ after }) => String(after).slice(0, 15));
    expect(owners).toEqual(['005000000000002', '005000000000001', '005000000000002', '005000000000001']);
    expect(rotation).toEqual({ 'inside-sales': 9 });
  });

  test('replayed from the newest sightings after a lost ledger changes no mapped value', () => {
    fc.assert(
      fc.property(person, (start) => {
        const { sightings } = quiet(start);
        fc.pre(sightings.length === 2);
        const again = plan(aPerson(sightings, { findings: [] }));
        const mapped = again.changes
          .flatMap(({ steps }) => steps.flat())
          .filter(({ reason }) => ['copied', 'cleared', 'conflict-settled'].includes(reason.code));
        expect(mapped).toEqual([]);
      }),
      RUNS,
    );
  });
});

/** The owner that a turn gave, in either system, and its base. */
function isAssignment(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'field' in value && OWNER_FIELDS.includes(String(value.field));
}
