import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../src/domain/people/activity.ts';
import type { Change, Reason } from '../../src/domain/people/change.ts';
import { EVIDENCE_GRADES } from '../../src/domain/people/evidence-grade.ts';
import type { StageEntry } from '../../src/domain/people/person.ts';
import type { Value } from '../../src/domain/values/value.ts';
import {
  contact,
  factsOf,
  LEASE,
  lead,
  MINUTE,
  meet,
  NOON,
  planEach,
  sighting,
  stage,
  update,
} from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

/** What the ledger keeps of whoever moves a lifecycle stage, and of a change that takes two steps; and its short answers to a step. */
export function stageMovesContract(open: OpenTestLedger): void {
  describe('stage moves', () => {
    let book: TestLedger;
    const taro = contact('1', { email: 'taro@example.co.jp', lifecyclestage: 'customer', hubspot_owner_id: '71' });
    beforeEach(async () => {
      book = await open();
      await meet(book.ledger, taro);
      await planEach(book.ledger, () => ({}));
    });
    afterEach(() => book.close());

    const move = (value: Value, by: HistoryEntry['by'], minutes: number): HistoryEntry => ({
      record: taro.record,
      field: 'lifecyclestage',
      value,
      by,
      at: NOON + minutes * MINUTE,
      source: `contacts/1/lifecyclestage@${minutes}`,
    });

    it('every move of a lifecycle stage is handed to the planner, oldest first, with who made it', async () => {
      // HubSpot tells the newest first.
      const moves = [move('customer', 'company', 3), move('opportunity', 'deal', 2), move('lead', 'person', 1)];
      await book.ledger.noteHistory([...moves, { ...moves[0]!, field: 'phone', source: 'phone@1' }]);
      await book.ledger.noteHistory(moves);
      const { edits = [] } = await factsOf(book.ledger, '1');
      expect(edits.map(({ field, value, by }) => [field, value, by])).toEqual([
        ['lifecyclestage', 'lead', 'person'],
        ['lifecyclestage', 'opportunity', 'deal'],
        ['lifecyclestage', 'customer', 'company'],
        ['phone', 'customer', 'company'],
      ]);
    });

    it.each<StageEntry['by']>(['history', 'rule', 'manual', 'automation', 'deal'])(
      'a stage that was entered by %s is kept as such',
      async (by) => {
        await book.ledger.wakeEveryone();
        const entry: StageEntry = { stage: 'customer', at: NOON, by, agreementVersion: 'v1', evidence: {}, pass: 1 };
        await planEach(book.ledger, () => ({ stages: [entry] }));
        expect((await factsOf(book.ledger, '1')).stages).toEqual([entry]);
      },
    );

    it.each([...EVIDENCE_GRADES, undefined])('a stage entry keeps how well its instant is known: %s', async (grade) => {
      await book.ledger.wakeEveryone();
      const entry = stage('MQL', grade === undefined ? {} : { grade });
      await planEach(book.ledger, () => ({ stages: [entry] }));
      expect((await factsOf(book.ledger, '1')).stages).toEqual([entry]);
    });

    it('a person is known by the version that they were last judged by, and by the same until another plan says so', async () => {
      const judgedUnder = async () => (await factsOf(book.ledger, '1')).judgedUnder;
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({}));
      expect(await judgedUnder()).toBeUndefined();
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({ judgedUnder: '2026-11' }));
      expect(await judgedUnder()).toBe('2026-11');
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({}));
      expect(await judgedUnder()).toBe('2026-11');
    });

    describe('a change of two steps', () => {
      const reason: Reason = { code: 'stage-reset', detail: {} };
      const reset = (id: string): Change => ({
        ...update(id, taro, {}),
        readBack: true,
        steps: [
          [{ field: 'lifecyclestage', before: 'customer', after: null, reason }],
          [{ field: 'lifecyclestage', before: null, after: 'lead', reason }],
        ],
      });
      const intend = async (change: Change, at: number) => {
        await meet(book.ledger, { ...taro, seenAt: at });
        await book.ledger.wakeEveryone();
        await planEach(book.ledger, () => ({ changes: [change] }), at);
      };
      const send = async (at: number) => {
        const [claimed] = await book.ledger.claim('hubspot', 10, at, LEASE);
        if (claimed !== undefined)
          await book.ledger.recordOutcomes(
            [{ kind: 'written', change: claimed.id, record: taro.record, created: false }],
            at,
          );
        return claimed?.steps[claimed.step]?.[0]?.after;
      };
      const shown = async () => (await factsOf(book.ledger, '1')).sightings[0]?.values['lifecyclestage'];

      it('goes on by itself after the first, and is read back after the second', async () => {
        await intend(reset('r1'), NOON + MINUTE);
        expect([await send(NOON + 2 * MINUTE), await shown()]).toEqual([null, null]);
        expect(await book.ledger.toConfirm('hubspot', 10)).toEqual([]);
        expect([await send(NOON + 3 * MINUTE), await shown()]).toEqual(['lead', 'lead']);
        expect(await book.ledger.toConfirm('hubspot', 10)).toMatchObject([{ id: 'r1', step: 1 }]);
      });

      it('whose first step fell silent goes on once it was found written', async () => {
        await intend(reset('r1'), NOON + MINUTE);
        await book.ledger.claim('hubspot', 10, NOON + 2 * MINUTE, LEASE);
        await book.ledger.expireLeases(NOON + 3 * MINUTE, true);
        await book.ledger.recordConfirmations([{ change: 'r1', verdict: 'confirmed', id: '1' }], NOON + 4 * MINUTE);
        expect(await send(NOON + 5 * MINUTE)).toBe('lead');
      });

      it('is one write where somebody puts the old stage back each time: three of them are a fight', async () => {
        for (const nth of [1, 2, 3]) {
          const at = NOON + 10 * nth * MINUTE;
          await intend(reset(`r${nth}`), at);
          await send(at);
          await send(at);
          expect((await factsOf(book.ledger, '1')).fought).toHaveLength(nth === 3 ? 1 : 0);
          await book.ledger.recordConfirmations([{ change: `r${nth}`, verdict: 'confirmed', id: '1' }], at);
        }
        expect((await factsOf(book.ledger, '1')).fought).toEqual([
          {
            record: taro.record,
            field: 'lifecyclestage',
            before: 'customer',
            after: 'lead',
            since: NOON + 10 * MINUTE,
          },
        ]);
      });
    });

    it('tells a finding again as a new one, and only one is open', async () => {
      const finding = { code: 'OWNER_INACTIVE', subject: 'salesforce:005', detail: { owner: '退職 者' } } as const;
      await book.ledger.openFinding(finding, NOON);
      await book.ledger.tellAgain(finding, NOON + MINUTE);
      expect(await book.ledger.findings()).toEqual([{ ...finding, openedAt: NOON + MINUTE }]);
      expect((await book.tables()).finding).toMatchObject([{ closed_at: NOON + MINUTE }, { closed_at: null }]);
    });

    it('says what it last saw in a field, and nothing of records that it does not know', async () => {
      await meet(book.ledger, contact('2', { email: 'hana@example.co.jp' }));
      const seen = await book.ledger.lastSeen('hubspot', 'contacts', ['1', '2', '3', '1'], 'lifecyclestage');
      expect(Object.fromEntries(seen)).toEqual({ 1: 'customer', 2: null });
    });

    it('says which of some owners own a live record of somebody or of a deal', async () => {
      await meet(
        book.ledger,
        contact('2', { email: 'a@example.co.jp', hubspot_owner_id: '72' }, { deleted: true }),
        sighting('hubspot', 'deals', '9', { hubspot_owner_id: '73' }),
        lead('1', { Email: 'b@example.co.jp', OwnerId: '74' }),
      );
      const of = async (system: 'hubspot' | 'salesforce') =>
        [...(await book.ledger.owning(system, ['71', '72', '73', '74', '75']))].toSorted();
      expect([await of('hubspot'), await of('salesforce')]).toEqual([['71', '73'], ['74']]);
    });
  });
}
