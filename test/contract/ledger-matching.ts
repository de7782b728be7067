import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sighting } from '../../src/domain/people/record.ts';
import type { Values } from '../../src/domain/values/value.ts';
import { type MatchVerdict, matchRecords } from '../../src/reconcile/match.ts';
import {
  call,
  contact,
  create,
  factsOf,
  intend,
  LEASE,
  lead,
  leadId,
  MINUTE,
  matchAll,
  meet,
  NOON,
  planDirty,
  planEach,
  sighting,
  update,
} from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

const LATER = NOON + MINUTE;
const later = { seenAt: LATER };
const person = (id: string, values: Values) => sighting('salesforce', 'Contact', id, values);

/** What matching needs of the ledger: everybody who may be the same person, and what tells them apart. */
export function matchingContract(open: OpenTestLedger): void {
  describe('who may be whom', () => {
    let book: TestLedger;
    beforeEach(async () => {
      book = await open();
    });
    afterEach(() => book.close());

    const linksOf = async (handle: string) =>
      (await factsOf(book.ledger, handle)).links
        .map(({ record, role, evidence }) => `${record.id} ${role} ${evidence}`)
        .toSorted();

    /** Matches by the product's own rule, and hands back what it said. */
    async function said(): Promise<readonly MatchVerdict[]> {
      const verdicts: MatchVerdict[] = [];
      const matching = { sharedMailboxes: [], several: 'leave' } as const;
      const look = () =>
        book.ledger.match(100, LATER, (batch) => {
          const now = batch.flatMap((around) => matchRecords(around, matching));
          verdicts.push(...now);
          return now;
        });
      while ((await look()) > 0);
      return verdicts;
    }

    const many = contact('1', {
      email: 'taro@acme.co.jp',
      hs_additional_emails: 'old@acme.co.jp;TARO@home.example.jp',
    });
    const old = lead('1', { Email: 'taro@home.example.jp' });
    const kept = contact('1', { email: 'taro@acme.co.jp', salesforceleadid: leadId('1') });
    const other = lead('1', { Email: 'else@home.example.jp' });

    it.each<[string, readonly Sighting[], string]>([
      ['a further address, met together', [many, old], 'email'],
      ['a native id, met together', [kept, other], 'native'],
    ])('are found by %s', async (_, sightings, evidence) => {
      await meet(book.ledger, ...sightings);
      expect(await linksOf('1')).toEqual([`${leadId('1')} current ${evidence}`, `1 current ${evidence}`]);
    });

    it.each<[string, Sighting, Sighting, string]>([
      ['the contact after the Lead, by a further address', old, many, '1 current email'],
      ['the Lead after the contact, by a further address', many, old, `${leadId('1')} current email`],
      ['the contact after the Lead, by a native id', other, kept, '1 current native'],
      ['the Lead after the contact, by a native id', kept, other, `${leadId('1')} current native`],
    ])('are found when they come later: %s', async (_, first, second, link) => {
      await meet(book.ledger, first);
      await meet(book.ledger, second);
      expect(await linksOf('1')).toContain(link);
      expect((await factsOf(book.ledger, '1')).id).toBe((await factsOf(book.ledger, leadId('1'))).id);
    });

    it('are looked at again when a known contact gets a further address, or an id', async () => {
      const twins = [lead('1', { Email: 'b@acme.co.jp' }), lead('2', { Email: 'b@acme.co.jp' })];
      const free = lead('3', { Email: 'c@acme.co.jp' });
      await meet(book.ledger, contact('1', { email: 'a@acme.co.jp' }), ...twins, free, lead('4', free.values));
      await meet(book.ledger, contact('1', { hs_additional_emails: 'b@acme.co.jp' }, later));
      expect((await factsOf(book.ledger, '1')).rivals.map(({ id }) => id)).toEqual([leadId('1'), leadId('2')]);
      await meet(book.ledger, contact('1', { salesforceleadid: leadId('3') }, { seenAt: LATER + 1 }));
      expect(await linksOf('1')).toContain(`${leadId('3')} current native`);
    });

    it('are told apart for good where an id joins two known people, until the id is cleared', async () => {
      await meet(book.ledger, contact('1', { email: 'a@acme.co.jp' }), lead('1', { Email: 'b@acme.co.jp' }));
      await book.ledger.noteSightings([contact('1', { salesforceleadid: leadId('1') }, later)], []);
      expect((await said()).map(({ kind }) => kind)).toEqual(['doubted']);
      expect(await linksOf('1')).toEqual(['1 current alone']);
      await book.ledger.noteSightings([contact('1', { salesforceleadid: null }, { seenAt: LATER + 1 })], []);
      expect(await said()).toEqual([]);
    });

    it('behind a shared mailbox are looked at again when a name moves', async () => {
      const info = (id: string) => lead(id, { Email: 'info@acme.co.jp', LastName: '鈴木', FirstName: '太郎' });
      const named = (firstname: string, more = {}) =>
        contact('1', { email: 'info@acme.co.jp', lastname: '鈴木', firstname }, more);
      await meet(book.ledger, named('花子'), info('1'), info('2'));
      expect((await factsOf(book.ledger, '1')).rivals).toEqual([]);
      await meet(book.ledger, named('太郎', later));
      expect((await factsOf(book.ledger, '1')).rivals.map(({ id }) => id)).toEqual([leadId('1'), leadId('2')]);
    });

    it('are looked at again when the record is gone that two of them named', async () => {
      const twin = contact('2', { email: 'hanako@acme.co.jp', salesforceleadid: leadId('1') });
      await meet(book.ledger, kept, twin, other);
      expect(await book.ledger.person('1')).toBeNull();
      await meet(book.ledger, { ...other, deleted: true, ...later });
      expect([await linksOf('1'), await linksOf('2')]).toEqual([['1 current alone'], ['2 current alone']]);
    });

    it('are one once an address is corrected: both records are one person’s, and what was to be done for the other is not done', async () => {
      const typed = lead('1', { Email: 'tarou@acme.co.jp' });
      await meet(book.ledger, contact('1', { email: 'taro@acme.co.jp' }), typed);
      const other = await factsOf(book.ledger, leadId('1'));
      await intend(book.ledger, other.id, update('moot', typed, { Title: '部長' }, { entity: other.id }));
      expect(await linksOf('1')).toEqual(['1 current alone']);
      await planDirty(book.ledger);

      await meet(book.ledger, { ...typed, values: { Email: 'taro@acme.co.jp' }, ...later });
      expect(await linksOf('1')).toEqual([`${leadId('1')} current email`, '1 current alone']);
      const one = await factsOf(book.ledger, '1');
      expect((await factsOf(book.ledger, leadId('1'))).id).toBe(one.id);
      expect(await planDirty(book.ledger)).toEqual([one.id]);
      expect((await book.ledger.counts()).changes).toEqual({ superseded: 1 });
    });

    it('are chosen among by what was last done with them', async () => {
      const twins = [lead('1', { Email: 'taro@acme.co.jp' }), lead('2', { Email: 'taro@acme.co.jp' })];
      await book.ledger.noteActivities([
        call('00T1', twins[1]!),
        { ...call('00T2', twins[0]!, { at: LATER }), deleted: true },
      ]);
      await book.ledger.noteSightings([contact('1', { email: 'taro@acme.co.jp' }), ...twins], []);
      await matchAll(book.ledger, 'rule');
      expect(await linksOf('1')).toEqual([
        `${leadId('1')} duplicate email`,
        `${leadId('2')} current email`,
        '1 current email',
      ]);
    });

    it.each([
      ['open', { IsClosed: false }, '0032'],
      ['closed', { IsClosed: true }, '0031'],
    ])('are chosen among by an opportunity that is %s', async (_, values, chosen) => {
      const twins = ['0031', '0032'].map((id) => person(id, { Email: 'taro@acme.co.jp' }));
      const role = { OpportunityId: '0061', ContactId: '0032', IsPrimary: true };
      await book.ledger.noteSightings(
        [
          contact('1', { email: 'taro@acme.co.jp' }),
          ...twins,
          sighting('salesforce', 'Opportunity', '0061', { Name: '商談', ...values }),
          sighting('salesforce', 'OpportunityContactRole', '00K1', role),
        ],
        [],
      );
      await matchAll(book.ledger, 'rule');
      expect(await linksOf('1')).toContain(`${chosen} current email`);
    });
  });

  describe('scope', () => {
    let book: TestLedger;
    beforeEach(async () => {
      book = await open();
    });
    afterEach(() => book.close());

    it('is told by the newest move, and every move is history', async () => {
      const out = { at: NOON, within: false, because: { 'hubspot.lifecyclestage': 'other' } };
      const back = { at: LATER, within: true, because: { 'hubspot.lifecyclestage': 'lead' } };
      await meet(book.ledger, contact('1', { email: 'a@acme.co.jp' }), contact('2', { email: 'b@acme.co.jp' }));
      await planEach(book.ledger, ({ id }) => (id === 'hubspot-1' ? { scope: out } : {}));
      expect((await factsOf(book.ledger, '1')).scope).toEqual(out);
      expect((await factsOf(book.ledger, '2')).scope).toBeUndefined();
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, ({ id }) => (id === 'hubspot-1' ? { scope: back } : {}), LATER);
      expect((await factsOf(book.ledger, '1')).scope).toEqual(back);
      const moves = (await book.ledger.history('hubspot-1')).flatMap((line) =>
        line.kind === 'scope' ? [line.move] : [],
      );
      expect(moves).toEqual([out, back]);
    });
  });

  describe('a refusal that names who is there already', () => {
    let book: TestLedger;
    beforeEach(async () => {
      book = await open();
    });
    afterEach(() => book.close());

    it('is a finding with both records', async () => {
      await meet(book.ledger, contact('1', { email: 'a@acme.co.jp' }));
      await intend(book.ledger, 'hubspot-1', create('c1', 'Lead', { Email: 'a@acme.co.jp' }));
      await book.ledger.claim('salesforce', 10, NOON, LEASE);
      const holder = { system: 'salesforce', object: 'Lead', id: leadId('9') } as const;
      await book.ledger.recordOutcomes(
        [{ kind: 'refused', change: 'c1', code: 'DUPLICATES_DETECTED', message: '重複', fields: [], holder }],
        NOON,
      );
      const [finding] = (await book.ledger.findings()).filter(({ code }) => code === 'WRITE_REFUSED');
      expect(finding?.detail).toMatchObject({
        holder: `salesforce:Lead:${leadId('9')}`,
        records: 'hubspot:contacts:1',
      });
    });
  });
}
