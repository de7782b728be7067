import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, DAY_MS, defineKey, HOUR_MS, keyField, QUIET, startBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

describe('conversion', () => {
  test('leaves a read-only lead that names its account and contact', async () => {
    const id = bench.lead({ LastName: '山田', Company: '株式会社見本', Email: 'yamada@example.co.jp' });
    bench.pass(10 * HOUR_MS);
    const { accountId, contactId } = bench.org.convertLead(id);
    expect(bench.row('Lead', id)).toMatchObject({
      IsConverted: true,
      ConvertedDate: '2026-11-22',
      ConvertedAccountId: accountId,
      ConvertedContactId: contactId,
    });
    expect(bench.row('Contact', contactId)).toMatchObject({
      Name: '山田',
      Email: 'yamada@example.co.jp',
      AccountId: accountId,
    });
    expect((await bench.api('PATCH', `/sobjects/Lead/${id}`, { Title: 'a' }, QUIET)).body).toMatchObject([
      { errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD' },
    ]);
    expect(() => bench.org.convertLead(id)).toThrow('cannot reference converted lead');
  });

  test('takes the activities of the lead to the contact', async () => {
    const id = bench.lead();
    const task = await bench.create('Task', { WhoId: id });
    const { contactId, accountId } = bench.org.convertLead(id);
    expect(bench.row('Task', task)).toMatchObject({ WhoId: contactId, AccountId: accountId });
  });
});

describe('the deal of a conversion', () => {
  test('is suggested as the button does, with the contact in the leading part', () => {
    const { opportunityId, accountId, contactId } = bench.org.convertLead(bench.lead({ LeadSource: '展示会' }));
    expect(bench.row('Opportunity', opportunityId as string)).toMatchObject({
      Name: '株式会社見本-',
      StageName: '初回訪問',
      CloseDate: '2026-12-31',
      LeadSource: '展示会',
      AccountId: accountId,
      ContactId: contactId,
      OwnerId: bench.org.integrationUserId,
    });
    expect(bench.row('Contact', contactId)).toMatchObject({ OwnerId: bench.org.integrationUserId });
    expect(bench.org.records('OpportunityContactRole')).toMatchObject([
      { OpportunityId: opportunityId, ContactId: contactId, IsPrimary: true, Role: null },
    ]);
  });

  test('takes the given fields, the campaign joined last and the activities', async () => {
    const id = bench.lead();
    const task = await bench.create('Task', { WhoId: id });
    const campaign = await bench.create('Campaign', { Name: '展示会' });
    const member = await bench.create('CampaignMember', { CampaignId: campaign, LeadId: id });
    const opportunity = { Name: '基幹刷新', StageName: '提案', CloseDate: '2027-03-31', Amount: 100 };
    const { opportunityId, contactId, accountId } = bench.org.convertLead(id, { opportunity });
    expect(bench.row('Opportunity', opportunityId as string)).toMatchObject({ ...opportunity, CampaignId: campaign });
    expect(bench.row('Lead', id)).toMatchObject({ ConvertedOpportunityId: opportunityId, Status: '見込みあり' });
    expect(bench.row('Task', task)).toMatchObject({ WhoId: contactId, WhatId: opportunityId, AccountId: accountId });
    expect(bench.row('CampaignMember', member)).toMatchObject({ LeadId: id, ContactId: contactId, Type: 'Contact' });
  });

  test('is not made where none is wanted', () => {
    const { opportunityId } = bench.org.convertLead(bench.lead(), { opportunity: null });
    expect(opportunityId).toBeNull();
    expect(bench.org.records('Opportunity')).toEqual([]);
  });

  test('leaves what a chosen contact holds, and fills its gaps', async () => {
    const accountId = await bench.create('Account', { Name: '見本HD' });
    const contact = await bench.create('Contact', { LastName: '山田', Title: '部長', AccountId: accountId });
    const id = bench.lead({ Title: '課長', Email: 'yamada@example.co.jp' });
    expect(bench.org.convertLead(id, { contactId: contact, opportunity: null })).toMatchObject({ accountId });
    expect(bench.row('Contact', contact)).toMatchObject({ Title: '部長', Email: 'yamada@example.co.jp' });
    expect(bench.row('Account', accountId)).toMatchObject({ Name: '見本HD' });
  });

  test('gives up the membership of a campaign that the chosen contact has joined already', async () => {
    const ContactId = await bench.create('Contact', {
      LastName: '山田',
      AccountId: await bench.create('Account', { Name: '見本' }),
    });
    const id = bench.lead();
    const CampaignId = await bench.create('Campaign', { Name: '展示会' });
    const kept = await bench.create('CampaignMember', { CampaignId, ContactId });
    await bench.create('CampaignMember', { CampaignId, LeadId: id });
    bench.org.convertLead(id, { contactId: ContactId, opportunity: null });
    expect(await bench.rows('SELECT Id FROM CampaignMember')).toEqual([{ Id: kept }]);
  });

  test('wants a status that stands for it, and leaves lines of history', () => {
    const id = bench.lead();
    expect(() => bench.org.convertLead(id, { status: '対象外' })).toThrow('INVALID_STATUS');
    expect(bench.org.records('Account')).toEqual([]);
    bench.org.convertLead(id, { status: '見込みあり' });
    const lines = bench.org.records('LeadHistory').map((row) => row['Field']);
    expect(lines).toEqual(['created', 'Status', 'leadConverted']);
  });

  test('carries the fields that the administrator mapped', () => {
    bench.org.defineField('Lead', keyField(), 'edit');
    bench.org.defineField('Contact', keyField(), 'edit');
    bench.org.switches.leadFieldMapping = { Key__c: 'Contact.Key__c' };
    const { contactId } = bench.org.convertLead(bench.lead({ Key__c: 'k1' }));
    expect(bench.row('Contact', contactId)).toMatchObject({ Key__c: 'k1' });
  });
});

describe('merge', () => {
  test('of contacts and of accounts hands over roles, deals, contacts and memberships', async () => {
    const [keep, lose] = [
      await bench.create('Account', { Name: '見本' }),
      await bench.create('Account', { Name: '(株)見本' }),
    ];
    const person = (AccountId: string) => bench.create('Contact', { LastName: '佐藤', AccountId });
    const [winner, loser] = [await person(keep), await person(lose)];
    const deal = { Name: '刷新', StageName: '提案', CloseDate: '2026-12-31', AccountId: lose, ContactId: loser };
    const opportunity = await bench.create('Opportunity', deal);
    const campaign = await bench.create('Campaign', { Name: '展示会' });
    for (const ContactId of [winner, loser]) {
      await bench.create('CampaignMember', { CampaignId: campaign, ContactId });
    }
    bench.org.merge('Contact', { winner, loser });
    bench.org.merge('Account', { winner: keep, loser: lose });
    expect(bench.row('Opportunity', opportunity)).toMatchObject({ AccountId: keep, ContactId: winner });
    expect(await bench.rows('SELECT ContactId FROM OpportunityContactRole')).toEqual([{ ContactId: winner }]);
    expect(await bench.rows('SELECT ContactId, LeadOrContactId FROM CampaignMember')).toEqual([
      { ContactId: winner, LeadOrContactId: winner },
    ]);
    expect(await bench.rows('SELECT Id, AccountId FROM Contact')).toEqual([{ Id: winner, AccountId: keep }]);
    expect(bench.row('Account', lose)).toMatchObject({ IsDeleted: true, MasterRecordId: keep });
  });

  test('bins the loser with a pointer to the winner, for 15 days', async () => {
    const [winner, loser] = [bench.lead(), bench.lead()];
    const task = await bench.create('Task', { WhoId: loser });
    bench.org.merge('Lead', { winner, loser });
    const soql = encodeURIComponent(
      'SELECT Id, MasterRecordId FROM Lead WHERE IsDeleted = true AND MasterRecordId != null',
    );
    const lost = () => bench.api('GET', `/queryAll?q=${soql}`);
    expect((await lost()).body).toMatchObject({ records: [{ Id: loser, MasterRecordId: winner }] });
    expect(bench.row('Task', task)).toMatchObject({ WhoId: winner, IsDeleted: false });
    bench.pass(16 * DAY_MS);
    expect((await lost()).body).toMatchObject({ totalSize: 0 });
  });
});

describe('undelete', () => {
  test('brings a record back, and it outlives the purge of its first deletion', async () => {
    const id = bench.lead();
    bench.org.remove('Lead', id);
    bench.org.undelete('Lead', id);
    bench.pass(16 * DAY_MS);
    expect(await bench.rows('SELECT Id FROM Lead')).toEqual([{ Id: id }]);
  });

  test('starts the 15 days anew for a record that is deleted a second time', async () => {
    const id = bench.lead();
    bench.org.remove('Lead', id);
    bench.org.undelete('Lead', id);
    bench.pass(10 * DAY_MS);
    bench.org.remove('Lead', id);
    bench.pass(6 * DAY_MS);
    const all = await bench.api('GET', `/queryAll?q=${encodeURIComponent('SELECT Id FROM Lead')}`);
    expect(all.body).toMatchObject({ totalSize: 1 });
  });

  test('brings back what went along, and not what was deleted before', async () => {
    const account = await bench.create('Account', { Name: '見本' });
    const people = ['佐藤', '鈴木'].map((LastName) => bench.create('Contact', { LastName, AccountId: account }));
    const [first] = await Promise.all(people);
    const deal = { Name: '刷新', StageName: '提案', CloseDate: '2026-12-31', AccountId: account };
    await bench.create('Opportunity', deal);
    bench.org.remove('Contact', first as string);
    bench.pass(HOUR_MS);
    bench.org.remove('Account', account);
    expect(await bench.rows('SELECT Id FROM Opportunity')).toEqual([]);
    bench.org.undelete('Account', account);
    expect(await bench.rows('SELECT LastName FROM Contact')).toEqual([{ LastName: '鈴木' }]);
    expect(await bench.rows('SELECT Name FROM Opportunity')).toEqual([{ Name: '刷新' }]);
  });

  test('fails while another record holds its key', () => {
    defineKey(bench);
    const id = bench.lead({ Key__c: 'k' });
    bench.org.remove('Lead', id);
    bench.lead({ Key__c: 'k' });
    expect(() => bench.org.undelete('Lead', id)).toThrow('DUPLICATE_VALUE');
  });
});
