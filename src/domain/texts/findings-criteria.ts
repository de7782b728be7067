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
} as const satisfies Partial<Readonly<Record<FindingCode, Sentence>>>;
