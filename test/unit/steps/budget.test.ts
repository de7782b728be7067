import { beforeEach, describe, expect, test } from 'vitest';
import { CALLS } from '../../../src/connectors/hubspot/calls.ts';
import type { Finding } from '../../../src/domain/people/person.ts';
import { findingText } from '../../../src/domain/texts/findings.ts';
import type { CallBill } from '../../../src/ports/crm.ts';
import { ASSOCIATION_CALLS, isPullOver, isPullWanted, watchBudget } from '../../../src/steps/budget.ts';
import type { Works } from '../../../src/steps/works.ts';
import { openMemoryLedger } from '../../simulation/ledger/memory-ledger.ts';
import { aContext } from '../../support/people.ts';

const TEN = Date.parse('2026-11-02T10:00:00+09:00');
const MIDNIGHT = Date.parse('2026-11-02T00:00:00+09:00');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A HubSpot of 1,000 calls a day, 200 of them ours, whose calls are what the test says they were. */
function aSystem() {
  const state = {
    now: TEN,
    bill: { calls: [], told: null } as CallBill,
    looked: 0,
    warned: 0,
    hot: 0,
    isZoneKnown: true,
  };
  const memory = openMemoryLedger();
  const ledger = { ...memory, toSend: async () => ({ hot: state.hot, ordinary: 0, 'back-fill': 0 }) };
  const hubspot = {
    takeBill: () => {
      const { bill } = state;
      state.bill = { calls: [], told: null };
      return bill;
    },
    aheadMs: () => 0,
    callDay: (now: number) => {
      if (!state.isZoneKnown) return { from: MIDNIGHT - 15 * HOUR, until: MIDNIGHT + 9 * HOUR, assumed: true };
      const from = MIDNIGHT + Math.floor((now - MIDNIGHT) / DAY) * DAY;
      return { from, until: from + DAY };
    },
    identity: async () => {
      state.looked += 1;
      state.isZoneKnown = true;
      state.bill = { calls: [], told: { limit: 1_000, used: 300 } };
    },
  };
  const works = {
    ledger,
    crm: { hubspot },
    clock: { now: () => state.now },
    log: { warn: () => (state.warned += 1) },
    policy: () => aContext().policy,
    budget: { sharePercent: { hubspot: 20, salesforce: 20 }, pullEveryMs: 5 * MINUTE },
  } as unknown as Works;
  const called = (calls: number, used = calls) => {
    state.bill = { calls: [{ purpose: 'pull', kind: 'search', calls }], told: { limit: 1_000, used } };
  };
  const findings = async () => (await memory.findings()).map(({ code, detail }) => [code, detail['level']]);
  return { state, works, memory, called, findings };
}

let system: ReturnType<typeof aSystem>;
beforeEach(() => {
  system = aSystem();
});

describe('the watch over the budget', () => {
  test('tells people as long as less goes on, with the instant at which it will be over, and logs each step down once', async () => {
    const { state, works, called, findings, memory } = system;
    await watchBudget('hubspot', works);
    expect(await findings()).toEqual([]);
    called(150);
    await watchBudget('hubspot', works);
    await watchBudget('hubspot', works);
    expect([await findings(), state.warned]).toEqual([[['API_BUDGET_LOW', 'low']], 1]);
    called(25);
    await watchBudget('hubspot', works);
    expect([await findings(), state.warned]).toEqual([[['API_BUDGET_LOW', 'tight']], 2]);
    called(25, 200);
    await watchBudget('hubspot', works);
    expect([await findings(), state.warned]).toEqual([[['API_BUDGET_SPENT', 'spent']], 3]);
    const [spent] = await memory.findings();
    expect(spent?.detail).toEqual({
      system: 'hubspot',
      level: 'spent',
      used: 200,
      budget: 200,
      others: 0,
      limit: 1_000,
      freeAt: '2026-11-03 00:00',
    });
  });

  test('closes what it opened when the day turns', async () => {
    const { state, works, called, findings } = system;
    called(200);
    expect((await watchBudget('hubspot', works)).level).toBe('spent');
    state.now = MIDNIGHT + DAY;
    expect((await watchBudget('hubspot', works)).level).toBe('free');
    expect(await findings()).toEqual([]);
  });

  test('where others have used the day up, one call looks after a quarter of an hour, and finds it free again', async () => {
    const { state, works, called } = system;
    called(10, 960);
    expect((await watchBudget('hubspot', works)).level).toBe('spent');
    expect(state.looked).toBe(0);
    state.now += 15 * MINUTE;
    expect((await watchBudget('hubspot', works)).level).toBe('free');
    expect(state.looked).toBe(1);
  });

  test('a process that does not know yet when the account’s day turns asks, and takes yesterday’s calls not for today’s', async () => {
    const { state, works, called } = system;
    state.now = MIDNIGHT - MINUTE;
    called(200);
    await watchBudget('hubspot', works);
    Object.assign(state, { now: MIDNIGHT + MINUTE, isZoneKnown: false });
    expect((await watchBudget('hubspot', works)).level).toBe('free');
    await watchBudget('hubspot', works);
    expect(state.looked).toBe(1);
  });

  test('a budget that we have used up ourselves needs no look', async () => {
    const { state, works, called } = system;
    called(200);
    await watchBudget('hubspot', works);
    state.now += 60 * MINUTE;
    expect((await watchBudget('hubspot', works)).level).toBe('spent');
    expect(state.looked).toBe(0);
  });
});

describe('batches of associations', () => {
  const associated = (calls: number) => {
    const shares = ASSOCIATION_CALLS.map((kind, nth) => ({
      purpose: (['pull', 'survey', 'write'] as const)[nth] ?? 'pull',
      kind,
      calls: calls / ASSOCIATION_CALLS.length,
    }));
    system.state.bill = { calls: shares, told: { limit: 4_000_000, used: calls } };
  };

  test('have a limit of their own, of which our share is told', async () => {
    associated(69_999);
    expect((await watchBudget('hubspot', system.works)).level).toBe('free');
    associated(30_000);
    expect((await watchBudget('hubspot', system.works)).level).toBe('hot-only');
    const [told] = await system.memory.findings();
    expect(told?.detail).toMatchObject({ used: 99_999, budget: 100_000, limit: 500_000, of: 'associations' });
    expect(findingText(told!, 'ja')).toContain('関連付けの一括呼び出し');
    expect(findingText(told!, 'en')).toContain('batches of associations');
  });

  test('are those that the connector counts under these names', () => {
    const { associations, surveyAssociations, associate } = CALLS;
    expect([associations, surveyAssociations, associate].map(({ name }) => name)).toEqual(ASSOCIATION_CALLS);
  });
});

describe('a pull', () => {
  test.each([
    [100, 0, false],
    [180, 0, false],
    [190, 0, true],
    [190, 1, false],
    [200, 1, true],
  ] as const)('that has used %i calls, %i hot writes waiting, is over: %s', async (used, hot, over) => {
    const { state, works, called } = system;
    state.hot = hot;
    called(used);
    expect(await isPullOver('hubspot', works)).toBe(over);
    expect(await isPullOver('hubspot', works)).toBe(false); // nothing was called since
  });

  test('is wanted every other time on a tight day, and at once for a hot write', async () => {
    const { state, works, called, memory } = system;
    called(175);
    const standing = await watchBudget('hubspot', works);
    await memory.advanceCursor('hubspot', 'pull', {}, TEN - 5 * MINUTE);
    expect(await isPullWanted('hubspot', standing, works)).toBe(false);
    state.hot = 1;
    expect(await isPullWanted('hubspot', standing, works)).toBe(true);
    state.hot = 0;
    state.now += 5 * MINUTE;
    expect(await isPullWanted('hubspot', standing, works)).toBe(true);
  });
});

describe('the findings', () => {
  const detail = {
    system: 'salesforce',
    used: 150,
    budget: 200,
    others: 700,
    limit: 1_000,
    freeAt: '2026-11-03 00:00',
  };
  test.each([
    ['API_BUDGET_LOW', 'low', '埋め戻しを待たせています', 'Back-fills of existing records wait'],
    ['API_BUDGET_LOW', 'tight', '引き渡しと期限に関わる書き込みを優先し', 'Hand-offs and deadlines come first'],
    ['API_BUDGET_SPENT', 'hot-only', '書き込みだけを続けています', 'only hand-offs and deadlines are still written'],
    ['API_BUDGET_SPENT', 'spent', '読み書きを止めています', 'nothing is read or written there'],
  ] as const)('%s on level %s say what waits, until when, and what to do', (code, level, ja, en) => {
    const finding: Finding = { code, subject: 'salesforce', detail: { ...detail, level } };
    for (const [locale, words] of [
      ['ja', ja],
      ['en', en],
    ] as const) {
      const text = findingText(finding, locale);
      for (const part of [words, '2026-11-03 00:00', 'TASUKI_API_SHARE_SALESFORCE', '150', '200', '700', '1000'])
        expect(text).toContain(part);
    }
  });
});
