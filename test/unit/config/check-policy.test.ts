import { describe, expect, test } from 'vitest';
import { checkPolicyAgainst } from '../../../src/domain/check-policy.ts';
import type { FieldSchema, ObjectName, ObjectSchema } from '../../../src/domain/people/record.ts';
import { defaults, type Edit, edited } from './written.ts';

function field(name: string, more: Partial<FieldSchema> = {}): FieldSchema {
  return { name, label: name, type: 'string', writable: true, requiredOnCreate: false, unique: false, ...more };
}

function picklist(name: string, values: readonly string[], more: Partial<FieldSchema> = {}): FieldSchema {
  return field(name, {
    type: 'picklist',
    options: values.map((value) => ({ value, label: value, active: true })),
    ...more,
  });
}

const INDUSTRIES = ['製造', '金融', '情報通信', '小売', '建設', '医療', '教育', 'その他'];
const CODES = [
  'MANUFACTURING',
  'BANKING',
  'INFORMATION_TECHNOLOGY_AND_SERVICES',
  'RETAIL',
  'CONSTRUCTION',
  'HOSPITAL_HEALTH_CARE',
  'EDUCATION_MANAGEMENT',
  'LOGISTICS_AND_SUPPLY_CHAIN',
];
const LIFECYCLE = ['subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity', 'customer'];

const FIELDS: Readonly<Partial<Record<ObjectName, readonly FieldSchema[]>>> = {
  contacts: [
    ...['email', 'lastname', 'firstname', 'phone', 'jobtitle', 'company'].map((name) => field(name)),
    picklist('industry', CODES),
    picklist('lifecyclestage', LIFECYCLE),
    field('leadscore', { type: 'number', writable: false }),
  ],
  Lead: [
    ...['Email', 'FirstName', 'Phone', 'Title'].map((name) => field(name, { maxLength: 128 })),
    field('LastName', { requiredOnCreate: true }),
    field('Company', { requiredOnCreate: true }),
    picklist('Industry', INDUSTRIES),
    picklist('LeadSource', ['Web', '広告']),
    picklist('Status', ['未対応', '対応中']),
  ],
  Contact: ['Email', 'FirstName', 'LastName', 'Phone', 'Title'].map((name) => field(name)),
};

type Change = readonly [object: ObjectName, name: string, more: Partial<FieldSchema> | null];

/** The schemas of both systems, with some fields other than usual, or gone. */
function schemas(...changes: readonly Change[]): readonly ObjectSchema[] {
  return (['contacts', 'Lead', 'Contact'] as const).map((object) => {
    const own = changes.filter(([where]) => where === object);
    const fields = (FIELDS[object] ?? []).flatMap((known) => {
      const change = own.find(([, name]) => name === known.name);
      if (change === undefined) return [known];
      return change[2] === null ? [] : [{ ...known, ...change[2] }];
    });
    return { system: object === 'contacts' ? 'hubspot' : 'salesforce', object, fields };
  });
}

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
      'mappings/contact.yaml:31: HubSpot has no contact property `jobtitel`. Did you mean `jobtitle`? If it exists, Tasuki lacks the permission to see it.',
    ]);
  });

  test('a Salesforce field that one of the two objects lacks', () => {
    expect(told(schemas(['Contact', 'Title', null]))[0]).toContain(
      'mappings/contact.yaml:31: Salesforce has no field on Contact called `Title`.',
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

  test('a field that Lead has is enough for a criterion', () => {
    expect(told(schemas(), ['agreement.yaml', 'hubspot.industry', 'salesforce.Industry'])).toEqual([]);
  });

  test('a lifecycle stage that the portal does not have', () => {
    expect(told(schemas(), ['agreement.yaml', 'SQL: salesqualifiedlead', 'SQL: salesqualified'])[0]).toContain(
      'SQL is shown as `salesqualified`',
    );
  });
});
