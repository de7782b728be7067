import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  call,
  contact,
  factsOf,
  intend,
  lead,
  leadId,
  MINUTE,
  matchAll,
  meet,
  NOON,
  planEach,
  update,
  writeAll,
} from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

/** What the ledger makes of what it is shown: records, activities, and whose they are. */
export function sightingsContract(open: OpenTestLedger): void {
  describe('sightings', () => {
    let book: TestLedger;
    beforeEach(async () => {
      book = await open();
    });
    afterEach(() => book.close());

    const settle = () => planEach(book.ledger, () => ({}));
    const dirty = async () => (await book.ledger.waiting()).dirty;

    it('a record that says nothing new wakes nobody', async () => {
      const taro = contact('1', { email: 'taro@example.co.jp', phone: '03-1234-5678' });
      await meet(book.ledger, taro);
      await settle();
      const seenAgain = { ...taro, modifiedAt: NOON + MINUTE, seenAt: NOON + MINUTE };
      expect(await book.ledger.noteSightings([seenAgain], [])).toEqual({ changed: 0 });
      expect(await dirty()).toBe(0);
      expect((await factsOf(book.ledger, 'hubspot-1')).sightings[0]).toEqual(seenAgain);
    });

    it('a real difference wakes its person', async () => {
      await meet(book.ledger, contact('1', { phone: '03-1234-5678' }));
      await settle();
      const moved = contact('1', { phone: '03-9999-9999' }, { seenAt: NOON + MINUTE });
      expect(await book.ledger.noteSightings([moved], [])).toEqual({ changed: 1 });
      expect(await dirty()).toBe(1);
    });

    it('a duplicate whose address is put right is a person of its own', async () => {
      await meet(
        book.ledger,
        contact('1', { email: 'taro@example.co.jp' }),
        lead('1', { Email: 'taro@example.co.jp' }),
      );
      await meet(book.ledger, lead('2', { Email: 'taro@example.co.jp' }));
      await meet(book.ledger, lead('2', { Email: 'jiro@example.co.jp' }, { seenAt: NOON + 1 }));
      const { id, links } = (await book.ledger.person(leadId('2')))!;
      expect([id, links.map(({ role }) => role)]).toEqual([`salesforce-${leadId('2')}`, ['current']]);
    });

    it('a page with fewer fields forgets nothing', async () => {
      await meet(book.ledger, contact('1', { phone: '03-1234-5678', jobtitle: '課長' }));
      await book.ledger.noteSightings([contact('1', { jobtitle: '部長' }, { seenAt: NOON + 1 })], []);
      const [seen] = (await factsOf(book.ledger, 'hubspot-1')).sightings;
      expect(seen?.values).toEqual({ phone: '03-1234-5678', jobtitle: '部長' });
    });

    it('a sighting older than the one we have is ignored, and wakes nobody', async () => {
      await meet(book.ledger, contact('1', { jobtitle: '部長' }));
      await settle();
      const late = contact('1', { jobtitle: '課長' }, { seenAt: NOON - 1 });
      expect(await book.ledger.noteSightings([late], [])).toEqual({ changed: 0 });
      expect(await dirty()).toBe(0);
      expect((await factsOf(book.ledger, 'hubspot-1')).sightings[0]?.values).toEqual({ jobtitle: '部長' });
    });

    describe('told by an index that lags behind what we have just written', () => {
      const [before, between, after] = [NOON - MINUTE, NOON + 1000, NOON + 3000];
      const phone = async () => (await factsOf(book.ledger, 'hubspot-1')).sightings[0]?.values['phone'];
      const told = (value: string, modifiedAt: number) =>
        book.ledger.noteSightings(
          [contact('1', { phone: value }, { modifiedAt, seenAt: NOON + 5000, asOf: NOON - MINUTE })],
          [],
        );
      const write = async (outcome: { readonly stampedAt?: number }) => {
        const taro = contact('1', { phone: '03-1' }, { modifiedAt: before });
        await meet(book.ledger, taro);
        await intend(book.ledger, 'hubspot-1', update('c1', taro, { phone: '03-2' }));
        await book.ledger.claim('hubspot', 1, NOON, MINUTE);
        const record = { kind: 'written', change: 'c1', record: taro.record, created: false } as const;
        await book.ledger.recordOutcomes([{ ...record, ...outcome }], NOON);
      };

      it('is no edit where it shows the record without us', async () => {
        await write({});
        await told('03-1', before);
        expect(await phone()).toBe('03-2');
      });

      it('is none where it shows what stood there between two writes of ours, for the answer told the stamp', async () => {
        await write({ stampedAt: after });
        await told('03-0', between);
        expect(await phone()).toBe('03-2');
      });

      it('is none either where somebody has edited it since, and we have read that already', async () => {
        await write({ stampedAt: between });
        const typed = contact('1', { phone: '03-2', jobtitle: '課長' }, { modifiedAt: after, seenAt: NOON + 4000 });
        await book.ledger.noteSightings([typed], []);
        await told('03-1', before);
        expect(await phone()).toBe('03-2');
      });

      it('is looked at where the record was gone: nobody tells when it came back', async () => {
        await meet(book.ledger, contact('1', { phone: '03-1' }, { modifiedAt: before }));
        await book.ledger.noteSightings(
          [contact('1', {}, { modifiedAt: NOON + 4000, seenAt: NOON + 4000, deleted: true })],
          [],
        );
        await told('03-3', between);
        expect(await phone()).toBe('03-3');
      });

      it('is one where it shows what somebody has typed since', async () => {
        await write({ stampedAt: between });
        await told('03-3', after);
        expect(await phone()).toBe('03-3');
      });
    });

    it('of one record twice in a page the newer counts, and values that only the older has are kept', async () => {
      const page = [
        contact('1', { jobtitle: '部長' }, { seenAt: NOON + 2 }),
        contact('1', { jobtitle: '課長', phone: '1' }),
      ];
      await meet(book.ledger, ...page);
      expect((await factsOf(book.ledger, 'hubspot-1')).sightings[0]?.values).toEqual({ jobtitle: '部長', phone: '1' });
    });

    it('keeps what PostgreSQL cannot: a stray NUL and half an emoji cost that character, not the page', async () => {
      await meet(
        book.ledger,
        contact('1', { jobtitle: '部\u0000長', company: '会社\ud83d' }),
        contact('2', { jobtitle: '課長' }),
      );
      const [seen] = (await factsOf(book.ledger, 'hubspot-1')).sightings;
      expect(seen?.values).toEqual({ jobtitle: '部\uFFFD長', company: '会社\uFFFD' });
      expect((await book.ledger.counts()).people).toBe(2);
    });

    it('every value that a criterion reads is appended once per change, with its observer', async () => {
      await book.ledger.noteSightings([contact('1', { hubspotscore: 10 })], ['hubspotscore']);
      await book.ledger.noteSightings([contact('1', { hubspotscore: 10 }, { seenAt: NOON + 1 })], ['hubspotscore']);
      await book.ledger.noteSightings(
        [contact('1', { hubspotscore: 85 }, { seenAt: NOON + 2, movedBy: 'person' })],
        ['hubspotscore'],
      );
      expect((await book.tables()).fact).toMatchObject([
        { value: 10, observer: null },
        { value: 85, observer: 'person' },
      ]);
    });

    it('an echo of our own write is no news, and is remembered as a fact', async () => {
      const taro = contact('1', { email: 'taro@example.co.jp', tasuki_stage: null });
      await book.ledger.noteSightings([taro], ['tasuki_stage']);
      await matchAll(book.ledger);
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { tasuki_stage: 'MQL' }));
      await writeAll(book.ledger, 'hubspot');
      const echo = contact(
        '1',
        { email: 'taro@example.co.jp', tasuki_stage: 'MQL' },
        { seenAt: NOON + 5 * MINUTE, movedBy: 'us' },
      );
      expect(await book.ledger.noteSightings([echo], ['tasuki_stage'])).toEqual({ changed: 0 });
      expect((await book.tables()).fact).toHaveLength(2);
    });

    it('a record that is read again wakes the person whose write on it waits to be confirmed', async () => {
      const taro = contact('1', { jobtitle: '課長' });
      await meet(book.ledger, taro);
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
      await writeAll(book.ledger, 'hubspot');
      await settle();
      await book.ledger.noteSightings([contact('1', { jobtitle: '部長' }, { seenAt: NOON + 5 * MINUTE })], []);
      expect(await dirty()).toBe(1);
    });

    it('records that share an address in another width and case are one person', async () => {
      await meet(
        book.ledger,
        contact('1', { email: 'taro@example.co.jp' }),
        lead('1', { Email: 'ＴＡＲＯ@Example.co.jp' }),
      );
      expect(await book.ledger.counts()).toMatchObject({ people: 1, linkedOnBothSides: 1 });
    });

    it('hands out whoever shares an address or a key, also through each other, and their links', async () => {
      await meet(book.ledger, contact('1', { email: 'a@example.co.jp' }));
      await book.ledger.noteSightings([lead('1', { Email: 'b@example.co.jp', Tasuki_Key__c: 'hubspot-1' })], []);
      await book.ledger.noteSightings(
        [contact('2', { email: 'b@example.co.jp' }), contact('9', { email: 'z@example.co.jp' })],
        [],
      );
      const seen: string[][] = [];
      await book.ledger.match(100, NOON, (batch) => {
        for (const { records, links } of batch)
          seen.push([...records.map(({ record }) => record.id), ...links.map(({ entity }) => entity)]);
        return [];
      });
      const groups = seen.map((group) => group.toSorted());
      expect(groups).toEqual([['2', leadId('1'), 'hubspot-1'].toSorted(), ['9']]);
    });

    it('look-alikes are held, told as rivals, and looked at again when one of them goes', async () => {
      await meet(
        book.ledger,
        contact('1', { email: 'a@example.co.jp' }),
        lead('1', { Email: 'a@example.co.jp' }),
        lead('2', { Email: 'a@example.co.jp' }),
      );
      expect((await factsOf(book.ledger, 'hubspot-1')).rivals).toHaveLength(2);
      expect((await book.ledger.waiting()).unmatched).toBe(0);
      await settle();
      await meet(book.ledger, lead('2', { Email: 'a@example.co.jp' }, { deleted: true, seenAt: NOON + 1 }));
      const facts = await factsOf(book.ledger, 'hubspot-1');
      expect(facts.rivals).toEqual([]);
      expect(facts.links.map(({ record }) => record.id)).toContain(leadId('1'));
    });

    it('a person is as old as the oldest of their records', async () => {
      await meet(book.ledger, contact('1', { email: 'a@example.co.jp' }));
      await meet(book.ledger, lead('1', { Email: 'a@example.co.jp' }, { createdAt: NOON - 90 * MINUTE }));
      expect((await factsOf(book.ledger, 'hubspot-1')).createdAt).toBe(NOON - 90 * MINUTE);
    });

    it('an activity wakes the person behind its record, once', async () => {
      const suzuki = lead('1', { Email: 'a@example.co.jp' });
      await meet(book.ledger, suzuki);
      await settle();
      await book.ledger.noteActivities([call('00T1', suzuki)]);
      expect(await dirty()).toBe(1);
      await settle();
      await book.ledger.noteActivities([call('00T1', suzuki)]);
      expect(await dirty()).toBe(0);
      expect((await factsOf(book.ledger, leadId('1'))).activities).toEqual([call('00T1', suzuki)]);
    });

    it('an activity that came before its record is found once the record is matched', async () => {
      const suzuki = lead('1', { Email: 'a@example.co.jp' });
      await book.ledger.noteActivities([call('00T1', suzuki)]);
      await meet(book.ledger, suzuki);
      expect((await factsOf(book.ledger, leadId('1'))).activities).toHaveLength(1);
    });
  });
}
