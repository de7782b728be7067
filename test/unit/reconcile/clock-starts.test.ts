import { describe, expect, test } from 'vitest';
import type { DeadlineRule } from '../../../src/domain/agreement/agreement.ts';
import type { Clock, PersonFacts, StageEntry } from '../../../src/domain/people/person.ts';
import { anOpportunity } from '../../support/deals.ts';
import { AGREEMENT, aCall, aContact, aLead, aPerson, aPolicy, aStageEntry, NOW, tokyo } from '../../support/people.ts';
import { plan, quiet } from '../../support/settle.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST_CONTACT = AGREEMENT.deadlines[0]!;

const SET_UP: DeadlineRule = {
  name: 'deal-set-up',
  department: 'sales',
  who: 'owner',
  starts: { entered: 'SQL' },
  ends: {
    any: [
      { deal: 'open', with: [] },
      { meeting: 'booked', by: 'inside-sales' },
    ],
  },
  within: { amount: 5, unit: 'business days' },
  lapse: { task: 'urgent' },
};
const QUALIFY: DeadlineRule = {
  ...SET_UP,
  name: 'qualify',
  starts: { met: 'first-contact', team: 'inside-sales' },
  ends: { entered: 'SQL' },
};

const STAGES = [...AGREEMENT.stages, { stage: 'SQL', department: 'sales' }] as const;
const policyWith = (...deadlines: readonly DeadlineRule[]) =>
  aPolicy({ agreement: { ...AGREEMENT, stages: STAGES, deadlines } });

const SQL = aStageEntry({ stage: 'SQL', at: NOW, by: 'manual' });

function inStages(entries: readonly StageEntry[], rest: Partial<PersonFacts> = {}): PersonFacts {
  return aPerson([aContact(), aLead()], { stages: [aStageEntry(), ...entries], ...rest });
}

function clocksOf(facts: PersonFacts, deadlines: readonly DeadlineRule[], now = NOW + HOUR): readonly Clock[] {
  return plan(facts, { policy: policyWith(...deadlines), now, coveredUntil: now }).clocks;
}

describe('a deadline that starts with a stage', () => {
  test('starts when that was entered', () => {
    expect(clocksOf(inStages([SQL]), [SET_UP])).toMatchObject([
      { id: 'hubspot-501:deal-set-up:1', startedAt: NOW, dueAt: tokyo('2026-12-01 18:00'), state: 'running' },
    ]);
  });

  test.each<[string, PersonFacts]>([
    ['history', inStages([{ ...SQL, by: 'history' }])],
    ['another stage', inStages([{ ...SQL, stage: 'opportunity' }])],
    ['an entry under another version of the agreement', inStages([{ ...SQL, agreementVersion: '2026-09' }])],
    [
      'an entry from before the person came back into scope',
      inStages([SQL], { scope: { at: NOW + 1, within: true, because: {} } }),
    ],
    ['an entry of somebody who is not in Salesforce', aPerson([aContact()], { stages: [aStageEntry(), SQL] })],
  ])('does not start with %s', (_, facts) => {
    expect(clocksOf(facts, [SET_UP])).toEqual([]);
  });

  test('starts no sooner than they are in Salesforce', () => {
    const facts = aPerson([aContact(), aLead({}, { createdAt: NOW + HOUR / 2 })], { stages: [aStageEntry(), SQL] });
    expect(clocksOf(facts, [SET_UP])).toMatchObject([{ startedAt: NOW + HOUR / 2 }]);
  });

  test('is one obligation of a pass, and stands where its version is no longer in force', () => {
    const facts = quiet(inStages([SQL, { ...SQL, at: NOW + 1 }]), { policy: policyWith(SET_UP) });
    expect(facts.clocks).toHaveLength(1);
    const later = { ...facts, stages: facts.stages.map((entry) => ({ ...entry, agreementVersion: '2026-09' })) };
    const lapsing = NOW + 20 * DAY;
    expect(clocksOf(later, [SET_UP], lapsing)).toMatchObject([{ state: 'lapsed', startedAt: NOW }]);
  });
});

describe('a deadline that starts with another', () => {
  const handedOver = aStageEntry({ stage: 'MQL', at: NOW, by: 'rule', handedOffAt: NOW });
  const called = (at: number) => inStages([handedOver], { activities: [aCall(at)] });

  test('starts when that was met, whatever the order in the agreement', () => {
    for (const deadlines of [
      [FIRST_CONTACT, QUALIFY],
      [QUALIFY, FIRST_CONTACT],
    ])
      expect(clocksOf(called(NOW + 1), deadlines)).toMatchObject([
        { kind: 'first-contact', state: 'met' },
        { id: 'hubspot-501:qualify:1', state: 'running', startedAt: NOW + 1 },
      ]);
  });

  test('starts when that was met late', () => {
    const late = NOW + 10 * DAY;
    expect(clocksOf(called(late), [FIRST_CONTACT, QUALIFY], late + HOUR)).toMatchObject([
      { state: 'closed', metAt: late },
      { kind: 'qualify', startedAt: late },
    ]);
  });

  test('does not start while that runs, or where it ended without being met', () => {
    expect(clocksOf(inStages([handedOver]), [FIRST_CONTACT, QUALIFY])).toMatchObject([{ kind: 'first-contact' }]);
    const gone = quiet(inStages([handedOver]), { policy: policyWith(FIRST_CONTACT) });
    const closed = { ...gone, clocks: gone.clocks.map((clock) => ({ ...clock, state: 'closed' as const })) };
    expect(clocksOf(closed, [FIRST_CONTACT, QUALIFY])).toEqual([]);
  });

  test('does not start for what was met before the agreement knew of it', () => {
    const met = quiet(called(NOW + 1), { policy: policyWith(FIRST_CONTACT), now: NOW + HOUR });
    const before = { ...met, clocks: met.clocks.map((clock) => ({ ...clock, agreementVersion: '2026-09' })) };
    expect(before.clocks).toMatchObject([{ state: 'met' }]);
    expect(clocksOf(before, [FIRST_CONTACT, QUALIFY])).toEqual([]);
    expect(clocksOf(met, [FIRST_CONTACT, QUALIFY])).toMatchObject([{ kind: 'qualify' }]);
  });

  test('and keeps its name, where two people have become one', () => {
    const met = quiet(called(NOW + 1), { policy: policyWith(FIRST_CONTACT, QUALIFY), now: NOW + HOUR });
    const theirs = met.clocks.map((clock) => ({ ...clock, id: clock.id.replace('hubspot-501', 'hubspot-77') }));
    const united = { ...met, stages: [aStageEntry()], clocks: theirs };
    expect(clocksOf(united, [FIRST_CONTACT, QUALIFY])).toEqual([]);
  });

  describe('where two people have become one', () => {
    const met = quiet(called(NOW + 1), { policy: policyWith(FIRST_CONTACT, QUALIFY), now: NOW + HOUR });
    const [own, ownFollower] = met.clocks as readonly [Clock, Clock];
    const theirs = ({ id, ...clock }: Clock): Clock => ({ ...clock, id: id.replace('hubspot-501', 'hubspot-77') });
    const startedWith = (...clocks: readonly Clock[]) =>
      clocksOf({ ...met, clocks }, [FIRST_CONTACT, QUALIFY]).map(({ id }) => id);

    test('and the promise before it came along, it goes on', () => {
      const united = { ...met, stages: [aStageEntry()], clocks: [theirs(own)] };
      expect(clocksOf(united, [FIRST_CONTACT, QUALIFY])).toMatchObject([
        { id: 'hubspot-77:qualify:1', person: 'hubspot-501', state: 'running', startedAt: NOW + 1 },
      ]);
    });

    test('and both were promised the same, it is owed once', () => {
      expect(startedWith(own, theirs(own))).toEqual(['hubspot-501:qualify:1']);
      expect(startedWith(theirs(own), own)).toEqual(['hubspot-501:qualify:1']);
      expect(startedWith(own, theirs(own), ownFollower)).toEqual([]);
      expect(startedWith(own, theirs(own), theirs(ownFollower))).toEqual([]);
    });
  });
});

describe('a deadline ends', () => {
  const running = (end: DeadlineRule['ends'], facts: Partial<PersonFacts> = {}, now = NOW + 20 * DAY) =>
    clocksOf(inStages([SQL], facts), [{ ...SET_UP, ends: end }], now);
  const opportunity = (values: object = {}, rest: object = {}) => ({
    deals: [{ id: 'deal-1', hubspot: null, salesforce: anOpportunity({ ...values }, rest) }],
  });
  const made = { createdAt: NOW + HOUR, modifiedAt: NOW + 2 * HOUR };
  const OPEN = { deal: 'open', with: [] } as const;
  const FILLED = { deal: 'open', with: ['amount', 'close-date'] } as const;
  const name = 'Opportunity:006000000000001AAA';

  test.each<[string, DeadlineRule['ends'], Partial<PersonFacts>, object]>([
    ['with an opportunity', OPEN, opportunity({}, made), { state: 'met', metAt: NOW + HOUR, evidence: name }],
    ['with one that was open before', OPEN, opportunity(), { state: 'met', metAt: NOW, evidence: name }],
    ['with one that is closed by now', OPEN, opportunity({ IsClosed: true }, made), { metAt: NOW + HOUR }],
    ['not with one that had been closed', OPEN, opportunity({ IsClosed: true }), { state: 'lapsed' }],
    [
      'nor where that was edited since',
      FILLED,
      opportunity({ IsClosed: true }, { modifiedAt: NOW + HOUR }),
      { state: 'lapsed' },
    ],
    [
      'not with a deal of HubSpot',
      OPEN,
      { deals: [{ id: 'd', hubspot: null, salesforce: null }] },
      { state: 'lapsed' },
    ],
    ['with one that is filled in', FILLED, opportunity({}, made), { state: 'met', metAt: NOW + 2 * HOUR }],
    ['not with one without amount', FILLED, opportunity({ Amount: null }, made), { state: 'lapsed' }],
    [
      'with one that is won',
      { deal: 'won', with: [] },
      opportunity({ IsClosed: true, IsWon: true, CloseDate: '2026-11-25' }, { modifiedAt: NOW + 15 * DAY }),
      { state: 'met', metAt: tokyo('2026-11-26 00:00') - 1 },
    ],
    [
      'not with one that was won long ago',
      { deal: 'won', with: [] },
      opportunity({ IsClosed: true, IsWon: true, CloseDate: '2026-11-20' }, { modifiedAt: NOW + HOUR }),
      { state: 'lapsed' },
    ],
    [
      'not with one that was lost',
      { deal: 'won', with: [] },
      opportunity({ IsClosed: true }, made),
      { state: 'lapsed' },
    ],
    [
      'with a further stage',
      { entered: 'opportunity' },
      { stages: [aStageEntry(), SQL, { ...SQL, stage: 'customer', at: NOW + DAY }] },
      { state: 'met', metAt: NOW + DAY, evidence: 'stage:customer' },
    ],
    [
      'with a hand-off that was confirmed',
      { handedOff: 'inside-sales' },
      { stages: [aStageEntry({ stage: 'MQL', at: NOW, handedOffAt: NOW + DAY }), SQL] },
      { state: 'met', metAt: NOW + DAY, evidence: 'hand-off:MQL' },
    ],
    [
      'not with one that was not',
      { handedOff: 'inside-sales' },
      { stages: [aStageEntry({ stage: 'MQL', at: NOW }), SQL] },
      { state: 'lapsed' },
    ],
  ])('%s', (_, ends, facts, clock) => {
    expect(running(ends, facts)).toMatchObject([clock]);
  });

  test.each([
    ['inside-sales', 'inside-sales', 'met'],
    ['the owner alone', 'owner', 'lapsed'],
  ])('with a meeting of %s, which may lie ahead', (_, by, state) => {
    const colleague = '005000000000002AAA';
    const source = { system: 'salesforce', object: 'Event', id: '00U1' } as const;
    const meeting = aCall(NOW + 60 * DAY, { kind: 'meeting', source, loggedAt: NOW + HOUR, by: colleague });
    expect(running({ meeting: 'booked', by }, { activities: [meeting] })).toMatchObject([{ state }]);
  });
});

test('a stage entered in time keeps the promise, though we notice it minutes after it was due', () => {
  const handedOver = aStageEntry({ stage: 'MQL', at: NOW, by: 'rule', handedOffAt: NOW });
  const rule: DeadlineRule = { ...QUALIFY, starts: { handedOff: 'inside-sales' } };
  const due = tokyo('2026-12-01 18:00');
  const moved = (modifiedAt: number) =>
    aPerson([aContact({ lifecyclestage: 'salesqualifiedlead' }, { modifiedAt }), aLead()], {
      stages: [aStageEntry(), handedOver],
      edits: [],
    });
  expect(clocksOf(moved(due - 60_000), [rule], due + 60_000)).toMatchObject([{ state: 'met', metAt: due - 60_000 }]);
  expect(clocksOf(moved(due + 30_000), [rule], due + 60_000)).toMatchObject([{ state: 'closed', lapsedAt: due }]);
});
