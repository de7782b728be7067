import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Urgency } from '../../src/domain/budget/purposes.ts';
import { contact, create, intend, LEASE, MINUTE, meet, NOON, update, writeAll } from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

const DAY = 24 * 60 * MINUTE;

/** What calls have cost, and which writes come first where they run short. */
export function budgetContract(open: OpenTestLedger): void {
  describe('the budget of calls', () => {
    let book: TestLedger;
    beforeEach(async () => {
      book = await open();
    });
    afterEach(() => book.close());

    const bill = (calls: number, told: { limit: number; used: number } | null = null) => ({
      calls: [{ purpose: 'pull', kind: 'list', calls }] as const,
      told,
    });

    it('adds up calls by quarter of an hour and purpose, oldest first', async () => {
      await book.ledger.spend('hubspot', bill(3), NOON);
      await book.ledger.spend('hubspot', bill(4), NOON + 14 * MINUTE);
      await book.ledger.spend(
        'hubspot',
        {
          calls: [
            { purpose: 'pull', kind: 'search', calls: 2 },
            { purpose: 'hot-write', kind: 'batch-update', calls: 1 },
          ],
          told: null,
        },
        NOON + 20 * MINUTE,
      );
      await book.ledger.spend('salesforce', bill(9), NOON);
      const quarter = NOON + 15 * MINUTE;
      expect((await book.ledger.spending('hubspot', NOON)).booked).toEqual([
        { from: NOON, purpose: 'pull', calls: 7 },
        { from: quarter, purpose: 'hot-write', calls: 1 },
        { from: quarter, purpose: 'pull', calls: 2 },
      ]);
      expect((await book.ledger.spending('hubspot', NOON + 1)).booked).toHaveLength(2);
    });

    it('adds up calls by their kind, over all purposes', async () => {
      expect((await book.ledger.spending('hubspot', NOON)).kinds).toEqual({});
      const calls = [
        { purpose: 'pull', kind: 'associations', calls: 2 },
        { purpose: 'confirm', kind: 'associations', calls: 3 },
        { purpose: 'pull', kind: 'search', calls: 1 },
      ] as const;
      await book.ledger.spend('hubspot', { calls, told: null }, NOON);
      await book.ledger.spend('hubspot', { calls: [calls[0]], told: null }, NOON + 15 * MINUTE);
      await book.ledger.spend('salesforce', { calls: [calls[0]], told: null }, NOON);
      expect((await book.ledger.spending('hubspot', NOON)).kinds).toEqual({ associations: 7, search: 1 });
      expect((await book.ledger.spending('hubspot', NOON + 1)).kinds).toEqual({ associations: 2 });
    });

    it('knows what a system last said of its day, however late an older word comes in', async () => {
      expect((await book.ledger.spending('salesforce', NOON)).told).toBeNull();
      await book.ledger.spend('salesforce', bill(1, { limit: 15_000, used: 40 }), NOON + MINUTE);
      await book.ledger.spend('salesforce', bill(1, { limit: 15_000, used: 38 }), NOON);
      await book.ledger.spend('salesforce', { calls: [], told: null }, NOON + 2 * MINUTE);
      expect((await book.ledger.spending('salesforce', NOON)).told).toEqual({
        limit: 15_000,
        used: 40,
        at: NOON + MINUTE,
      });
    });

    it('forgets single calls after five weeks', async () => {
      await book.ledger.spend('hubspot', bill(3), NOON);
      await book.ledger.spend('hubspot', bill(4), NOON + 35 * DAY);
      expect((await book.ledger.spending('hubspot', 0)).booked).toHaveLength(2);
      await book.ledger.spend('hubspot', bill(4), NOON + 35 * DAY + MINUTE);
      expect((await book.ledger.spending('hubspot', 0)).booked).toHaveLength(1);
    });

    describe('what is sent first', () => {
      const people = ['1', '2', '3'].map((id) => contact(id, { email: `p${id}@example.co.jp`, jobtitle: '課長' }));
      const [one, two, three] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
      const handOff = { handOff: { team: 'IS', stage: 'SQL' } } as const;
      const backFill = { purpose: 'back-fill' } as const;
      const claimed = async (downTo?: Urgency) =>
        (await book.ledger.claim('hubspot', 10, NOON, LEASE, downTo)).map(({ id }) => id);
      beforeEach(() => meet(book.ledger, ...people));

      it('hand-offs and the tasks of deadlines, then what is as usual, then back-fills; never two kinds in a batch', async () => {
        await intend(
          book.ledger,
          'hubspot-1',
          update('filled', one, { jobtitle: '部長' }, { marks: backFill }),
          update('usual', two, { jobtitle: '部長' }),
          update('handed', three, { jobtitle: '部長' }, { marks: handOff }),
        );
        expect(await book.ledger.toSend('hubspot')).toEqual({ hot: 1, ordinary: 1, 'back-fill': 1 });
        expect([await claimed(), await claimed(), await claimed(), await claimed()]).toEqual([
          ['handed'],
          ['usual'],
          ['filled'],
          [],
        ]);
      });

      it.each([
        ['hot', [['handed'], []]],
        ['ordinary', [['handed'], ['usual'], []]],
        ['back-fill', [['handed'], ['usual'], ['filled'], []]],
      ] as const)('down to %s, and nothing below', async (downTo, batches) => {
        await intend(
          book.ledger,
          'hubspot-1',
          update('filled', one, { jobtitle: '部長' }, { marks: backFill }),
          update('usual', two, { jobtitle: '部長' }),
          update('handed', three, { jobtitle: '部長' }, { marks: handOff }),
        );
        for (const batch of batches) expect(await claimed(downTo)).toEqual(batch);
      });

      it('whatever a hot write waits for, however long the row, is hot as well', async () => {
        await intend(
          book.ledger,
          'hubspot-1',
          create('filled', 'Lead', { LastName: '鈴木' }, { marks: backFill }),
          update('usual', two, { jobtitle: '部長' }, { after: ['filled'] }),
          update('handed', three, { jobtitle: '部長' }, { marks: handOff, after: ['usual'] }),
        );
        expect(await book.ledger.toSend('salesforce')).toEqual({ hot: 1, ordinary: 0, 'back-fill': 0 });
        expect(await book.ledger.toSend('hubspot')).toEqual({ hot: 2, ordinary: 0, 'back-fill': 0 });
      });

      it('what stood already becomes hot when a hot one comes to wait for it', async () => {
        await intend(
          book.ledger,
          'hubspot-1',
          create('filled', 'Lead', { LastName: '鈴木' }, { marks: backFill }),
          update('usual', two, { jobtitle: '部長' }, { after: ['filled'] }),
        );
        expect(await book.ledger.toSend('salesforce')).toEqual({ hot: 0, ordinary: 1, 'back-fill': 0 });
        await intend(
          book.ledger,
          'hubspot-2',
          update('handed', three, { jobtitle: '部長' }, { entity: 'hubspot-2', marks: handOff, after: ['usual'] }),
        );
        expect(await book.ledger.toSend('salesforce')).toEqual({ hot: 1, ordinary: 0, 'back-fill': 0 });
        await writeAll(book.ledger, 'salesforce');
        expect([await claimed('hot'), await claimed('hot')]).toEqual([['usual'], []]);
      });

      it('what comes before a hot write on the same record is hot as well: one record’s writes keep their order', async () => {
        await intend(book.ledger, 'hubspot-1', update('filled', one, { jobtitle: '部長' }, { marks: backFill }));
        await intend(
          book.ledger,
          'hubspot-2',
          update('handed', one, { jobtitle: '本部長' }, { entity: 'hubspot-2', marks: handOff }),
        );
        expect([await claimed('hot'), await claimed('hot')]).toEqual([['filled'], []]);
      });
    });
  });
}
