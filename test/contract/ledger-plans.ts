import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OBJECTS } from '../../src/domain/people/record.ts';
import { InvariantBroken } from '../../src/errors/errors.ts';
import type { EntityPlan } from '../../src/reconcile/entity-plan.ts';
import {
  base,
  clock,
  contact,
  create,
  factsOf,
  intend,
  LEASE,
  lead,
  leadId,
  MINUTE,
  meet,
  NOON,
  planEach,
  planFor,
  stage,
  update,
  writeAll,
} from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

/** What the ledger makes of plans. */
export function plansContract(open: OpenTestLedger): void {
  describe('plans', () => {
    let book: TestLedger;
    const taro = contact('1', { email: 'taro@example.co.jp', jobtitle: '課長' });
    beforeEach(async () => {
      book = await open();
      await meet(book.ledger, taro);
    });
    afterEach(() => book.close());

    it('whoever was planned is dirty no more, and nobody dirty is nothing to plan', async () => {
      expect((await planEach(book.ledger, () => ({})))?.plans).toHaveLength(1);
      expect(await planEach(book.ledger, () => ({}))).toBeNull();
    });

    it('hands the planner everything that was stored, as it was stored', async () => {
      const stored = {
        stages: [stage('MQL')],
        clocks: [clock('k1', { state: 'lapsed', lapsedAt: NOON, task: { id: null, state: 'planned' } })],
        bases: [base('jobtitle', '課長', null)],
        openFindings: [
          { code: 'CONFLICT' as const, subject: 'hubspot:contacts:1', entity: 'hubspot-1', detail: { field: 'phone' } },
        ],
        changes: [
          update(
            'c1',
            taro,
            { jobtitle: '部長' },
            { basesAfter: [base('jobtitle', '部長', '部長')], marks: { task: { clock: 'k1', act: 'open' } } },
          ),
        ],
      };
      await planEach(book.ledger, () => stored);
      const facts = await factsOf(book.ledger, 'hubspot-1');
      expect(facts).toMatchObject({
        stages: stored.stages,
        clocks: stored.clocks,
        bases: stored.bases,
        findings: stored.openFindings,
      });
      expect(facts.open).toEqual([
        { ...stored.changes[0], run: 'run-1', state: 'approved', step: 0, attempts: 0, plannedAt: NOON },
      ]);
    });

    it('tells the planner up to when everything was read, once every stream has been', async () => {
      const covered: (number | null)[] = [];
      const look = () =>
        book.ledger.plan('run-1', 10, NOON, ({ coveredUntil, rotation }) => {
          covered.push(coveredUntil);
          return { plans: [], rotation };
        });
      for (const object of OBJECTS.salesforce) await book.ledger.advanceCursor('salesforce', object, {}, NOON);
      for (const object of OBJECTS.hubspot.filter((each) => each !== 'contacts'))
        await book.ledger.advanceCursor('hubspot', object, {}, NOON);
      await look();
      await book.ledger.advanceCursor('hubspot', 'contacts', {}, NOON - MINUTE);
      await book.ledger.advanceCursor('hubspot', 'form-submissions', {}, NOON - 60 * MINUTE); // signals hold nothing up
      await book.ledger.wakeEveryone();
      await look();
      expect(covered).toEqual([null, NOON - MINUTE]);
    });

    it('turns go on where the last plan left them', async () => {
      const turns: unknown[] = [];
      for (const turn of [1, 2]) {
        await book.ledger.wakeEveryone();
        await book.ledger.plan('run-1', 10, NOON, ({ rotation }) => {
          turns.push(rotation);
          return { plans: [], rotation: { 'inside-sales': turn } };
        });
      }
      expect(turns).toEqual([{}, { 'inside-sales': 1 }]);
    });

    it('an intent that stands already is not stored again, and whoever was to follow the new one follows the old', async () => {
      await intend(book.ledger, 'hubspot-1', create('c1', 'Lead', { LastName: '鈴木' }, { writeKey: 'same' }));
      await book.ledger.wakeEveryone();
      const planned = await planEach(book.ledger, () => ({
        changes: [
          create('c2', 'Lead', { LastName: '鈴木' }, { writeKey: 'same' }),
          update('c3', taro, { tasuki_sfa_state: 'lead' }, { after: ['c2'] }),
        ],
      }));
      expect(planned?.plans[0]?.changes.map(({ id, after }) => [id, after])).toEqual([['c3', ['c1']]]);
    });

    it('an intent that was taken back may be stored anew', async () => {
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }, { writeKey: 'same' }));
      await book.ledger.wakeEveryone();
      const supersede = [{ change: 'c1', because: 'planned-anew' }];
      await planEach(book.ledger, () => ({
        supersede,
        changes: [update('c2', taro, { jobtitle: '部長' }, { writeKey: 'same' })],
      }));
      expect((await factsOf(book.ledger, 'hubspot-1')).open.map(({ id }) => id)).toEqual(['c2']);
    });

    it('taking back a change takes back those that wait for it, and leaves the clock of their task without one', async () => {
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({
        clocks: [clock('k1', { state: 'lapsed', task: { id: null, state: 'planned' } })],
        changes: [
          create('c1', 'Lead', { LastName: '鈴木' }),
          create(
            'c2',
            'Task',
            { Subject: '初回接触' },
            { after: ['c1'], marks: { task: { clock: 'k1', act: 'open' } } },
          ),
          update('c3', taro, { tasuki_sfa_state: 'lead' }, { after: ['c2'] }),
        ],
      }));
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({ supersede: [{ change: 'c1', because: 'planned-anew' }] }));
      expect(await book.ledger.counts()).toMatchObject({ changes: { superseded: 3 } });
      expect((await factsOf(book.ledger, 'hubspot-1')).clocks[0]?.task).toBeUndefined();
      expect((await book.ledger.waiting()).dirty).toBe(1);
    });

    it('a plan that takes back what is settled is our bug, and nothing of it is stored', async () => {
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
      await book.ledger.claim('hubspot', 1, NOON, LEASE);
      await book.ledger.recordOutcomes(
        [{ kind: 'refused', change: 'c1', code: 'INVALID', message: 'no', fields: [] }],
        NOON,
      );
      await book.ledger.recordOutcomes(
        [{ kind: 'refused', change: 'c1', code: 'INVALID', message: 'no', fields: [] }],
        NOON,
      );
      const plan = planEach(book.ledger, () => ({ stages: [stage('MQL')], confirm: ['c1'] }));
      await expect(plan).rejects.toThrow(InvariantBroken);
      expect((await factsOf(book.ledger, 'hubspot-1')).stages).toEqual([]);
    });

    it('a change that is to follow one that nobody knows is our bug', async () => {
      const plan = intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }, { after: ['nobody'] }));
      await expect(plan).rejects.toThrow(InvariantBroken);
    });

    it('a plan for somebody it was not asked about is our bug', async () => {
      const plan = book.ledger.plan('run-1', 10, NOON, ({ entities, rotation }) => ({
        plans: entities.map((facts) => ({ ...planFor(facts), entity: 'x' })),
        rotation,
      }));
      await expect(plan).rejects.toThrow(InvariantBroken);
    });

    it('while paused, new intents wait, and resume lets them go', async () => {
      await book.ledger.pause('佐藤', '棚卸し', NOON);
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
      expect(await book.ledger.claim('hubspot', 10, NOON, LEASE)).toEqual([]);
      expect(await book.ledger.waiting()).toMatchObject({ parked: 1, approved: { hubspot: 0 } });
      await book.ledger.resume('佐藤', NOON + MINUTE);
      expect(await writeAll(book.ledger, 'hubspot')).toEqual(['c1']);
      expect(await book.ledger.paused()).toBeNull();
    });

    it('a link that ends frees its seat, and records that were held are looked at again', async () => {
      const gone = lead('1', { Email: 'taro@example.co.jp' });
      await meet(book.ledger, gone);
      await book.ledger.noteSightings([{ ...gone, deleted: true, seenAt: NOON + 1 }], []);
      await planEach(book.ledger, () => ({ endLinks: [{ record: gone.record, role: 'former' }] }));
      await meet(book.ledger, lead('2', { Email: 'taro@example.co.jp' }));
      const { links } = await factsOf(book.ledger, 'hubspot-1');
      expect(links.find(({ record }) => record.id === leadId('2'))?.role).toBe('current');
      expect(links.find(({ record }) => record.id === leadId('1'))).toMatchObject({ role: 'former', until: NOON });
    });

    it('a record from the recycle bin takes its seat again, unless somebody else holds it by then', async () => {
      const gone = lead('1', { Email: 'taro@example.co.jp' });
      await meet(book.ledger, gone);
      await planEach(book.ledger, () => ({ endLinks: [{ record: gone.record, role: 'former' }] }));
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({ restoreLinks: [gone.record] }));
      const role = async (id: string) =>
        (await factsOf(book.ledger, 'hubspot-1')).links.find(({ record }) => record.id === leadId(id));
      expect(await role('1')).toMatchObject({ role: 'current' });
      expect(await role('1')).not.toHaveProperty('until');
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({ endLinks: [{ record: gone.record, role: 'former' }] }));
      await meet(book.ledger, lead('2', { Email: 'taro@example.co.jp' }));
      await planEach(book.ledger, () => ({ restoreLinks: [gone.record] }));
      expect([(await role('1'))?.role, (await role('2'))?.role]).toEqual(['former', 'current']);
    });

    it('what was agreed with a record is forgotten when another takes its seat, and kept when it comes back', async () => {
      const gone = lead('1', { Email: 'taro@example.co.jp' });
      await meet(book.ledger, gone);
      const bases = async () => (await factsOf(book.ledger, 'hubspot-1')).bases.length;
      await planEach(book.ledger, () => ({ bases: [base('jobtitle', '課長', null)] }));
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({ endLinks: [{ record: gone.record, role: 'former' }] }));
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({ restoreLinks: [gone.record] }));
      expect(await bases()).toBe(1);
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({ endLinks: [{ record: gone.record, role: 'former' }] }));
      await meet(book.ledger, lead('2', { Email: 'taro@example.co.jp' }));
      expect(await bases()).toBe(0);
    });

    it('what was agreed with whoever sat there since is forgotten when an older record comes back', async () => {
      const [gone, next] = [lead('1', { Email: 'taro@example.co.jp' }), lead('2', { Email: 'taro@example.co.jp' })];
      const planned = async (plan: Partial<EntityPlan>, at = NOON) => {
        await book.ledger.wakeEveryone();
        await planEach(book.ledger, () => plan, at);
      };
      await meet(book.ledger, gone);
      await planned({ endLinks: [{ record: gone.record, role: 'former' }] });
      await meet(book.ledger, next);
      await planned({ bases: [base('jobtitle', '課長', '課長')] });
      await planned({ endLinks: [{ record: next.record, role: 'former' }] }, NOON + MINUTE);
      await planned({ restoreLinks: [gone.record] }, NOON + 2 * MINUTE);
      expect((await factsOf(book.ledger, 'hubspot-1')).bases).toEqual([]);
    });

    it('what was agreed with the record that took one in is forgotten when that one comes back by itself', async () => {
      const gone = lead('1', { Email: 'taro@example.co.jp' });
      await meet(book.ledger, gone);
      await planEach(book.ledger, () => ({ endLinks: [{ record: gone.record, role: 'merged' }] }));
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({ bases: [base('jobtitle', '課長', '課長')] }));
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({ restoreLinks: [gone.record] }), NOON + MINUTE);
      expect((await factsOf(book.ledger, 'hubspot-1')).bases).toEqual([]);
    });

    it('a duplicate takes the seat that becomes free', async () => {
      const [first, second] = [
        lead('1', { Email: 'taro@example.co.jp' }),
        lead('2', { Email: 'taro@example.co.jp' }, { createdAt: NOON }),
      ];
      await meet(book.ledger, first);
      await meet(book.ledger, second);
      const roles = async () =>
        (await factsOf(book.ledger, 'hubspot-1')).links
          .filter(({ record }) => record.object === 'Lead')
          .map(({ record, role }) => `${record.id} ${role}`);
      expect(await roles()).toEqual([`${leadId('1')} current`, `${leadId('2')} duplicate`]);
      await book.ledger.noteSightings([{ ...first, deleted: true, seenAt: NOON + 1 }], []);
      await planEach(book.ledger, () => ({ endLinks: [{ record: first.record, role: 'former' }] }));
      await meet(book.ledger);
      expect(await roles()).toEqual([`${leadId('1')} former`, `${leadId('2')} current`]);
    });

    it('a clock that is due wakes its person, and one that lapsed without a task does so again', async () => {
      await planEach(book.ledger, () => ({ clocks: [clock('k1')] }));
      expect(await book.ledger.wakeClocks(NOON + 59 * MINUTE)).toBe(0);
      expect(await book.ledger.wakeClocks(NOON + 60 * MINUTE)).toBe(1);
      await planEach(book.ledger, () => ({ clocks: [clock('k1', { state: 'lapsed' })] }));
      expect(await book.ledger.wakeClocks(NOON)).toBe(1);
      await planEach(book.ledger, () => ({
        clocks: [clock('k1', { state: 'lapsed', task: { id: null, state: 'planned' } })],
      }));
      expect(await book.ledger.wakeClocks(NOON + 99 * MINUTE)).toBe(0);
    });

    describe('whoever may move on by waiting', () => {
      it('is woken then, and no more once a plan says that nothing waits for time', async () => {
        await planEach(book.ledger, () => ({ wakeAt: NOON + 60 * MINUTE }));
        expect(await book.ledger.wakeClocks(NOON + 60 * MINUTE - 1)).toBe(0);
        expect(await book.ledger.wakeClocks(NOON + 60 * MINUTE)).toBe(1);
        expect((await book.ledger.waiting()).dirty).toBe(1);
        await planEach(book.ledger, () => ({ wakeAt: NOON + 90 * MINUTE }));
        expect(await book.ledger.wakeClocks(NOON + 60 * MINUTE)).toBe(0);
        expect(await book.ledger.wakeClocks(NOON + 90 * MINUTE)).toBe(1);
        await planEach(book.ledger, () => ({}));
        expect(await book.ledger.wakeClocks(NOON + 99 * MINUTE)).toBe(0);
      });
    });

    it('a finding is opened once and closed once', async () => {
      const finding = { code: 'CONFLICT' as const, subject: 'hubspot:contacts:1', detail: {} };
      await book.ledger.openFinding(finding, NOON);
      await book.ledger.openFinding({ ...finding, detail: { field: 'phone' } }, NOON + MINUTE);
      expect(await book.ledger.findings()).toEqual([{ ...finding, detail: { field: 'phone' }, openedAt: NOON }]);
      await book.ledger.closeFinding('CONFLICT', 'hubspot:contacts:1', NOON + MINUTE);
      expect(await book.ledger.findings()).toEqual([]);
    });

    it('a rehearsal sees its own work, and leaves nothing behind', async () => {
      const seen = await book.ledger.rehearse(async (ledger) => {
        await meet(ledger, contact('2', { email: 'hanako@example.co.jp' }));
        await planEach(ledger, (facts) => ({ changes: [update(`${facts.id}.0`, taro, { jobtitle: '部長' })] }));
        return ledger.counts();
      });
      expect(seen).toMatchObject({ people: 2, changes: { approved: 2 } });
      expect(await book.ledger.counts()).toMatchObject({ people: 1, changes: {} });
      expect(await book.ledger.waiting()).toMatchObject({ dirty: 1 });
    });

    it('a rehearsal that fails leaves nothing behind either', async () => {
      const rehearsal = book.ledger.rehearse(async (ledger) => {
        await ledger.setGoLive(NOON);
        throw new Error('the CRM went away');
      });
      await expect(rehearsal).rejects.toThrow('the CRM went away');
      expect(await book.ledger.goLive()).toBeNull();
    });
  });
}
