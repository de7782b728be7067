import {
  audit,
  derived,
  type Field,
  field,
  flag,
  longText,
  lookup,
  number,
  pick,
  pickWithDefault,
  recordType,
  text,
} from './field.ts';
import { INDUSTRIES, LEAD_SOURCES, LEAD_STATUS_DEFAULT, LEAD_STATUSES, RATINGS, SALUTATIONS } from './picklists.ts';
import { SObject } from './sobject.ts';

const phone = (name: string, label: string): Field => field(name, label, 'phone', { length: 40 });
const email = (): Field => field('Email', 'メール', 'email', { length: 80 });
const website = (): Field => field('Website', 'Web サイト', 'url', { length: 255 });
const lastActivity = (): Field => derived(field('LastActivityDate', '最終活動日', 'date'));
const masterRecord = (name: string): Field => derived(lookup('MasterRecordId', 'マスタレコード ID', [name]));
const industry = (): Field => pick('Industry', '業種', INDUSTRIES);

function address(prefix: string, label: string): Field[] {
  return [
    field(`${prefix}Street`, `${label}町名・番地`, 'textarea', { length: 255 }),
    text(`${prefix}City`, `${label}市区郡`, 40),
    text(`${prefix}State`, `${label}都道府県`, 80),
    text(`${prefix}PostalCode`, `${label}郵便番号`, 20),
    text(`${prefix}Country`, `${label}国`, 80),
  ];
}

function personName(): Field[] {
  return [
    text('LastName', '姓', 80, { required: true }),
    text('FirstName', '名', 40),
    pick('Salutation', '敬称', SALUTATIONS, { length: 40, restricted: false }),
    derived(text('Name', '名前', 121, { required: true, nameField: true })),
  ];
}

function bounce(): Field[] {
  return [
    derived(text('EmailBouncedReason', 'メール不達の理由', 255)),
    derived(field('EmailBouncedDate', 'メール不達日', 'datetime')),
  ];
}

const BIN = { replicateable: true, undeletable: true, mergeable: true } as const;

export function leadObject(): SObject {
  return new SObject('Lead', { label: 'リード', prefix: '00Q', ...BIN }, [
    ...audit(),
    masterRecord('Lead'),
    ...personName(),
    text('Title', '役職', 128),
    text('Company', '会社名', 255, { required: true }),
    ...address('', ''),
    phone('Phone', '電話'),
    phone('MobilePhone', '携帯電話'),
    phone('Fax', 'Fax'),
    email(),
    website(),
    longText('Description', '説明'),
    pick('LeadSource', 'リードソース', LEAD_SOURCES),
    pickWithDefault('Status', 'リード状況', LEAD_STATUSES, LEAD_STATUS_DEFAULT),
    industry(),
    pick('Rating', '評価', RATINGS, { restricted: false }),
    number('AnnualRevenue', '年間売上', 'currency', 16),
    number('NumberOfEmployees', '従業員数', 'int', 8),
    lookup('OwnerId', '所有者 ID', ['Group', 'User'], { required: true, defaulted: true }),
    flag('HasOptedOutOfEmail', 'メール送信除外'),
    flag('DoNotCall', '電話不可'),
    flag('IsUnreadByOwner', '未読'),
    derived(flag('IsConverted', '取引の開始済み')),
    derived(field('ConvertedDate', '取引の開始日', 'date')),
    derived(lookup('ConvertedAccountId', '取引の開始で作成した取引先 ID', ['Account'])),
    derived(lookup('ConvertedContactId', '取引の開始で作成した取引先責任者 ID', ['Contact'])),
    derived(lookup('ConvertedOpportunityId', '取引の開始で作成した商談 ID', ['Opportunity'])),
    recordType(),
    lastActivity(),
    ...bounce(),
  ]);
}

export function contactObject(): SObject {
  return new SObject('Contact', { label: '取引先責任者', prefix: '003', ...BIN }, [
    ...audit(),
    masterRecord('Contact'),
    lookup('AccountId', '取引先 ID', ['Account']),
    ...personName(),
    ...address('Mailing', '郵送先'),
    ...address('Other', 'その他'),
    phone('Phone', '電話'),
    phone('MobilePhone', '携帯電話'),
    phone('HomePhone', '自宅電話'),
    phone('Fax', 'Fax'),
    email(),
    text('Title', '役職', 128),
    text('Department', '部署', 80),
    pick('LeadSource', 'リードソース', LEAD_SOURCES),
    field('Birthdate', '誕生日', 'date'),
    longText('Description', '説明'),
    lookup('ReportsToId', '上司 ID', ['Contact']),
    lookup('OwnerId', '所有者 ID', ['User'], { required: true, defaulted: true }),
    flag('HasOptedOutOfEmail', 'メール送信除外'),
    flag('DoNotCall', '電話不可'),
    lastActivity(),
    ...bounce(),
  ]);
}

export function accountObject(): SObject {
  return new SObject('Account', { label: '取引先', prefix: '001', ...BIN }, [
    ...audit(),
    masterRecord('Account'),
    text('Name', '取引先名', 255, { required: true, nameField: true }),
    pick('Type', '種別', ['見込み客', '顧客', 'パートナー', 'その他'], { restricted: false }),
    lookup('ParentId', '親取引先 ID', ['Account']),
    ...address('Billing', '請求先'),
    ...address('Shipping', '納入先'),
    phone('Phone', '電話'),
    phone('Fax', 'Fax'),
    website(),
    text('AccountNumber', '取引先番号', 40),
    industry(),
    number('AnnualRevenue', '年間売上', 'currency', 16),
    number('NumberOfEmployees', '従業員数', 'int', 8),
    longText('Description', '説明'),
    lookup('OwnerId', '所有者 ID', ['User'], { required: true, defaulted: true }),
    recordType(),
    lastActivity(),
  ]);
}
