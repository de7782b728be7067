import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aSale, type Sale } from '../support/sale.ts';

const EMAIL = 'kisaragi@example.co.jp';
let sale: Sale;
beforeEach(async () => {
  sale = await aSale();
});
afterEach(() => sale.close());

describe('a deal that marketing opened', () => {
  test('becomes an opportunity of the contact and the account, and both move on together', async () => {
    const contact = sale.contact(EMAIL);
    const { contact: role, account } = sale.customer(EMAIL, {});
    const deal = sale.deal({ amount: '1200000', closedate: '2026-12-20' }, [contact]);
    await sale.settle();
    expect(sale.rows('Opportunity')).toMatchObject([
      {
        Name: '如月商店 新規導入',
        StageName: '初回訪問',
        Amount: 1_200_000,
        CloseDate: '2026-12-20',
        AccountId: account,
      },
    ]);
    expect(sale.rows('OpportunityContactRole')).toMatchObject([{ ContactId: role, IsPrimary: true }]);
    sale.edit('salesforce', 'Opportunity', String(sale.rows('Opportunity')[0]!['Id']), { StageName: '提案' });
    await sale.settle();
    expect(sale.deals()[0]).toMatchObject({ id: deal, properties: { dealstage: 'presentationscheduled' } });
    expect(await sale.codes()).toEqual([]);
  });

  test('for somebody who is still a Lead waits for the conversion, then is made by itself', async () => {
    const contact = sale.contact(EMAIL, { leadscore: '95', company: '如月商店' });
    await sale.settle();
    const lead = String(sale.rows('Lead')[0]!['Id']);
    sale.deal({ amount: '500000' }, [contact]);
    await sale.settle();
    expect(sale.rows('Opportunity')).toEqual([]);
    expect(await sale.codes()).toEqual(['DEAL_NEEDS_CONVERSION']);
    expect(sale.rows('Lead')[0]).toMatchObject({ Tasuki_Next_Due_Reason__c: expect.stringContaining('取引開始') });
    const { contactId } = sale.company.sandbox.org.convertLead(lead, { opportunity: null });
    await sale.settle();
    expect(sale.rows('Opportunity')).toMatchObject([{ Amount: 500_000 }]);
    expect(sale.rows('OpportunityContactRole')).toMatchObject([{ ContactId: contactId }]);
    expect(await sale.codes()).toEqual([]);
  });

  test('with three contacts gives all who are Contacts a role', async () => {
    const people = ['a', 'b', 'c'].map((name) => `${name}@example.co.jp`);
    const contacts = people.map((email) => sale.contact(email));
    const roles = people.slice(0, 2).map((email) => sale.customer(email, { Name: email }).contact);
    sale.deal({}, contacts);
    await sale.settle();
    expect(new Set(sale.rows('OpportunityContactRole').map((row) => row['ContactId']))).toEqual(new Set(roles));
    expect(sale.rows('Opportunity')).toHaveLength(1);
  });

  test('whose contact has no company is said, and made once sales has given it an account', async () => {
    const contact = sale.contact(EMAIL);
    const { contact: known } = sale.customer(EMAIL, null);
    sale.deal({}, [contact]);
    await sale.settle();
    expect([await sale.codes(), sale.rows('Opportunity')]).toEqual([['DEAL_NEEDS_CONTACT'], []]);
    const { org } = sale.company.sandbox;
    const account = org.seed('Account', { Name: '如月商店', OwnerId: org.administratorId }, { at: sale.kernelNow() });
    sale.edit('salesforce', 'Contact', known, { AccountId: account });
    await sale.settle();
    expect([await sale.codes(), sale.rows('Opportunity').length]).toEqual([[], 1]);
  });
});

describe('an opportunity that sales opened', () => {
  test('with five contact roles becomes a deal of all whom marketing knows', async () => {
    const emails = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.co.jp`);
    const contacts = emails.slice(0, 4).map((email) => sale.contact(email));
    const { contact: first, account } = sale.customer(emails[0]!, {});
    const roles = [
      first,
      ...emails.slice(1).map((email) => sale.customer(email, null, { AccountId: account }).contact),
    ];
    const opportunity = sale.opportunity({ AccountId: account, Amount: 3_000_000 });
    roles.forEach((contact, nth) => sale.role(opportunity, contact, { IsPrimary: nth === 0 }));
    await sale.settle();
    expect(sale.deals()).toMatchObject([{ properties: { dealname: '如月商店 新規導入', amount: '3000000' } }]);
    expect([...sale.contactsOf(sale.deals()[0]!.id)].sort()).toEqual([...contacts].sort());
  });

  test('without an account becomes a deal all the same', async () => {
    sale.contact(EMAIL);
    const { contact } = sale.customer(EMAIL, {});
    sale.role(sale.opportunity({}), contact);
    await sale.settle();
    expect(sale.deals()).toHaveLength(1);
  });

  test('that is won tells marketing: stage customer, outcome and amount', async () => {
    const contact = sale.contact(EMAIL);
    const { contact: role, account } = sale.customer(EMAIL, {});
    const opportunity = sale.opportunity({ AccountId: account, Amount: 800_000 });
    sale.role(opportunity, role, { IsPrimary: true });
    await sale.settle();
    sale.edit('salesforce', 'Opportunity', opportunity, { StageName: '受注' });
    await sale.settle();
    expect(sale.deals()[0]?.properties).toMatchObject({ dealstage: 'closedwon', hs_is_closed_won: 'true' });
    expect(shownOn(contact)).toMatchObject({
      tasuki_deal_outcome: 'won',
      tasuki_stage: 'customer',
      lifecyclestage: 'customer',
    });
  });

  test('that is lost tells marketing why', async () => {
    const contact = sale.contact(EMAIL);
    const { contact: role, account } = sale.customer(EMAIL, {});
    const opportunity = sale.opportunity({ AccountId: account });
    sale.role(opportunity, role);
    await sale.settle();
    sale.edit('salesforce', 'Opportunity', opportunity, { StageName: '失注', Loss_Reason__c: '価格' });
    await sale.settle();
    expect(shownOn(contact)).toMatchObject({ tasuki_deal_outcome: 'lost', tasuki_deal_reason: '価格' });
  });

  test('that was won and is opened again goes on, and both departments hear of it', async () => {
    sale.contact(EMAIL);
    const { contact: role, account } = sale.customer(EMAIL, {});
    const opportunity = sale.opportunity({ AccountId: account, StageName: '受注' });
    sale.role(opportunity, role);
    await sale.settle();
    sale.edit('salesforce', 'Opportunity', opportunity, { StageName: '交渉' });
    await sale.settle();
    expect(sale.deals()[0]?.properties['dealstage']).toBe('contractsent');
    expect(await sale.codes()).toEqual(['DEAL_REOPENED']);
  });

  test('whose owner leaves in the middle stays in step, and the leaver is named once', async () => {
    const { org } = sale.company.sandbox;
    const leaver = org.seedUser({
      username: 'leaver@example.co.jp',
      email: 'leaver@example.co.jp',
      firstName: '太郎',
      lastName: '退職',
    });
    sale.contact(EMAIL);
    const { contact: role, account } = sale.customer(EMAIL, {});
    const opportunity = sale.opportunity({ AccountId: account, OwnerId: leaver });
    sale.role(opportunity, role);
    await sale.settle();
    sale.edit('salesforce', 'User', leaver, { IsActive: false });
    sale.edit('salesforce', 'Opportunity', opportunity, { StageName: '見積提示' });
    await sale.company.later(2 * 60 * 60_000); // who works there is read anew every hour
    await sale.settle();
    expect(sale.deals()[0]?.properties['dealstage']).toBe('decisionmakerboughtin');
    expect(await sale.codes()).toContain('OWNER_INACTIVE');
  });
});

describe('a stage that stands in no map', () => {
  test('is said once, stays where it is, and the amount still goes', async () => {
    sale.contact(EMAIL);
    const { contact: role, account } = sale.customer(EMAIL, {});
    const opportunity = sale.opportunity({ AccountId: account, Amount: 1 });
    sale.role(opportunity, role);
    await sale.settle();
    const deal = sale.deals()[0]!.id;
    sale.edit('hubspot', 'deals', deal, { dealstage: 'qualifiedtobuy', amount: '777' });
    await sale.settle();
    expect(await sale.codes()).toEqual(['STAGE_NOT_MAPPED']);
    expect(sale.rows('Opportunity')[0]).toMatchObject({ StageName: '初回訪問', Amount: 777 });
  });
});

describe('products on an opportunity', () => {
  test('decide its amount: HubSpot’s edit is set back', async () => {
    const { org } = sale.company.sandbox;
    sale.contact(EMAIL);
    const { contact: role, account } = sale.customer(EMAIL, {});
    const opportunity = sale.opportunity({ AccountId: account });
    sale.role(opportunity, role);
    const at = { at: sale.kernelNow() };
    const product = org.seed('Product2', { Name: '年間保守', IsActive: true }, at);
    const book = org.seed('Pricebook2', { Name: '標準価格表', IsActive: true }, at);
    const entry = { Pricebook2Id: book, Product2Id: product, UnitPrice: 150_000, IsActive: true };
    const price = org.seed('PricebookEntry', entry, at);
    const line = { OpportunityId: opportunity, PricebookEntryId: price, Quantity: 2, UnitPrice: 150_000 };
    org.seed('OpportunityLineItem', line, at);
    await sale.settle();
    const deal = sale.deals()[0]!;
    expect(deal.properties['amount']).toBe('300000');
    sale.edit('hubspot', 'deals', deal.id, { amount: '1' });
    await sale.settle();
    expect(sale.deals()[0]?.properties['amount']).toBe('300000');
    expect(await sale.codes()).toEqual(['AMOUNT_FROM_PRODUCTS']);
  });
});

describe('an association that vanishes', () => {
  test('moves no stamp, is found by the daily survey, and is a person’s to settle', async () => {
    const contact = sale.contact(EMAIL);
    const { contact: role, account } = sale.customer(EMAIL, {});
    const opportunity = sale.opportunity({ AccountId: account });
    sale.role(opportunity, role);
    await sale.settle();
    const deal = sale.deals()[0]!.id;
    sale.company.sandbox.portal.dissociate({ object: 'deals', id: deal }, { object: 'contacts', id: contact });
    await sale.settle();
    expect(await sale.codes()).toEqual([]);
    await sale.nextDay();
    await sale.settle();
    expect(await sale.codes()).toEqual(['TIE_REMOVED']);
    expect([sale.contactsOf(deal), sale.rows('OpportunityContactRole').length]).toEqual([[], 1]);
  });

  test('of a contact role in Salesforce is found the same way', async () => {
    sale.contact(EMAIL);
    const { contact: role, account } = sale.customer(EMAIL, {});
    const opportunity = sale.opportunity({ AccountId: account });
    const row = sale.role(opportunity, role);
    await sale.settle();
    sale.company.sandbox.org.remove('OpportunityContactRole', row);
    await sale.nextDay();
    await sale.settle();
    expect(await sale.codes()).toEqual(['TIE_REMOVED']);
  });
});

function shownOn(contact: string): Readonly<Record<string, string | null>> {
  return sale.company.sandbox.portal.records('contacts').find(({ id }) => id === contact)!.properties;
}
