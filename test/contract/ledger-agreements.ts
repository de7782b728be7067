import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgreementText, Signature } from '../../src/domain/agreement/signatures.ts';
import type { AnyFacts } from '../../src/domain/people/person.ts';
import { ConfigInvalid } from '../../src/errors/errors.ts';
import { clock, contact, MINUTE, meet, NOON, planEach } from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

const anAgreement = (rest: Partial<AgreementText> = {}): AgreementText => ({
  hash: 'a1',
  version: '2026-11',
  effective: '2026-11-01',
  text: '{\n  "version": "2026-11"\n}\n',
  ...rest,
});
const bySales: Signature = {
  role: 'sales-head',
  who: 'ken.takahashi@example.co.jp',
  how: 'command line',
  user: 'ken',
  at: NOON,
};
const byMarketing: Signature = {
  ...bySales,
  role: 'marketing-head',
  who: 'hanako.sato@example.co.jp',
  user: 'hanako',
  at: NOON + MINUTE,
};
const acknowledged = { who: 'aya.ito@example.co.jp', user: 'aya', at: NOON + 2 * MINUTE };

/** Which agreements were proposed, who signed them, and who has read them. */
export function agreementsContract(open: OpenTestLedger): void {
  describe('agreements', () => {
    let book: TestLedger;
    beforeEach(async () => {
      book = await open();
    });
    afterEach(() => book.close());

    it('are none in an empty ledger: whatever was signed before is gone with it', async () => {
      expect(await book.ledger.agreements()).toEqual([]);
    });

    it('carry the signatures of both heads, in the order of signing, as they were made', async () => {
      expect(await book.ledger.signAgreement(anAgreement(), bySales)).toBe('signed');
      expect(await book.ledger.signAgreement(anAgreement(), byMarketing)).toBe('signed');
      expect(await book.ledger.agreements()).toEqual([
        { ...anAgreement(), signatures: [bySales, byMarketing], acknowledged: [] },
      ]);
    });

    it('are signed by a role once: a second signature changes nothing, whoever makes it', async () => {
      await book.ledger.signAgreement(anAgreement(), bySales);
      const again = { ...bySales, user: 'root', at: NOON + MINUTE };
      expect(await book.ledger.signAgreement(anAgreement(), again)).toBe('before');
      expect((await book.ledger.agreements()).flatMap(({ signatures }) => signatures)).toEqual([bySales]);
      expect((await book.tables()).audit).toMatchObject([{ who: bySales.who, deed: 'sign', detail: { user: 'ken' } }]);
    });

    it('of one name are one text, once somebody has signed it', async () => {
      await book.ledger.signAgreement(anAgreement(), bySales);
      const changed = anAgreement({ hash: 'a2' });
      await expect(book.ledger.signAgreement(changed, byMarketing)).rejects.toThrow(ConfigInvalid);
      expect(await book.ledger.signAgreement({ ...changed, version: '2026-12' }, byMarketing)).toBe('signed');
      expect((await book.ledger.agreements()).map(({ hash, signatures }) => [hash, signatures.length])).toEqual([
        ['a1', 1],
        ['a2', 1],
      ]);
    });

    it('that are only proposed are kept, bind nobody and take no name', async () => {
      await book.ledger.keepAgreement(anAgreement(), NOON);
      await book.ledger.keepAgreement(anAgreement(), NOON + MINUTE);
      expect(await book.ledger.agreements()).toEqual([]);
      expect(await book.ledger.signAgreement(anAgreement({ hash: 'a2' }), bySales)).toBe('signed');
      expect((await book.tables()).agreement_text).toMatchObject([{ hash: 'a1' }, { hash: 'a2' }]);
    });

    it('are acknowledged by a person once', async () => {
      await book.ledger.signAgreement(anAgreement(), bySales);
      expect(await book.ledger.acknowledgeAgreement('a1', acknowledged)).toBe('noted');
      expect(await book.ledger.acknowledgeAgreement('a1', { ...acknowledged, at: NOON + 9 * MINUTE })).toBe('before');
      expect((await book.ledger.agreements()).flatMap((version) => version.acknowledged)).toEqual([acknowledged]);
    });

    it('tell how many deadlines are open, by kind and by the version that they began under', async () => {
      expect(await book.ledger.openDeadlines()).toEqual([]);
      await meet(book.ledger, contact('1', {}));
      await planEach(book.ledger, () => ({
        clocks: [
          clock('k1', { kind: 'first-contact', agreementVersion: '2026-11' }),
          clock('k2', { kind: 'first-contact', agreementVersion: '2026-11', state: 'lapsed', lapsedAt: NOON }),
          clock('k3', { kind: 'first-contact', agreementVersion: '2026-12' }),
          clock('k4', { kind: 'convert', agreementVersion: '2026-11' }),
          clock('k5', { kind: 'convert', agreementVersion: '2026-11', state: 'met', metAt: NOON }),
          clock('k6', { kind: 'qualify', agreementVersion: '2026-11', state: 'closed' }),
        ],
      }));
      expect(await book.ledger.openDeadlines()).toEqual([
        { kind: 'convert', version: '2026-11', count: 1 },
        { kind: 'first-contact', version: '2026-11', count: 2 },
        { kind: 'first-contact', version: '2026-12', count: 1 },
      ]);
    });

    it('are planned like a person once they have been met, with what they owe, and woken when it is due', async () => {
      await book.ledger.meetAgreement(NOON);
      await book.ledger.meetAgreement(NOON + MINUTE);
      const review = clock('agreement:review:2027-03-15:sales-head', { person: 'agreement', kind: 'review' });
      const planned = await planEach(book.ledger, ({ id, kind }) =>
        id === 'agreement' && kind === 'agreement' ? { clocks: [review] } : {},
      );
      expect(planned?.plans).toMatchObject([{ entity: 'agreement' }]);
      expect(await planEach(book.ledger, () => ({}))).toBeNull();
      expect(await book.ledger.openDeadlines()).toEqual([]);
      expect(await book.ledger.wakeClocks(review.dueAt)).toBe(1);
      const seen: AnyFacts[] = [];
      await planEach(book.ledger, (facts) => {
        seen.push(facts);
        return {};
      });
      expect(seen).toMatchObject([{ id: 'agreement', kind: 'agreement', clocks: [review] }]);
      expect(await book.ledger.counts()).toMatchObject({ people: 0, clocks: { running: 1 } });
    });

    it('are not signed by a rehearsal', async () => {
      await book.ledger.rehearse(async (ledger) => {
        await ledger.signAgreement(anAgreement(), bySales);
        expect(await ledger.agreements()).toHaveLength(1);
      });
      expect(await book.ledger.agreements()).toEqual([]);
    });
  });
}
