import type { NewField } from '../ports/crm.ts';
import { STAGES } from '../domain/agreement/agreement.ts';
import { OWN_FIELDS } from '../reconcile/derived.ts';
import type { Works } from '../steps/works.ts';
import type { Verb } from './verb.ts';

const KEY = { type: 'text', maxLength: 64, key: true, label: 'Tasuki キー', description: 'Tasuki の人物キー。手で変更しないでください。' } as const;

const CONTACT_PROPERTIES: readonly NewField[] = [
  { ...KEY, name: OWN_FIELDS.hubspot.key },
  {
    name: OWN_FIELDS.hubspot.stage,
    label: 'ステージ(合意)',
    description: 'マーケティングと営業の合意から Tasuki が決めるステージ。',
    type: 'picklist',
    options: STAGES.map((stage) => ({ value: stage, label: stage })),
  },
  { name: OWN_FIELDS.hubspot.owner, label: '営業担当者', description: 'Salesforce の所有者名。HubSpot にシートのない担当者も分かります。', type: 'text' },
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
  { name: OWN_FIELDS.salesforce.stage, label: 'ステージ(合意)', description: '合意から Tasuki が決めるステージ。', type: 'text', maxLength: 40 },
  { name: OWN_FIELDS.salesforce.due, label: '次のフォロー期限', description: 'この日時までにフォローします。', type: 'datetime' },
  { name: OWN_FIELDS.salesforce.dueReason, label: 'フォロー期限の理由', description: '期限の根拠。', type: 'text', maxLength: 255 },
];

/** Creates the fields Tasuki needs where they are missing; makes nothing twice. */
export async function setUp({ crm }: Pick<Works, 'crm'>): Promise<readonly string[]> {
  return [
    ...(await crm.hubspot.ensureFields('contacts', CONTACT_PROPERTIES)),
    ...(await crm.salesforce.ensureFields('Lead', PERSON_FIELDS)),
    ...(await crm.salesforce.ensureFields('Contact', PERSON_FIELDS)),
    ...(await crm.salesforce.ensureFields('Activity', [{ ...KEY, name: OWN_FIELDS.salesforce.key }])),
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

export const setupVerb: Verb = {
  name: 'setup',
  summary: 'Create the properties and fields Tasuki needs in both systems, where they are missing.',
  examples: ['tasuki setup --dry-run', 'tasuki setup'],
  options: [{ flags: '--dry-run', help: 'show what is needed; touch nothing' }],

  async run({ terminal, open }, { flags }) {
    if (flags['dryRun'] === true) {
      terminal.result({ needed: wantedFields() }, wantedFields().join('\n'));
      return 0;
    }
    const { works, close } = await open('inline');
    try {
      const made = await setUp(works);
      const text = terminal.locale === 'ja' ? `作成した項目 ${made.length} 件` : `${made.length} fields made`;
      terminal.result({ made }, [text, ...made.map((name) => `  ${name}`)].join('\n'));
      return 0;
    } finally {
      await close();
    }
  },
};
