import { INDUSTRIES, LIFECYCLE_STAGES, options } from './choices.ts';
import type { NewProperty } from './definition.ts';
import { commonProperties, longText, readOnly, shipped, writable } from './property-lists.ts';

export const COMPANY_GROUPS: Readonly<Record<string, string>> = {
  companyinformation: '会社情報',
  company_activity: '会社アクティビティー',
  lifecyclestages: 'ライフサイクルステージ',
  salesforceinformation: 'Salesforce情報',
};

const GROUP = 'companyinformation';

/** What a fresh account has on companies, as far as this sandbox goes. */
export const COMPANY_PROPERTIES: readonly NewProperty[] = shipped([
  ...writable(GROUP, 'string', {
    name: '会社名',
    domain: '会社ドメイン名',
    website: 'ウェブサイトURL',
    address: '番地',
    city: '市区町村',
    state: '都道府県／地域',
    zip: '郵便番号',
    country: '国／地域',
  }),
  ...writable(GROUP, 'string', { phone: '電話番号' }).map((text) => ({ ...text, fieldType: 'phonenumber' })),
  ...longText(GROUP, { description: '説明' }),
  ...writable(GROUP, 'number', { numberofemployees: '従業員数', annualrevenue: '年間収益' }),
  { name: 'industry', label: '業種', type: 'enumeration', groupName: GROUP, options: options(INDUSTRIES) },
  {
    name: 'lifecyclestage',
    label: 'ライフサイクルステージ',
    type: 'enumeration',
    fieldType: 'radio',
    groupName: GROUP,
    options: options(LIFECYCLE_STAGES),
  },
  {
    name: 'hs_additional_domains',
    label: '追加ドメイン',
    type: 'enumeration',
    fieldType: 'checkbox',
    groupName: GROUP,
    externalOptions: true,
  },
  ...readOnly('salesforceinformation', 'string', { salesforceaccountid: 'Salesforce取引先ID' }),
  ...readOnly(GROUP, 'datetime', { createdate: '作成日' }),
  ...readOnly('lifecyclestages', 'datetime', { hs_v2_date_entered_current_stage: '現在のステージに入った日時' }),
  ...readOnly('company_activity', 'datetime', {
    notes_last_contacted: '最終コンタクト日時',
    notes_last_updated: '最終アクティビティー日時',
  }),
  ...readOnly('company_activity', 'number', {
    num_associated_contacts: '関連コンタクト数',
    num_associated_deals: '関連取引数',
  }),
  ...commonProperties(GROUP),
]);
