import { audit, derived, field, flag, lookup, pick, text } from './field.ts';
import { SObject } from './sobject.ts';

const READ_ONLY = { createable: false, updateable: false, deletable: false } as const;

/** People, queues and the organisation: what an administrator keeps by hand and an integration only reads. */
export function directoryObjects(): SObject[] {
  return [
    new SObject('User', { label: 'ユーザ', prefix: '005', ...READ_ONLY, replicateable: true }, [
      ...audit(false),
      text('Username', 'ユーザ名', 80, { required: true, unique: true }),
      text('LastName', '姓', 80, { required: true }),
      text('FirstName', '名', 40),
      derived(text('Name', '氏名', 121, { nameField: true })),
      text('Title', '役職', 80),
      text('Department', '部署', 80),
      field('Email', 'メール', 'email', { length: 128, required: true }),
      field('Phone', '電話', 'phone', { length: 40 }),
      text('Alias', '別名', 8, { required: true }),
      text('EmployeeNumber', '従業員番号', 20),
      flag('IsActive', '有効'),
      text('TimeZoneSidKey', 'タイムゾーン', 40),
      text('LocaleSidKey', '地域', 40),
      text('LanguageLocaleKey', '言語', 40),
      text('EmailEncodingKey', 'メールの文字コード', 40),
      lookup('ProfileId', 'プロファイル ID', ['Profile']),
      lookup('ManagerId', 'マネージャ ID', ['User']),
      pick('UserType', 'ユーザ種別', ['Standard', 'PowerPartner', 'CsnOnly'], { ...READ_ONLY, length: 40 }),
    ]),
    new SObject('Group', { label: 'グループ', prefix: '00G', ...READ_ONLY }, [
      ...audit(false),
      text('Name', '名前', 40, { required: true, nameField: true }),
      text('DeveloperName', '開発者名', 80),
      pick('Type', '種別', ['Queue', 'Regular', 'Organization'], { length: 40 }),
      field('Email', 'メール', 'email', { length: 255 }),
      lookup('RelatedId', '関連 ID', ['User']),
      lookup('OwnerId', '所有者 ID', ['User']),
      flag('DoesSendEmailToMembers', 'メンバーにメールを送信'),
      flag('DoesIncludeBosses', '上司を含める'),
    ]),
    new SObject('GroupMember', { label: 'グループメンバー', prefix: '011', ...READ_ONLY }, [
      field('Id', 'ID', 'id', { length: 18 }),
      lookup('GroupId', 'グループ ID', ['Group'], { required: true }),
      lookup('UserOrGroupId', 'ユーザ/グループ ID', ['User', 'Group'], { required: true }),
      field('SystemModstamp', 'システム更新日時', 'datetime'),
    ]),
    new SObject('QueueSobject', { label: 'キュー sObject', prefix: '03g', ...READ_ONLY }, [
      field('Id', 'ID', 'id', { length: 18 }),
      lookup('QueueId', 'キュー ID', ['Group'], { required: true }),
      text('SobjectType', 'sObject 種別', 40, { required: true }),
      lookup('CreatedById', '作成者 ID', ['User']),
      field('SystemModstamp', 'システム更新日時', 'datetime'),
    ]),
    new SObject('Profile', { label: 'プロファイル', prefix: '00e', ...READ_ONLY }, [
      ...audit(false),
      text('Name', '名前', 255, { nameField: true }),
      pick('UserType', 'ユーザ種別', ['Standard'], { length: 40 }),
    ]),
    new SObject('Organization', { label: '組織', prefix: '00D', ...READ_ONLY }, [
      ...audit(false),
      text('Name', '組織名', 80, { nameField: true }),
      text('Country', '国', 80),
      text('DefaultLocaleSidKey', '既定の地域', 40),
      text('TimeZoneSidKey', 'タイムゾーン', 40),
      text('LanguageLocaleKey', '言語', 40),
      text('OrganizationType', '組織の種類', 40),
      text('InstanceName', 'インスタンス', 5),
      text('NamespacePrefix', '名前空間プレフィックス', 15),
      flag('IsSandbox', 'Sandbox'),
      field('TrialExpirationDate', 'トライアルの期限', 'datetime'),
      field('FiscalYearStartMonth', '会計年度の開始月', 'int'),
    ]),
    new SObject('LeadStatus', { label: 'リード状況の値', prefix: '01J', ...READ_ONLY }, [
      ...audit(false),
      text('MasterLabel', '表示ラベル', 255),
      text('ApiName', 'API 参照名', 255),
      field('SortOrder', '並び順', 'int'),
      flag('IsDefault', '既定'),
      flag('IsConverted', '取引の開始'),
    ]),
    new SObject('ListView', { label: 'リストビュー', prefix: '00B', ...READ_ONLY }, [
      ...audit(false),
      text('Name', '表示ラベル', 40),
      text('DeveloperName', 'API 参照名', 80),
      text('SobjectType', 'sObject 種別', 40),
    ]),
    new SObject('TaskStatus', { label: 'ToDo 状況の値', prefix: '01T', ...READ_ONLY }, [
      ...audit(false),
      text('MasterLabel', '表示ラベル', 255),
      text('ApiName', 'API 参照名', 255),
      field('SortOrder', '並び順', 'int'),
      flag('IsDefault', '既定'),
      flag('IsClosed', '完了'),
    ]),
    new SObject('TaskPriority', { label: 'ToDo 優先度の値', prefix: '01P', ...READ_ONLY }, [
      ...audit(false),
      text('MasterLabel', '表示ラベル', 255),
      text('ApiName', 'API 参照名', 255),
      field('SortOrder', '並び順', 'int'),
      flag('IsDefault', '既定'),
      flag('IsHighPriority', '優先度高'),
    ]),
  ];
}
