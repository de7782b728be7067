import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change, Outcome } from '../../src/domain/people/change.ts';
import {
  base,
  contact,
  create,
  factsOf,
  intend,
  LEASE,
  lead,
  leadId,
  meet,
  NOON,
  planEach,
  update,
} from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

/** What a system does not take, of what goes in otherwise. */
export function refusalsContract(open: OpenTestLedger): void {
  describe('what a system does not take', () => {
    let book: TestLedger;
    const taro = contact('1', {
      email: 'taro@example.co.jp',
      jobtitle: '課長',
      phone: '1',
      'associations.companies': null,
    });
    beforeEach(async () => {
      book = await open();
      await meet(book.ledger, taro);
    });
    afterEach(() => book.close());

    const send = async (change: Change, outcome: (id: string) => Outcome) => {
      await intend(book.ledger, change.entity, change);
      await book.ledger.claim(change.target.system, 1, NOON, LEASE);
      await book.ledger.recordOutcomes([outcome(change.id)], NOON);
    };
    const refusal = async (entity = 'hubspot-1') => {
      const { findings } = await factsOf(book.ledger, entity);
      const found = findings.filter(({ code }) => code === 'WRITE_REFUSED');
      return found.map(({ subject, detail: { fields, wanted } }) => ({ subject, fields, wanted }));
    };
    const refused =
      (...fields: readonly string[]) =>
      (change: string): Outcome => ({ kind: 'refused', change, code: 'INVALID', message: 'no', fields });
    const withoutTie =
      (id: string) =>
      (change: string): Outcome => ({
        kind: 'written',
        change,
        record: { ...taro.record, id },
        created: false,
        except: { code: 'VALIDATION_ERROR', message: 'no such company', fields: ['associations.companies'] },
      });

    it('a second field of a record is refused beside the first, which was left out this time', async () => {
      await send(update('c1', taro, { phone: '2', jobtitle: '部長' }), refused('phone'));
      await send(update('c2', taro, { jobtitle: '部長' }), refused('jobtitle'));
      expect(await refusal()).toEqual([
        { subject: 'hubspot:contacts:1', fields: 'phone,jobtitle', wanted: '{"phone":"2","jobtitle":"部長"}' },
      ]);
    });

    it('what was sent again beside it is refused no longer, unless it is blamed again', async () => {
      await send(update('c1', taro, { phone: '2', jobtitle: '部長' }), refused('phone'));
      await send(update('c2', taro, { phone: '3', jobtitle: '部長' }), refused('jobtitle'));
      expect(await refusal()).toMatchObject([{ fields: 'jobtitle' }]);
    });

    it('a tie that is refused leaves the rest of its write written, and only what was written is read back', async () => {
      const tied = { jobtitle: '部長', 'associations.companies': '7' };
      const change = update('c1', taro, tied, { basesAfter: [base('jobtitle', '部長', '部長')], readBack: true });
      await send(change, withoutTie('1'));
      const facts = await factsOf(book.ledger, 'hubspot-1');
      expect(facts.sightings[0]?.values).toMatchObject({ jobtitle: '部長', 'associations.companies': null });
      expect(facts.bases).toEqual([]);
      expect(facts.open).toMatchObject([{ state: 'acknowledged', steps: [[{ field: 'jobtitle' }]] }]);
      expect(facts.open[0]).not.toHaveProperty('basesAfter');
      expect(await refusal()).toMatchObject([
        { fields: 'associations.companies', wanted: '{"associations.companies":"7"}' },
      ]);
      expect((await book.ledger.waiting()).dirty).toBe(1);
    });

    it('a record that was made, but for its ties, is the person’s: it is not made again over what people typed since', async () => {
      await meet(book.ledger, lead('5', { Email: 'hana@example.co.jp' }));
      await planEach(book.ledger, () => ({}));
      const hana = `salesforce-${leadId('5')}`;
      const made = create('l1', 'Lead', { lastname: '佐藤', 'associations.companies': '7' });
      const target = { system: 'hubspot', object: 'contacts', id: null } as const;
      await send({ ...made, entity: hana, target }, withoutTie('9'));
      const facts = await factsOf(book.ledger, hana);
      expect(facts.links.map(({ record }) => record.id)).toContain('9');
      expect(await refusal(hana)).toMatchObject([{ subject: 'hubspot:contacts:9' }]);
    });
  });
}
