import type { FieldSchema, ObjectName, ObjectSchema } from '../../../src/domain/people/record.ts';
import { DEFAULT_PIPELINE } from '../../../src/sandbox/hubspot/pipelines/pipelines.ts';
import {
  INDUSTRIES,
  LEAD_SOURCES,
  OPPORTUNITY_TYPES,
  STAGES,
} from '../../../src/sandbox/salesforce/schema/picklists.ts';
import { RECORD_TYPES } from '../../../src/sandbox/salesforce/schema/record-types.ts';

function field(name: string, more: Partial<FieldSchema> = {}): FieldSchema {
  return { name, label: name, type: 'string', writable: true, requiredOnCreate: false, unique: false, ...more };
}

export function picklist(name: string, values: readonly string[], more: Partial<FieldSchema> = {}): FieldSchema {
  return field(name, {
    type: 'picklist',
    options: values.map((value) => ({ value, label: value, active: true })),
    ...more,
  });
}

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
const number = { type: 'number' } as const;

/** The stages that every portal begins with, and one of the same name in another pipeline. */
const DEAL_STAGES = [
  ...DEFAULT_PIPELINE.stages.map(({ id, label, isClosed }) => ({
    value: id,
    label,
    active: true,
    of: DEFAULT_PIPELINE.id,
    ...(isClosed ? { closed: true } : {}),
  })),
  { value: '900', label: '更新', active: true, of: '77' },
];

const FIELDS: Readonly<Partial<Record<ObjectName, readonly FieldSchema[]>>> = {
  contacts: [
    ...['email', 'lastname', 'firstname', 'phone', 'jobtitle', 'company'].map((name) => field(name)),
    picklist('industry', CODES),
    picklist('lifecyclestage', LIFECYCLE),
    field('leadscore', { type: 'number', writable: false }),
    field('hs_email_optout', { type: 'boolean', writable: false }),
  ],
  companies: [
    ...['name', 'website', 'phone'].map((name) => field(name)),
    field('numberofemployees', number),
    picklist('industry', CODES),
  ],
  deals: [
    ...['dealname', 'description', 'closed_won_reason', 'closed_lost_reason'].map((name) => field(name)),
    field('amount', number),
    picklist('deal_currency_code', ['JPY', 'USD']),
    field('closedate', { type: 'datetime' }),
    picklist('dealtype', ['newbusiness', 'existingbusiness']),
    picklist('pipeline', [], {
      options: [
        { value: 'default', label: DEFAULT_PIPELINE.label, active: true },
        { value: '77', label: '更新パイプライン', active: true },
      ],
    }),
    picklist('dealstage', [], { options: DEAL_STAGES }),
  ],
  Lead: [
    ...['Email', 'FirstName', 'Phone', 'Title'].map((name) => field(name, { maxLength: 128 })),
    field('LastName', { requiredOnCreate: true }),
    field('Company', { requiredOnCreate: true }),
    picklist('Industry', INDUSTRIES),
    field('HasOptedOutOfEmail', { type: 'boolean' }),
    picklist('LeadSource', LEAD_SOURCES.slice(0, 2)),
    picklist('Status', ['未対応', '対応中']),
  ],
  Contact: [
    ...['Email', 'FirstName', 'LastName', 'Phone', 'Title'].map((name) => field(name)),
    field('HasOptedOutOfEmail', { type: 'boolean' }),
  ],
  Account: [
    ...['Name', 'Website', 'Phone'].map((name) => field(name)),
    field('NumberOfEmployees', number),
    picklist('Industry', INDUSTRIES),
  ],
  Opportunity: [
    field('Name', { requiredOnCreate: true }),
    field('Description'),
    field('Amount', number),
    field('CloseDate', { type: 'date', requiredOnCreate: true }),
    picklist('Type', OPPORTUNITY_TYPES),
    picklist('Loss_Reason__c', ['価格', '競合']),
    picklist('StageName', [], {
      requiredOnCreate: true,
      options: STAGES.map(({ name, closed }) => ({
        value: name,
        label: name,
        active: true,
        ...(closed === true ? { closed } : {}),
      })),
    }),
    field('RecordTypeId', {
      type: 'reference',
      options: RECORD_TYPES.filter(({ object }) => object === 'Opportunity').map(({ developerName }, nth) => ({
        value: `01200000000000${nth}AAA`,
        label: developerName,
        active: true,
      })),
    }),
  ],
};

/** A field that is other than usual, gone (`null`), or one more. */
export type Change = readonly [object: ObjectName, name: string, more: Partial<FieldSchema> | null];

/** The schemas of both systems as the sandbox has them, with some fields other than usual. */
export function schemas(...changes: readonly Change[]): readonly ObjectSchema[] {
  return (Object.keys(FIELDS) as ObjectName[]).map((object) => {
    const known = FIELDS[object] ?? [];
    const own = changes.filter(([where]) => where === object);
    const changed = known.flatMap((usual) => {
      const change = own.find(([, name]) => name === usual.name);
      if (change === undefined) return [usual];
      return change[2] === null ? [] : [{ ...usual, ...change[2] }];
    });
    const more = own.flatMap(([, name, added]) =>
      added === null || known.some((usual) => usual.name === name) ? [] : [field(name, added)],
    );
    const system = ['contacts', 'companies', 'deals'].includes(object) ? 'hubspot' : 'salesforce';
    return { system, object, fields: [...changed, ...more] };
  });
}

export function without(given: readonly ObjectSchema[], ...objects: readonly ObjectName[]): readonly ObjectSchema[] {
  return given.filter(({ object }) => !objects.includes(object));
}
