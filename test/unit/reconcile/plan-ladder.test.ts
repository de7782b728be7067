import { describe, expect, test } from 'vitest';
import type { DeadlineRule } from '../../../src/domain/agreement/agreement.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { PlanContext } from '../../../src/reconcile/context.ts';
import {
  AGREEMENT,
  aCall,
  aContact,
  agreedOtherwise,
  aLead,
  aPerson,
  aPolicy,
  aStageEntry,
  LEAD_ID,
  NOW,
  tokyo,
} from '../../support/people.ts';
import { edited, isNothing, plan, quiet, settled, stored, writes } from '../../support/settle.ts';
import { aDirectory, PEOPLE_AT_WORK } from '../../support/systems.ts';

const CLOCK = 'hubspot-501:first-contact:1';
const DUE = tokyo('2026-11-27 18:00');
const FIRST = tokyo('2026-11-30 18:00'); // one business day after Friday's close
const SECOND = tokyo('2026-12-02 18:00');
const TASK = '00T000000000001AAA';
const ONO = 'yui.ono@example.co.jp';
const KATO = 'ren.kato@example.co.jp';

const ESCALATE: DeadlineRule['lapse'] = {
  task: 'normal',
  escalate: [
    { after: { amount: 1, unit: 'business days' }, to: 'manager' },
    { after: { amount: 3, unit: 'business days' }, to: 'sales-head' },
  ],
};

function agreeing(more: Partial<DeadlineRule>, roles: Readonly<Record<string, string>> = { 'sales-head': KATO }) {
  return agreedOtherwise({ deadlines: [{ ...AGREEMENT.deadlines[0]!, lapse: ESCALATE, ...more }], roles });
}

const POLICY = agreeing({});

function at(now: number, more: Partial<PlanContext> = {}): Partial<PlanContext> {
  return { now, coveredUntil: now, policy: POLICY, ...more };
}

/** Handed over on Tuesday the 24th at 11:00; everything written. */
function handedOver(policy = POLICY, lead = {}): PersonFacts {
  const stages = [aStageEntry(), aStageEntry({ stage: 'MQL', at: NOW, by: 'rule' })];
  const fields = { Tasuki_Escalated_To__c: null, Tasuki_Escalation__c: null };
  return quiet(aPerson([aContact({ hubspotscore: 60 }), aLead({ ...fields, ...lead })], { stages }), { policy });
}

function afterPass(facts: PersonFacts, now: number, more: Partial<PlanContext> = {}): PersonFacts {
  return settled(facts, plan(facts, at(now, more)), now);
}

const lapsed = () => afterPass(handedOver(), DUE + 60_000);
const withCalls = (facts: PersonFacts, ...activities: PersonFacts['activities']): PersonFacts => ({
  ...facts,
  version: facts.version + 1,
  activities,
});
const codes = (made: ReturnType<typeof plan>) => made.openFindings.map(({ code }) => code);

describe('an obligation that stays open after its lapse', () => {
  test('keeps the ladder that was agreed when it lapsed, counted in business time', () => {
    expect(lapsed().clocks).toMatchObject([
      {
        ladder: [
          { to: 'manager', dueAt: FIRST },
          { to: 'sales-head', dueAt: SECOND },
        ],
      },
    ]);
  });

  test('climbs to the manager: the same Task, renamed and of the highest priority, and never a second one', () => {
    const made = plan(lapsed(), at(FIRST));
    expect(made.changes.map(({ kind, target }) => [kind, target.object, target.id])).toContainEqual([
      'update',
      'Task',
      TASK,
    ]);
    expect(made.changes.filter(({ kind }) => kind === 'create')).toEqual([]);
    expect(writes(made)['salesforce:Task']).toEqual({
      Subject: '【エスカレーション】【期限超過】鈴木 太郎 様(株式会社みなと商事) 初回接触をお願いします',
      Priority: '高',
    });
    expect(made.clocks).toMatchObject([{ state: 'lapsed', ladder: [{ at: FIRST, told: ONO }, { to: 'sales-head' }] }]);
  });

  test('is shown to whoever is above on the record, in a finding and by a message in their language', () => {
    const english = PEOPLE_AT_WORK.map((entry) => (entry.email === ONO ? { ...entry, language: 'en_US' } : entry));
    const made = plan(lapsed(), at(FIRST, { directory: aDirectory(english) }));
    expect(writes(made)['salesforce:Lead']).toMatchObject({
      Tasuki_Escalated_To__c: '小野 結衣',
      Tasuki_Escalation__c: expect.stringMatching(/^1 段目 \/ 初回接触 \/ 期限 /u),
    });
    expect(made.openFindings).toMatchObject([
      { code: 'ESCALATED', subject: `clock:${CLOCK}`, detail: { level: 1, to: ONO, owner: '森 葵' } },
    ]);
    expect(made.messages).toMatchObject(
      [{ id: `${CLOCK}:escalation:1`, kind: 'escalation', to: ONO, locale: 'en', subject: /^Escalated: / }].map(
        (message) => ({ ...message, subject: expect.stringMatching(message.subject) }),
      ),
    );
  });

  test('climbs each rung once, and comes to rest between them', () => {
    const first = afterPass(lapsed(), FIRST);
    expect(isNothing(plan(first, at(FIRST + 1)))).toBe(true);
    const made = plan(first, at(SECOND));
    expect(made.messages).toMatchObject([{ id: `${CLOCK}:escalation:2`, to: KATO }]);
    expect(writes(made)['salesforce:Task']).toMatchObject({
      Subject: expect.stringMatching(/^【エスカレーション 2 段目】/u),
    });
    expect(isNothing(plan(settled(first, made, SECOND), at(SECOND + 1)))).toBe(true);
  });

  test('climbs no rung before its instant, and none that was not read up to (law R19)', () => {
    expect(plan(lapsed(), at(FIRST - 1)).clocks).toEqual([]);
    expect(plan(lapsed(), at(FIRST, { coveredUntil: FIRST - 1 })).clocks).toEqual([]);
  });

  test('climbs no more once there is evidence: the Task is closed, the fields are emptied, nobody is told', () => {
    const made = plan(withCalls(lapsed(), aCall(FIRST - 1)), at(FIRST));
    expect(made.clocks).toMatchObject([{ state: 'closed' }]);
    expect(made.messages).toBeUndefined();
    const first = afterPass(lapsed(), FIRST);
    const over = plan(withCalls(first, aCall(FIRST + 1)), at(FIRST + 2));
    expect(writes(over)).toMatchObject({
      'salesforce:Task': { Status: '完了' },
      'salesforce:Lead': { Tasuki_Escalated_To__c: null, Tasuki_Escalation__c: null },
    });
    expect(over.closeFindings.map(({ code }) => code)).toContain('ESCALATED');
    expect(over.withdraw).toEqual([CLOCK]);
  });

  test('shows two rungs at once after a standstill, and the Task says the higher one', () => {
    const made = plan(lapsed(), at(SECOND));
    expect(made.messages?.map(({ to }) => to)).toEqual([ONO, KATO]);
    expect(writes(made)['salesforce:Task']).toMatchObject({
      Subject: expect.stringMatching(/^【エスカレーション 2 段目】/u),
    });
  });

  test('whose Task has not left yet gets it with the higher rung', () => {
    const waiting = stored(handedOver(), plan(handedOver(), at(DUE + 60_000)), DUE + 60_000);
    const climbed = plan(waiting, at(FIRST));
    expect(climbed.supersede).toHaveLength(1);
    expect(climbed.changes).toMatchObject([
      { kind: 'update' },
      { kind: 'create', marks: { task: { act: 'open', level: 1 } } },
    ]);
  });

  test('of somebody whose Lead became a Contact that was not read yet climbs when it was', () => {
    const values = { IsConverted: true, ConvertedContactId: '003000000000001AAA' };
    const made = plan(edited(lapsed(), LEAD_ID, values, FIRST), at(FIRST));
    expect([made.clocks, made.messages]).toEqual([[], undefined]);
  });

  test('that had lapsed under an agreement without a ladder gets none from a later one: no flood', () => {
    const old = afterPass(handedOver(), DUE + 60_000, { policy: agreeing({ lapse: { task: 'normal' } }) });
    expect(plan(old, at(SECOND)).clocks).toEqual([]);
  });
});

describe('whom a rung names', () => {
  const told = (made: ReturnType<typeof plan>) => made.clocks[0]?.ladder?.map((rung) => rung.told);

  test('is by ladder in owners.yaml rather than by User.ManagerId, where it says so', () => {
    const { owners } = aPolicy();
    const policy = { ...POLICY, owners: { ...owners, ladder: { 'inside-sales': [KATO, ONO] } } };
    expect(told(plan(lapsed(), at(FIRST, { policy })))).toEqual([KATO, undefined]);
  });

  test('is never whoever is held to it', () => {
    const { owners } = aPolicy();
    const policy = { ...POLICY, owners: { ...owners, ladder: { 'inside-sales': ['aoi.mori@example.co.jp', KATO] } } };
    expect(told(plan(lapsed(), at(FIRST, { policy })))).toEqual([KATO, undefined]);
  });

  test('and is not there goes on to whom the next rung names, which is said', () => {
    const directory = aDirectory(
      PEOPLE_AT_WORK.map((entry) => (entry.email === ONO ? { ...entry, active: false } : entry)),
    );
    const made = plan(lapsed(), at(FIRST, { directory }));
    expect(told(made)).toEqual([KATO, undefined]);
    expect(codes(made)).toEqual(['ESCALATED', 'ESCALATION_UNADDRESSED']);
  });

  test('where no rung names anybody who is there is nobody: the Task shows it all the same', () => {
    const directory = aDirectory(
      PEOPLE_AT_WORK.map((entry) =>
        entry.email === ONO || entry.email === KATO ? { ...entry, active: false } : entry,
      ),
    );
    const made = plan(lapsed(), at(FIRST, { directory }));
    expect(told(made)).toEqual([null, undefined]);
    expect(made.messages).toBeUndefined();
    expect(codes(made)).toContain('ESCALATION_UNADDRESSED');
    expect(writes(made)['salesforce:Task']).toMatchObject({ Priority: '高' });
  });

  test('who works in HubSpot only is told there', () => {
    const policy = agreeing({}, { 'sales-head': 'hanako.sato@example.co.jp' });
    expect(told(plan(lapsed(), at(SECOND, { policy })))).toEqual([ONO, 'hanako.sato@example.co.jp']);
  });
});

describe('a Task that was ticked off without evidence', () => {
  const ticked = (facts: PersonFacts) =>
    withCalls(
      facts,
      aCall(DUE + 120_000, {
        ourTask: true,
        countsAsContact: false,
        source: { system: 'salesforce', object: 'Task', id: TASK },
      }),
    );

  test('is asked about where the agreement says so, for as long as the obligation lasts', () => {
    const policy = agreeing({ lapse: { ...ESCALATE, tickedOff: 'ask' } });
    const made = plan(ticked(lapsed()), at(DUE + 180_000, { policy }));
    expect(made.openFindings).toMatchObject([{ code: 'TASK_TICKED_OFF', subject: `salesforce:Task:${TASK}` }]);
    expect(codes(plan(ticked(lapsed()), at(DUE + 180_000)))).toEqual([]);
  });

  test('does not silence the ladder, and is left as the rep left it', () => {
    const made = plan(ticked(lapsed()), at(FIRST));
    expect(made.messages).toHaveLength(1);
    expect(writes(made)['salesforce:Task']).toBeUndefined();
  });
});

describe('grace', () => {
  const policy = agreeing({ grace: { amount: 2, unit: 'hours' } });

  test('is kept with the clock: nothing lapses before it ends, and the ladder is counted from there', () => {
    const start = handedOver(policy);
    expect(start.clocks).toMatchObject([{ dueAt: DUE, graceUntil: DUE + 2 * 3_600_000 }]);
    expect(plan(start, at(DUE + 3_600_000, { policy })).clocks).toEqual([]);
    const late = DUE + 2 * 3_600_000 + 1;
    expect(plan(start, at(late, { policy })).clocks).toMatchObject([
      { state: 'lapsed', lapsedAt: DUE, ladder: [{ dueAt: FIRST }, {}] },
    ]);
  });

  test('that a later agreement grants changes no clock that runs', () => {
    const made = plan(handedOver(), at(DUE + 60_000, { policy }));
    expect(made.clocks).toMatchObject([{ state: 'lapsed' }]);
  });
});

describe('a reminder', () => {
  const policy = agreeing({ remind: { amount: 1, unit: 'business days' } });
  const MORNING = tokyo('2026-11-26 09:00'); // Thursday, one business day before Friday

  test('is a message to whoever owes it, on the morning of that day, and no Task', () => {
    const facts = handedOver(policy);
    expect(facts.clocks).toMatchObject([{ remindAt: MORNING }]);
    expect(plan(facts, at(MORNING - 1, { policy })).messages).toBeUndefined();
    const made = plan(facts, at(MORNING, { policy }));
    expect(made.changes).toEqual([]);
    expect(made.messages).toMatchObject([
      { id: `${CLOCK}:reminder`, kind: 'reminder', to: 'aoi.mori@example.co.jp', until: DUE, locale: 'ja' },
    ]);
  });

  test('is sent once, and taken back when the deadline is met', () => {
    const facts = handedOver(policy);
    const reminded = settled(facts, plan(facts, at(MORNING, { policy })), MORNING);
    expect(plan(reminded, at(MORNING + 1, { policy })).messages).toBeUndefined();
    const met = plan(withCalls(reminded, aCall(MORNING + 1)), at(MORNING + 2, { policy }));
    expect([met.messages, met.withdraw]).toEqual([undefined, [CLOCK]]);
  });

  test('never comes after evidence, on stale evidence, or once it is due', () => {
    const facts = handedOver(policy);
    const messages = (now: number, coveredUntil: number, one = facts) =>
      plan(one, at(now, { policy, coveredUntil })).messages;
    expect(messages(MORNING, MORNING, withCalls(facts, aCall(MORNING - 1)))).toBeUndefined();
    expect(messages(MORNING + 5, MORNING - 1)).toBeUndefined();
    expect(messages(DUE, DUE)).toBeUndefined();
  });
});

describe('where a day has no more Tasks than agreed', () => {
  const capped = { ...POLICY, agreement: { ...POLICY.agreement, tasksPerDay: 1 } };
  const MORI = '005000000000001AAA';

  test('the ladder of a Task that goes to somebody else before it was made is counted from when that one is given it', () => {
    const start = handedOver(capped, { OwnerId: '005000000000002AAA' });
    const [waiting] = plan(start, at(DUE + 1, { policy: capped })).clocks;
    expect(waiting).toMatchObject({ task: { state: 'queued' }, turn: { of: 'salesforce:005000000000002AAA' } });
    const granted = { day: '2026-11-30', at: DUE + 1 };
    const given = { ...start, clocks: [{ ...waiting!, turn: { ...waiting!.turn!, granted } }] };
    const [raised] = plan(given, at(DUE + 2, { policy: capped })).clocks;
    expect(raised).toMatchObject({ task: { state: 'planned' }, ladder: [{ to: 'manager' }, { to: 'sales-head' }] });
    const passedOn = edited({ ...given, clocks: [raised!] }, LEAD_ID, { OwnerId: MORI }, DUE + 3);
    const [anew] = plan(passedOn, at(DUE + 3, { policy: capped })).clocks;
    expect(anew).toMatchObject({ task: { state: 'queued' }, turn: { of: `salesforce:${MORI}` } });
    expect(anew).not.toHaveProperty('ladder');
  });
});
