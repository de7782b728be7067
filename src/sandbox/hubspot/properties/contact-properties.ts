import {
  ANALYTICS_SOURCES,
  INDUSTRIES,
  LEAD_STATUSES,
  LIFECYCLE_STAGES,
  MARKETABLE_STATUSES,
  options,
} from './choices.ts';
import type { NewProperty } from './definition.ts';
import { longText, readOnly, shipped, stageDates, USER_IDS, writable } from './property-lists.ts';

export const CONTACT_GROUPS: Readonly<Record<string, string>> = {
  contactinformation: 'コンタクト情報',
  sales_properties: 'セールスプロパティー',
  contact_activity: 'コンタクトアクティビティー',
  conversioninformation: 'コンバージョン情報',
  emailinformation: 'Eメール情報',
  analyticsinformation: 'ウェブアナリティクス履歴',
  lifecyclestages: 'ライフサイクルステージ',
  salesforceinformation: 'Salesforce情報',
};

/** The stamps that HubSpot keeps for one lifecycle stage; the last kind exists for the stages it ships with. */
export function stageStamps(stage: string, label: string, isShipped: boolean): NewProperty[] {
  const legacy = readOnly('lifecyclestages', 'datetime', {
    [`hs_lifecyclestage_${stage}_date`]: `「${label}」になった日時`,
  }).map((stamp) => ({ ...stamp, hubspotDefined: true, hidden: true }));
  return [...stageDates('lifecyclestages', stage, label), ...(isShipped ? legacy : [])];
}

const CHOSEN: readonly NewProperty[] = [
  { name: 'industry', label: '業種', type: 'enumeration', options: options(INDUSTRIES), formField: true },
  {
    name: 'lifecyclestage',
    label: 'ライフサイクルステージ',
    type: 'enumeration',
    fieldType: 'radio',
    options: options(LIFECYCLE_STAGES),
  },
  {
    name: 'hs_lead_status',
    label: 'リードステータス',
    type: 'enumeration',
    fieldType: 'radio',
    groupName: 'sales_properties',
    options: options(LEAD_STATUSES),
  },
  {
    name: 'hs_analytics_source',
    label: 'オリジナルソース',
    type: 'enumeration',
    groupName: 'analyticsinformation',
    options: options(ANALYTICS_SOURCES),
  },
  {
    name: 'hs_latest_source',
    label: '最新ソース',
    type: 'enumeration',
    groupName: 'analyticsinformation',
    options: options(ANALYTICS_SOURCES),
    readOnlyValue: true,
  },
  {
    name: 'hs_marketable_status',
    label: 'マーケティングコンタクトのステータス',
    type: 'enumeration',
    options: options(MARKETABLE_STATUSES),
    readOnlyValue: true,
  },
  {
    name: 'hubspot_owner_id',
    label: 'コンタクト担当者',
    type: 'enumeration',
    groupName: 'sales_properties',
    externalOptions: true,
    referencedObjectType: 'OWNER',
  },
  { name: 'hs_pipeline', label: 'パイプライン', type: 'enumeration', externalOptions: true, hidden: true },
  {
    name: 'hs_merged_object_ids',
    label: 'マージされたレコードID',
    type: 'enumeration',
    fieldType: 'checkbox',
    externalOptions: true,
    hidden: true,
    readOnlyValue: true,
  },
  {
    name: 'hs_additional_emails',
    label: 'その他のEメールアドレス',
    type: 'enumeration',
    fieldType: 'checkbox',
    externalOptions: true,
  },
  {
    name: 'hubspotscore',
    label: 'HubSpotスコア',
    type: 'number',
    fieldType: 'calculation_score',
    groupName: 'sales_properties',
    readOnlyValue: true,
  },
  {
    name: 'associatedcompanyid',
    label: '主要な関連会社ID',
    type: 'number',
    externalOptions: true,
    referencedObjectType: 'COMPANY',
    hidden: true,
  },
];

/** What a fresh account has on contacts, as far as this sandbox goes. */
export const CONTACT_PROPERTIES: readonly NewProperty[] = shipped([
  ...writable('contactinformation', 'string', {
    email: 'Eメール',
    firstname: '名',
    lastname: '姓',
    jobtitle: '役職',
    company: '会社名',
    website: 'ウェブサイトURL',
    address: '町名・番地',
    city: '市区町村',
    state: '都道府県',
    zip: '郵便番号',
    country: '国',
    salutation: '敬称',
    department: '部署',
    hs_language: '希望言語',
  }),
  ...writable('contactinformation', 'string', { phone: '電話番号', mobilephone: '携帯電話番号', fax: 'FAX番号' }).map(
    (phone) => ({ ...phone, fieldType: 'phonenumber' }),
  ),
  ...longText('contactinformation', { message: 'メッセージ' }),
  ...writable('contactinformation', 'datetime', { closedate: 'クローズ日' }),
  ...CHOSEN,
  ...readOnly('contactinformation', 'datetime', {
    createdate: '作成日',
    lastmodifieddate: '最終更新日',
    hs_lastmodifieddate: 'オブジェクト最終更新日時',
  }),
  ...readOnly('contactinformation', 'number', { hs_object_id: 'レコードID', ...USER_IDS }),
  ...readOnly('contactinformation', 'string', {
    hs_all_contact_vids: 'すべてのコンタクトID',
    hs_calculated_merged_vids: 'マージ済みコンタクトID',
    hs_email_domain: 'Eメールドメイン',
    hs_full_name_or_email: '氏名またはEメール',
    hs_object_source: 'レコードソース',
    hs_object_source_id: 'レコードソースID',
    hs_object_source_label: 'レコードソースの詳細',
    hs_object_source_detail_1: 'レコードソース詳細1',
    hubspot_team_id: 'HubSpotチーム',
    hs_all_owner_ids: 'すべての担当者ID',
  }),
  ...readOnly('salesforceinformation', 'string', {
    salesforcecontactid: 'Salesforce取引先責任者ID',
    salesforceleadid: 'SalesforceリードID',
    salesforceaccountid: 'Salesforce取引先ID',
  }),
  ...readOnly('contactinformation', 'bool', { hs_is_contact: 'コンタクトか', hs_is_unworked: '未対応のコンタクトか' }),
  ...readOnly('lifecyclestages', 'datetime', { hs_v2_date_entered_current_stage: '現在のステージに入った日時' }),
  ...readOnly('sales_properties', 'datetime', {
    hubspot_owner_assigneddate: '担当者割り当て日時',
    notes_last_contacted: '最終コンタクト日時',
    notes_last_updated: '最終アクティビティー日時',
    hs_last_sales_activity_timestamp: '最終エンゲージメント日時',
    hs_sales_email_last_replied: 'セールスEメール最終返信日時',
  }),
  ...readOnly('sales_properties', 'number', {
    num_contacted_notes: '連絡回数',
    num_notes: 'アクティビティー数',
    num_associated_deals: '関連取引数',
  }),
  ...readOnly('conversioninformation', 'datetime', {
    recent_conversion_date: '最新のコンバージョン日時',
    first_conversion_date: '最初のコンバージョン日時',
  }),
  ...readOnly('conversioninformation', 'string', {
    recent_conversion_event_name: '最新のコンバージョン',
    first_conversion_event_name: '最初のコンバージョン',
  }),
  ...readOnly('conversioninformation', 'number', {
    num_conversion_events: 'フォーム送信数',
    num_unique_conversion_events: 'ユニークフォーム送信数',
  }),
  ...readOnly('emailinformation', 'datetime', {
    hs_email_last_open_date: 'マーケティングEメール最終開封日',
    hs_email_last_click_date: 'マーケティングEメール最終クリック日',
    hs_email_last_reply_date: 'マーケティングEメール最終返信日',
  }),
  ...readOnly('emailinformation', 'number', {
    hs_email_open: 'Eメール開封数',
    hs_email_click: 'Eメールクリック数',
    hs_email_bounce: 'Eメールバウンス数',
  }),
  ...readOnly('emailinformation', 'bool', { hs_email_optout: 'すべてのEメールの配信停止' }),
  ...readOnly('analyticsinformation', 'datetime', {
    hs_analytics_last_timestamp: '最終ページビュー日時',
    hs_analytics_last_visit_timestamp: '最終訪問日時',
  }),
  ...readOnly('analyticsinformation', 'number', {
    hs_analytics_num_page_views: 'ページビュー数',
    hs_analytics_num_visits: 'セッション数',
  }),
  ...readOnly('analyticsinformation', 'string', {
    hs_analytics_last_url: '最後に閲覧したページ',
    hs_analytics_source_data_1: 'オリジナルソース詳細1',
    hs_analytics_source_data_2: 'オリジナルソース詳細2',
  }),
]);
