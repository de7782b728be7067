import { STAGES } from '../domain/agreement/agreement.ts';
import type { ObjectSchema } from '../domain/people/record.ts';
import type { NewField } from '../ports/crm.ts';
import { OWN_FIELDS } from '../reconcile/derived.ts';
import type { Works } from './works.ts';

const KEY = {
  type: 'text',
  maxLength: 64,
  key: true,
  label: 'Tasuki キー',
  description: 'Tasuki の人物キー。手で変更しないでください。',
} as const;

const CONTACT_PROPERTIES: readonly NewField[] = [
  { ...KEY, name: OWN_FIELDS.hubspot.key },
  {
    name: OWN_FIELDS.hubspot.stage,
    label: 'ステージ(合意)',
    description: 'マーケティングと営業の合意から Tasuki が決めるステージ。',
    type: 'picklist',
    options: STAGES.map((stage) => ({ value: stage, label: stage })),
  },
  {
    name: OWN_FIELDS.hubspot.owner,
    label: '営業担当者',
    description: 'Salesforce の所有者名。HubSpot にシートのない担当者も分かります。',
    type: 'text',
  },
  {
    name: OWN_FIELDS.hubspot.state,
    label: 'Salesforce の状態',
    description: 'この人のレコードが Salesforce にあるかどうか。',
    type: 'picklist',
    options: [
      { value: 'none', label: 'なし' },
      { value: 'lead', label: 'リード' },
      { value: 'contact', label: '取引先責任者' },
      { value: 'ambiguous', label: '候補が複数(要確認)' },
      { value: 'deleted', label: '削除済み' },
    ],
  },
];

const PERSON_FIELDS: readonly NewField[] = [
  { ...KEY, name: OWN_FIELDS.salesforce.key },
  {
    name: OWN_FIELDS.salesforce.stage,
    label: 'ステージ(合意)',
    description: '合意から Tasuki が決めるステージ。',
    type: 'text',
    maxLength: 40,
  },
  {
    name: OWN_FIELDS.salesforce.due,
    label: '次のフォロー期限',
    description: 'この日時までにフォローします。',
    type: 'datetime',
  },
  {
    name: OWN_FIELDS.salesforce.dueReason,
    label: 'フォロー期限の理由',
    description: '期限の根拠。',
    type: 'text',
    maxLength: 255,
  },
];

const ACTIVITY_KEY: NewField = { ...KEY, name: OWN_FIELDS.salesforce.key };

/** Creates the fields Tasuki needs where they are missing; makes nothing twice. */
export async function setUp({ crm }: Pick<Works, 'crm'>): Promise<readonly string[]> {
  const made = async (object: 'contacts' | 'Lead' | 'Contact' | 'Activity', fields: readonly NewField[]) => {
    const names = await crm[object === 'contacts' ? 'hubspot' : 'salesforce'].ensureFields(object, fields);
    return names.map((name) => `${object}.${name}`);
  };
  return [
    ...(await made('contacts', CONTACT_PROPERTIES)),
    ...(await made('Lead', PERSON_FIELDS)),
    ...(await made('Contact', PERSON_FIELDS)),
    ...(await made('Activity', [ACTIVITY_KEY])),
  ];
}

/** What `setup` would make, without asking anybody. */
export function wantedFields(): readonly string[] {
  return [
    ...CONTACT_PROPERTIES.map(({ name }) => `contacts.${name}`),
    ...['Lead', 'Contact'].flatMap((object) => PERSON_FIELDS.map(({ name }) => `${object}.${name}`)),
    `Activity.${OWN_FIELDS.salesforce.key}`,
  ];
}

/** Those of our fields that an object lacks or that we may not write, as `Lead.Tasuki_Key__c`. */
export function missingFields(schemas: readonly ObjectSchema[]): readonly string[] {
  const described = new Set(schemas.map(({ object }) => object as string));
  const seen = new Set(
    schemas.flatMap(({ object, fields }) =>
      fields.filter(({ writable }) => writable).map(({ name }) => `${object}.${name}`),
    ),
  );
  const wanted = wantedFields().flatMap((field) =>
    field.startsWith('Activity.') ? ['Task', 'Event'].map((object) => field.replace('Activity', object)) : [field],
  );
  return wanted.filter((field) => described.has(field.split('.')[0] ?? '') && !seen.has(field));
}
