import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Activity, HistoryEntry } from '../../src/domain/people/activity.ts';
import type { RecordRef } from '../../src/domain/people/record.ts';
import {
  call,
  clock,
  contact,
  factsOf,
  lead,
  leadId,
  MINUTE,
  meet,
  NOON,
  planDirty,
  planEach,
  sighting,
} from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

const taro = contact('1', { email: 'taro@acme.co.jp' });

function form(id: string, email: string, more: Partial<Activity> = {}): Activity {
  const { by: _by, ...sent } = call(id, taro, {
    kind: 'form',
    direction: 'in',
    what: '資料請求',
    countsAsContact: false,
  });
  const source = { system: 'hubspot', object: 'form-submissions', id } as const;
  return { ...sent, source, about: null, email, by: null, ...more };
}

function edit(source: string, record: RecordRef, value: HistoryEntry['value'], at: number): HistoryEntry {
  return { record, field: 'Status', value, at, by: 'person', source };
}

/** What people did, what the systems say of the past, and what a survey has not shown. */
export function pastContract(open: OpenTestLedger): void {
  describe('the past', () => {
    let book: TestLedger;
    beforeEach(async () => {
      book = await open();
    });
    afterEach(() => book.close());

    const formsOf = async (handle: string) =>
      (await factsOf(book.ledger, handle)).activities.map(({ source, about }) => [source.id, about?.id]);

    it('a form sent by a contact that is known is theirs at once, and wakes them once', async () => {
      await meet(book.ledger, taro);
      await planDirty(book.ledger);
      await book.ledger.noteActivities([form('f1', 'taro@acme.co.jp')]);
      expect(await planDirty(book.ledger)).toEqual(['hubspot-1']);
      await book.ledger.noteActivities([form('f1', 'taro@acme.co.jp')]);
      expect(await planDirty(book.ledger)).toEqual([]);
      expect((await factsOf(book.ledger, '1')).activities).toEqual([
        form('f1', 'taro@acme.co.jp', { about: taro.record }),
      ]);
    });

    it('a form sent before its contact is read waits for it, and wakes them', async () => {
      await meet(book.ledger, lead('1', { Email: 'taro@acme.co.jp' }));
      await book.ledger.noteActivities([form('f1', 'taro@acme.co.jp'), form('f2', 'nobody@example.com')]);
      expect(await formsOf(leadId('1'))).toEqual([]);
      await planDirty(book.ledger);
      await meet(book.ledger, contact('1', { email: 'ＴＡＲＯ@acme.co.jp' }));
      expect(await formsOf('1')).toEqual([['f1', '1']]);
      expect(await planDirty(book.ledger)).toEqual([`salesforce-${leadId('1')}`]);
    });

    it('a Task of ours that somebody moved to another record is still that of its deadline: what becomes of it wakes whose that is', async () => {
      const [owed, other] = [lead('1', { Email: 'a@acme.co.jp' }), lead('2', { Email: 'b@acme.co.jp' })];
      const owner = `salesforce-${leadId('1')}`;
      await meet(book.ledger, owed, other);
      const task = { id: '00T1', state: 'open' } as const;
      await planEach(book.ledger, ({ id }) =>
        id === owner ? { clocks: [clock('k1', { person: owner, state: 'lapsed', task })] } : {},
      );
      const ours = { ourTask: true, countsAsContact: false, closed: false };
      const tasksOf = async (record: typeof owed) =>
        (await factsOf(book.ledger, record.record.id)).activities.map(({ source, deleted }) => [source.id, deleted]);
      await book.ledger.noteActivities([call('00T1', other, ours)]);
      expect(await planDirty(book.ledger)).toEqual([owner, `salesforce-${leadId('2')}`]);
      expect([await tasksOf(owed), await tasksOf(other)]).toEqual([[['00T1', false]], [['00T1', false]]]);
      await book.ledger.noteActivities([call('00T1', other, { ...ours, deleted: true })]);
      expect(await planDirty(book.ledger)).toContain(owner);
      expect(await tasksOf(owed)).toEqual([['00T1', true]]);
    });

    describe('a Task that Salesforce made of a mail', () => {
      const kenji = lead('1', { Email: 'kenji@acme.co.jp' });
      const made = { source: { system: 'salesforce', object: 'Task', id: '00T1' }, kind: 'email' } as const;
      const received: Activity = {
        ...call('m1', kenji, { kind: 'email', direction: 'in', countsAsContact: false }),
        source: { system: 'salesforce', object: 'EmailMessage', id: 'm1' },
        about: null,
        disowns: '00T1',
      };
      const counted = async () =>
        (await factsOf(book.ledger, leadId('1'))).activities.map(({ countsAsContact }) => countsAsContact);
      beforeEach(() => meet(book.ledger, kenji));

      it('is no contact once the mail is read, and wakes whom it is about', async () => {
        await book.ledger.noteActivities([call('00T1', kenji, made)]);
        expect(await counted()).toEqual([true]);
        await planDirty(book.ledger);
        await book.ledger.noteActivities([received]);
        expect(await counted()).toEqual([false]);
        expect(await planDirty(book.ledger)).toEqual([`salesforce-${leadId('1')}`]);
      });

      it('is none when it comes after the mail, or when the mail has been deleted since', async () => {
        await book.ledger.noteActivities([{ ...received, deleted: true }]);
        await book.ledger.noteActivities([call('00T1', kenji, made), call('00T2', kenji)]);
        expect(await counted()).toEqual([false, true]);
      });

      it('is told as no contact in the history, too', async () => {
        await book.ledger.noteActivities([received, call('00T1', kenji, made)]);
        const lines = await book.ledger.history(`salesforce-${leadId('1')}`);
        expect(lines.flatMap((line) => (line.kind === 'activity' ? [line.activity.countsAsContact] : []))).toEqual([
          false,
        ]);
      });
    });

    it('a form stays whose it was when the address goes to another contact', async () => {
      await meet(book.ledger, taro);
      await book.ledger.noteActivities([form('f1', 'taro@acme.co.jp')]);
      await meet(book.ledger, contact('1', { email: 'taro@private.example' }, { seenAt: NOON + MINUTE }));
      await meet(book.ledger, contact('2', { email: 'taro@acme.co.jp' }));
      await book.ledger.noteActivities([form('f1', 'taro@acme.co.jp')]);
      expect([await formsOf('1'), await formsOf('2')]).toEqual([[['f1', '1']], []]);
    });

    it('an address that only a deleted contact bears is nobody’s', async () => {
      await meet(book.ledger, { ...taro, deleted: true });
      await book.ledger.noteActivities([form('f1', 'taro@acme.co.jp')]);
      expect((await book.tables()).activity).toMatchObject([{ source_id: 'f1', about_id: null }]);
    });

    it('of several contacts with one address the oldest is meant, whichever comes first', async () => {
      await book.ledger.noteActivities([form('f1', 'taro@acme.co.jp')]);
      await meet(book.ledger, contact('5', { email: 'taro@acme.co.jp' }), { ...taro, createdAt: NOON - 90 * MINUTE });
      await book.ledger.noteActivities([form('f2', 'taro@acme.co.jp')]);
      expect((await book.tables()).activity).toMatchObject([
        { source_id: 'f1', about_id: '1' },
        { source_id: 'f2', about_id: '1' },
      ]);
    });

    it.each(['form', 'seminar', 'page', 'campaign', 'note', 'meeting', 'email'] as const)(
      'keeps a %s as it was told',
      async (kind) => {
        await meet(book.ledger, taro);
        const told = call('a1', taro, { kind, direction: 'in', what: 'https://example.co.jp/価格', by: null });
        await book.ledger.noteActivities([told]);
        expect((await factsOf(book.ledger, '1')).activities).toEqual([told]);
      },
    );

    it('what a system’s own history tells is kept once, and read in its order with links that began and ended', async () => {
      const suzuki = lead('1', { Email: 'taro@acme.co.jp' });
      const pitch = sighting('hubspot', 'deals', '9', { 'associations.contacts': '1' });
      await meet(book.ledger, taro, suzuki, pitch, lead('2', { Email: 'other@example.com' }));
      const entries = [
        edit('LeadHistory:2', suzuki.record, 'Working', NOON - MINUTE),
        edit('LeadHistory:1', suzuki.record, null, NOON - 2 * MINUTE),
        edit('hubspot:9', pitch.record, 'won', NOON - 3 * MINUTE),
        edit('LeadHistory:7', lead('2', {}).record, 'Else', NOON),
      ];
      await book.ledger.noteHistory(entries);
      await book.ledger.noteHistory(entries);
      await planEach(
        book.ledger,
        ({ id }) => (id === 'hubspot-1' ? { endLinks: [{ record: suzuki.record, role: 'former' }] } : {}),
        NOON + MINUTE,
      );
      const lines = await book.ledger.history('hubspot-1');
      expect(
        lines.map((line) =>
          line.kind === 'edit' ? line.entry.source : `${line.kind} ${line.kind === 'link' && line.began}`,
        ),
      ).toEqual(['hubspot:9', 'LeadHistory:1', 'LeadHistory:2', 'link true', 'link true', 'link false']);
      expect(lines[1]).toMatchObject({ entry: entries[1] });
    });

    it('a history tells nobody to plan, and no sighting its facts', async () => {
      await book.ledger.noteSightings([contact('1', { hubspotscore: 10 })], ['hubspotscore']);
      await planDirty(book.ledger);
      await book.ledger.noteHistory([edit('h1', taro.record, 10, NOON)]);
      expect(await planDirty(book.ledger)).toEqual([]);
      expect((await book.tables()).fact).toMatchObject([
        { source: null, seen_at: NOON },
        { source: 'h1', seen_at: null },
      ]);
    });

    it('hands people out page by page, each with what their fields and those of their company held', async () => {
      const acme = sighting('hubspot', 'companies', '11', { name: '株式会社アクメ', employees: 40 });
      const member = contact('1', { email: 'taro@acme.co.jp', hubspotscore: 10, 'associations.companies': '11' });
      await book.ledger.noteSightings([member, acme], ['hubspotscore', 'employees']);
      await meet(book.ledger, contact('2', { email: 'hanako@example.com' }));
      await book.ledger.noteHistory([{ ...edit('h1', member.record, 5, NOON - MINUTE), field: 'hubspotscore' }]);
      const first = await book.ledger.pastOfPeople(0, 1);
      const second = await book.ledger.pastOfPeople(first[0]!.number, 1);
      const told = [...first, ...second].toSorted((one, other) => (one.facts.id < other.facts.id ? -1 : 1));
      expect(told.map(({ facts, values }) => [facts.id, values])).toEqual([
        [
          'hubspot-1',
          [
            { record: member.record, field: 'hubspotscore', value: 5, from: NOON - MINUTE, isEdit: true },
            { record: member.record, field: 'hubspotscore', value: 10, from: NOON, isEdit: false },
            { record: acme.record, field: 'employees', value: 40, from: NOON, isEdit: false },
          ],
        ],
        ['hubspot-2', []],
      ]);
      expect(await book.ledger.pastOfPeople(second[0]!.number, 1)).toEqual([]);
    });

    it('names live records that no sighting has shown since, the oldest first', async () => {
      const seen = (id: string, minutes: number, more = {}) =>
        contact(id, { a: 1 }, { seenAt: NOON + minutes * MINUTE, ...more });
      await book.ledger.noteSightings(
        [seen('1', 2), seen('2', 1), seen('3', 9), seen('4', 0, { deleted: true }), lead('1', {})],
        [],
      );
      const unseen = await book.ledger.unseenSince('hubspot', 'contacts', NOON + 5 * MINUTE, 10);
      expect(unseen.map(({ id }) => id)).toEqual(['2', '1']);
      expect(await book.ledger.unseenSince('hubspot', 'contacts', NOON + 5 * MINUTE, 1)).toEqual([
        { system: 'hubspot', object: 'contacts', id: '2' },
      ]);
      await book.ledger.noteSightings([seen('2', 6)], []);
      expect((await book.ledger.unseenSince('hubspot', 'contacts', NOON + 5 * MINUTE, 10)).map(({ id }) => id)).toEqual(
        ['1'],
      );
    });

    it('a survey that shows a record with its ties and nothing else forgets neither its values nor who moved it', async () => {
      const known = contact('1', { jobtitle: '課長', 'associations.companies': '11' }, { movedBy: 'person' });
      await meet(book.ledger, known);
      await planDirty(book.ledger);
      await book.ledger.noteSightings(
        [contact('1', { 'associations.companies': '11' }, { seenAt: NOON + MINUTE })],
        [],
      );
      expect(await planDirty(book.ledger)).toEqual([]);
      expect((await factsOf(book.ledger, '1')).sightings[0]).toEqual({ ...known, seenAt: NOON + MINUTE });
    });

    it('keeps where each signal and the survey stand', async () => {
      for (const stream of ['page-views', 'form-submissions', 'survey'] as const)
        await book.ledger.advanceCursor('hubspot', stream, { at: stream }, NOON);
      expect(await book.ledger.cursor('hubspot', 'page-views')).toEqual({ state: { at: 'page-views' }, covers: NOON });
      expect(await book.ledger.cursor('hubspot', 'survey')).toEqual({ state: { at: 'survey' }, covers: NOON });
      expect(await book.ledger.cursor('salesforce', 'survey')).toBeNull();
    });
  });
}
