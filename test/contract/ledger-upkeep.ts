import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryEntry, ObjectSchema } from '../../src/domain/people/record.ts';
import { ConfigInvalid } from '../../src/errors/errors.ts';
import { contact, factsOf, lead, leadId, MINUTE, meet, NOON, planEach } from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

/** What the ledger keeps about the world around people, and about itself. */
export function upkeepContract(open: OpenTestLedger): void {
  describe('upkeep', () => {
    let book: TestLedger;
    beforeEach(async () => {
      book = await open();
    });
    afterEach(() => book.close());

    it('is bound to one portal and one organisation, each as soon as it is known', async () => {
      await book.ledger.bind({ hubspot: '24680' });
      await book.ledger.bind({ hubspot: '24680', salesforce: '00D1' });
      await expect(book.ledger.bind({ hubspot: '13579', salesforce: '00D1' })).rejects.toThrow(ConfigInvalid);
    });

    it('goes live once', async () => {
      expect(await book.ledger.goLive()).toBeNull();
      expect(await book.ledger.setGoLive(NOON)).toBe(NOON);
      expect(await book.ledger.setGoLive(NOON + MINUTE)).toBe(NOON);
    });

    it('the version in force is the one remembered last, also when it is an old one', async () => {
      const version = (hash: string) => ({
        kind: 'agreement' as const,
        hash,
        label: hash,
        text: `{"is":"${hash}"}`,
        at: NOON,
      });
      expect(await book.ledger.configInForce('agreement')).toBeNull();
      for (const hash of ['a', 'b', 'a']) await book.ledger.rememberConfig(version(hash));
      expect(await book.ledger.configInForce('agreement')).toEqual({ hash: 'a', label: 'a', text: '{"is":"a"}' });
      expect(await book.ledger.configInForce('config')).toBeNull();
    });

    it('pausing is a deed that is written down, once', async () => {
      await book.ledger.pause('佐藤', '棚卸し', NOON);
      await book.ledger.pause('鈴木', '確認', NOON + 1);
      expect(await book.ledger.paused()).toEqual({ since: NOON, by: '佐藤', why: '棚卸し' });
      await book.ledger.resume('佐藤', NOON + 2);
      await book.ledger.resume('佐藤', NOON + 3);
      expect((await book.tables()).audit).toMatchObject([
        { who: '佐藤', deed: 'pause' },
        { who: '佐藤', deed: 'resume' },
      ]);
    });

    it('a cursor moves on, and what was covered stays covered', async () => {
      expect(await book.ledger.cursor('hubspot', 'contacts')).toBeNull();
      await book.ledger.advanceCursor('hubspot', 'contacts', { after: 'a' }, NOON);
      await book.ledger.advanceCursor('hubspot', 'contacts', { after: 'b' }, undefined);
      await book.ledger.advanceCursor('hubspot', 'contacts', { after: 'c' }, NOON - MINUTE);
      expect(await book.ledger.cursor('hubspot', 'contacts')).toEqual({ state: { after: 'c' }, covers: NOON });
    });

    it('a pull whose cursor was forgotten begins anew, and covers nothing until it has ended', async () => {
      await book.ledger.advanceCursor('salesforce', 'Lead', { at: 'x' }, NOON);
      await book.ledger.advanceCursor('salesforce', 'Contact', { at: 'y' }, NOON);
      await book.ledger.forgetCursor('salesforce', 'Lead');
      expect(await book.ledger.cursor('salesforce', 'Lead')).toBeNull();
      expect(await book.ledger.cursor('salesforce', 'Contact')).toEqual({ state: { at: 'y' }, covers: NOON });
    });

    it('adds up what the pulls of a run have read', async () => {
      await book.ledger.startRun('r1', 'once', NOON);
      await book.ledger.notePulled('r1', 300);
      await book.ledger.notePulled('r1', 25);
      expect(await book.ledger.runCounts('r1')).toMatchObject({ pulled: 325 });
    });

    it('remembers what a system said of its fields', async () => {
      const schema: ObjectSchema = {
        system: 'hubspot',
        object: 'contacts',
        fields: [
          { name: 'email', label: 'Eメール', type: 'string', writable: true, requiredOnCreate: false, unique: true },
        ],
      };
      expect(await book.ledger.schema('hubspot', 'contacts')).toBeNull();
      await book.ledger.noteSchema(schema, NOON);
      expect(await book.ledger.schema('hubspot', 'contacts')).toEqual(schema);
    });

    describe('the directory', () => {
      const ken: DirectoryEntry = {
        system: 'salesforce',
        kind: 'user',
        id: '005K',
        name: '高橋 健',
        email: 'ken@example.co.jp',
        active: true,
        managerId: '005M',
      };
      const owner: DirectoryEntry = {
        system: 'hubspot',
        kind: 'user',
        id: '7',
        name: '高橋 健',
        email: 'ken@example.co.jp',
        active: true,
      };
      const dirty = async () => (await book.ledger.waiting()).dirty;
      beforeEach(async () => {
        await book.ledger.noteDirectory('hubspot', [owner], NOON);
        await book.ledger.noteDirectory('salesforce', [ken], NOON);
        await meet(
          book.ledger,
          contact('1', { hubspot_owner_id: '7' }),
          lead('2', { OwnerId: '005K' }),
          contact('3', { hubspot_owner_id: '8' }),
        );
        await planEach(book.ledger, () => ({}));
      });

      it('comes back as it was given', async () => {
        expect(await book.ledger.directory()).toEqual([owner, ken]);
      });

      it('a directory without news wakes nobody', async () => {
        await book.ledger.noteDirectory('salesforce', [ken], NOON + 1);
        expect(await dirty()).toBe(0);
      });

      it('whoever is gone stays, inactive, and wakes the people of both systems that are theirs', async () => {
        await book.ledger.noteDirectory('salesforce', [], NOON + 1);
        expect(await book.ledger.directory()).toContainEqual({ ...ken, active: false });
        expect(await dirty()).toBe(2);
        await book.ledger.noteDirectory('salesforce', [ken], NOON + 2);
        expect(await book.ledger.directory()).toContainEqual(ken);
      });
    });

    it('finds a person by what people paste: ledger id, record, bare record id in 15 or 18 characters, e-mail', async () => {
      await meet(
        book.ledger,
        contact('1', { email: 'taro@example.co.jp' }),
        lead('1', { Email: 'taro@example.co.jp' }),
      );
      const handles = [
        'hubspot-1',
        '1',
        `Lead:${leadId('1')}`,
        leadId('1'),
        leadId('1').slice(0, 15),
        `salesforce:Lead:${leadId('1')}`,
        ' Taro@example.co.jp',
      ];
      for (const handle of handles) expect((await factsOf(book.ledger, handle)).id).toBe('hubspot-1');
      expect(await book.ledger.person('Contact:1')).toBeNull();
      expect(await book.ledger.person('jiro@example.co.jp')).toBeNull();
    });
  });
}
