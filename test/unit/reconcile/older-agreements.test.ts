import { describe, expect, test } from 'vitest';
import type { DeadlineRule } from '../../../src/domain/agreement/agreement.ts';
import type { Clock, PersonFacts } from '../../../src/domain/people/person.ts';
import { taskText } from '../../../src/domain/texts/task.ts';
import { AGREEMENT, aCall, aContact, aLead, aPerson, aPolicy, aStageEntry, NOW, tokyo } from '../../support/people.ts';
import { plan, quiet, settled, writes } from '../../support/settle.ts';

const CLOCK = 'hubspot-501:first-contact:1';
const DUE = tokyo('2026-11-27 18:00');
const AFTER = DUE + 60_000;
const [FIRST_CONTACT] = AGREEMENT.deadlines as [DeadlineRule];

/** The next version, with these deadlines; the one before it stays known. */
const next = (deadlines: readonly DeadlineRule[], earlier = [AGREEMENT]) =>
  aPolicy({ agreement: { ...AGREEMENT, version: '2027-01', deadlines }, earlier });
const STRUCK = next([]);
const TIGHTER = next([
  { ...FIRST_CONTACT, within: { amount: 1, unit: 'business days' }, ends: { contact: ['meeting'], by: 'owner' } },
]);

/** Handed over under version 2026-10, whose deadline is running. */
function handedOver(): PersonFacts {
  const stages = [aStageEntry(), aStageEntry({ stage: 'MQL', at: NOW, by: 'rule' })];
  return quiet(aPerson([aContact({ hubspotscore: 60 }), aLead()], { stages }));
}

function called(facts: PersonFacts): PersonFacts {
  return { ...facts, version: facts.version + 1, activities: [aCall(NOW + 3_600_000)] };
}

const standing = ({ clocks }: { readonly clocks: readonly Clock[] }) =>
  clocks.map(({ id, state, dueAt, agreementVersion }) => ({ id, state, dueAt, agreementVersion }));

describe('a deadline that a new version strikes', () => {
  test('runs on, shown on the record as before', () => {
    const facts = handedOver();
    const made = plan(facts, { policy: STRUCK });
    expect(made.clocks).toEqual([]);
    expect(writes(made)).toEqual({});
  });

  test('ends by what its own version asked for', () => {
    const made = plan(called(handedOver()), { policy: STRUCK, now: NOW + 7_200_000 });
    expect(standing(made)).toEqual([{ id: CLOCK, state: 'met', dueAt: DUE, agreementVersion: '2026-10' }]);
  });

  test('lapses on its old date, once, with a Task that tells its own version', () => {
    const late = { policy: STRUCK, now: AFTER, coveredUntil: AFTER };
    const made = plan(handedOver(), late);
    expect(standing(made)).toMatchObject([{ state: 'lapsed', dueAt: DUE }]);
    const task = made.changes.find(({ target }) => target.object === 'Task');
    expect(task?.steps.flat().find(({ field }) => field === 'Description')?.after).toContain('合意(定義書)2026-10');
    const again = settled(handedOver(), made, AFTER);
    expect(plan(again, late)).toMatchObject({ clocks: [], changes: [] });
  });

  test('begins for nobody any more', () => {
    const stages = [aStageEntry(), aStageEntry({ stage: 'MQL', at: NOW, by: 'rule', handedOffAt: NOW })];
    expect(plan(aPerson([aContact({ hubspotscore: 60 }), aLead()], { stages }), { policy: STRUCK }).clocks).toEqual([]);
  });

  test('whose text is known no more is closed, and its Task with it', () => {
    const lapsed = settled(handedOver(), plan(handedOver(), { now: AFTER, coveredUntil: AFTER }), AFTER);
    const made = plan(lapsed, { policy: next([], []), now: AFTER, coveredUntil: AFTER });
    expect(made.clocks).toMatchObject([{ id: CLOCK, state: 'closed', closedBecause: 'deadline-struck' }]);
    expect(made.changes.map(({ marks }) => marks.task)).toContainEqual({ clock: CLOCK, act: 'close' });
  });
});

describe('a deadline that a new version changes', () => {
  test('keeps its date and what ends it', () => {
    expect(plan(handedOver(), { policy: TIGHTER }).clocks).toEqual([]);
    const made = plan(called(handedOver()), { policy: TIGHTER, now: NOW + 7_200_000 });
    expect(standing(made)).toEqual([{ id: CLOCK, state: 'met', dueAt: DUE, agreementVersion: '2026-10' }]);
  });

  test('ends with a hand-off to the team that its own version hands over to', () => {
    const toField = { stage: 'SQL', department: 'sales', handOff: { to: 'field-sales' } } as const;
    const then = {
      ...AGREEMENT,
      stages: [...AGREEMENT.stages, toField],
      deadlines: [{ ...FIRST_CONTACT, ends: { handedOff: 'field-sales' } }],
    };
    const { clocks } = handedOver();
    const stages = [...handedOver().stages, aStageEntry({ stage: 'SQL', by: 'manual', at: NOW, handedOffAt: NOW + 1 })];
    const facts = { ...handedOver(), clocks, stages };
    expect(standing(plan(facts, { policy: next([FIRST_CONTACT], [then]), now: NOW + 2 }))).toMatchObject([
      { id: CLOCK, state: 'met' },
    ]);
  });

  test('is the new one for whoever is handed over from now on', () => {
    const stages = [aStageEntry(), aStageEntry({ stage: 'MQL', at: NOW, by: 'rule', handedOffAt: NOW })];
    const facts = aPerson([aContact({ hubspotscore: 60 }), aLead()], { stages });
    expect(standing(plan(facts, { policy: TIGHTER }))).toEqual([
      { id: CLOCK, state: 'running', dueAt: tokyo('2026-11-25 18:00'), agreementVersion: '2027-01' },
    ]);
  });

  test('goes by the new one where the text of its own is known no more', () => {
    const policy = next([FIRST_CONTACT], []);
    const made = plan(called(handedOver()), { policy, now: NOW + 7_200_000 });
    expect(standing(made)).toMatchObject([{ state: 'met', agreementVersion: '2026-10' }]);
  });
});

test('a Task is told by the rule that its deadline began under', () => {
  const clock = { kind: 'first-contact', startedAt: NOW, dueAt: DUE, arithmetic: [], agreementVersion: '2026-10' };
  const facts = { clock, record: aLead(), owner: null };
  const then = taskText({ ...facts, policy: aPolicy() });
  const policy = next([{ ...FIRST_CONTACT, starts: { deal: 'waiting' }, ends: { converted: true } }]);
  expect(taskText({ ...facts, policy })).toEqual(then);
});
