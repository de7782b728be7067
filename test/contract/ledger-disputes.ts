import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/domain/people/change.ts';
import type { Finding } from '../../src/domain/people/person.ts';
import type { Instant, Value } from '../../src/domain/values/value.ts';
import { contact, factsOf, LEASE, lead, MINUTE, meet, NOON, planEach, update } from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

/** What the ledger remembers of a field that two sides, or two programs, do not agree on. */
export function disputesContract(open: OpenTestLedger): void {
  describe('disputes', () => {
    let book: TestLedger;
    const taro = contact('1', { email: 'taro@example.co.jp', phone: '03-1111-1111' });
    const taroLead = lead('1', { Email: 'taro@example.co.jp', Phone: '03-1111-1111' });
    beforeEach(async () => {
      book = await open();
      await meet(book.ledger, taro, taroLead);
      await planEach(book.ledger, () => ({}));
    });
    afterEach(() => book.close());

    const facts = () => factsOf(book.ledger, 'hubspot-1');
    const conflict = (detail: Finding['detail']): Finding => ({
      code: 'CONFLICT',
      subject: 'hubspot:contacts:1 phone',
      entity: 'hubspot-1',
      detail,
    });

    describe('a conflict', () => {
      it('is handed out with the instant at which it was opened, whatever is told of it later', async () => {
        await book.ledger.openFinding(conflict({ hubspot: 'A' }), NOON);
        await book.ledger.openFinding(conflict({ hubspot: 'B' }), NOON + MINUTE);
        expect((await facts()).findings).toMatchObject([{ openedAt: NOON, detail: { hubspot: 'B' } }]);
      });

      it('wakes its person when its default is due, not before, and no more once it is closed', async () => {
        await book.ledger.openFinding(conflict({ settlesAt: NOON + 60 * MINUTE }), NOON);
        expect(await book.ledger.wakeClocks(NOON + 60 * MINUTE - 1)).toBe(0);
        expect(await book.ledger.wakeClocks(NOON + 60 * MINUTE)).toBe(1);
        expect((await planEach(book.ledger, () => ({})))?.plans.map(({ entity }) => entity)).toEqual(['hubspot-1']);
        await book.ledger.closeFinding('CONFLICT', 'hubspot:contacts:1 phone', NOON);
        expect(await book.ledger.wakeClocks(NOON + 99 * MINUTE)).toBe(0);
      });

      it('without a default wakes nobody', async () => {
        await book.ledger.openFinding(conflict({}), NOON);
        expect(await book.ledger.wakeClocks(NOON + 99 * MINUTE)).toBe(0);
      });

      it('is told of with the newest entry of each field in the system’s own history', async () => {
        const entry = { record: taroLead.record, field: 'Phone', by: 'person' } as const;
        await book.ledger.noteHistory([
          { ...entry, value: '03-2222-2222', at: NOON - MINUTE, source: 'LeadHistory:1' },
          { ...entry, value: '03-3333-3333', at: NOON, by: 'automation', source: 'LeadHistory:2' },
          { ...entry, field: 'Title', value: '部長', at: NOON - 2 * MINUTE, source: 'LeadHistory:3' },
        ]);
        expect((await facts()).edits?.map(({ field, at, by }) => [field, at, by])).toEqual([
          ['Phone', NOON, 'automation'],
          ['Title', NOON - 2 * MINUTE, 'person'],
        ]);
      });
    });

    describe('a field that is put back', () => {
      const phone = (id: string, before: Value, after: Value): Change => ({
        ...update(id, taroLead, {}),
        steps: [[{ field: 'Phone', before, after, reason: { code: 'copied', detail: {} } }]],
      });

      /** Somebody puts the value back; then one write is planned, sent and acknowledged. Nothing follows where it is not to be sent. */
      async function write(change: Change, at: Instant, isSent = true): Promise<void> {
        const [{ before = null } = {}] = change.steps[0] ?? [];
        await meet(book.ledger, { ...taroLead, values: { ...taroLead.values, Phone: before }, seenAt: at });
        await book.ledger.wakeEveryone();
        await planEach(book.ledger, ({ id }) => (id === 'hubspot-1' ? { changes: [change] } : {}), at);
        if (!isSent) return;
        for (const { id, target } of await book.ledger.claim('salesforce', 10, at, LEASE)) {
          const record = { ...target, id: target.id ?? '' };
          await book.ledger.recordOutcomes([{ kind: 'written', change: id, record, created: false }], at);
        }
      }

      const fight = async (times: number, from = 0) => {
        for (let nth = from; nth < from + times; nth += 1) await write(phone(`c${nth}`, 'A', 'B'), NOON + nth * MINUTE);
      };

      it('three times is handed to the planner, with the instant of the first of the three', async () => {
        await fight(4);
        expect((await facts()).fought).toEqual([
          { record: taroLead.record, field: 'Phone', before: 'A', after: 'B', since: NOON + MINUTE },
        ]);
      });

      it('twice is not, nor when a third write was meant and never sent', async () => {
        await fight(2);
        expect((await facts()).fought).toEqual([]);
        await write(phone('unsent', 'A', 'B'), NOON + 9 * MINUTE, false);
        expect((await facts()).fought).toEqual([]);
      });

      it.each([
        ['something else', 'A', 'C'],
        ['over something else', 'C', 'B'],
        ['the old value ourselves', 'B', 'A'],
      ])('is none when our newest write wrote %s', async (_, before, after) => {
        await fight(3);
        await write(phone('newest', before, after), NOON + 9 * MINUTE);
        expect((await facts()).fought).toEqual([]);
      });

      it('is counted anew from when a frozen field was released', async () => {
        await fight(3);
        const frozen = {
          code: 'FIELD_FROZEN',
          subject: 'salesforce:Lead:1 Phone',
          entity: 'hubspot-1',
          detail: {},
        } as const;
        await book.ledger.openFinding(frozen, NOON + 3 * MINUTE);
        expect((await facts()).fought).toHaveLength(1);
        await book.ledger.closeFinding(frozen.code, frozen.subject, NOON + 4 * MINUTE);
        expect((await facts()).fought).toEqual([]);
        await fight(2, 5);
        expect((await facts()).fought).toEqual([]);
        await fight(1, 7);
        expect((await facts()).fought).toHaveLength(1);
      });
    });
  });
}
