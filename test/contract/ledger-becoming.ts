import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyFacts } from '../../src/domain/people/person.ts';
import { pairOf } from '../../src/reconcile/context.ts';
import type { EntityPlan } from '../../src/reconcile/entity-plan.ts';
import {
  base,
  clock,
  contact,
  create,
  dealOf,
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
  stage,
  update,
  writeAll,
} from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

const person = (id: string, email: string, more = {}) =>
  sighting('salesforce', 'Contact', id, { Email: email, AccountId: null }, more);

/** What the planner says of records that ended, and of those that took them in. */
function whatEnded(facts: AnyFacts): Partial<EntityPlan> {
  const { ended, becomes } = pairOf(facts);
  return { endLinks: ended, becomes };
}

function inOrder(links: readonly (readonly string[])[]): readonly string[] {
  return links.map((link) => link.join(' ')).toSorted();
}

/** What the ledger does when a system makes one record of two. */
export function becomingContract(open: OpenTestLedger): void {
  describe('records that become one another', () => {
    let book: TestLedger;
    const later = { seenAt: NOON + MINUTE };
    const taro = contact('1', { email: 'taro@acme.co.jp' });
    const twin = contact('2', { email: 'suzuki@acme.co.jp' });
    const [taroLead, twinLead] = [lead('1', { Email: 'taro@acme.co.jp' }), lead('2', { Email: 'suzuki@acme.co.jp' })];
    const converted = (one: typeof taroLead, to: string) => ({
      ...one,
      values: { ...one.values, IsConverted: true, ConvertedContactId: to },
      ...later,
    });
    beforeEach(async () => {
      book = await open();
    });
    afterEach(() => book.close());

    const linksOf = async (handle: string) =>
      (await factsOf(book.ledger, handle)).links.map(({ record, role, evidence }) => [record.id, role, evidence]);
    const settle = async () => {
      for (let round = 0; round < 5 && (await planEach(book.ledger, whatEnded, NOON + 2 * MINUTE)) !== null; round++)
        await matchAll(book.ledger);
    };

    it('two people’s contacts merged: everything of the one goes to the other', async () => {
      await meet(book.ledger, taro, taroLead, twin, twinLead);
      await meet(book.ledger, { ...twin, deleted: true, mergedInto: '1', ...later });
      await settle();
      expect(inOrder(await linksOf('hubspot-1'))).toEqual(
        inOrder([
          ['1', 'current', 'email'],
          ['2', 'merged', 'email'],
          [leadId('1'), 'current', 'email'],
          [leadId('2'), 'duplicate', 'merge'],
        ]),
      );
      expect((await factsOf(book.ledger, 'hubspot-2')).id).toBe('hubspot-1');
      expect(await book.ledger.counts()).toMatchObject({ people: 1, linkedOnBothSides: 1 });
      expect(await book.ledger.waiting()).toMatchObject({ dirty: 0, unmatched: 0 });
    });

    it('whoever has become another in a plan is not planned again: nothing is owed to nobody', async () => {
      await meet(book.ledger, taro, twin);
      const marks = { handOff: { team: 'IS', stage: 'MQL' } } as const;
      const shown = update('c2', twin, { tasuki_stage: 'MQL' }, { entity: 'hubspot-2', marks });
      await intend(book.ledger, 'hubspot-2', shown);
      await writeAll(book.ledger, 'hubspot');
      await meet(book.ledger, { ...twin, deleted: true, mergedInto: '1', seenAt: NOON + 2 * MINUTE });
      const planned: string[] = [];
      const looked = (facts: AnyFacts) => {
        planned.push(facts.id);
        return { ...whatEnded(facts), confirm: facts.open.map(({ id }) => id) };
      };
      for (let round = 0; round < 5 && (await planEach(book.ledger, looked)) !== null; round++);
      expect(planned.filter((id) => id === 'hubspot-2')).toHaveLength(1);
    });

    it('a record of the other system takes the seat that is empty, and meets its partner for the first time', async () => {
      await meet(book.ledger, taro, twin, twinLead);
      await planEach(book.ledger, ({ id }) => ({ bases: [base(`of-${id}`, 'a', 'a')] }));
      await meet(book.ledger, { ...twin, deleted: true, mergedInto: '1', ...later });
      await settle();
      expect(await linksOf('hubspot-1')).toContainEqual([leadId('2'), 'current', 'merge']);
      expect((await factsOf(book.ledger, 'hubspot-1')).bases).toEqual([]);
    });

    it('and where that record came out of a conversion, what the holder had agreed with its own is forgotten all the same', async () => {
      await meet(book.ledger, taro, twin, twinLead);
      await planEach(book.ledger, ({ id }) =>
        id === 'hubspot-1' ? { bases: [base('jobtitle', '課長', '課長')] } : {},
      );
      await book.ledger.noteSightings(
        [converted(twinLead, '0032'), person('0032', 'suzuki@acme.co.jp', { createdAt: NOON + MINUTE, ...later })],
        [],
      );
      await matchAll(book.ledger);
      await settle();
      await meet(book.ledger, { ...twin, deleted: true, mergedInto: '1', seenAt: NOON + 5 * MINUTE });
      await settle();
      expect((await linksOf('hubspot-1')).map(([id, role]) => `${id} ${role}`)).toContain('0032 current');
      expect((await factsOf(book.ledger, 'hubspot-1')).bases).toEqual([]);
    });

    it('a Contact whose Lead had never sat there brings nothing that was agreed: it meets its partner for the first time', async () => {
      const own = lead('1', { Email: 'suzuki@acme.co.jp' });
      const contactOf = { ...twin, values: { ...twin.values, email: 'suzuki@acme.co.jp' } };
      await meet(book.ledger, contactOf, own);
      await planEach(book.ledger, ({ id }) => ({ bases: [base(`of-${id}`, 'a', 'a')] }));
      const stranger = converted(lead('7', { Email: 'suzuki@acme.co.jp' }), '0032');
      const made = person('0032', 'suzuki@acme.co.jp', { createdAt: NOON + MINUTE, ...later });
      await meet(book.ledger, { ...own, deleted: true, ...later });
      await settle();
      await book.ledger.noteSightings([stranger, made], []);
      await matchAll(book.ledger);
      await settle();
      const { links, bases } = await factsOf(book.ledger, '2');
      expect(links.find(({ record }) => record.id === '0032')?.role).toBe('current');
      expect(bases).toEqual([]);
    });

    it('what was under way ends: writes are taken back, clocks that run are closed, findings too; stages go along', async () => {
      await meet(book.ledger, taro, twin, twinLead);
      await planEach(book.ledger, ({ id }) =>
        id === 'hubspot-2'
          ? {
              changes: [update('c1', twinLead, { Title: '部長' }, { entity: id })],
              stages: [stage('MQL')],
              clocks: [
                clock('k1', { person: id }),
                clock('k2', { person: id, state: 'lapsed', task: { id: '00T1', state: 'open' } }),
              ],
              openFindings: [{ code: 'CONFLICT', subject: 'hubspot:contacts:2', entity: id, detail: {} }],
            }
          : {},
      );
      await book.ledger.claim('salesforce', 10, NOON, LEASE);
      await meet(book.ledger, { ...twin, deleted: true, mergedInto: '1', ...later });
      await settle();
      const facts = await factsOf(book.ledger, 'hubspot-1');
      expect(facts.stages.map(({ stage }) => stage)).toEqual(['MQL']);
      expect(facts.clocks.map(({ id, task }) => [id, task?.state])).toEqual([['k2', 'open']]);
      const { clock: clocks } = await book.tables();
      expect(clocks.find(({ id }) => id === 'k1')).toMatchObject({ state: 'closed', closed_because: 'merged' });
      expect(await book.ledger.findings()).toEqual([]);
      expect((await book.ledger.counts()).changes).toEqual({ superseded: 1 });
      expect((await book.ledger.history('hubspot-1')).map(({ kind }) => kind)).toContain('change');
    });

    it('what follows a promise that came along runs on as theirs', async () => {
      await meet(book.ledger, taro, twin);
      await planEach(book.ledger, ({ id }) =>
        id === 'hubspot-2' ? { clocks: [clock('hubspot-2:qualify:1', { person: id })] } : {},
      );
      await meet(book.ledger, { ...twin, deleted: true, mergedInto: '1', ...later });
      await settle();
      expect((await factsOf(book.ledger, 'hubspot-1')).clocks).toEqual([]);
      await book.ledger.wakeEveryone();
      const goesOn = clock('hubspot-2:qualify:1', { person: 'hubspot-1' });
      await planEach(book.ledger, ({ id }) => (id === 'hubspot-1' ? { clocks: [goesOn] } : {}));
      expect((await factsOf(book.ledger, 'hubspot-1')).clocks).toMatchObject([{ id: goesOn.id, state: 'running' }]);
    });

    it('of two pasts it keeps what moved forward: a late first stage of the one takes back nothing of the other', async () => {
      await meet(book.ledger, taro, twin);
      await planEach(book.ledger, ({ id }) => ({
        stages:
          id === 'hubspot-1'
            ? [stage('lead', { at: NOON - 4 }), stage('MQL', { at: NOON - 3 }), stage('customer', { at: NOON - 2 })]
            : [stage('subscriber', { at: NOON - 5 }), stage('MQL', { at: NOON - 1, handedOffAt: NOON })],
      }));
      await meet(book.ledger, { ...twin, deleted: true, mergedInto: '1', ...later });
      await settle();
      const { stages } = await factsOf(book.ledger, 'hubspot-1');
      expect(stages.map((entry) => [entry.stage, entry.handedOffAt])).toEqual([
        ['subscriber', undefined],
        ['lead', undefined],
        ['MQL', NOON],
        ['customer', undefined],
      ]);
      expect((await book.ledger.counts()).stages).toEqual({ customer: 1 });
      const told = (await book.ledger.history('hubspot-1')).filter(({ kind }) => kind === 'stage');
      expect(told).toHaveLength(5);
    });

    it('of two stages entered at one instant it keeps the further one, whoever of the two had it', async () => {
      await meet(book.ledger, taro, twin);
      await planEach(book.ledger, ({ id }) => ({
        stages: [
          stage('MQL', { at: NOON - 3 }),
          stage(id === 'hubspot-1' ? 'opportunity' : 'customer', { at: NOON - 2 }),
        ],
      }));
      await meet(book.ledger, { ...twin, deleted: true, mergedInto: '1', ...later });
      await settle();
      const { stages } = await factsOf(book.ledger, 'hubspot-1');
      expect(stages.map((entry) => entry.stage)).toEqual(['MQL', 'opportunity', 'customer']);
    });

    it('a record that was on its way to be created is the other one’s when it appears', async () => {
      await meet(book.ledger, taro, taroLead, twin);
      await intend(book.ledger, 'hubspot-2', create('c1', 'Lead', { LastName: '鈴木' }, { entity: 'hubspot-2' }));
      await book.ledger.claim('salesforce', 10, NOON, LEASE);
      await meet(book.ledger, { ...twin, deleted: true, mergedInto: '1', ...later });
      await settle();
      await book.ledger.recordOutcomes(
        [
          {
            kind: 'written',
            change: 'c1',
            record: { system: 'salesforce', object: 'Lead', id: leadId('9') },
            created: true,
          },
        ],
        NOON + 3 * MINUTE,
      );
      expect(await linksOf('hubspot-1')).toContainEqual([leadId('9'), 'duplicate', 'created']);
      expect(await planDirty(book.ledger)).toEqual(['hubspot-1']);
    });

    it('a key that names whoever became another is the other one’s', async () => {
      await meet(book.ledger, taro, twin);
      await meet(book.ledger, { ...twin, deleted: true, mergedInto: '1', ...later });
      await settle();
      await meet(book.ledger, lead('5', { Email: 'else@example.co.jp', Tasuki_Key__c: 'hubspot-2' }));
      expect(await linksOf('hubspot-1')).toContainEqual([leadId('5'), 'current', 'key']);
      await meet(book.ledger, lead('6', { Email: 'more@example.co.jp', Tasuki_Key__c: 'hubspot-2' }));
      expect(await linksOf('hubspot-1')).toContainEqual([leadId('6'), 'duplicate', 'key']);
    });

    it('chains and rings of merges in one batch end in one person', async () => {
      const third = contact('3', { email: 'third@acme.co.jp' });
      await meet(book.ledger, taro, twin, third);
      await book.ledger.noteSightings(
        [
          { ...third, deleted: true, mergedInto: '2', ...later },
          { ...twin, deleted: true, mergedInto: '1', ...later },
        ],
        [],
      );
      await settle();
      expect((await book.ledger.counts()).people).toBe(1);
      expect((await factsOf(book.ledger, 'hubspot-3')).id).toBe('hubspot-1');
      expect((await linksOf('hubspot-1')).map(([id, role]) => `${id} ${role}`)).toEqual([
        '1 current',
        '2 merged',
        '3 merged',
      ]);
    });

    it('a Lead converted to a Contact with another e-mail stays the person that it was, with what was agreed', async () => {
      await meet(book.ledger, taro, taroLead);
      await planEach(book.ledger, () => ({ bases: [base('jobtitle', '課長', '課長')] }));
      await book.ledger.noteSightings(
        [converted(taroLead, '0031'), person('0031', 'private@example.com', { createdAt: NOON + MINUTE, ...later })],
        [],
      );
      await matchAll(book.ledger);
      await settle();
      expect(inOrder(await linksOf('hubspot-1'))).toEqual(
        inOrder([
          ['1', 'current', 'email'],
          [leadId('1'), 'converted', 'email'],
          ['0031', 'current', 'conversion'],
        ]),
      );
      expect((await factsOf(book.ledger, 'hubspot-1')).bases).toHaveLength(1);
      expect(await book.ledger.waiting()).toMatchObject({ dirty: 0, unmatched: 0 });
      expect((await book.ledger.counts()).people).toBe(1);
    });

    it('a Contact that is read only after its conversion was planned is theirs already', async () => {
      await meet(book.ledger, taro, taroLead);
      await meet(book.ledger, converted(taroLead, '0031'));
      await settle();
      await meet(book.ledger, person('0031', 'private@example.com', { createdAt: NOON + MINUTE, ...later }));
      expect(await linksOf('0031')).toContainEqual(['0031', 'current', 'conversion']);
      expect((await book.ledger.counts()).people).toBe(1);
    });

    it('a Lead converted into somebody else’s Contact makes the two people one', async () => {
      await meet(book.ledger, taro, taroLead, twin, person('0032', 'suzuki@acme.co.jp'));
      await meet(book.ledger, converted(taroLead, '0032'));
      await settle();
      expect(inOrder(await linksOf('hubspot-2'))).toEqual(
        inOrder([
          ['2', 'current', 'email'],
          ['0032', 'current', 'email'],
          ['1', 'duplicate', 'conversion'],
          [leadId('1'), 'converted', 'email'],
        ]),
      );
      await meet(book.ledger, contact('1', { email: 'new@acme.co.jp' }, { seenAt: NOON + 5 * MINUTE }));
      expect(await linksOf('hubspot-2')).toContainEqual(['1', 'duplicate', 'conversion']);
    });

    it('a duplicate by conversion takes the seat that becomes free, whatever its address', async () => {
      await meet(book.ledger, taro, taroLead, twin, person('0032', 'suzuki@acme.co.jp'));
      await meet(book.ledger, converted(taroLead, '0032'));
      await settle();
      await meet(book.ledger, { ...twin, deleted: true, seenAt: NOON + 5 * MINUTE });
      await settle();
      expect(await linksOf('hubspot-2')).toContainEqual(['1', 'current', 'conversion']);
    });

    it('merged deals are one deal, with the people of the survivor', async () => {
      const [one, two] = ['8', '9'].map((id) =>
        sighting('hubspot', 'deals', id, { 'associations.contacts': id === '8' ? '1' : '2' }),
      );
      await meet(book.ledger, taro, twin, one!, two!);
      await meet(book.ledger, { ...two!, deleted: true, mergedInto: '8', ...later });
      await settle();
      expect((await dealOf(book.ledger, '9')).id).toBe('deal-hubspot-8');
      expect((await dealOf(book.ledger, '9')).people.map(({ id }) => id)).toEqual(['hubspot-1']);
      expect((await factsOf(book.ledger, 'hubspot-2')).deals).toEqual([]);
    });

    it('a rehearsal of a merge leaves both people as they were', async () => {
      await meet(book.ledger, taro, twin);
      await book.ledger.rehearse(async (ledger) => {
        await ledger.noteSightings([{ ...twin, deleted: true, mergedInto: '1', ...later }], []);
        await planEach(ledger, whatEnded);
        expect((await ledger.counts()).people).toBe(1);
      });
      expect((await book.ledger.counts()).people).toBe(2);
    });
  });
}
