import type { FindingCode } from '../people/person.ts';
import { type Detail, type Sentence, shown, systemName } from './words.ts';

/** What waits because the day's calls run short. `freeAt` is on the wall of the office. */
export const BUDGET_FINDINGS = {
  API_BUDGET_LOW: {
    ja: (d) =>
      `${systemName(d['system'], 'ja')} の API 呼び出しが残り少なくなっています(${useJa(d)})。${d['level'] === 'tight' ? '引き渡しと期限に関わる書き込みを優先し、ほかの書き込みと全件の見回りは待たせ、読み取りの間隔を 2 倍にしています' : '既存レコードの埋め戻しを待たせています'}。${untilJa(d)}続くようなら ${shareOption(d)} を増やすか、ほかの連携の利用量を確認してください。`,
    en: (d) =>
      `The API calls of ${systemName(d['system'], 'en')} run short (${useEn(d)}). ${d['level'] === 'tight' ? 'Hand-offs and deadlines come first; other writes and the survey wait, and pulls come half as often' : 'Back-fills of existing records wait'}. ${untilEn(d)}If this persists, raise ${shareOption(d)}, or see what else uses the API.`,
  },
  API_BUDGET_SPENT: {
    ja: (d) =>
      `${systemName(d['system'], 'ja')} で Tasuki が使える API 呼び出しを${d['level'] === 'spent' ? '使い切ったため、引き渡しと期限に関わる書き込みも含めて読み書きを止めています' : 'ほぼ使い切ったため、引き渡しと期限に関わる書き込みだけを続けています'}(${useJa(d)})。待っている変更は失われません。${untilJa(d)}続くようなら ${shareOption(d)} を増やすか、ほかの連携の利用量を確認してください。`,
    en: (d) =>
      `The calls that Tasuki may make to ${systemName(d['system'], 'en')} are ${d['level'] === 'spent' ? 'used up; nothing is read or written there, hand-offs and deadlines included' : 'nearly used up; only hand-offs and deadlines are still written'} (${useEn(d)}). What waits is not lost. ${untilEn(d)}If this persists, raise ${shareOption(d)}, or see what else uses the API.`,
  },
} as const satisfies Partial<Readonly<Record<FindingCode, Sentence>>>;

function useJa(d: Detail): string {
  if (d['of'] === 'associations')
    return `関連付けの一括呼び出しに別枠の上限があります。Tasuki ${shown(d['used'], 'ja')} 回、上限 ${shown(d['budget'], 'ja')} 回、アカウント全体の上限 ${shown(d['limit'], 'ja')} 回`;
  return `Tasuki ${shown(d['used'], 'ja')} 回、上限 ${shown(d['budget'], 'ja')} 回。ほかの連携 ${shown(d['others'], 'ja')} 回、全体の上限 ${shown(d['limit'], 'ja')} 回`;
}

function useEn(d: Detail): string {
  if (d['of'] === 'associations')
    return `batches of associations have a limit of their own: Tasuki ${shown(d['used'], 'en')} of ${shown(d['budget'], 'en')}; ${shown(d['limit'], 'en')} for the account`;
  return `Tasuki ${shown(d['used'], 'en')} of ${shown(d['budget'], 'en')}; others ${shown(d['others'], 'en')}; ${shown(d['limit'], 'en')} for all`;
}

function untilJa({ freeAt }: Detail): string {
  return freeAt == null ? '' : `${shown(freeAt, 'ja')} ごろに元に戻ります。`;
}

function untilEn({ freeAt }: Detail): string {
  return freeAt == null ? '' : `Work goes on as usual from about ${shown(freeAt, 'en')}. `;
}

function shareOption({ system }: Detail): string {
  return system === 'salesforce' ? 'TASUKI_API_SHARE_SALESFORCE' : 'TASUKI_API_SHARE_HUBSPOT';
}
