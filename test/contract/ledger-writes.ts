import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/people/change.ts';
import { InvariantBroken } from '../../src/errors/errors.ts';
import {
  base,
  clock,
  contact,
  create,
  factsOf,
  fieldChange,
  intend,
  LEASE,
  lead,
  leadId,
  MINUTE,
  meet,
  NOON,
  planDirty,
  planEach,
  stage,
  update,
  writeAll,
} from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

/** How a change travels from approved to settled, and what it leaves behind. */
export function writesContract(open: OpenTestLedger): void {
  describe('writes', () => {
    let book: TestLedger;
    const taro = contact('1', { email: 'taro@example.co.jp', jobtitle: '課長' });
    const written = (change: string): Outcome => ({ kind: 'written', change, record: taro.record, created: false });
    const states = async () => (await book.ledger.counts()).changes;
    beforeEach(async () => {
      book = await open();
      await meet(book.ledger, taro);
    });
    afterEach(() => book.close());

    it('a claim takes one object and one kind, oldest first, and nobody can take it twice', async () => {
      await intend(
        book.ledger,
        'hubspot-1',
        create('t1', 'Task', { Subject: '1' }),
        create('l1', 'Lead', { LastName: '鈴木' }),
        create('t2', 'Task', { Subject: '2' }, { key: null }),
      );
      const claimed = await book.ledger.claim('salesforce', 10, NOON, LEASE);
      expect(claimed.map(({ id, state, attempts, sentAt }) => [id, state, attempts, sentAt])).toEqual([
        ['t1', 'sending', 1, NOON],
        ['t2', 'sending', 1, NOON],
      ]);
      expect((await book.ledger.claim('salesforce', 10, NOON, LEASE)).map(({ id }) => id)).toEqual(['l1']);
      expect(await book.ledger.claim('salesforce', 10, NOON, LEASE)).toEqual([]);
      expect(await book.ledger.claim('hubspot', 10, NOON, LEASE)).toEqual([]);
    });

    it('a change waits for its predecessor', async () => {
      await intend(
        book.ledger,
        'hubspot-1',
        create('l1', 'Lead', { LastName: '鈴木' }),
        update('c1', taro, { tasuki_sfa_state: 'lead' }, { after: ['l1'] }),
      );
      expect(await book.ledger.claim('hubspot', 10, NOON, LEASE)).toEqual([]);
      await writeAll(book.ledger, 'salesforce');
      expect((await book.ledger.claim('hubspot', 10, NOON, LEASE)).map(({ id }) => id)).toEqual(['c1']);
    });

    it('two writes on one record keep their order and never share a batch', async () => {
      await intend(
        book.ledger,
        'hubspot-1',
        update('c1', taro, { jobtitle: '部長' }),
        update('c2', taro, { jobtitle: '本部長' }),
      );
      expect((await book.ledger.claim('hubspot', 10, NOON, LEASE)).map(({ id }) => id)).toEqual(['c1']);
      expect(await book.ledger.claim('hubspot', 10, NOON, LEASE)).toEqual([]);
      await book.ledger.recordOutcomes([written('c1')], NOON);
      expect((await book.ledger.claim('hubspot', 10, NOON, LEASE)).map(({ id }) => id)).toEqual(['c2']);
    });

    it('a write whose field was seen to hold something else since it was planned is not sent; another one is', async () => {
      const reason = { code: 'copied', detail: {} } as const;
      const over = (id: string, before: string | null) => ({
        ...update(id, taro, {}),
        steps: [[{ field: 'jobtitle', before, after: '部長', reason }]],
      });
      await intend(book.ledger, 'hubspot-1', over('c1', taro.values['jobtitle'] as string));
      await meet(book.ledger, { ...taro, values: { ...taro.values, jobtitle: '係長' }, seenAt: NOON + 1 });
      expect(await book.ledger.claim('hubspot', 10, NOON, LEASE)).toEqual([]);
      await planEach(book.ledger, ({ id }) =>
        id === 'hubspot-1'
          ? { changes: [over('c2', '係長')], supersede: [{ change: 'c1', because: 'planned-anew' }] }
          : {},
      );
      expect((await book.ledger.claim('hubspot', 10, NOON, LEASE)).map(({ id }) => id)).toEqual(['c2']);
    });

    it('a written change moves the sighting and the base of its side, provisionally until it is seen', async () => {
      const change = update(
        'c1',
        taro,
        { jobtitle: '部長' },
        { basesAfter: [base('jobtitle', '部長', '部長')], readBack: true },
      );
      await intend(book.ledger, 'hubspot-1', change);
      await writeAll(book.ledger, 'hubspot');
      const acknowledged = await factsOf(book.ledger, 'hubspot-1');
      expect(acknowledged.sightings[0]).toMatchObject({
        values: { jobtitle: '部長', email: 'taro@example.co.jp' },
        movedBy: 'us',
      });
      expect(acknowledged.bases).toEqual([{ ...base('jobtitle', '部長', '部長'), provisional: 'hubspot' }]);
      await book.ledger.recordConfirmations([{ change: 'c1', verdict: 'confirmed' }], NOON);
      expect((await factsOf(book.ledger, 'hubspot-1')).bases).toEqual([base('jobtitle', '部長', '部長')]);
    });

    it('a record that we created is the person’s current link, and its key finds it again', async () => {
      await intend(book.ledger, 'hubspot-1', create('l1', 'Lead', { LastName: '鈴木', Email: 'taro@example.co.jp' }));
      await writeAll(book.ledger, 'salesforce');
      const facts = await factsOf(book.ledger, `Lead:${leadId('77')}`);
      expect(facts.id).toBe('hubspot-1');
      expect(facts.links[1]).toMatchObject({ role: 'current', evidence: 'created', record: { id: leadId('77') } });
      expect(facts.sightings[1]?.values).toEqual({
        LastName: '鈴木',
        Email: 'taro@example.co.jp',
        Tasuki_Key__c: 'hubspot-1',
      });
      expect((await book.ledger.waiting()).unmatched).toBe(0);
    });

    it('an answer that is told twice changes nothing the second time', async () => {
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
      await writeAll(book.ledger, 'hubspot');
      await book.ledger.noteSightings([contact('1', { jobtitle: '社長' }, { seenAt: NOON + 9 * MINUTE })], []);
      await book.ledger.recordOutcomes([written('c1')], NOON + 10 * MINUTE);
      expect((await factsOf(book.ledger, 'hubspot-1')).sightings[0]?.values['jobtitle']).toBe('社長');
      expect(await states()).toEqual({ acknowledged: 1 });
    });

    it('an answer for a change that was never sent is our bug', async () => {
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
      await expect(book.ledger.recordOutcomes([written('c1')], NOON)).rejects.toThrow(InvariantBroken);
      await expect(book.ledger.recordConfirmations([{ change: 'c1', verdict: 'confirmed' }], NOON)).rejects.toThrow(
        InvariantBroken,
      );
      await expect(book.ledger.recordOutcomes([written('nobody')], NOON)).rejects.toThrow(InvariantBroken);
      expect(await states()).toEqual({ approved: 1 });
    });

    it('a write that was refused cannot have been written after all', async () => {
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
      await book.ledger.claim('hubspot', 1, NOON, LEASE);
      await book.ledger.recordOutcomes(
        [{ kind: 'refused', change: 'c1', code: 'INVALID', message: 'no', fields: [] }],
        NOON,
      );
      await expect(book.ledger.recordOutcomes([written('c1')], NOON)).rejects.toThrow(InvariantBroken);
    });

    it('the late answer to a write that was taken back is remembered, for the world has changed', async () => {
      await intend(book.ledger, 'hubspot-1', create('l1', 'Lead', { LastName: '鈴木' }));
      await book.ledger.claim('salesforce', 1, NOON, LEASE);
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({ supersede: [{ change: 'l1', because: 'planned-anew' }] }));
      await book.ledger.recordOutcomes(
        [{ kind: 'written', change: 'l1', record: lead('5', {}).record, created: true }],
        NOON,
      );
      expect((await factsOf(book.ledger, 'hubspot-1')).links).toHaveLength(2);
      expect(await states()).toEqual({ superseded: 1 });
    });

    it('a refusal opens a finding with what was wanted, takes back followers, and wakes the person', async () => {
      await intend(
        book.ledger,
        'hubspot-1',
        create('l1', 'Lead', { LastName: '鈴木' }),
        update('c1', taro, { tasuki_sfa_state: 'lead' }, { after: ['l1'] }),
      );
      await book.ledger.claim('salesforce', 1, NOON, LEASE);
      await book.ledger.recordOutcomes(
        [
          {
            kind: 'refused',
            change: 'l1',
            code: 'REQUIRED_FIELD_MISSING',
            message: 'Company',
            fields: ['Company', 'LastName'],
          },
        ],
        NOON,
      );
      expect(await states()).toEqual({ refused: 1, superseded: 1 });
      const { findings } = await factsOf(book.ledger, 'hubspot-1');
      expect(findings).toMatchObject([
        {
          code: 'WRITE_REFUSED',
          subject: 'salesforce:Lead:(hubspot-1)',
          detail: { fields: 'Company,LastName', wanted: '{"LastName":"鈴木"}', reason: 'REQUIRED_FIELD_MISSING' },
        },
      ]);
      expect((await book.ledger.waiting()).dirty).toBe(1);
    });

    it('whoever was refused a write is woken a day later, to try again', async () => {
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
      await book.ledger.claim('hubspot', 1, NOON, LEASE);
      const no = { kind: 'refused', change: 'c1', code: 'INVALID_OPTION', message: '', fields: [] } as const;
      await book.ledger.recordOutcomes([no], NOON);
      const nextDay = NOON + 24 * 60 * MINUTE;
      expect(await book.ledger.wakeClocks(nextDay - 1)).toBe(0);
      expect(await book.ledger.wakeClocks(nextDay)).toBe(1);
    });

    it('confirming the hand-off starts nothing twice: the instant stays the first', async () => {
      const handOff = { handOff: { team: 'inside-sales', stage: 'MQL' as const } };
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({
        stages: [stage('MQL', { at: NOON - 9, pass: 1 }), stage('MQL', { pass: 2 })],
        changes: [update('c1', taro, { a: 1 }, { marks: handOff }), update('c2', taro, { b: 1 }, { marks: handOff })],
      }));
      for (const [change, at] of [
        ['c1', NOON + 1],
        ['c2', NOON + 2],
      ] as const) {
        await writeAll(book.ledger, 'hubspot');
        await book.ledger.recordConfirmations([{ change, verdict: 'confirmed' }], at);
      }
      const { stages } = await factsOf(book.ledger, 'hubspot-1');
      expect(stages.map(({ pass, handedOffAt }) => [pass, handedOffAt])).toEqual([
        [1, undefined],
        [2, NOON + 1],
      ]);
    });

    it('a task that was made and deleted before it was read back is not opened again: it stands as open until it is seen', async () => {
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({
        clocks: [clock('k1', { state: 'lapsed', task: { id: null, state: 'planned' } })],
        changes: [create('t1', 'Task', { Subject: '初回接触' }, { marks: { task: { clock: 'k1', act: 'open' } } })],
      }));
      await writeAll(book.ledger, 'salesforce', '00T77');
      await book.ledger.recordConfirmations([{ change: 't1', verdict: 'overwritten', detail: 'record gone' }], NOON);
      const { clocks, findings } = await factsOf(book.ledger, 'hubspot-1');
      expect([clocks[0]?.task, findings]).toEqual([{ id: '00T77', state: 'open' }, []]);
    });

    it('a confirmed task is on its clock, open and then closed, and wakes its person', async () => {
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({
        clocks: [clock('k1', { state: 'lapsed', task: { id: null, state: 'planned' } })],
        changes: [create('t1', 'Task', { Subject: '初回接触' }, { marks: { task: { clock: 'k1', act: 'open' } } })],
      }));
      await writeAll(book.ledger, 'salesforce', '00T77');
      await book.ledger.recordConfirmations([{ change: 't1', verdict: 'confirmed' }], NOON);
      expect((await factsOf(book.ledger, 'hubspot-1')).clocks[0]?.task).toEqual({ id: '00T77', state: 'open' });
      expect((await book.ledger.waiting()).dirty).toBe(1);
      const done = update(
        't2',
        { ...taro, record: { system: 'salesforce', object: 'Task', id: '00T77' } },
        { Status: '完了' },
        { marks: { task: { clock: 'k1', act: 'close' } } },
      );
      await intend(book.ledger, 'hubspot-1', done);
      await writeAll(book.ledger, 'salesforce');
      await book.ledger.recordConfirmations([{ change: 't2', verdict: 'confirmed' }], NOON);
      expect(await book.ledger.counts()).toMatchObject({ tasks: { opened: 1, closed: 1 } });
    });

    it('what reading back shows to be overwritten is taken back with a finding, and wakes its person', async () => {
      await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }, { readBack: true }));
      await writeAll(book.ledger, 'hubspot');
      await planDirty(book.ledger);
      await book.ledger.recordConfirmations([{ change: 'c1', verdict: 'overwritten', detail: 'jobtitle' }], NOON);
      expect((await book.ledger.waiting()).dirty).toBe(1);
      expect(await book.ledger.findings()).toMatchObject([
        { code: 'WRITE_OVERWRITTEN', detail: { fields: 'jobtitle' } },
      ]);
      expect(await states()).toEqual({ superseded: 1 });
    });

    it('a change of two steps sends the second once the first is in, and is acknowledged after both', async () => {
      const steps = [[fieldChange('lifecyclestage', null)], [fieldChange('lifecyclestage', 'lead')]];
      await intend(book.ledger, 'hubspot-1', update('c1', taro, {}, { steps, readBack: true }));
      await writeAll(book.ledger, 'hubspot');
      expect((await factsOf(book.ledger, 'hubspot-1')).open).toMatchObject([
        { state: 'approved', step: 1, attempts: 0 },
      ]);
      await writeAll(book.ledger, 'hubspot');
      const { open, sightings } = await factsOf(book.ledger, 'hubspot-1');
      expect(open).toMatchObject([{ state: 'acknowledged', step: 1 }]);
      expect(sightings[0]?.values['lifecyclestage']).toBe('lead');
    });

    it('counts a run’s changes by what became of them', async () => {
      const [a, b, c] = [
        update('c1', taro, { a: 1 }),
        create('l1', 'Lead', { LastName: '鈴木' }),
        create('t1', 'Task', { Subject: 'x' }),
      ];
      await book.ledger.startRun('run-1', 'once', NOON);
      await intend(book.ledger, 'hubspot-1', a, b, c);
      await writeAll(book.ledger, 'hubspot');
      await book.ledger.claim('salesforce', 10, NOON, LEASE);
      await book.ledger.recordOutcomes([{ kind: 'unsure', change: 'l1', message: 'timeout' }], NOON);
      await book.ledger.recordConfirmations([{ change: 'l1', verdict: 'confirmed', id: leadId('5') }], NOON);
      const counts = { pulled: 3, planned: 3, acknowledged: 1, written: 2, confirmed: 1, refused: 0 };
      await book.ledger.finishRun('run-1', { ...counts, planned: 0 }, NOON);
      expect(await book.ledger.runCounts('run-1')).toEqual(counts);
    });

    it('tells a person’s history in its order', async () => {
      await book.ledger.wakeEveryone();
      await planEach(book.ledger, () => ({
        stages: [stage('MQL', { at: NOON - 5 })],
        changes: [update('c1', taro, { a: 1 })],
      }));
      expect((await book.ledger.history('hubspot-1')).map(({ kind, at }) => [kind, at])).toEqual([
        ['stage', NOON - 5],
        ['link', NOON],
        ['change', NOON],
      ]);
    });
  });
}
