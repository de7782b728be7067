import type { FindingCode } from '../people/person.ts';
import { type Sentence, shown, stageName } from './words.ts';

/** What the agreement asks of a person and does not find. */
export const CRITERIA_FINDINGS = {
  CRITERIA_UNKNOWN: {
    ja: (d) =>
      `${stageName(d['stage'], 'ja')} の条件を判定できません。読めていないもの: ${shown(d['what'], 'ja')}。項目やフォームなどを読む権限と、mappings/agreement.yaml の名前を確認してください。`,
    en: (d) =>
      `The criteria of ${stageName(d['stage'], 'en')} cannot be judged. Not read: ${shown(d['what'], 'en')}. Check the permissions on these fields, forms or events, and their names in mappings/agreement.yaml.`,
  },
  REGISTRATION_INCOMPLETE: {
    ja: (d) =>
      `${stageName(d['stage'], 'ja')} までに埋める約束の項目が空欄です: ${shown(d['fields'], 'ja')}(${shown(d['subject'], 'ja')})。記入してください。記入が確認できれば、この指摘は自動で消えます。`,
    en: (d) =>
      `Fields that are to be filled in by ${stageName(d['stage'], 'en')} are empty: ${shown(d['fields'], 'en')} (${shown(d['subject'], 'en')}). Fill them in; this closes by itself.`,
  },
  STATUS_STALE: {
    ja: (d) =>
      `${stageName(d['stage'], 'ja')} の ${shown(d['subject'], 'ja')} について、${shown(d['since'], 'ja')} から活動の記録もステータスの変更もありません(更新の期限: ${shown(d['due'], 'ja')})。活動を記録するか、ステータスを更新してください。更新が確認できれば、この指摘は自動で消えます。`,
    en: (d) =>
      `Nothing has been entered about ${shown(d['subject'], 'en')} (${stageName(d['stage'], 'en')}) since ${shown(d['since'], 'en')}; an update was due by ${shown(d['due'], 'en')}. Log an activity or change the status; this closes by itself.`,
  },
  HEAD_WITHOUT_USER: {
    ja: (d) =>
      `合意の見直し日(${shown(d['date'], 'ja')})ですが、${shown(d['role'], 'ja')} の ${shown(d['email'], 'ja')} は Salesforce の有効なユーザーではないため、ToDo を作れません。Salesforce のユーザーか、agreement.yaml の roles を直してください。直れば、ToDo は自動で作成されます。`,
    en: (d) =>
      `The agreement is to be reviewed (${shown(d['date'], 'en')}), but ${shown(d['email'], 'en')} (${shown(d['role'], 'en')}) is no active user in Salesforce, so no task can be made. Correct the user there, or "roles" in agreement.yaml; the task is made then.`,
  },
} as const satisfies Partial<Readonly<Record<FindingCode, Sentence>>>;
