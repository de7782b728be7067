import { describe, expect, test } from 'vitest';
import { adoptedIn, adoptedLines } from '../../../src/cli/adopted-text.ts';
import type { Agreement } from '../../../src/domain/agreement/agreement.ts';
import type { PersonFacts, StageEntry } from '../../../src/domain/people/person.ts';
import type { PlanContext } from '../../../src/reconcile/context.ts';
import {
  AGREEMENT,
  aCall,
  aContact,
  agreedOtherwise,
  aLead,
  aPerson,
  aStageEntry,
  GO_LIVE,
  NOW,
  tokyo,
} from '../../support/people.ts';
import { plan, quiet, stored } from '../../support/settle.ts';

const DAY = 86_400_000;
const ADOPTING: Partial<Agreement> = { adopt: { openSince: { amount: 30, unit: 'days' } } };
const adopting: Partial<PlanContext> = { policy: agreedOtherwise(ADOPTING) };
/** Nobody has approved the first run: the line lies ahead. */
const FIRST_RUN = { ...adopting, goLive: NOW + 1 };

/** An MQL by HubSpot's own date, from before Tasuki. */
const mql = (since: number, lead = aLead()): PersonFacts =>
  aPerson([
    aContact({
      lifecyclestage: 'marketingqualifiedlead',
      hs_v2_date_entered_marketingqualifiedlead: new Date(since).toISOString(),
    }),
    lead,
  ]);
const handOffs = ({ changes }: ReturnType<typeof plan>) => changes.flatMap(({ marks }) => marks.handOff?.stage ?? []);
const entry = (rest: Partial<StageEntry> = {}): StageEntry =>
  aStageEntry({ stage: 'MQL', at: GO_LIVE - 5 * DAY, grade: 'stated', ...rest });

describe('on day one', () => {
  const old = Array.from({ length: 7158 }, (_, nth) => mql(GO_LIVE - (31 + nth) * DAY));

  test('7,158 old MQLs without a deal start no hand-off, no deadline and no Task', () => {
    const some = old.slice(0, 100);
    for (const [people, options] of [
      [old, FIRST_RUN],
      [some, { goLive: NOW + 1 }],
      [some, adopting],
    ] as const) {
      const made = people.map((facts) => plan(facts, options));
      expect(made.flatMap(handOffs)).toEqual([]);
      expect(made.flatMap(({ clocks }) => clocks)).toEqual([]);
      expect(made.flatMap(({ changes }) => changes).filter(({ target }) => target.object === 'Task')).toEqual([]);
      expect(adoptedIn(made.flatMap(({ changes }) => changes))).toBe(0);
    }
  }, 60_000);

  test('adopt takes in those who became MQL within that time, and the plan shows how many', () => {
    const recent = [1, 12, 29].map((days) => mql(NOW - days * DAY));
    const made = [...recent, ...old.slice(0, 50)].map((facts) => plan(facts, FIRST_RUN));
    expect(made.map(handOffs).filter((stages) => stages.length > 0)).toEqual([['MQL'], ['MQL'], ['MQL']]);
    expect(made.flatMap(({ clocks }) => clocks)).toEqual([]);
    // The builders give everybody the same id; the number is one of people.
    const changes = made.flatMap((one, nth) => one.changes.map((change) => ({ ...change, entity: `p${nth}` })));
    expect(adoptedIn(changes)).toBe(3);
    expect(adoptedLines(changes, ADOPTING, 'ja')[0]).toContain('引き取る人: 3');
    expect(adoptedLines(changes, ADOPTING, 'en')[0]).toContain('People taken in: 3');
    expect(adoptedLines(changes, {}, 'ja')).toEqual([]);
  });

  test('without adopt nobody is taken in', () => {
    expect(handOffs(plan(mql(NOW - DAY), { goLive: NOW + 1 }))).toEqual([]);
  });
});

describe('whoever is taken in', () => {
  test('is handed over like a new one: the clock starts when Salesforce shows it, not before', () => {
    const facts = quiet(mql(GO_LIVE - 5 * DAY), adopting);
    expect(facts.stages.at(-1)).toMatchObject({ stage: 'MQL', by: 'history', at: GO_LIVE - 5 * DAY, handedOffAt: NOW });
    expect(facts.clocks).toMatchObject([{ kind: 'first-contact', startedAt: NOW, state: 'running' }]);
  });

  test('keeps the deadline that has begun when the agreement takes nobody in any more', () => {
    const facts = quiet(mql(GO_LIVE - 5 * DAY), adopting);
    expect(plan(facts, { policy: agreedOtherwise({}) }).clocks).toEqual([]);
    expect(facts.clocks).toMatchObject([{ state: 'running' }]);
  });

  const taken = (stages: readonly StageEntry[], rest: Partial<PersonFacts> = {}, options = adopting) =>
    handOffs(plan(aPerson([aContact(), aLead()], { stages, ...rest }), options));

  test.each<[string, StageEntry, Partial<PersonFacts>]>([
    ['whoever entered the stage before that time', entry({ at: GO_LIVE - 31 * DAY }), {}],
    ['whoever entered it after the line, which is no matter of adoption', entry({ at: GO_LIVE }), {}],
    ['whoever is in it since nobody knows when', entry({ grade: 'inferred' }), {}],
    ['whoever was contacted since', entry(), { activities: [aCall(GO_LIVE - DAY)] }],
    ['whoever was contacted on the day before the hand-off', entry(), { activities: [aCall(NOW - DAY)] }],
    ['whoever stands in a stage of which nothing is promised', entry({ stage: 'SAL' }), {}],
  ])('is not %s', (_, one, rest) => {
    expect(taken([entry()])).toEqual(['MQL']);
    expect(taken([one], rest)).toEqual([]);
  });

  test('is whoever was contacted before they entered the stage, or by a list mail', () => {
    expect(taken([entry()], { activities: [aCall(GO_LIVE - 6 * DAY)] })).toEqual(['MQL']);
    expect(taken([entry()], { activities: [{ ...aCall(NOW - DAY), countsAsContact: false }] })).toEqual(['MQL']);
  });

  test('is not whoever has gone further since', () => {
    expect(taken([entry(), aStageEntry({ stage: 'SQL', by: 'manual', at: NOW - DAY })])).toEqual([]);
  });

  test('owes nothing before the line: a deadline of the stage starts at the line, once it is drawn', () => {
    const [rule] = AGREEMENT.deadlines;
    const policy = agreedOtherwise({
      ...ADOPTING,
      deadlines: [{ ...rule!, name: 'deal-set-up', starts: { entered: 'SQL' }, ends: { converted: true } }],
    });
    const facts = aPerson([aContact(), aLead({}, { createdAt: tokyo('2026-10-01 10:00') })], {
      stages: [entry({ stage: 'SQL' })],
    });
    expect(plan(facts, { policy, goLive: NOW + 1 }).clocks).toEqual([]);
    expect(plan(facts, { policy }).clocks).toMatchObject([{ kind: 'deal-set-up', startedAt: GO_LIVE }]);
    expect(plan(facts, { policy: agreedOtherwise({ deadlines: policy.agreement.deadlines }) }).clocks).toEqual([]);
  });
});

describe('where somebody stood before Tasuki', () => {
  const since = (stage: string, day: string) => ({ [`hs_v2_date_entered_${stage}`]: `${day}T03:00:00Z` });
  const told = (facts: PersonFacts) =>
    plan(facts).stages.map(({ stage, by, grade, at }) => [stage, by, grade, new Date(at).toISOString().slice(0, 10)]);

  test('is told with the way that led there, by the dates that HubSpot keeps', () => {
    const contact = aContact({
      lifecyclestage: 'salesqualifiedlead',
      ...since('lead', '2026-03-01'),
      ...since('marketingqualifiedlead', '2026-05-01'),
      ...since('salesqualifiedlead', '2026-07-01'),
    });
    expect(told(aPerson([contact, aLead()]))).toEqual([
      ['lead', 'history', 'stated', '2026-03-01'],
      ['MQL', 'history', 'stated', '2026-05-01'],
      ['SQL', 'history', 'stated', '2026-07-01'],
    ]);
  });

  test('leaves out dates after the stage that stands there, and those that go back', () => {
    const contact = aContact({
      lifecyclestage: 'salesqualifiedlead',
      ...since('subscriber', '2026-04-01'),
      ...since('lead', '2026-03-01'),
      ...since('marketingqualifiedlead', '2026-09-01'),
      ...since('salesqualifiedlead', '2026-07-01'),
    });
    expect(told(aPerson([contact, aLead()]))).toEqual([
      ['subscriber', 'history', 'stated', '2026-04-01'],
      ['SQL', 'history', 'stated', '2026-07-01'],
    ]);
  });

  test('is recorded where HubSpot’s history of the property was read', () => {
    const contact = aContact({ lifecyclestage: 'marketingqualifiedlead' });
    const edits = [
      {
        record: contact.record,
        field: 'lifecyclestage',
        value: 'marketingqualifiedlead',
        at: Date.UTC(2026, 7, 1),
        by: 'automation' as const,
        source: 'x',
      },
    ];
    expect(told(aPerson([contact, aLead()], { edits }))).toEqual([['MQL', 'history', 'recorded', '2026-08-01']]);
  });

  test('is inferred without a date, and where only the criteria say it', () => {
    expect(told(aPerson([aContact({ lifecyclestage: 'marketingqualifiedlead' }), aLead()]))).toMatchObject([
      ['MQL', 'history', 'inferred', '2026-10-01'],
    ]);
    expect(told(aPerson([aContact({ hubspotscore: 90 }), aLead()]))).toMatchObject([
      ['lead', 'history', 'recorded', '2026-10-01'],
      ['MQL', 'history', 'inferred', '2026-11-24'],
    ]);
  });

  test('is seen from then on', () => {
    const facts = aPerson([aContact({ hubspotscore: 90 }), aLead()], { stages: [aStageEntry()] });
    expect(told(facts)).toMatchObject([['MQL', 'rule', 'seen', '2026-11-24']]);
    expect(stored(facts, plan(facts), NOW).stages.at(-1)?.grade).toBe('seen');
  });
});
