import { audit, derived, type Field, field, flag, longText, lookup, number, pick, pickWithDefault } from './field.ts';
import {
  TASK_PRIORITIES,
  TASK_PRIORITY_DEFAULT,
  TASK_STATUS_DEFAULT,
  TASK_STATUSES,
  TASK_SUBTYPES,
} from './picklists.ts';
import { SObject } from './sobject.ts';

const fixedAfterCreate = { updateable: false } as const;

function shared(owners: readonly string[]): Field[] {
  return [
    lookup('WhoId', '名前 ID', ['Contact', 'Lead']),
    lookup('WhatId', '関連先 ID', ['Account', 'Campaign', 'Opportunity']),
    derived(lookup('AccountId', '取引先 ID', ['Account'])),
    field('Subject', '件名', 'combobox', { length: 255, picklist: [{ value: '電話' }, { value: 'メール送信' }] }),
    longText('Description', 'コメント'),
    lookup('OwnerId', '任命先 ID', owners, { required: true, defaulted: true }),
    field('ReminderDateTime', 'アラーム日時', 'datetime'),
    flag('IsReminderSet', 'アラーム設定'),
    derived(flag('IsArchived', 'アーカイブ済み')),
    flag('IsRecurrence', '定期的', fixedAfterCreate),
  ];
}

export function taskObject(): SObject {
  return new SObject('Task', { label: 'ToDo', prefix: '00T', replicateable: true, undeletable: true }, [
    ...audit(),
    ...shared(['Group', 'User']),
    field('ActivityDate', '期日', 'date'),
    pickWithDefault('Status', '状況', TASK_STATUSES, TASK_STATUS_DEFAULT),
    pickWithDefault('Priority', '優先度', TASK_PRIORITIES, TASK_PRIORITY_DEFAULT),
    derived(flag('IsHighPriority', '優先度高')),
    derived(flag('IsClosed', 'クローズ済み')),
    derived(field('CompletedDateTime', '完了日時', 'datetime')),
    pick('TaskSubtype', 'ToDo サブタイプ', TASK_SUBTYPES, {
      ...fixedAfterCreate,
      length: 40,
      picklist: TASK_SUBTYPES.map((value) => ({ value, isDefault: value === 'Task' })),
      defaulted: true,
    }),
    pick('CallType', 'コールの種別', ['Internal', 'Inbound', 'Outbound'], { length: 40 }),
    number('CallDurationInSeconds', '通話時間(秒)', 'int', 8),
    field('CallDisposition', 'コール結果', 'string', { length: 255 }),
    field('CallObject', 'コールオブジェクト ID', 'string', { length: 255 }),
  ]);
}

export function eventObject(): SObject {
  return new SObject('Event', { label: '行動', prefix: '00U', replicateable: true, undeletable: true }, [
    ...audit(),
    ...shared(['User']),
    field('Location', '場所', 'string', { length: 255 }),
    flag('IsAllDayEvent', '終日'),
    field('ActivityDateTime', '期日/時間', 'datetime'),
    field('ActivityDate', '期日のみ', 'date'),
    number('DurationInMinutes', '期間', 'int', 8),
    field('StartDateTime', '開始', 'datetime'),
    field('EndDateTime', '終了', 'datetime'),
    derived(field('EndDate', '終了日', 'date')),
    flag('IsPrivate', '非公開'),
    pick('ShowAs', '公開する予定の表示', ['Busy', 'OutOfOffice', 'Free'], { length: 40 }),
    pick('EventSubtype', '行動サブタイプ', ['Event'], { ...fixedAfterCreate, length: 40, defaulted: true }),
    derived(flag('IsChild', '子行動')),
    derived(flag('IsGroupEvent', 'グループ行動')),
  ]);
}
