import type { Activity } from '../people/activity.ts';
import type { ChangeState, Hold } from '../people/change.ts';
import type { EvidenceGrade } from '../people/evidence-grade.ts';
import type { Clock, StageEntry } from '../people/person.ts';
import type { Link, LinkRole, ObserverClass } from '../people/record.ts';
import type { InBoth } from './words.ts';

/** The words for where something stands, as `explain` shows them. A state without a word does not compile. */

export const LINK_ROLE: Readonly<Record<LinkRole, InBoth>> = {
  current: { ja: '有効', en: 'current' },
  converted: { ja: '取引の開始で変換済み', en: 'converted' },
  merged: { ja: 'マージ済み', en: 'merged away' },
  duplicate: { ja: '重複', en: 'duplicate' },
  former: { ja: '以前のレコード', en: 'former' },
};

/** How we know that a record is this person, deal or company. */
export const LINK_EVIDENCE: Readonly<Record<Link['evidence'], InBoth>> = {
  link: { ja: 'CRM 上でつながっている', en: 'the CRM links it' },
  key: { ja: 'Tasuki のキーが一致', en: 'same Tasuki key' },
  native: { ja: 'HubSpot の Salesforce 連携が残した ID', en: "the id that HubSpot's Salesforce integration left" },
  email: { ja: 'メールアドレスが一致', en: 'same e-mail address' },
  domain: { ja: 'ドメインが一致', en: 'same domain' },
  name: { ja: '社名が一致', en: 'same name' },
  conversion: { ja: 'リードから変換', en: 'converted from the lead' },
  merge: { ja: 'マージ', en: 'merged' },
  created: { ja: 'Tasuki が作成', en: 'made by Tasuki' },
  alone: { ja: '最初に見つかったレコード', en: 'seen first' },
};

export const STAGE_CAUSE: Readonly<Record<StageEntry['by'], InBoth>> = {
  rule: { ja: '条件を満たした', en: 'its criteria are met' },
  history: { ja: '運用開始前からの引き継ぎ', en: 'from before the go-live line' },
  manual: { ja: '画面での変更', en: 'changed by a person' },
  automation: { ja: 'ワークフローなどの自動処理による変更', en: 'moved by a workflow or another program' },
  deal: { ja: '取引の作成・受注による HubSpot の自動更新', en: 'moved by HubSpot, because a deal was made or won' },
  answer: { ja: '営業の返答', en: 'sales said so' },
  silence: { ja: '期限までに返答がなく、受け入れたものとみなした', en: 'no answer in time, which counts as accepted' },
};

/** In the place of `history` for whoever is taken in by `adopt`. */
export const ADOPTED: InBoth = {
  ja: '運用開始前からの人を引き取り',
  en: 'taken in from before the go-live line',
};

/** Behind the instant of something that lies in the past: how well it is known. */
export const EVIDENCE_GRADE: Readonly<Record<EvidenceGrade, InBoth>> = {
  seen: { ja: '確認した時刻', en: 'seen as it happened' },
  recorded: { ja: 'システムの履歴による', en: "by the system's own history" },
  stated: { ja: '日付項目による', en: 'by a date field' },
  inferred: { ja: '推定。実際の時期は不明', en: 'inferred; since when is not known' },
};

export const CLOCK_STATE: Readonly<Record<Clock['state'], InBoth>> = {
  running: { ja: '進行中', en: 'running' },
  met: { ja: '期限内に完了', en: 'met' },
  'met-logged-late': { ja: '期限内に完了(記録は期限後)', en: 'met, logged late' },
  lapsed: { ja: '期限超過', en: 'lapsed' },
  closed: { ja: '終了', en: 'closed' },
};

/** Why a promise is owed no more, though nobody kept it. */
export const CLOSED_BECAUSE: Readonly<Record<string, InBoth>> = {
  silence: { ja: '返答なし。受け入れたものとみなす', en: 'no answer, which counts as accepted' },
  recycled: { ja: 'リサイクルになったため', en: 'the person was recycled' },
  disqualified: { ja: '対象外になったため', en: 'the person was disqualified' },
  'deadline-struck': { ja: '合意にこの期限がなくなったため', en: 'no agreement that is known has this deadline' },
  'moved-on': { ja: '先のステージに進んだため', en: 'the person has gone on to a further stage' },
  'record-gone': { ja: 'レコードがなくなったため', en: 'the record is gone' },
  'deal-gone': { ja: '取引がなくなったため', en: 'the deal is gone' },
  'out-of-scope': { ja: '対象の条件から外れたため', en: 'the person is out of scope' },
};

export const TASK_STATE: Readonly<Record<NonNullable<Clock['task']>['state'], InBoth>> = {
  queued: { ja: '順番待ち(1 日の上限のため)', en: 'waits for its turn (capped per day)' },
  planned: { ja: '作成予定', en: 'planned' },
  open: { ja: '未完了', en: 'open' },
  closed: { ja: '完了', en: 'completed' },
  removed: { ja: '削除済み', en: 'deleted' },
};

export const CHANGE_STATE: Readonly<Record<ChangeState, InBoth>> = {
  planned: { ja: '計画済み', en: 'planned' },
  approved: { ja: '送信待ち', en: 'to be sent' },
  sending: { ja: '送信中', en: 'being sent' },
  acknowledged: { ja: '書き込み済み・確認待ち', en: 'written, not yet confirmed' },
  confirmed: { ja: '確認済み', en: 'confirmed' },
  refused: { ja: '拒否された', en: 'refused' },
  unsure: { ja: '結果を確認中', en: 'outcome being checked' },
  superseded: { ja: '無効になった', en: 'superseded' },
  undone: { ja: '取り消し済み', en: 'undone' },
  parked: { ja: '待機(一時停止中、または失敗が続いたため)', en: 'waits: writing is paused, or it failed too often' },
};

/** What keeps a planned change from being sent. */
export const HOLD: Readonly<Record<Hold, InBoth>> = {
  'first-run': { ja: '初回のため承認待ち', en: 'first run, to be approved' },
  breaker: { ja: '変更がいつもより多いため承認待ち', en: 'more changes than usual, to be approved' },
  rollout: { ja: '段階的な展開の対象外', en: 'the rollout has not come that far' },
};

/** Who moved a value (変更者の区分). */
export const OBSERVER: Readonly<Record<ObserverClass, InBoth>> = {
  us: { ja: 'Tasuki', en: 'Tasuki' },
  person: { ja: '人', en: 'a person' },
  automation: { ja: '自動処理', en: 'an automation' },
  deal: { ja: 'HubSpot(取引に連動)', en: 'HubSpot, following a deal' },
  company: { ja: 'HubSpot(会社に連動)', en: 'HubSpot, following the company' },
};

/** What sales said to a hand-off; `silence`: nothing by the agreed time, which counts as accepted. */
export const ANSWER: Readonly<Record<'accepted' | 'rejected' | 'silence', InBoth>> = {
  accepted: { ja: '受け入れ', en: 'accepted' },
  rejected: { ja: '差し戻し', en: 'rejected' },
  silence: { ja: '返答なし(受け入れたものとみなす)', en: 'no answer, which counts as accepted' },
};

/** How a deal stands. */
export const DEAL_STATE: Readonly<Record<'open' | 'won' | 'lost', InBoth>> = {
  open: { ja: '進行中', en: 'open' },
  won: { ja: '受注', en: 'won' },
  lost: { ja: '失注', en: 'lost' },
};

export const ACTIVITY_KIND: Readonly<Record<Activity['kind'], InBoth>> = {
  call: { ja: '電話', en: 'call' },
  email: { ja: 'メール', en: 'e-mail' },
  meeting: { ja: '打ち合わせ', en: 'meeting' },
  task: { ja: 'ToDo', en: 'task' },
  note: { ja: 'メモ', en: 'note' },
  form: { ja: 'フォーム送信', en: 'form' },
  seminar: { ja: 'セミナー', en: 'seminar' },
  page: { ja: 'ページ閲覧', en: 'page view' },
  campaign: { ja: 'キャンペーン', en: 'campaign' },
};
