import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrackedChange } from '../../src/domain/people/change.ts';
import type { Finding } from '../../src/domain/people/person.ts';
import type { System } from '../../src/domain/people/record.ts';
import type { EntityUndo, UndoFacts } from '../../src/reconcile/plan-undo.ts';
import {
  base,
  contact,
  factsOf,
  intend,
  LEASE,
  MINUTE,
  meet,
  NOON,
  planEach,
  update,
  writeAll,
} from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

const DAY = 24 * 60 * MINUTE;

/** Taking back, trying again, and setting aside what fails again and again. */
export function undoContract(open: OpenTestLedger): void {
  describe('what fails again and again', () => {
    let book: TestLedger;
    const taro = contact('1', { email: 'taro@example.co.jp' });
    const jiro = contact('2', { email: 'jiro@example.co.jp' });
    const states = async () => (await book.ledger.counts()).changes;
    const codes = async () => (await book.ledger.findings()).map(({ code }) => code);
    const sendAll = async (at = NOON) => {
      const claimed = await book.ledger.claim('hubspot', 10, at, LEASE);
      const deferred = claimed.map(({ id }) => ({ kind: 'deferred' as const, change: id, message: 'row locked' }));
      await book.ledger.recordOutcomes(deferred, at);
      return claimed.map(({ id }) => id);
    };
    const failFiveTimes = async () => {
      for (let attempt = 0; attempt < 5; attempt += 1) await sendAll();
    };
    beforeEach(async () => {
      book = await open();
      await meet(book.ledger, taro, jiro);
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
    });
    afterEach(() => book.close());

    it('is set aside after five attempts, with what was said last, and others go on', async () => {
      for (let attempt = 0; attempt < 4; attempt += 1) await sendAll();
      expect([await states(), await codes()]).toEqual([{ approved: 1 }, []]);
      expect(await sendAll()).toEqual(['c1']);
      expect(await states()).toEqual({ parked: 1 });
      expect(await book.ledger.findings()).toMatchObject([
        {
          code: 'WRITE_PARKED',
          subject: 'hubspot:contacts:1',
          entity: 'hubspot-1',
          detail: { attempts: 5, message: 'row locked' },
        },
      ]);
      expect(await sendAll()).toEqual([]);
      await intend(book.ledger, 'hubspot-2', update('c2', jiro, { jobtitle: '課長' }, { entity: 'hubspot-2' }));
      expect(await sendAll()).toEqual(['c2']);
    });

    it('of unclear outcome is read back, sent again, and after five times set aside too', async () => {
      for (let attempt = 0; attempt < 5; attempt += 1) {
        await book.ledger.claim('hubspot', 10, NOON, LEASE);
        await book.ledger.recordOutcomes([{ kind: 'unsure', change: 'c1', message: 'timeout' }], NOON);
        await book.ledger.recordConfirmations([{ change: 'c1', verdict: 'rewrite' }], NOON);
      }
      expect([await states(), await codes()]).toEqual([{ parked: 1 }, ['WRITE_PARKED']]);
      expect((await factsOf(book.ledger, 'hubspot-1')).open[0]?.restsUntil).toBe(NOON + 15 * MINUTE);
    });

    it('is neither let go by a resume, nor counted among what a pause holds', async () => {
      await failFiveTimes();
      await book.ledger.pause('hanako', '', NOON);
      await intend(book.ledger, 'hubspot-2', update('c2', jiro, { jobtitle: '課長' }, { entity: 'hubspot-2' }));
      expect((await book.ledger.waiting()).parked).toBe(1);
      await book.ledger.resume('hanako', NOON);
      expect(await sendAll()).toEqual(['c2']);
    });

    it('is tried once more when its rest is over, and rests longer after that', async () => {
      await failFiveTimes();
      await book.ledger.wakeClocks(NOON + 14 * MINUTE);
      expect(await sendAll(NOON + 14 * MINUTE)).toEqual([]);
      await book.ledger.wakeClocks(NOON + 15 * MINUTE);
      expect(await sendAll(NOON + 15 * MINUTE)).toEqual(['c1']);
      expect((await factsOf(book.ledger, 'hubspot-1')).open[0]?.restsUntil).toBe(NOON + 75 * MINUTE);
      await book.ledger.wakeClocks(NOON + 75 * MINUTE);
      await sendAll(NOON + 75 * MINUTE);
      expect((await factsOf(book.ledger, 'hubspot-1')).open[0]?.restsUntil).toBe(NOON + 75 * MINUTE + DAY);
    });

    it('waits for the resume when its rest is over while writing is paused', async () => {
      await failFiveTimes();
      await book.ledger.pause('hanako', '', NOON);
      await book.ledger.wakeClocks(NOON + DAY);
      expect(await states()).toEqual({ parked: 1 });
      await book.ledger.resume('hanako', NOON + DAY);
      expect(await sendAll(NOON + DAY)).toEqual(['c1']);
    });

    it('is tried anew, with all its attempts, when its record changes', async () => {
      await failFiveTimes();
      await book.ledger.noteSightings([{ ...taro, seenAt: NOON + 1 }], []);
      expect(await states()).toEqual({ parked: 1 });
      await book.ledger.noteSightings([{ ...taro, values: { phone: '03-1' }, seenAt: NOON + 2 }], []);
      expect(await states()).toEqual({ approved: 1 });
      for (let attempt = 0; attempt < 4; attempt += 1) await sendAll();
      expect(await states()).toEqual({ approved: 1 });
    });

    it('and is in at last closes its finding', async () => {
      await failFiveTimes();
      await book.ledger.retry(null, 'hanako', NOON);
      await failFiveTimes();
      expect(await codes()).toEqual(['WRITE_PARKED']);
      await book.ledger.wakeClocks(NOON + DAY);
      await writeAll(book.ledger, 'hubspot');
      expect([await states(), await codes()]).toEqual([{ acknowledged: 1 }, []]);
    });
  });

  describe('a retry', () => {
    let book: TestLedger;
    const taro = contact('1', { email: 'taro@example.co.jp' });
    const jiro = contact('2', { email: 'jiro@example.co.jp' });
    const refusal = (nth: string): Finding => ({
      code: 'WRITE_REFUSED',
      subject: `hubspot:contacts:${nth}`,
      entity: `hubspot-${nth}`,
      detail: {},
    });
    beforeEach(async () => {
      book = await open();
      await meet(book.ledger, taro, jiro);
      await planEach(book.ledger, () => ({}));
      for (const nth of ['1', '2']) await book.ledger.openFinding(refusal(nth), NOON);
    });
    afterEach(() => book.close());

    it('of one person closes what holds theirs back, wakes them, and is in the audit', async () => {
      expect(await book.ledger.retry('hubspot-1', 'hanako', NOON)).toEqual({ findings: 1, changes: 0, entities: 1 });
      expect((await book.ledger.findings()).map(({ entity }) => entity)).toEqual(['hubspot-2']);
      expect((await book.ledger.waiting()).dirty).toBe(1);
      const { audit } = await book.tables();
      expect(audit.filter(({ deed }) => deed === 'retry')).toMatchObject([{ who: 'hanako' }]);
    });

    it('of all leaves findings of another kind open', async () => {
      await book.ledger.openFinding({ code: 'CONFLICT', subject: 'x', entity: 'hubspot-1', detail: {} }, NOON);
      expect(await book.ledger.retry(null, 'hanako', NOON)).toEqual({ findings: 2, changes: 0, entities: 2 });
      expect((await book.ledger.findings()).map(({ code }) => code)).toEqual(['CONFLICT']);
    });

    it('makes an undone value news again: the side that was written counts as the one that stayed put', async () => {
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, ({ id }) =>
        id === 'hubspot-1' ? { bases: [base('jobtitle', '部長', '課長')] } : {},
      );
      const detail = { system: 'salesforce', wanted: '{"Title":"部長"}', bases: '{"Title":"jobtitle"}' };
      await book.ledger.openFinding({ code: 'WRITE_UNDONE', subject: 'y', entity: 'hubspot-1', detail }, NOON);
      await book.ledger.retry('hubspot-1', 'hanako', NOON);
      expect((await factsOf(book.ledger, 'hubspot-1')).bases).toMatchObject([{ hubspot: '課長', salesforce: '課長' }]);
    });
  });

  describe('an undo', () => {
    let book: TestLedger;
    const taro = contact('1', { email: 'taro@example.co.jp', jobtitle: '課長' });
    const jiro = contact('2', { email: 'jiro@example.co.jp' });
    const asked = { run: 'run-1', since: null, who: 'hanako', as: 'undo-1' };
    const takeBack = ({ facts, changes }: UndoFacts): EntityUndo => ({
      entity: facts.id,
      changes: changes.map(({ id, target, steps }: TrackedChange) =>
        update(
          `undo ${id}`,
          { ...taro, record: { ...taro.record, id: target.id! } },
          {},
          {
            entity: facts.id,
            steps: steps.map((fields) =>
              fields.map(({ field, before, after }) => ({
                field,
                before: after,
                after: before ?? null,
                reason: { code: 'undone', detail: {} },
              })),
            ),
            readBack: true,
            marks: { undoes: [id] },
          },
        ),
      ),
      findings: [{ code: 'WRITE_UNDONE', subject: `hubspot:contacts:${facts.id}`, entity: facts.id, detail: {} }],
      lines: [],
    });
    const states = async () => (await book.ledger.counts()).changes;
    beforeEach(async () => {
      book = await open();
      await meet(book.ledger, taro, jiro);
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
      await confirmAll(book, 'hubspot');
    });
    afterEach(() => book.close());

    it('is told the run’s changes and all later ones on the same records, in their order', async () => {
      await intend(book.ledger, 'hubspot-2', update('c2', jiro, { jobtitle: '主任' }, { entity: 'hubspot-2' }));
      await intend(book.ledger, 'hubspot-1', update('c3', taro, { phone: '03-1' }));
      expect(await book.ledger.touchedBy('run-1', null, 10)).toEqual(['hubspot-1', 'hubspot-2']);
      expect(await book.ledger.touchedBy('run-1', 'hubspot-1', 10)).toEqual(['hubspot-2']);
      expect(await book.ledger.touchedBy('run-9', null, 10)).toEqual([]);
      expect((await book.ledger.changesSince('run-1', ['hubspot-1'])).map(({ id }) => id)).toEqual(['c1', 'c3']);
      expect(await book.ledger.changesSince('run-9', ['hubspot-1'])).toEqual([]);
      expect(await book.ledger.runs(5)).toMatchObject([{ run: 'run-1', kind: null, changes: 3, standing: 1 }]);
    });

    it('is approved as it is stored, and what it took back is undone once it is seen', async () => {
      await book.ledger.undo(asked, ['hubspot-1'], NOON, (batch) => batch.map(takeBack));
      expect(await states()).toEqual({ approved: 1, confirmed: 1 });
      expect((await book.ledger.findings()).map(({ code }) => code)).toEqual(['WRITE_UNDONE']);
      await confirmAll(book, 'hubspot');
      expect(await states()).toEqual({ confirmed: 1, undone: 1 });
      expect((await factsOf(book.ledger, 'hubspot-1')).sightings[0]?.values['jobtitle']).toBe(null);
      expect(await book.ledger.runCounts('undo-1')).toMatchObject({ planned: 1, confirmed: 1 });
    });

    it('waits while writing is paused', async () => {
      await book.ledger.pause('hanako', '', NOON);
      await book.ledger.undo(asked, ['hubspot-1'], NOON, (batch) => batch.map(takeBack));
      expect(await states()).toEqual({ confirmed: 1, parked: 1 });
      await book.ledger.resume('hanako', NOON);
      expect(await states()).toEqual({ approved: 1, confirmed: 1 });
    });

    it('that is rehearsed leaves nothing behind', async () => {
      await book.ledger.rehearse((ledger) => ledger.undo(asked, ['hubspot-1'], NOON, (batch) => batch.map(takeBack)));
      expect([await states(), await book.ledger.findings()]).toEqual([{ confirmed: 1 }, []]);
    });
  });
}

async function confirmAll({ ledger }: TestLedger, system: System): Promise<void> {
  const written = await writeAll(ledger, system);
  await ledger.recordConfirmations(
    written.map((change) => ({ change, verdict: 'confirmed' as const })),
    NOON,
  );
}
