import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StageEntry } from '../../src/domain/people/person.ts';
import { contact, factsOf, MINUTE, meet, NOON, planEach, stage } from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

/** What the ledger keeps of what sales said, and of what marketing and sales are to talk about. */
export function answersContract(open: OpenTestLedger): void {
  describe('what sales said', () => {
    let book: TestLedger;
    const taro = contact('1', { email: 'taro@example.co.jp' });
    beforeEach(async () => {
      book = await open();
      await meet(book.ledger, taro);
      await planEach(book.ledger, () => ({}));
    });
    afterEach(() => book.close());

    const entered = async (...stages: readonly StageEntry[]) => {
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({ stages }));
    };
    const rejected = (minutes: number, reason: string, more: Partial<StageEntry> = {}) =>
      stage('recycled', {
        at: NOON + minutes * MINUTE,
        by: 'answer',
        evidence: { answer: 'rejected', reason, score: 90, owner: '005A', record: 'salesforce:Lead:00Q1' },
        ...more,
      });

    it.each<StageEntry['by']>(['answer', 'silence'])('a stage that was entered by %s is kept as such', async (by) => {
      const entry = stage('SAL', { at: NOON, by });
      await entered(entry);
      expect((await factsOf(book.ledger, '1')).stages).toEqual([entry]);
    });

    it('a stage beside the funnel comes behind the one that was left at the same instant', async () => {
      await entered(stage('recycled', { at: NOON, by: 'answer' }), stage('MQL', { at: NOON }));
      expect((await factsOf(book.ledger, '1')).stages.map((one) => one.stage)).toEqual(['MQL', 'recycled']);
    });

    it('of two people who become one, who was sent back goes back, unless the other had come further', async () => {
      const { ledger } = book;
      const others = [contact('2', { email: 'two@example.co.jp' }), contact('3', { email: 'three@example.co.jp' })];
      await meet(ledger, ...others);
      const stagesOf: Readonly<Record<string, readonly StageEntry[]>> = {
        'hubspot-1': [stage('customer', { at: NOON })],
        'hubspot-2': [
          stage('MQL', { at: NOON + MINUTE }),
          rejected(2, 'bad-fit'),
          stage('MQL', { at: NOON + 3 * MINUTE, pass: 2 }),
        ],
        'hubspot-3': [stage('lead', { at: NOON })],
      };
      await ledger.wakeEveryone();
      await planEach(ledger, ({ id }) => ({ stages: stagesOf[id] ?? [] }));
      await ledger.wakeEveryone();
      const becomes = (id: string) => (id === 'hubspot-3' ? others[0]!.record : null);
      await planEach(ledger, ({ id }) => ({ becomes: becomes(id) }));
      const told = async (id: string) => (await factsOf(ledger, id)).stages.map((one) => one.stage);
      expect(await told('2')).toEqual(['lead', 'MQL', 'recycled', 'MQL']);
      await ledger.wakeEveryone();
      await planEach(ledger, ({ id }) => ({ becomes: id === 'hubspot-2' ? taro.record : null }));
      expect(await told('1')).toEqual(['customer']);
    });

    it('rejections are listed, the newest first, with who and why, as many as are asked for', async () => {
      const { id } = await factsOf(book.ledger, '1');
      await entered(rejected(1, 'bad-fit'), rejected(3, 'not-ready', { pass: 2, agreementVersion: 'v2' }));
      const [second, first] = await book.ledger.rejections(10);
      expect(second).toEqual({
        person: id,
        at: NOON + 3 * MINUTE,
        pass: 2,
        reason: 'not-ready',
        agreementVersion: 'v2',
        score: 90,
        owner: '005A',
        record: 'salesforce:Lead:00Q1',
      });
      expect(first).toMatchObject({ pass: 1, reason: 'bad-fit' });
      expect(await book.ledger.rejections(1)).toEqual([second]);
    });

    it('of a reason that was corrected the last one is, and none that was taken back or is no rejection any more', async () => {
      await entered(rejected(1, 'bad-fit'), rejected(2, 'duplicate'));
      expect((await book.ledger.rejections(10)).map(({ reason }) => reason)).toEqual(['duplicate']);
      await entered(
        stage('MQL', { at: NOON + 3 * MINUTE, pass: 2, evidence: { takenBack: 'recycled', reason: 'duplicate' } }),
      );
      expect(await book.ledger.rejections(10)).toEqual([]);
      await entered(
        rejected(4, 'bad-fit', { pass: 2 }),
        stage('disqualified', { at: NOON + 5 * MINUTE, pass: 2, by: 'answer', evidence: { reason: 'competitor' } }),
      );
      expect(await book.ledger.rejections(10)).toEqual([]);
    });
  });
}
