import { options } from './choices.ts';
import type { NewProperty } from './definition.ts';
import { commonProperties, longText, readOnly, shipped, writable } from './property-lists.ts';

export const DEAL_GROUPS: Readonly<Record<string, string>> = {
  dealinformation: '取引情報',
  deal_activity: '取引アクティビティー',
  deal_revenue: '取引収益',
  dealstages: '取引ステージ',
  salesforceinformation: 'Salesforce情報',
};

const GROUP = 'dealinformation';

/** What a fresh account has on deals, as far as this sandbox goes. Stage dates come with the pipelines. */
export const DEAL_PROPERTIES: readonly NewProperty[] = shipped([
  ...writable(GROUP, 'string', { dealname: '取引名' }),
  ...longText(GROUP, {
    description: '取引の説明',
    closed_lost_reason: '不成立の理由',
    closed_won_reason: '成約の理由',
  }),
  ...writable('deal_revenue', 'number', { amount: '金額' }),
  ...writable(GROUP, 'datetime', { closedate: 'クローズ日' }),
  {
    name: 'dealtype',
    label: '取引タイプ',
    type: 'enumeration',
    fieldType: 'radio',
    groupName: GROUP,
    options: options({ newbusiness: '新規ビジネス', existingbusiness: '既存ビジネス' }),
  },
  {
    name: 'deal_currency_code',
    label: '通貨',
    type: 'enumeration',
    groupName: 'deal_revenue',
    options: options({ JPY: '日本円' }),
  },
  { name: 'pipeline', label: 'パイプライン', type: 'enumeration', groupName: 'deal_activity', externalOptions: true },
  {
    name: 'dealstage',
    label: '取引ステージ',
    type: 'enumeration',
    fieldType: 'radio',
    groupName: 'deal_activity',
    externalOptions: true,
  },
  ...readOnly('salesforceinformation', 'string', { hs_salesforceopportunityid: 'Salesforce商談ID' }),
  ...readOnly(GROUP, 'datetime', { createdate: '作成日' }),
  ...readOnly('deal_activity', 'bool', {
    hs_is_closed: 'クローズ済みか',
    hs_is_closed_won: '成約済みか',
    hs_is_closed_lost: '不成立か',
  }),
  ...readOnly('deal_activity', 'number', {
    hs_deal_stage_probability: '取引の確度',
    days_to_close: 'クローズまでの日数',
    num_associated_contacts: '関連コンタクト数',
  }),
  ...readOnly('deal_revenue', 'number', {
    amount_in_home_currency: '自社通貨での金額',
    hs_projected_amount: '加重金額',
    hs_closed_amount: '成約額',
  }),
  ...readOnly('deal_activity', 'datetime', {
    notes_last_contacted: '最終コンタクト日時',
    notes_last_updated: '最終アクティビティー日時',
    hs_v2_date_entered_current_stage: '現在のステージに入った日時',
  }),
  ...commonProperties(GROUP),
]);
