import { derived, type Field, field, flag, lookup, pick, text } from './field.ts';
import { LEAD_SOURCES } from './picklists.ts';
import type { Feature } from './sobject.ts';
import { SObject } from './sobject.ts';

/** The first is the company's own; amounts of yen have no decimals on the screen. */
export const CURRENCIES = [
  { code: 'JPY', decimals: 0, rate: 1 },
  { code: 'USD', decimals: 2, rate: 0.0066 },
  { code: 'EUR', decimals: 2, rate: 0.0061 },
] as const;
export const COMPANY_CURRENCY = 'JPY';

const WITH_CURRENCY = [
  'Lead',
  'Contact',
  'Account',
  'Opportunity',
  'OpportunityContactRole',
  'OpportunityLineItem',
  'Product2',
  'PricebookEntry',
  'Campaign',
  'CampaignMember',
];

/** A person's columns on Account and where the same value stands on its Contact. */
export const PERSON_COLUMNS: Readonly<Record<string, string>> = {
  LastName: 'LastName',
  FirstName: 'FirstName',
  Salutation: 'Salutation',
  Phone: 'Phone',
  Fax: 'Fax',
  OwnerId: 'OwnerId',
  PersonEmail: 'Email',
  PersonTitle: 'Title',
  PersonDepartment: 'Department',
  PersonMobilePhone: 'MobilePhone',
  PersonHomePhone: 'HomePhone',
  PersonLeadSource: 'LeadSource',
  PersonBirthdate: 'Birthdate',
  PersonHasOptedOutOfEmail: 'HasOptedOutOfEmail',
  PersonDoNotCall: 'DoNotCall',
  PersonMailingStreet: 'MailingStreet',
  PersonMailingCity: 'MailingCity',
  PersonMailingState: 'MailingState',
  PersonMailingPostalCode: 'MailingPostalCode',
  PersonMailingCountry: 'MailingCountry',
};

const currencyField = (): Field =>
  pick('CurrencyIsoCode', '通貨 ISO コード', [], {
    length: 3,
    defaulted: true,
    picklist: CURRENCIES.map(({ code }) => ({ value: code, isDefault: code === COMPANY_CURRENCY })),
  });

function personFields(): Field[] {
  return [
    derived(flag('IsPersonAccount', '個人取引先')),
    derived(lookup('PersonContactId', '取引先責任者 ID', ['Contact'])),
    text('LastName', '姓', 80),
    text('FirstName', '名', 40),
    text('Salutation', '敬称', 40),
    field('PersonEmail', 'メール', 'email', { length: 80 }),
    text('PersonTitle', '役職', 80),
    text('PersonDepartment', '部署', 80),
    field('PersonMobilePhone', '携帯電話', 'phone', { length: 40 }),
    field('PersonHomePhone', '自宅電話', 'phone', { length: 40 }),
    pick('PersonLeadSource', 'リードソース', LEAD_SOURCES),
    field('PersonBirthdate', '誕生日', 'date'),
    flag('PersonHasOptedOutOfEmail', 'メール送信除外'),
    flag('PersonDoNotCall', '電話不可'),
    ...['Street', 'City', 'State', 'PostalCode', 'Country'].map((part) =>
      text(`PersonMailing${part}`, `郵送先 ${part}`, part === 'Street' ? 255 : 80),
    ),
  ];
}

export type FeatureField = readonly [object: string, field: Field];

/** The fields that exist only while a feature is on; a namesake that is there already is replaced by them. */
export const FEATURE_FIELDS: Readonly<Record<Feature, () => readonly FeatureField[]>> = {
  multiCurrency: () => [
    ...WITH_CURRENCY.map((name): FeatureField => [name, currencyField()]),
    ['User', { ...currencyField(), name: 'DefaultCurrencyIsoCode', label: '情報通貨' }],
  ],
  personAccounts: () => [
    ...personFields().map((person): FeatureField => ['Account', person]),
    ['Contact', derived(flag('IsPersonAccount', '個人取引先'))],
    ['RecordType', derived(flag('IsPersonType', '個人取引先'))],
    // Without a company a lead becomes a person account.
    ['Lead', text('Company', '会社名', 255)],
  ],
};

export function currencyTypeObject(): SObject {
  const readOnly = { createable: false, updateable: false, deletable: false } as const;
  return new SObject('CurrencyType', { label: '通貨', prefix: '01L', ...readOnly, feature: 'multiCurrency' }, [
    field('Id', 'ID', 'id', { length: 18 }),
    text('IsoCode', '通貨 ISO コード', 3),
    field('ConversionRate', '換算率', 'double', { precision: 18, scale: 6 }),
    field('DecimalPlaces', '小数点以下桁数', 'int'),
    flag('IsActive', '有効'),
    flag('IsCorporate', 'マスタ通貨'),
    field('CreatedDate', '作成日', 'datetime'),
    field('LastModifiedDate', '最終更新日', 'datetime'),
    field('SystemModstamp', 'システム更新日時', 'datetime'),
  ]);
}
