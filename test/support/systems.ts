import type { DirectoryEntry, ObjectSchema } from '../../src/domain/people/record.ts';
import { type Directory, indexDirectory } from '../../src/reconcile/context.ts';

const ENTRY = { kind: 'user', active: true } as const;

/** Mori has a seat in HubSpot; Kato, like most reps, has none; Sato is a marketer without a licence in Salesforce. */
export const PEOPLE_AT_WORK: readonly DirectoryEntry[] = [
  {
    ...ENTRY,
    system: 'salesforce',
    id: '005000000000001AAA',
    name: '森 葵',
    email: 'aoi.mori@example.co.jp',
    managerId: '005000000000003AAA',
  },
  {
    ...ENTRY,
    system: 'salesforce',
    id: '005000000000002AAA',
    name: '加藤 蓮',
    email: 'ren.kato@example.co.jp',
    managerId: '005000000000003AAA',
  },
  { ...ENTRY, system: 'salesforce', id: '005000000000003AAA', name: '小野 結衣', email: 'yui.ono@example.co.jp' },
  {
    ...ENTRY,
    system: 'salesforce',
    id: '005000000000004AAA',
    name: '退職 者',
    email: 'left@example.co.jp',
    active: false,
    managerId: '005000000000003AAA',
  },
  {
    ...ENTRY,
    system: 'salesforce',
    kind: 'queue',
    id: '00G000000000001AAA',
    name: 'インサイドセールス',
    apiName: 'IS_Queue',
    email: null,
  },
  { ...ENTRY, system: 'salesforce', kind: 'queue', id: '00G000000000002AAA', name: 'Tasuki_Unmatched', email: null },
  { ...ENTRY, system: 'hubspot', id: '71', name: '森 葵', email: 'aoi.mori@example.co.jp' },
  { ...ENTRY, system: 'hubspot', id: '72', name: '佐藤 花子', email: 'hanako.sato@example.co.jp' },
];

export function aDirectory(entries: readonly DirectoryEntry[] = PEOPLE_AT_WORK): Directory {
  return indexDirectory(entries);
}

const STRING = { type: 'string', writable: true, requiredOnCreate: false, unique: false } as const;
const option = (value: string, closed = false) => ({ value, label: value, active: true, closed });

export const SCHEMAS: readonly ObjectSchema[] = [
  {
    system: 'salesforce',
    object: 'Lead',
    fields: [
      { ...STRING, name: 'Phone', label: '電話', maxLength: 40 },
      { ...STRING, name: 'Title', label: '役職', maxLength: 128 },
      { ...STRING, name: 'Tasuki_Brief__c', label: '引き渡しメモ', maxLength: 32_768 },
      {
        ...STRING,
        name: 'Industry',
        label: '業種',
        type: 'picklist',
        restricted: true,
        options: [option('製造'), option('金融')],
      },
    ],
  },
  {
    system: 'salesforce',
    object: 'Task',
    fields: [
      {
        ...STRING,
        name: 'Status',
        label: '状況',
        type: 'picklist',
        options: [{ ...option('未着手'), isDefault: true }, option('完了', true)],
      },
      {
        ...STRING,
        name: 'Priority',
        label: '優先度',
        type: 'picklist',
        options: [option('低'), { ...option('中'), isDefault: true }, { ...option('高'), high: true }],
      },
    ],
  },
  {
    system: 'hubspot',
    object: 'deals',
    fields: [
      {
        ...STRING,
        name: 'pipeline',
        label: 'パイプライン',
        type: 'picklist',
        options: [
          { value: 'default', label: '営業パイプライン', active: true },
          { value: '8801', label: '更新', active: true },
        ],
      },
      {
        ...STRING,
        name: 'dealstage',
        label: '取引ステージ',
        type: 'picklist',
        options: [
          ...['appointmentscheduled', 'contractsent', 'closedwon', 'closedlost'].map((stage) => ({
            ...option(stage, stage.startsWith('closed')),
            of: 'default',
          })),
          { ...option('9901'), label: '検討中', of: 'default' },
          { ...option('9902'), label: '更新案内', of: '8801' },
        ],
      },
      {
        ...STRING,
        name: 'deal_currency_code',
        label: '通貨',
        type: 'picklist',
        options: [option('JPY'), option('USD')],
      },
    ],
  },
  {
    system: 'salesforce',
    object: 'Opportunity',
    fields: [
      {
        ...STRING,
        name: 'StageName',
        label: 'フェーズ',
        type: 'picklist',
        options: [option('初回訪問'), option('見積提示'), option('交渉'), option('受注', true), option('失注', true)],
      },
    ],
  },
];
