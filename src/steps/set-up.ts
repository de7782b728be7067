import { STAGES } from '../domain/agreement/agreement.ts';
import { escalates, owesMarketing } from '../domain/agreement/deadline.ts';
import type { ObjectName, ObjectSchema, System } from '../domain/people/record.ts';
import type { Policy } from '../domain/policy.ts';
import type { NewField } from '../ports/crm.ts';
import { OWN_FIELDS } from '../reconcile/derived.ts';
import { askedOfSales, shownToMarketing } from './answer-fields.ts';
import { asksForBriefs } from './fields.ts';
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
  {
    name: OWN_FIELDS.hubspot.outcome,
    label: '商談の結果',
    description: 'この人の直近の商談がどうなったか(Salesforce の商談から)。',
    type: 'picklist',
    options: [
      { value: 'open', label: '進行中' },
      { value: 'won', label: '受注' },
      { value: 'lost', label: '失注' },
    ],
  },
  {
    name: OWN_FIELDS.hubspot.outcomeReason,
    label: '商談の結果の理由',
    description: '受注・失注の理由。営業が Salesforce に入力したもの。',
    type: 'text',
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

const BRIEF: NewField = {
  name: OWN_FIELDS.salesforce.brief,
  label: '引き渡しメモ',
  description: '引き渡しの理由、行動、これまでの接触。引き渡しのときに Tasuki が書きます。',
  type: 'long-text',
};

/** Only under an agreement that escalates. */
const ESCALATION_FIELDS: readonly NewField[] = [
  {
    name: OWN_FIELDS.salesforce.escalatedTo,
    label: 'エスカレーション先',
    description: '期限超過が続いているため、対応を見届ける人。',
    type: 'text',
    maxLength: 255,
  },
  {
    name: OWN_FIELDS.salesforce.escalation,
    label: 'エスカレーション',
    description: '何段目まで上がったか、どの期限か。',
    type: 'text',
    maxLength: 255,
  },
];

const RECORD_KEY: NewField = {
  ...KEY,
  description: 'Tasuki のキー。手で変更しないでください。',
  name: OWN_FIELDS.salesforce.key,
};
const PROPERTY_KEY: NewField = { ...RECORD_KEY, name: OWN_FIELDS.hubspot.key };

type Place = {
  readonly system: System;
  readonly object: ObjectName | 'Activity';
  readonly fields: readonly NewField[];
};

/** Where Tasuki needs fields of its own under this policy, and which. What is never written is given no field. */
function places(policy: Policy): readonly Place[] {
  const { deal, company, agreement } = policy;
  const deals = deal.pipelines.length > 0;
  const ofPeople = [
    ...PERSON_FIELDS,
    ...askedOfSales(agreement),
    ...(asksForBriefs(policy) ? [BRIEF] : []),
    ...(escalates(agreement) ? ESCALATION_FIELDS : []),
  ];
  return [
    { system: 'hubspot', object: 'contacts', fields: [...CONTACT_PROPERTIES, ...shownToMarketing(agreement)] },
    ...(company.createInHubSpot
      ? [{ system: 'hubspot', object: 'companies', fields: [PROPERTY_KEY] } satisfies Place]
      : []),
    ...(owesMarketing(agreement)
      ? [{ system: 'hubspot', object: 'tasks', fields: [PROPERTY_KEY] } satisfies Place]
      : []),
    ...(deals ? [{ system: 'hubspot', object: 'deals', fields: [PROPERTY_KEY] } satisfies Place] : []),
    { system: 'salesforce', object: 'Lead', fields: ofPeople },
    { system: 'salesforce', object: 'Contact', fields: ofPeople },
    ...(deals
      ? (['Opportunity', 'OpportunityContactRole'] as const).map(
          (object) => ({ system: 'salesforce', object, fields: [RECORD_KEY] }) satisfies Place,
        )
      : []),
    { system: 'salesforce', object: 'Activity', fields: [RECORD_KEY] },
  ];
}

/** Creates the fields Tasuki needs where they are missing; makes nothing twice. */
export async function setUp({ crm, policy }: Pick<Works, 'crm' | 'policy'>): Promise<readonly string[]> {
  const made: string[] = [];
  for (const { system, object, fields } of places(policy())) {
    const names = await crm[system].ensureFields(object, fields);
    made.push(...names.map((name) => `${object}.${name}`));
  }
  return made;
}

/** What `setup` would make, without asking anybody. */
export function wantedFields(policy: Policy): readonly string[] {
  return places(policy).flatMap(({ object, fields }) => fields.map(({ name }) => `${object}.${name}`));
}

/** Those of our fields that an object lacks or that we may not write, as `Lead.Tasuki_Key__c`. */
export function missingFields(schemas: readonly ObjectSchema[], policy: Policy): readonly string[] {
  const described = new Set(schemas.map(({ object }) => object as string));
  const seen = new Set(
    schemas.flatMap(({ object, fields }) =>
      fields.filter(({ writable }) => writable).map(({ name }) => `${object}.${name}`),
    ),
  );
  const wanted = wantedFields(policy).flatMap((field) =>
    field.startsWith('Activity.') ? ['Task', 'Event'].map((object) => field.replace('Activity', object)) : [field],
  );
  return wanted.filter((field) => described.has(field.split('.')[0] ?? '') && !seen.has(field));
}
