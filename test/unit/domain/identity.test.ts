import { describe, expect, test } from 'vitest';
import { identityOf, NO_IDENTITY } from '../../../src/domain/people/identity.ts';
import type { ObjectName, System } from '../../../src/domain/people/record.ts';
import type { Values } from '../../../src/domain/values/value.ts';

const who = (system: System, object: ObjectName, values: Values) =>
  identityOf({ record: { system, object, id: '1' }, values });

describe('what a record says of whose it is', () => {
  test('a person has an address and a key', () => {
    const own = { ...NO_IDENTITY, email: 'a@example.co.jp', key: 'hubspot-1' };
    expect(who('hubspot', 'contacts', { email: ' Ａ@Example.co.jp', tasuki_key: 'hubspot-1' })).toEqual(own);
    expect(who('salesforce', 'Lead', { Email: 'A@example.co.jp', Tasuki_Key__c: 'hubspot-1' })).toEqual(own);
    expect(who('salesforce', 'Contact', { Email: '未入力', Tasuki_Key__c: '' })).toEqual(NO_IDENTITY);
  });

  test('a HubSpot contact has further addresses, each once, in the form in which they are compared', () => {
    const values = { email: 'a@example.co.jp', hs_additional_emails: 'Ｂ@Example.co.jp;A@example.co.jp;未入力;' };
    expect(who('hubspot', 'contacts', values).otherEmails).toEqual(['b@example.co.jp']);
    expect(who('hubspot', 'contacts', { hs_additional_emails: null }).otherEmails).toEqual([]);
  });

  test('the ids of HubSpot’s own integration name records, the Contact before the Lead that it was', () => {
    const [lead, contact] = ['00Q000000000001EAA', '003000000000001AAA'];
    const salesforce = { system: 'salesforce' } as const;
    expect(
      who('hubspot', 'contacts', { salesforceleadid: lead.slice(0, 15), salesforcecontactid: ` ${contact}` }).natives,
    ).toEqual([
      { ...salesforce, object: 'Contact', id: contact },
      { ...salesforce, object: 'Lead', id: lead },
    ]);
    expect(who('hubspot', 'contacts', { salesforcecontactid: lead, salesforceleadid: 'なし' }).natives).toEqual([]);
    expect(who('salesforce', 'Lead', { salesforceleadid: lead }).natives).toEqual([]);
  });

  test('a person’s name, company and site are not theirs alone', () => {
    expect(who('salesforce', 'Lead', { Name: '青空', Website: 'aozora.jp', Company: '青空' })).toEqual(NO_IDENTITY);
    expect(who('hubspot', 'contacts', { name: '青空', domain: 'aozora.jp' })).toEqual(NO_IDENTITY);
  });

  test('a company has a domain and a name', () => {
    const own = { ...NO_IDENTITY, domain: 'aozora.jp', name: '青空' };
    expect(who('hubspot', 'companies', { domain: 'aozora.jp', website: 'other.jp', name: '株式会社青空' })).toEqual(
      own,
    );
    expect(who('salesforce', 'Account', { Website: 'https://www.aozora.jp/', Name: '青空(株)' })).toEqual(own);
  });

  test('a HubSpot company whose domain is a mail provider’s is found by its website', () => {
    expect(who('hubspot', 'companies', { domain: 'gmail.com', website: 'http://aozora.jp' }).domain).toBe('aozora.jp');
    expect(who('hubspot', 'companies', { domain: null, website: 'http://aozora.jp' }).domain).toBe('aozora.jp');
    expect(who('hubspot', 'companies', { domain: null }).domain).toBeNull();
  });

  test('a person account is nobody’s company, and keeps its key', () => {
    const values = { IsPersonAccount: true, Name: '青空', Website: 'aozora.jp', Tasuki_Key__c: 'k' };
    expect(who('salesforce', 'Account', values)).toEqual({ ...NO_IDENTITY, key: 'k' });
  });

  test('a deal has a key, and nothing that another deal might not have too', () => {
    expect(who('hubspot', 'deals', { dealname: '青空', name: '青空', tasuki_key: 'k' })).toEqual({
      ...NO_IDENTITY,
      key: 'k',
    });
    expect(who('salesforce', 'Opportunity', { Name: '青空', Tasuki_Key__c: 'k' })).toEqual({
      ...NO_IDENTITY,
      key: 'k',
    });
  });

  test('what is no entity says nothing, though it bears a key', () => {
    expect(who('salesforce', 'Task', { Tasuki_Key__c: 'k', Email: 'a@example.co.jp' })).toEqual(NO_IDENTITY);
    expect(who('salesforce', 'OpportunityContactRole', { Tasuki_Key__c: 'k' })).toEqual(NO_IDENTITY);
  });
});
