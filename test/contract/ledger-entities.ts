import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Values } from '../../src/domain/values/value.ts';
import type { Neighbourhood } from '../../src/reconcile/match.ts';
import {
  companyOf,
  contact,
  create,
  dealOf,
  factsOf,
  intend,
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
  writeAll,
} from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';

const company = (id: string, values: Values, more = {}) => sighting('hubspot', 'companies', id, values, more);
const account = (id: string, values: Values, more = {}) => sighting('salesforce', 'Account', id, values, more);
const deal = (id: string, values: Values, more = {}) => sighting('hubspot', 'deals', id, values, more);
const opportunity = (id: string, values: Values, more = {}) =>
  sighting('salesforce', 'Opportunity', id, { AccountId: null, ...values }, more);
const person = (id: string, values: Values, more = {}) => sighting('salesforce', 'Contact', id, values, more);
const role = (id: string, of: string, who: string, values: Values = {}, more = {}) =>
  sighting(
    'salesforce',
    'OpportunityContactRole',
    id,
    { OpportunityId: of, ContactId: who, IsPrimary: false, ...values },
    more,
  );

/** Deals and companies, what ties them to people, and who is planned anew because of whom. */
export function entitiesContract(open: OpenTestLedger): void {
  describe('deals and companies', () => {
    let book: TestLedger;
    beforeEach(async () => {
      book = await open();
    });
    afterEach(() => book.close());

    const later = { seenAt: NOON + MINUTE };
    const taro = contact('1', { email: 'taro@acme.co.jp', 'associations.companies': '11' });
    const acme = company('11', { name: 'アクメ株式会社', domain: 'acme.co.jp' });
    const pitch = deal('9', { 'associations.contacts': '1', 'associations.companies': '11' });

    it('companies of one domain, or of one name where no domain speaks against it, are one', async () => {
      await meet(
        book.ledger,
        acme,
        account('001A', { Name: 'Acme', Website: 'https://www.acme.co.jp/' }),
        company('12', { name: '㈱ミドリ', domain: null }),
        account('001B', { Name: '株式会社ミドリ', Website: 'midori.example.jp' }),
        company('13', { name: 'Apex', domain: 'apex.example.jp' }),
      );
      expect((await book.ledger.counts()).companies).toEqual({ both: 2, hubspot: 1, salesforce: 0 });
      const { links } = await companyOf(book.ledger, '001B');
      expect(links.map(({ entity, evidence }) => [entity, evidence])).toEqual([
        ['company-hubspot-12', 'name'],
        ['company-hubspot-12', 'name'],
      ]);
    });

    it('deals find each other by key alone, and are counted by side', async () => {
      await meet(book.ledger, deal('9', {}), opportunity('0061', {}));
      expect((await book.ledger.counts()).deals).toEqual({ both: 0, hubspot: 1, salesforce: 1 });
      await meet(book.ledger, opportunity('0062', { Tasuki_Key__c: 'deal-hubspot-9' }));
      expect((await dealOf(book.ledger, 'deals:9')).links.map(({ record }) => record.id)).toEqual(['9', '0062']);
      expect(await book.ledger.counts()).toMatchObject({ people: 0, deals: { both: 1, hubspot: 0, salesforce: 1 } });
    });

    it('a key that is somebody of another kind joins nothing: a deal is no person', async () => {
      await meet(book.ledger, taro);
      await meet(book.ledger, deal('9', { tasuki_key: 'hubspot-1' }));
      expect((await factsOf(book.ledger, 'hubspot-1')).links).toHaveLength(1);
      expect(await book.ledger.entity('deal', '9')).toBeNull();
    });

    it('is found by its own kind only', async () => {
      await meet(book.ledger, taro, acme, pitch);
      expect(await book.ledger.entity('deal', '1')).toBeNull();
      expect(await book.ledger.person('9')).toBeNull();
      expect((await companyOf(book.ledger, 'company-hubspot-11')).kind).toBe('company');
    });

    it('hands the planner people, deals and companies in the order of first meeting', async () => {
      await meet(book.ledger, taro);
      await meet(book.ledger, pitch);
      await meet(book.ledger, acme);
      await book.ledger.wakeEveryone();
      expect(await planDirty(book.ledger)).toEqual(['hubspot-1', 'deal-hubspot-9', 'company-hubspot-11']);
    });

    it('a person comes with their company and deals, the deals oldest first', async () => {
      const old = deal('8', { 'associations.contacts': '1' }, { createdAt: NOON - 90 * MINUTE });
      await meet(book.ledger, taro, acme, account('001A', { Name: 'Acme', Website: 'acme.co.jp' }), pitch, old);
      const facts = await factsOf(book.ledger, 'hubspot-1');
      expect(facts.company?.hubspot).toEqual(acme);
      expect(facts.company?.salesforce?.record.id).toBe('001A');
      expect(facts.deals.map(({ id, hubspot }) => [id, hubspot?.record.id])).toEqual([
        ['deal-hubspot-8', '8'],
        ['deal-hubspot-9', '9'],
      ]);
    });

    it('without a primary company in HubSpot, the Contact’s account is where a person works', async () => {
      await meet(book.ledger, person('0031', { AccountId: '001A' }), account('001A', { Name: 'Acme' }));
      expect((await factsOf(book.ledger, '0031')).company?.id).toBe('company-salesforce-001A');
      const { tied } = await companyOf(book.ledger, '001A');
      expect(tied).toEqual({ hubspot: 0, salesforce: 1 });
    });

    it('a deal comes with its people, where each is tied, who is primary, and by which role', async () => {
      await meet(
        book.ledger,
        contact('1', { email: 'taro@acme.co.jp' }),
        person('0031', { Email: 'taro@acme.co.jp', AccountId: null }),
        contact('2', { email: 'jiro@acme.co.jp' }),
      );
      await meet(book.ledger, deal('9', { 'associations.contacts': '2;1' }), acme);
      await meet(
        book.ledger,
        opportunity('0061', { Tasuki_Key__c: 'deal-hubspot-9', AccountId: '001A' }),
        account('001A', { Name: 'Acme' }),
        role('00K1', '0061', '0031', { IsPrimary: true }),
      );
      const { people, companies } = await dealOf(book.ledger, '9');
      expect(people.map(({ id, tied, primary, role }) => ({ id, tied, primary, role: role?.id ?? null }))).toEqual([
        { id: 'hubspot-1', tied: ['hubspot', 'salesforce'], primary: ['salesforce'], role: '00K1' },
        { id: 'hubspot-2', tied: ['hubspot'], primary: ['hubspot'], role: null },
      ]);
      expect(people[0]?.salesforce?.record.id).toBe('0031');
      expect(companies.map(({ id }) => id)).toEqual(['company-salesforce-001A']);
    });

    it('ties that vanish are gone: an association taken off, a role deleted, a record in the bin', async () => {
      const [hanako, role1] = [
        person('0031', { Email: 'h@acme.co.jp', AccountId: null }),
        role('00K1', '0061', '0031'),
      ];
      await meet(book.ledger, taro, pitch, hanako, opportunity('0061', {}), role1);
      await meet(book.ledger, deal('9', { 'associations.contacts': null }, later), {
        ...role1,
        values: {},
        deleted: true,
        ...later,
      });
      expect((await dealOf(book.ledger, '9')).people).toEqual([]);
      expect((await dealOf(book.ledger, '0061')).people).toEqual([]);
      expect((await factsOf(book.ledger, '0031')).deals).toEqual([]);
      await meet(book.ledger, deal('9', { 'associations.contacts': '1' }, { seenAt: NOON + 2 * MINUTE }));
      expect((await dealOf(book.ledger, '9')).people).toHaveLength(1);
      await meet(book.ledger, { ...taro, deleted: true, ...later });
      expect((await dealOf(book.ledger, '9')).people).toEqual([]);
    });

    it('noting the same sightings again wakes nobody', async () => {
      const world = [taro, acme, pitch, person('0031', { AccountId: null }), role('00K1', '0061', '0031')];
      await meet(book.ledger, ...world);
      await planDirty(book.ledger);
      const again = world.map((one) => ({ ...one, seenAt: NOON + MINUTE, modifiedAt: NOON + MINUTE }));
      expect(await book.ledger.noteSightings(again, [])).toEqual({ changed: 0 });
      await matchAll(book.ledger);
      expect(await planDirty(book.ledger)).toEqual([]);
    });

    describe('who is planned anew', () => {
      const hanako = person('0031', { Email: 'h@acme.co.jp', AccountId: '001A' });
      beforeEach(async () => {
        await meet(book.ledger, taro, acme, pitch, contact('2', { email: 'idle@example.co.jp' }));
        await meet(book.ledger, hanako, account('001A', { Name: 'Other' }), opportunity('0061', { AccountId: '001A' }));
        await planDirty(book.ledger);
      });

      it.each([
        [
          'a company moves: it, its people and its deals',
          company('11', { name: 'アクメ' }, later),
          ['hubspot-1', 'company-hubspot-11', 'deal-hubspot-9'],
        ],
        [
          'a person moves: they and their deals',
          contact('1', { jobtitle: '部長' }, later),
          ['hubspot-1', 'deal-hubspot-9'],
        ],
        ['a deal moves: it and its people', deal('9', { dealstage: 'won' }, later), ['hubspot-1', 'deal-hubspot-9']],
        [
          'a deal loses its people: it and they',
          deal('9', { 'associations.contacts': '2' }, later),
          ['hubspot-1', 'hubspot-2', 'deal-hubspot-9'],
        ],
        [
          'a role appears: its deal and its person',
          role('00K1', '0061', '0031'),
          ['salesforce-0031', 'deal-salesforce-0061'],
        ],
        [
          'somebody changes jobs: both companies',
          contact('1', { 'associations.companies': null }, later),
          ['hubspot-1', 'company-hubspot-11', 'deal-hubspot-9'],
        ],
      ])('when %s', async (_why, moved, woken) => {
        await book.ledger.noteSightings([moved], []);
        expect((await planDirty(book.ledger)).toSorted()).toEqual(woken.toSorted());
      });

      it('when a role goes: the people it tied, and its deal', async () => {
        const tied = role('00K1', '0061', '0031');
        await book.ledger.noteSightings([tied], []);
        await planDirty(book.ledger);
        await book.ledger.noteSightings([{ ...tied, deleted: true, ...later }], []);
        expect((await planDirty(book.ledger)).toSorted()).toEqual(['deal-salesforce-0061', 'salesforce-0031']);
      });

      it('when a deal finds its other half: the people of both, and its company', async () => {
        await book.ledger.noteSightings([role('00K2', '0062', '0031')], []);
        await planDirty(book.ledger);
        await meet(book.ledger, opportunity('0062', { Tasuki_Key__c: 'deal-hubspot-9' }));
        expect((await planDirty(book.ledger)).toSorted()).toEqual([
          'company-hubspot-11',
          'deal-hubspot-9',
          'hubspot-1',
          'salesforce-0031',
        ]);
      });

      it('when a record of ours appears: the deals of whoever it is', async () => {
        await intend(book.ledger, 'hubspot-1', create('c1', 'Lead', { LastName: '鈴木' }));
        await planDirty(book.ledger);
        await writeAll(book.ledger, 'salesforce');
        expect((await planDirty(book.ledger)).toSorted()).toEqual(
          ['company-hubspot-11', 'deal-hubspot-9', 'hubspot-1'].toSorted(),
        );
        expect((await dealOf(book.ledger, '9')).people[0]?.salesforce?.record.id).toBe(leadId('77'));
      });

      it('when a write finds its record gone: the deals of whoever it was', async () => {
        await intend(book.ledger, 'hubspot-1', update('c1', taro, { jobtitle: '部長' }));
        await planDirty(book.ledger);
        await book.ledger.claim('hubspot', 10, NOON, MINUTE);
        await book.ledger.recordOutcomes([{ kind: 'vanished', change: 'c1', message: 'gone' }], NOON);
        expect(await planDirty(book.ledger)).toContain('deal-hubspot-9');
        expect((await dealOf(book.ledger, '9')).people).toEqual([]);
      });
    });

    it('a write of ours ties: associations added to a deal, a role created', async () => {
      await meet(
        book.ledger,
        taro,
        deal('9', { 'associations.contacts': null }),
        person('0031', {}),
        opportunity('0061', {}),
      );
      const makeRole = create('c2', 'Lead', { OpportunityId: '0061', ContactId: '0031' }, { entity: 'deal-hubspot-9' });
      await intend(
        book.ledger,
        'deal-hubspot-9',
        update('c1', deal('9', {}), { 'associations.contacts': '1' }, { entity: 'deal-hubspot-9' }),
        { ...makeRole, target: { ...makeRole.target, object: 'OpportunityContactRole' } },
      );
      await planDirty(book.ledger);
      await writeAll(book.ledger, 'hubspot');
      await writeAll(book.ledger, 'salesforce', '00K9');
      expect((await dealOf(book.ledger, '9')).people.map(({ id, tied }) => [id, tied])).toEqual([
        ['hubspot-1', ['hubspot']],
      ]);
      expect((await dealOf(book.ledger, '0061')).people[0]?.role?.id).toBe('00K9');
      expect((await planDirty(book.ledger)).toSorted()).toEqual(
        ['deal-hubspot-9', 'deal-salesforce-0061', 'hubspot-1', 'salesforce-0031'].toSorted(),
      );
    });

    it('a link that ends wakes the deals of whoever lost the record', async () => {
      await meet(book.ledger, taro, pitch, lead('1', { Email: 'taro@acme.co.jp' }));
      await planDirty(book.ledger);
      await book.ledger.noteSightings([{ ...taro, deleted: true, ...later }], []);
      await planEach(book.ledger, ({ id }) =>
        id === 'hubspot-1' ? { endLinks: [{ record: taro.record, role: 'former' }] } : {},
      );
      expect(await planDirty(book.ledger)).toContain('deal-hubspot-9');
    });

    it('20,000 companies of one name are held, at a cost that grows with their number and not with its square', async () => {
      const crowd = Array.from({ length: 20_000 }, (_, nth) =>
        nth % 2 === 0 ? company(`${nth}`, { name: '本社' }) : account(`001${nth}`, { Name: '本社' }),
      );
      for (let first = 0; first < crowd.length; first += 2000)
        await book.ledger.noteSightings(crowd.slice(first, first + 2000), []);
      let handedOut = 0;
      const decide = (batch: readonly Neighbourhood[]) => {
        handedOut += batch.reduce((sum, { records }) => sum + records.length, 0);
        return [];
      };
      while ((await book.ledger.match(500, NOON, decide)) > 0);
      expect(await book.ledger.waiting()).toMatchObject({ unmatched: 0 });
      expect(handedOut).toBeLessThan(20_000 * 1.3);
      await meet(book.ledger, company('one-more', { name: '本社' }));
      expect((await book.ledger.counts()).companies).toEqual({ both: 0, hubspot: 0, salesforce: 0 });
    });
  });
}
