import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/domain/people/change.ts';
import type { Sighting } from '../../src/domain/people/record.ts';
import type { Decision, Gate } from '../../src/ports/approval.ts';
import {
  contact,
  create,
  factsOf,
  LEASE,
  MINUTE,
  meet,
  NOON,
  planFor,
  planOnly,
  sighting,
  update,
} from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

const CLOSED: Gate = { kind: 'closed', rolloutPercent: 100 };
const breaker = (changes: number, percent = 100): Gate => ({ kind: 'breaker', rolloutPercent: 100, changes, percent });

/** What stands between planning and writing. */
export function approvalContract(open: OpenTestLedger): void {
  describe('approval', () => {
    let book: TestLedger;
    beforeEach(async () => {
      book = await open();
    });
    afterEach(() => book.close());

    const people = (count: number) =>
      Array.from({ length: count }, (_, nth) =>
        contact(`${nth}`, { email: `p${nth}@example.co.jp`, jobtitle: '課長' }),
      );
    /** A wave of planning: these people's changes, everybody else's none. */
    const wave = async (gate: Gate, changeOf: (nth: number, record: Sighting) => Change | null) => {
      await book.ledger.wakeEveryone();
      await planOnly(book.ledger, (facts) => {
        const record = facts.sightings[0];
        const change = record === undefined ? null : changeOf(Number(record.record.id), record);
        return { changes: change === null ? [] : [{ ...change, entity: facts.id }] };
      });
      return book.ledger.releasePlanned(gate, NOON);
    };
    const claimed = async () => (await book.ledger.claim('hubspot', 1000, NOON, LEASE)).map(({ id }) => id).toSorted();
    const tripped = async () => (await book.ledger.findings()).filter(({ code }) => code === 'BREAKER_TRIPPED');
    const decision = async (more: Partial<Decision> = {}): Promise<Decision> => ({
      plan: (await book.ledger.waitingPlan()).hash,
      by: '佐藤',
      why: '初回',
      at: NOON + MINUTE,
      ...more,
    });

    it('nothing that is planned is sent before it was released, and a process that dies in between leaves a trace', async () => {
      const [taro] = people(1);
      await meet(book.ledger, taro!);
      await planOnly(book.ledger, () => ({
        changes: [update('c1', taro!, { jobtitle: '部長' }, { entity: 'hubspot-0' })],
      }));
      expect(await claimed()).toEqual([]);
      expect((await book.ledger.waiting()).held).toMatchObject({ unjudged: 1 });
      expect(await book.ledger.releasePlanned(breaker(1000), NOON)).toMatchObject({ approved: 1 });
      expect((await book.ledger.waiting()).held).toMatchObject({ unjudged: 0 });
      expect(await claimed()).toEqual(['c1']);
    });

    it('nothing is released while somebody is still to be planned, for half a wave may pass where the whole one would not', async () => {
      await meet(book.ledger, ...people(2));
      await book.ledger.plan('run-1', 1, NOON, ({ entities, rotation }) => ({
        plans: entities.map((facts) =>
          planFor(facts, { changes: [update('c1', facts.sightings[0]!, { jobtitle: '部長' }, { entity: facts.id })] }),
        ),
        rotation,
      }));
      expect(await book.ledger.releasePlanned(breaker(1000), NOON)).toBeNull();
      await planOnly(book.ledger, () => ({}));
      expect(await book.ledger.releasePlanned(breaker(1000), NOON)).toMatchObject({ approved: 1 });
    });

    it('a first run waits as a whole; approving lets it go, and draws the go-live line', async () => {
      await meet(book.ledger, ...people(2));
      const released = await wave(CLOSED, (nth, record) => update(`c${nth}`, record, { jobtitle: '部長' }));
      expect(released).toEqual({ approved: 0, held: { 'first-run': 2, breaker: 0, rollout: 0 } });
      expect((await factsOf(book.ledger, 'hubspot-1')).open[0]).toMatchObject({ state: 'planned', held: 'first-run' });
      expect(await claimed()).toEqual([]);
      const plan = await book.ledger.waitingPlan();
      expect(plan).toMatchObject({
        changes: 2,
        groups: [{ system: 'hubspot', object: 'contacts', field: 'jobtitle', changes: 2 }],
      });
      expect(await book.ledger.approve(await decision())).toEqual({ kind: 'done', changes: 2 });
      expect(await claimed()).toEqual(['c0', 'c1']);
      expect(await book.ledger.goLive()).toBe(NOON + MINUTE);
    });

    it('approving while paused parks, and resume lets go', async () => {
      await meet(book.ledger, ...people(1));
      await wave(CLOSED, (nth, record) => update(`c${nth}`, record, { jobtitle: '部長' }));
      await book.ledger.pause('佐藤', '棚卸し', NOON);
      await book.ledger.approve(await decision());
      expect(await book.ledger.waiting()).toMatchObject({ parked: 1, approved: { hubspot: 0 } });
      await book.ledger.resume('佐藤', NOON);
      expect(await claimed()).toEqual(['c0']);
    });

    it.each([
      { title: 'as many as the limit pass', records: 2, limit: breaker(2), held: 0 },
      { title: 'one more, and all of them wait', records: 3, limit: breaker(2), held: 3 },
      { title: 'a share of a handful is no share', records: 49, limit: breaker(1000, 20), held: 0 },
      { title: 'from fifty on a share counts', records: 50, limit: breaker(1000, 20), held: 50 },
      { title: 'the share itself passes', records: 50, limit: breaker(1000, 50), held: 0 },
      { title: 'a hundred percent is no limit', records: 100, limit: breaker(1000, 100), held: 0 },
    ])('of a hundred contacts: $title', async ({ records, limit, held }) => {
      await meet(book.ledger, ...people(100));
      const released = await wave(limit, (nth, record) =>
        nth < records ? update(`c${nth}`, record, { jobtitle: '部長' }) : null,
      );
      expect(released).toEqual({ approved: records - held, held: { 'first-run': 0, breaker: held, rollout: 0 } });
      expect(await tripped()).toHaveLength(held === 0 ? 0 : 1);
    });

    it('what touches the field waits whole, everything else goes on, and one finding names the field', async () => {
      await meet(book.ledger, ...people(4));
      await wave(breaker(2), (nth, record) =>
        update(
          `c${nth}`,
          record,
          nth === 3 ? { phone: '03' } : nth === 2 ? { jobtitle: 'x', city: '東京' } : { jobtitle: 'x' },
        ),
      );
      expect(await claimed()).toEqual(['c3']);
      expect(await tripped()).toMatchObject([
        {
          subject: 'hubspot:contacts:jobtitle',
          detail: { system: 'hubspot', object: 'contacts', field: 'jobtitle', changes: 3, run: 'run-1' },
        },
      ]);
    });

    it('new records are counted as such, whatever their fields, and their followers wait for them', async () => {
      await meet(book.ledger, ...people(3));
      await wave(breaker(2), (nth) =>
        create(`c${nth}`, 'Lead', { LastName: `${nth}` }, { key: { field: 'Tasuki_Key__c', value: `${nth}` } }),
      );
      expect(await tripped()).toMatchObject([{ subject: 'salesforce:Lead:+', detail: { field: null, changes: 3 } }]);
      expect(await book.ledger.claim('salesforce', 10, NOON, LEASE)).toEqual([]);
    });

    it('once tripped, a group waits for a person, also when less of it is left', async () => {
      await meet(book.ledger, ...people(3));
      await wave(breaker(2), (nth, record) => update(`c${nth}`, record, { jobtitle: '部長' }));
      await book.ledger.wakeEveryone();
      await planOnly(book.ledger, (facts) => ({
        supersede: facts.id === 'hubspot-0' ? [{ change: 'c0', because: 'planned-anew' }] : [],
      }));
      expect(await book.ledger.releasePlanned(breaker(2), NOON)).toMatchObject({ approved: 0, held: { breaker: 2 } });
      expect(await book.ledger.approve(await decision())).toMatchObject({ kind: 'done', changes: 2 });
      expect(await tripped()).toEqual([]);
    });

    it('the finding closes when all of it is overtaken', async () => {
      await meet(book.ledger, ...people(3));
      await wave(breaker(2), (nth, record) => update(`c${nth}`, record, { jobtitle: '部長' }));
      await book.ledger.wakeEveryone();
      await planOnly(book.ledger, (facts) => ({
        supersede: facts.open.map(({ id }) => ({ change: id, because: 'planned-anew' })),
      }));
      await book.ledger.releasePlanned(breaker(2), NOON);
      expect(await tripped()).toEqual([]);
    });

    it('an approval is held to what was shown: what was overtaken is named with before, planned and found', async () => {
      await meet(book.ledger, ...people(2));
      await wave(CLOSED, (nth, record) => update(`c${nth}`, record, { jobtitle: '部長' }));
      const shown = await decision();
      await book.ledger.rememberShown(shown.plan, await book.ledger.waitingChanges(), NOON);
      await book.ledger.noteSightings([contact('0', { jobtitle: '社長' }, { seenAt: NOON + 1 })], []);
      await planOnly(book.ledger, () => ({ supersede: [{ change: 'c0', because: 'planned-anew' }] }));
      expect(await book.ledger.approve(shown)).toMatchObject({
        kind: 'moved',
        plan: { changes: 1 },
        overtaken: {
          all: 1,
          first: [{ system: 'hubspot', record: '0', field: 'jobtitle', before: null, planned: '部長', found: '社長' }],
        },
      });
      expect(await claimed()).toEqual([]);
      expect(await book.ledger.goLive()).toBeNull();
      expect(await book.ledger.approve(await decision({ plan: '000000000000' }))).toMatchObject({ overtaken: null });
      expect(await book.ledger.approve(await decision())).toEqual({ kind: 'done', changes: 1 });
    });

    it('the hash is of what is written, not of who planned it: the same plan, planned anew, is the same', async () => {
      await meet(book.ledger, ...people(2));
      await wave(CLOSED, (nth, record) => update(`c${nth}`, record, { jobtitle: '部長' }));
      const first = (await book.ledger.waitingPlan()).hash;
      await book.ledger.wakeEveryone();
      await planOnly(book.ledger, (facts) => ({
        supersede: facts.open.map(({ id }) => ({ change: id, because: 'planned-anew' })),
        changes: facts.sightings.map((seen) =>
          update(`again-${facts.id}`, seen, { jobtitle: '部長' }, { entity: facts.id }),
        ),
      }));
      expect((await book.ledger.waitingPlan()).hash).toBe(first);
      await wave(CLOSED, (nth, record) => (nth === 0 ? update('more', record, { phone: '03' }) : null));
      expect((await book.ledger.waitingPlan()).hash).not.toBe(first);
    });

    it('rejecting takes back what waits and what follows it, and remembers the values', async () => {
      const [taro] = people(1);
      await meet(book.ledger, taro!);
      await planOnly(book.ledger, () => ({
        changes: [
          create(
            'c1',
            'Lead',
            { LastName: '鈴木' },
            { entity: 'hubspot-0', key: { field: 'Tasuki_Key__c', value: 'hubspot-0' } },
          ),
          update('c2', taro!, { jobtitle: '部長' }, { entity: 'hubspot-0', after: ['c1'] }),
        ],
      }));
      await book.ledger.releasePlanned(CLOSED, NOON);
      expect(await book.ledger.reject(await decision({ why: '対応表の誤り' }))).toEqual({ kind: 'done', changes: 2 });
      const { open, findings } = await factsOf(book.ledger, 'hubspot-0');
      expect(open).toEqual([]);
      expect(findings).toMatchObject([
        { code: 'PLAN_REJECTED', subject: expect.any(String), detail: { by: '佐藤', why: '対応表の誤り' } },
        { code: 'PLAN_REJECTED', subject: expect.any(String) },
      ]);
      expect(Object.fromEntries(findings.map(({ subject, detail }) => [subject, detail['wanted']]))).toEqual({
        'hubspot:contacts:0': '{"jobtitle": "部長"}',
        'salesforce:Lead:(hubspot-0)': '{"LastName": "鈴木"}',
      });
      expect(await book.ledger.goLive()).toBeNull();
    });

    it('who approved and who rejected is written down', async () => {
      await meet(book.ledger, ...people(1));
      await wave(CLOSED, (nth, record) => update(`c${nth}`, record, { jobtitle: '部長' }));
      const { hash } = await book.ledger.waitingPlan();
      await book.ledger.approve(await decision());
      await book.ledger.reject(await decision({ by: '鈴木', why: '' }));
      expect((await book.tables()).audit).toMatchObject([
        { who: '佐藤', deed: 'approve', detail: { plan: hash, changes: 1, why: '初回' } },
        { who: '鈴木', deed: 'reject', detail: { changes: 0, why: '' } },
      ]);
    });

    it('a rollout reaches the same people first, whatever else is planned, and the rest waits for it', async () => {
      await meet(book.ledger, ...people(200));
      const reached = async (percent: number) => {
        await book.ledger.releasePlanned({ ...breaker(1_000_000), rolloutPercent: percent }, NOON);
        return claimed();
      };
      await book.ledger.wakeEveryone();
      for (let batch = 0; batch < 2; batch += 1) {
        await planOnly(book.ledger, (facts) => ({
          changes: facts.sightings.map((seen) =>
            update(`c-${facts.id}`, seen, { jobtitle: '部長' }, { entity: facts.id }),
          ),
        }));
      }
      const tenth = await reached(10);
      expect(tenth.length).toBeGreaterThan(5);
      expect(tenth.length).toBeLessThan(40);
      expect((await book.ledger.waiting()).held.rollout).toBe(200 - tenth.length);
      expect((await book.ledger.waitingPlan()).changes).toBe(0);
      const quarter = await reached(25);
      expect(quarter.filter((id) => tenth.includes(id))).toEqual([]); // sent already, each once
      expect(tenth.length + quarter.length).toBeLessThan(80);
      expect(tenth.length + quarter.length + (await reached(100)).length).toBe(200);
    });

    it('a deal follows its people: it is written with the first of them', async () => {
      const deals = people(40).map(({ record }) =>
        sighting('hubspot', 'deals', `7${record.id}`, { dealname: '取引', 'associations.contacts': `${record.id};0` }),
      );
      await meet(book.ledger, ...people(40), ...deals);
      await planOnly(book.ledger, (facts) => ({
        changes: facts.sightings.map((seen) => update(seen.record.id, seen, { note: 'x' }, { entity: facts.id })),
      }));
      await book.ledger.releasePlanned({ ...breaker(1000), rolloutPercent: 30 }, NOON);
      const written = [...(await claimed()), ...(await claimed())];
      const reached = (id: string) => written.includes(id) || written.includes('0');
      expect(written.length).toBeGreaterThan(5);
      expect(written.length).toBeLessThan(80);
      for (const { record } of people(40)) expect(written.includes(`7${record.id}`)).toBe(reached(record.id));
    });

    it('a rehearsal of the gate leaves nothing behind', async () => {
      await meet(book.ledger, ...people(1));
      await book.ledger.wakeEveryone();
      const seen = await book.ledger.rehearse(async (ledger) => {
        await planOnly(ledger, (facts) => ({
          changes: facts.sightings.map((one) => update('c1', one, { jobtitle: '部長' }, { entity: facts.id })),
        }));
        await ledger.releasePlanned(CLOSED, NOON);
        return ledger.waitingPlan();
      });
      expect(seen.changes).toBe(1);
      expect((await book.ledger.waitingPlan()).changes).toBe(0);
    });
  });
}
