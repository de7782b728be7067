import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  base,
  call,
  clock,
  contact,
  create,
  factsOf,
  fieldChange,
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

/** Writes that met nobody, or of which nobody knows whether they arrived. */
export function unansweredContract(open: OpenTestLedger): void {
  describe('writes without an answer', () => {
    let book: TestLedger;
    const taro = contact('1', { email: 'taro@example.co.jp', jobtitle: '課長' });
    const states = async () => (await book.ledger.counts()).changes;
    beforeEach(async () => {
      book = await open();
      await meet(book.ledger, taro);
    });
    afterEach(() => book.close());

    it('a record that vanished under a write is sighted as deleted', async () => {
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
      await book.ledger.claim('hubspot', 1, NOON, LEASE);
      await book.ledger.recordOutcomes([{ kind: 'vanished', change: 'c1', mergedInto: '2', message: 'gone' }], NOON);
      const facts = await factsOf(book.ledger, 'hubspot-1');
      expect(facts.sightings[0]).toMatchObject({ deleted: true, mergedInto: '2' });
      expect(facts.findings).toMatchObject([{ code: 'RECORD_VANISHED', subject: 'hubspot:contacts:1' }]);
      expect(await states()).toEqual({ superseded: 1 });
      expect((await book.ledger.waiting()).dirty).toBe(1);
    });

    it('a Task that somebody deleted before it was closed is removed: it is not to be closed for ever', async () => {
      const task = { id: '00T000000000001AAA', state: 'open' as const };
      const closing = update('t1', taro, { Status: '完了' }, { marks: { task: { clock: 'k1', act: 'close' } } });
      const target = { system: 'salesforce', object: 'Task', id: task.id } as const;
      await book.ledger.noteActivities([call(task.id, taro, { ourTask: true, closed: false })]);
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({
        clocks: [clock('k1', { state: 'met', task })],
        changes: [{ ...closing, target }],
      }));
      await book.ledger.claim('salesforce', 1, NOON, LEASE);
      await book.ledger.recordOutcomes([{ kind: 'vanished', change: 't1', message: 'gone' }], NOON);
      const { clocks, activities } = await factsOf(book.ledger, 'hubspot-1');
      expect(clocks).toMatchObject([{ id: 'k1', task: { id: task.id, state: 'removed' } }]);
      expect(activities).toMatchObject([{ source: { id: task.id }, deleted: true }]);
    });

    it('what was deferred is sent again, what never left counts as no attempt, and what may have arrived is read back', async () => {
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
      await book.ledger.claim('hubspot', 1, NOON, LEASE);
      await book.ledger.recordOutcomes([{ kind: 'deferred', change: 'c1', message: 'locked' }], NOON);
      expect((await book.ledger.claim('hubspot', 1, NOON, LEASE))[0]?.attempts).toBe(2);
      await book.ledger.release(['c1']);
      expect((await book.ledger.claim('hubspot', 1, NOON, LEASE))[0]?.attempts).toBe(2);
      await book.ledger.recordOutcomes([{ kind: 'unsure', change: 'c1', message: 'timeout' }], NOON);
      expect((await book.ledger.toConfirm('hubspot', 10)).map(({ id }) => id)).toEqual(['c1']);
      await book.ledger.recordConfirmations([{ change: 'c1', verdict: 'rewrite' }], NOON);
      expect(await states()).toEqual({ approved: 1 });
    });

    it('an unsure create that is found is linked as if the answer had come', async () => {
      const change = create('l1', 'Lead', { LastName: '鈴木' }, { basesAfter: [base('lastname', '鈴木', '鈴木')] });
      await intend(book.ledger, 'hubspot-1', change);
      await book.ledger.claim('salesforce', 1, NOON, LEASE);
      await book.ledger.expireLeases(NOON, true);
      await book.ledger.recordConfirmations([{ change: 'l1', verdict: 'confirmed', id: leadId('5') }], NOON);
      const facts = await factsOf(book.ledger, leadId('5'));
      expect(facts).toMatchObject({ id: 'hubspot-1', bases: [base('lastname', '鈴木', '鈴木')] });
      expect(await states()).toEqual({ confirmed: 1 });
    });

    it('an unsure create that did not arrive is not tried again where another record has taken the seat meanwhile', async () => {
      await intend(book.ledger, 'hubspot-1', create('l1', 'Lead', { LastName: '鈴木' }));
      await book.ledger.claim('salesforce', 1, NOON, LEASE);
      await book.ledger.expireLeases(NOON, true);
      const typed = lead('5', { Email: 'taro@example.co.jp', LastName: '鈴木' });
      await meet(book.ledger, typed);
      await planEach(book.ledger, () => ({}));
      expect((await factsOf(book.ledger, 'hubspot-1')).links).toMatchObject([{}, { record: { id: leadId('5') } }]);
      await book.ledger.recordConfirmations([{ change: 'l1', verdict: 'rewrite' }], NOON);
      expect(await book.ledger.claim('salesforce', 1, NOON, LEASE)).toEqual([]);
      expect((await book.ledger.waiting()).dirty).toBe(1);
    });

    describe('which are to go again', () => {
      const seenMeanwhile = async () => {
        const fields = [{ ...fieldChange('jobtitle', '部長'), before: '課長' }, fieldChange('phone', '03-1')];
        await intend(book.ledger, 'hubspot-1', update('c1', taro, {}, { steps: [fields] }));
        await book.ledger.claim('hubspot', 1, NOON, LEASE);
        await meet(book.ledger, contact('1', { jobtitle: '部長' }, { seenAt: NOON + 1 }));
        await planEach(book.ledger, () => ({})); // says nothing, for the write is on its way
        expect((await book.ledger.waiting()).dirty).toBe(0);
      };

      it('because half of it is in and half is not have their person planned anew: as it was planned it may not be sent', async () => {
        await seenMeanwhile();
        await book.ledger.expireLeases(NOON, true);
        await book.ledger.recordConfirmations([{ change: 'c1', verdict: 'rewrite' }], NOON);
        expect(await book.ledger.claim('hubspot', 1, NOON, LEASE)).toEqual([]);
        expect((await book.ledger.waiting()).dirty).toBe(1);
      });

      it('because they never left have their person planned anew, too', async () => {
        await seenMeanwhile();
        await book.ledger.release(['c1']);
        expect(await book.ledger.claim('hubspot', 1, NOON, LEASE)).toEqual([]);
        expect((await book.ledger.waiting()).dirty).toBe(1);
      });
    });

    it('an unsure create that a plan finds under its key is over, and the journal names what it had made', async () => {
      await intend(book.ledger, 'hubspot-1', create('l1', 'Lead', { LastName: '鈴木' }));
      await book.ledger.claim('salesforce', 1, NOON, LEASE);
      await book.ledger.expireLeases(NOON, true);
      await book.ledger.wakeEveryone();
      const overtaken = { change: 'l1', because: 'found-by-key', made: leadId('5') };
      await planEach(book.ledger, () => ({ supersede: [overtaken] }));
      const made = (await book.ledger.history('hubspot-1')).find(({ kind }) => kind === 'change');
      expect(made).toMatchObject({ change: { id: 'l1', state: 'superseded', target: { id: leadId('5') } } });
    });

    it('an unsure create that is found holds what was typed in it since, and was agreed on as it was written', async () => {
      const change = create('l1', 'Lead', { LastName: '鈴木' }, { basesAfter: [base('lastname', '鈴木', '鈴木')] });
      await intend(book.ledger, 'hubspot-1', change);
      await book.ledger.claim('salesforce', 1, NOON, LEASE);
      await book.ledger.expireLeases(NOON, true);
      await book.ledger.noteSightings([lead('5', { LastName: '佐藤' })], []);
      await book.ledger.recordConfirmations([{ change: 'l1', verdict: 'confirmed', id: leadId('5') }], NOON);
      const { sightings, bases } = await factsOf(book.ledger, 'hubspot-1');
      expect(sightings.find(({ record }) => record.id === leadId('5'))?.values['LastName']).toBe('佐藤');
      expect(bases).toEqual([base('lastname', '鈴木', '鈴木')]);
    });

    it('a lease that runs out makes its change unsure; one that runs on does not', async () => {
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
      await book.ledger.claim('hubspot', 1, NOON, LEASE);
      expect(await book.ledger.expireLeases(NOON + LEASE - 1, false)).toBe(0);
      expect(await book.ledger.expireLeases(NOON + LEASE, false)).toBe(1);
      expect(await book.ledger.waiting()).toMatchObject({ unconfirmed: { hubspot: 1 } });
    });
  });
}
