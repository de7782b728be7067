import { CALLS, EMAILS, MEETINGS, NOTES, TASKS } from '../objects.ts';
import { CALL_DISPOSITIONS, options } from './choices.ts';
import type { NewProperty } from './definition.ts';
import { commonProperties, longText, readOnly, shipped, writable } from './property-lists.ts';

export const ACTIVITY_GROUPS: Readonly<Record<string, string>> = { engagement: 'アクティビティー情報' };

const GROUP = 'engagement';

function chosen(name: string, label: string, choices: Readonly<Record<string, string>>): NewProperty {
  return { name, label, type: 'enumeration', groupName: GROUP, options: options(choices) };
}

const COMMON: readonly NewProperty[] = [
  ...writable(GROUP, 'datetime', { hs_timestamp: 'アクティビティー日時' }),
  ...writable(GROUP, 'string', { hs_attachment_ids: '添付ファイルID' }),
  ...readOnly(GROUP, 'string', { hs_body_preview: '本文のプレビュー' }),
  ...commonProperties(GROUP),
];

const CALL: readonly NewProperty[] = [
  ...writable(GROUP, 'string', {
    hs_call_title: '通話タイトル',
    hs_call_from_number: '発信番号',
    hs_call_to_number: '着信番号',
    hs_call_recording_url: '録音URL',
  }),
  ...longText(GROUP, { hs_call_body: '通話メモ' }),
  // Milliseconds.
  ...writable(GROUP, 'number', { hs_call_duration: '通話時間' }),
  chosen('hs_call_direction', '通話の方向', { INBOUND: '着信', OUTBOUND: '発信' }),
  chosen('hs_call_status', '通話ステータス', {
    BUSY: '話し中',
    CALLING_CRM_USER: 'ユーザーを呼び出し中',
    CANCELED: 'キャンセル',
    COMPLETED: '完了',
    CONNECTING: '接続中',
    FAILED: '失敗',
    IN_PROGRESS: '通話中',
    MISSED: '不在着信',
    NO_ANSWER: '応答なし',
    QUEUED: '待機中',
    RINGING: '呼び出し中',
  }),
  chosen('hs_call_disposition', '通話の成果', CALL_DISPOSITIONS),
];

const EMAIL: readonly NewProperty[] = [
  ...writable(GROUP, 'string', {
    hs_email_subject: '件名',
    hs_email_from_email: '差出人',
    hs_email_to_email: '宛先',
    hs_email_cc_email: 'CC',
  }),
  ...longText(GROUP, { hs_email_text: '本文', hs_email_html: '本文（HTML）', hs_email_headers: 'ヘッダー' }),
  chosen('hs_email_direction', '方向', {
    EMAIL: '送信',
    INCOMING_EMAIL: '受信',
    FORWARDED_EMAIL: '転送',
  }),
  chosen('hs_email_status', '送信ステータス', {
    BOUNCED: 'バウンス',
    FAILED: '失敗',
    SCHEDULED: '予約済み',
    SENDING: '送信中',
    SENT: '送信済み',
  }),
  // Only an e-mail that a sequence sent has the first; only one that HubSpot itself sent has the second.
  ...readOnly(GROUP, 'string', { hs_sequence_id: 'シーケンスID', hs_email_send_event_id: '送信イベントID' }),
  ...readOnly(GROUP, 'string', { hs_email_message_id: 'メッセージID', hs_email_thread_id: 'スレッドID' }),
];

const MEETING: readonly NewProperty[] = [
  ...writable(GROUP, 'string', { hs_meeting_title: 'ミーティング名', hs_meeting_location: '場所' }),
  ...longText(GROUP, { hs_meeting_body: '説明', hs_internal_meeting_notes: '社内メモ' }),
  ...writable(GROUP, 'string', { hs_meeting_external_url: '外部URL' }),
  ...writable(GROUP, 'datetime', { hs_meeting_start_time: '開始日時', hs_meeting_end_time: '終了日時' }),
  chosen('hs_meeting_outcome', 'ミーティングの成果', {
    SCHEDULED: '予定',
    COMPLETED: '完了',
    RESCHEDULED: '日程変更',
    NO_SHOW: '欠席',
    CANCELED: 'キャンセル',
  }),
];

const TASK: readonly NewProperty[] = [
  ...writable(GROUP, 'string', { hs_task_subject: 'タスク名' }),
  ...longText(GROUP, { hs_task_body: 'タスクのメモ' }),
  ...writable(GROUP, 'number', { hs_task_reminders: 'リマインダー' }),
  chosen('hs_task_status', 'タスクステータス', {
    NOT_STARTED: '未開始',
    IN_PROGRESS: '進行中',
    WAITING: '待機中',
    DEFERRED: '延期',
    COMPLETED: '完了',
  }),
  chosen('hs_task_priority', '優先度', { NONE: 'なし', LOW: '低', MEDIUM: '中', HIGH: '高' }),
  chosen('hs_task_type', 'タスクの種類', {
    TODO: 'ToDo',
    CALL: 'コール',
    EMAIL: 'Eメール',
    LINKED_IN_MESSAGE: 'LinkedInメッセージ',
  }),
  ...readOnly(GROUP, 'number', { hs_task_is_completed: '完了数' }),
  ...readOnly(GROUP, 'bool', { hs_task_is_overdue: '期限切れか' }),
  ...readOnly(GROUP, 'string', { hs_task_family: 'タスクの系統' }),
];

/** What a fresh account has on each kind of activity, as far as this sandbox goes. */
export const ACTIVITY_PROPERTIES: ReadonlyMap<string, readonly NewProperty[]> = new Map(
  (
    [
      [NOTES, longText(GROUP, { hs_note_body: 'メモの本文' })],
      [CALLS, CALL],
      [EMAILS, EMAIL],
      [MEETINGS, MEETING],
      [TASKS, TASK],
    ] as const
  ).map(([kind, own]) => [kind.plural, shipped([...own, ...COMMON])]),
);
