import { describe, expect, test } from 'vitest';
import { checkPolicyAgainst } from '../../../src/domain/check-policy.ts';
import type { ObjectSchema } from '../../../src/domain/people/record.ts';
import { INDUSTRIES } from '../../../src/sandbox/salesforce/schema/picklists.ts';
import { schemas } from './sample-schemas.ts';
import { defaults, type Edit, edited } from './written.ts';

const told = (given: readonly ObjectSchema[], ...edits: readonly Edit[]) =>
  checkPolicyAgainst((edits.length === 0 ? defaults() : edited(...edits)).policy, given).map(
    ({ at, message }) => `${at}: ${message}`,
  );

test('the default mappings fit the systems they are made for', () => {
  expect(told(schemas())).toEqual([]);
});

test('an object whose schema is not given is not judged', () => {
  expect(told([])).toEqual([]);
});

describe('what does not fit is told with the line it is about', () => {
  test('a HubSpot property that does not exist', () => {
    expect(told(schemas(), ['contact.yaml', 'hubspot: jobtitle', 'hubspot: jobtitel'])).toEqual([
      'mappings/contact.yaml:42: HubSpot has no contact property `jobtitel`. Did you mean `jobtitle`? If it exists, Tasuki lacks the permission to see it.',
    ]);
  });

  test('a Salesforce field that one of the two objects lacks', () => {
    expect(told(schemas(['Contact', 'Title', null]))[0]).toContain(
      'mappings/contact.yaml:42: Salesforce has no field on Contact called `Title`.',
    );
  });

  test('a field that is written but may not be', () => {
    expect(told(schemas(['contacts', 'phone', { writable: false }]))).toEqual([
      expect.stringContaining('HubSpot lets nobody write `phone`'),
    ]);
    expect(told(schemas(['Contact', 'Phone', { writable: false }]))).toEqual([
      expect.stringContaining('Salesforce (Contact) lets nobody write `Phone`'),
    ]);
  });

  test('a field that Salesforce alone decides is written on the Lead that we make, and nowhere else', () => {
    expect(told(schemas(['Lead', 'LastName', { writable: false }]))).toHaveLength(1);
    expect(told(schemas(['Contact', 'LastName', { writable: false }]))).toEqual([]);
  });

  test('a value that the other side does not know, or no longer', () => {
    expect(told(schemas(), ['contact.yaml', 'BANKING: 金融', 'BANKING: 金融業'])[0]).toContain(
      '`Industry` in Salesforce (Lead) has no value `金融業`. Did you mean `金融`?',
    );
    const retired = INDUSTRIES.map((value) => ({ value, label: value, active: value !== '教育' }));
    expect(told(schemas(['Lead', 'Industry', { options: retired }]))[0]).toContain(
      'has no value `教育`. It has: 製造, 金融',
    );
    expect(told(schemas(), ['contact.yaml', 'BANKING:', 'BANKNG:'])[0]).toContain(
      '`industry` in HubSpot has no value `BANKNG`. Did you mean `BANKING`?',
    );
  });

  test('a status that the organisation does not have', () => {
    expect(told(schemas(), ['contact.yaml', 'Status: 未対応', 'Status: Open'])).toEqual([
      'mappings/contact.yaml: `Status` in Salesforce (Lead) has no value `Open`. It has: 未対応, 対応中.',
    ]);
  });

  test('a fixed text that is longer than the field', () => {
    const edit: Edit = ['contact.yaml', 'LeadSource: Web', 'Title: "1234567890"'];
    expect(told(schemas(['Lead', 'Title', { maxLength: 9 }]), edit)).toEqual([
      expect.stringContaining('10 characters, at most 9'),
    ]);
  });

  test('a field that a new Lead cannot do without', () => {
    expect(told(schemas(['Lead', 'Phone', { requiredOnCreate: true }]))).toEqual([]);
    expect(
      told(schemas(['Lead', 'LeadSource', { requiredOnCreate: true }]), [
        'contact.yaml',
        '        LeadSource: Web\n',
        '',
      ]),
    ).toEqual([expect.stringContaining('Salesforce makes no Lead without `LeadSource`')]);
  });

  test('two fields of different kinds', () => {
    expect(told(schemas(['contacts', 'phone', { type: 'number' }]))[0]).toContain(
      '`phone` in HubSpot is number, `Phone` on Lead in Salesforce is text',
    );
  });

  test('a criterion on a field that does not exist', () => {
    expect(told(schemas(), ['agreement.yaml', 'leadscore', 'leadscores'])).toEqual([
      'mappings/agreement.yaml: HubSpot has no contact property `leadscores`. Did you mean `leadscore`?',
    ]);
    expect(told(schemas(), ['agreement.yaml', 'hubspot.industry', 'salesforce.Rating'])[0]).toContain(
      'on Lead and on Contact, no field `Rating`',
    );
  });

  test('a formula of Salesforce as a source, in the mapping or in a criterion: no pull would see it move', () => {
    expect(told(schemas(['Contact', 'Title', { calculated: true, writable: false }]))).toEqual([
      'mappings/contact.yaml:42: Salesforce (Contact) works `Title` (Title) out from other fields, and it changes without a trace on the record: Tasuki would not see it. Use the fields it is made of, or have a flow copy it into a plain field and use that.',
    ]);
    expect(
      told(schemas(['Contact', 'Account_Tier__c', { calculated: true, writable: false }]), [
        'agreement.yaml',
        'hubspot.industry',
        'salesforce.Account_Tier__c',
      ]),
    ).toEqual([expect.stringMatching(/^mappings\/agreement\.yaml: Salesforce \(Contact\) works `Account_Tier__c`/u)]);
  });

  test('a status of the Lead that the org does not have, or that means that it is converted', () => {
    const shows = (status: string): Edit => [
      'agreement.yaml',
      '    reset_lifecycle: false',
      `    reset_lifecycle: false\n    salesforce.Lead.Status: { MQL: ${status} }`,
    ];
    const statuses = schemas([
      'Lead',
      'Status',
      {
        options: ['未対応', '対応中', '取引開始済み'].map((value) => ({
          value,
          label: value,
          active: true,
          closed: value === '取引開始済み',
        })),
      },
    ]);
    expect(told(statuses, shows('対応中'))).toEqual([]);
    expect(told(statuses, shows('対応ちゅう'))).toEqual([
      expect.stringContaining('MQL is shown as `対応ちゅう`, which is no status of a Lead in this org.'),
    ]);
    expect(told(statuses, shows('取引開始済み'))).toEqual([
      'mappings/agreement.yaml: MQL is shown as `取引開始済み`, which Salesforce sets when a Lead is converted and takes from nobody. Write another status: 未対応, 対応中.',
    ]);
  });

  test('a value that HubSpot calculates is a fine source', () => {
    expect(told(schemas(['contacts', 'leadscore', { calculated: true }]))).toEqual([]);
  });

  test('a field that Lead has is enough for a criterion', () => {
    expect(told(schemas(), ['agreement.yaml', 'hubspot.industry', 'salesforce.Industry'])).toEqual([]);
  });

  test('a lifecycle stage that the portal does not have', () => {
    expect(told(schemas(), ['agreement.yaml', 'SQL: salesqualifiedlead', 'SQL: salesqualified'])[0]).toContain(
      'SQL is shown as `salesqualified`',
    );
  });
});
