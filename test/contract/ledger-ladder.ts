import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/people/message.ts';
import type { Clock } from '../../src/domain/people/person.ts';
import type { DirectoryEntry } from '../../src/domain/people/record.ts';
import { clock, create, factsOf, LEASE, lead, MINUTE, meet, NOON, planEach } from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

const DAY = '2026-11-24';
const MORI = 'salesforce:005000000000001AAA';

/** What the ledger remembers of obligations that stay open: their ladders, whose turn it is, and what people are told. */
export function ladderContract(open: OpenTestLedger): void {
  describe('ladders, turns and messages', () => {
    let book: TestLedger;
    const leads = ['1', '2', '3'].map((id) => lead(id, { Email: `p${id}@example.co.jp` }));
    const people = leads.map(({ record }) => `salesforce-${record.id}`);
    beforeEach(async () => {
      book = await open();
      await meet(book.ledger, ...leads);
      await planEach(book.ledger, () => ({}));
    });
    afterEach(() => book.close());

    const keep = async (...clocks: readonly Clock[]) => {
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, ({ id }) => ({ clocks: clocks.filter(({ person }) => person === id) }));
    };
    const clockOf = async (id: string) => (await factsOf(book.ledger, id)).clocks[0];
    const lapsed = (nth: number, more: Partial<Clock> = {}) =>
      clock(`k${nth}`, { person: people[nth]!, state: 'lapsed', lapsedAt: NOON, dueAt: NOON, ...more });
    const queued = (nth: number, dueAt: number) =>
      lapsed(nth, { dueAt, task: { id: null, state: 'queued' }, turn: { of: MORI } });
    const message = (more: Partial<Message> = {}): Message => ({
      id: 'k0:reminder',
      kind: 'reminder',
      clock: 'k0',
      person: people[0]!,
      to: 'aoi.mori@example.co.jp',
      name: '森 葵',
      locale: 'ja',
      subject: 'まもなく期限です',
      body: '本文\n二行目',
      until: NOON + MINUTE,
      ...more,
    });

    it('a clock comes back as it was stored, with grace, reminder, ladder, level and turn', async () => {
      const stored = lapsed(0, {
        graceUntil: NOON + MINUTE,
        remindAt: NOON - 9 * MINUTE,
        remindedAt: NOON - 8 * MINUTE,
        ladder: [
          { to: 'manager', dueAt: NOON + 2 * MINUTE, at: NOON + 3 * MINUTE, told: null, missed: true },
          { to: 'sales-head', dueAt: NOON + 9 * MINUTE },
        ],
        task: { id: '00T1', state: 'open', level: 1 },
        turn: { of: MORI, granted: { day: DAY, at: NOON } },
      });
      await keep(stored);
      expect(await clockOf(people[0]!)).toEqual(stored);
    });

    it.each<[string, Partial<Clock>, number | null]>([
      ['one that runs wakes when it is due', { state: 'running', dueAt: NOON + 5 * MINUTE }, 5],
      ['with grace, when that ends', { state: 'running', dueAt: NOON, graceUntil: NOON + 7 * MINUTE }, 7],
      ['with a reminder ahead, then', { state: 'running', dueAt: NOON + 9 * MINUTE, remindAt: NOON + 2 * MINUTE }, 2],
      [
        'once it has reminded, when it is due',
        { state: 'running', dueAt: NOON + 9 * MINUTE, remindAt: NOON, remindedAt: NOON },
        9,
      ],
      [
        'lapsed with a rung ahead, then',
        { task: { id: '00T1', state: 'open' }, ladder: [{ to: 'manager', dueAt: NOON + 4 * MINUTE }] },
        4,
      ],
      [
        'lapsed with all rungs climbed, never',
        { task: { id: '00T1', state: 'open' }, ladder: [{ to: 'manager', dueAt: NOON, at: NOON, told: null }] },
        null,
      ],
      ['that waits for its turn, never', { task: { id: null, state: 'queued' }, turn: { of: MORI } }, null],
    ])('%s', async (_, more, minutes) => {
      await keep(lapsed(0, more));
      const at = NOON + (minutes ?? 99) * MINUTE;
      if (minutes !== null) expect(await book.ledger.wakeClocks(at - 1)).toBe(0);
      expect(await book.ledger.wakeClocks(at)).toBe(minutes === null ? 0 : 1);
    });

    it('turns are granted to what fell due first, up to the cap of the day, and wake their people', async () => {
      await keep(queued(0, NOON + 2), queued(1, NOON + 1), queued(2, NOON + 3));
      expect(await book.ledger.taskQueues()).toEqual([{ of: MORI, waiting: 3 }]);
      expect(await book.ledger.grantTasks({ of: MORI, day: DAY, atMost: 2 }, NOON)).toBe(2);
      expect((await clockOf(people[1]!))?.turn).toEqual({ of: MORI, granted: { day: DAY, at: NOON } });
      expect((await clockOf(people[2]!))?.turn).toEqual({ of: MORI });
      expect((await planEach(book.ledger, () => ({})))?.plans.map(({ entity }) => entity)).toEqual([
        people[0],
        people[1],
      ]);
      expect(await book.ledger.grantTasks({ of: MORI, day: DAY, atMost: 2 }, NOON)).toBe(0);
      expect(await book.ledger.grantTasks({ of: 'salesforce:005X', day: DAY, atMost: 9 }, NOON)).toBe(0);
      expect(await book.ledger.grantTasks({ of: MORI, day: '2026-11-25', atMost: 2 }, NOON)).toBe(1);
      expect(await book.ledger.taskQueues()).toEqual([]);
    });

    it('a confirmed escalation marks the level on the clock and leaves the Task as it stands', async () => {
      const task = { id: '00T000000000001AAA', state: 'closed' } as const;
      await keep(lapsed(0, { task }));
      const update = create('u1', 'Task', { Subject: '【エスカレーション】' }, { entity: people[0]! });
      const change = {
        ...update,
        kind: 'update' as const,
        key: null,
        target: { system: 'salesforce' as const, object: 'Task' as const, id: task.id },
        marks: { task: { clock: 'k0', act: 'escalate' as const, level: 2 } },
        readBack: true,
      };
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, ({ id }) => (id === people[0] ? { changes: [change] } : {}));
      await book.ledger.claim('salesforce', 1, NOON, LEASE);
      const record = { system: 'salesforce', object: 'Task', id: task.id } as const;
      await book.ledger.recordOutcomes([{ kind: 'written', change: 'u1', record, created: false }], NOON);
      await book.ledger.recordConfirmations([{ change: 'u1', verdict: 'confirmed', id: task.id }], NOON);
      expect((await clockOf(people[0]!))?.task).toEqual({ ...task, level: 2 });
    });

    it('a message is kept once, and taken back when its occasion is over', async () => {
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, ({ id }) => (id === people[0] ? { messages: [message()] } : {}), NOON);
      await book.ledger.wakeEveryone();
      const again = {
        messages: [message({ subject: 'もう一度' }), message({ id: 'k0:escalation:1', kind: 'escalation' })],
      };
      await planEach(book.ledger, ({ id }) => (id === people[0] ? again : {}), NOON + 1);
      expect(await book.ledger.messages(9)).toMatchObject([
        { id: 'k0:escalation:1', state: 'waiting' },
        { ...message(), at: NOON, state: 'waiting' },
      ]);
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, ({ id }) => (id === people[0] ? { withdraw: ['k0'] } : {}), NOON + 2);
      expect((await book.ledger.messages(9)).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
      expect(await book.ledger.messages(1)).toHaveLength(1);
    });

    it('zone and language of whoever works there are kept, and a new one makes their people dirty', async () => {
      const mori: DirectoryEntry = {
        system: 'salesforce',
        kind: 'user',
        id: '005000000000001AAA',
        name: '森 葵',
        email: 'aoi.mori@example.co.jp',
        active: true,
        timeZone: 'Asia/Tokyo',
        language: 'ja',
      };
      await book.ledger.noteDirectory('salesforce', [mori], NOON);
      expect(await book.ledger.directory()).toEqual([mori]);
      await book.ledger.noteDirectory('salesforce', [{ ...mori, language: 'en_US' }], NOON);
      expect(await book.ledger.directory()).toMatchObject([{ language: 'en_US' }]);
    });
  });
}
