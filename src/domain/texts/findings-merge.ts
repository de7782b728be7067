import type { FindingCode } from '../people/person.ts';
import type { ObserverClass } from '../people/record.ts';
import type { Locale } from '../policy.ts';
import type { Value } from '../values/value.ts';
import { OBSERVER } from './states.ts';
import {
  type Detail,
  type InBoth,
  inBrackets,
  otherSystemName,
  quoted,
  type Sentence,
  shown,
  systemName,
} from './words.ts';

/** What needs a person about a field that both systems hold. */
export const MERGE_FINDINGS = {
  CONFLICT: {
    ja: (d) =>
      `${shown(d['field'], 'ja')} が両方で異なります。HubSpot は${quoted(d['hubspot'], 'ja')}${moved(d['hubspotAt'], d['hubspotBy'], 'ja')}、Salesforce は${quoted(d['salesforce'], 'ja')}${moved(d['salesforceAt'], d['salesforceBy'], 'ja')}。どちらも変えていません。正しい値を両方に入れてください。${settles(d, 'ja')}`,
    en: (d) =>
      `${shown(d['field'], 'en')} differs: ${quoted(d['hubspot'], 'en')} in HubSpot${moved(d['hubspotAt'], d['hubspotBy'], 'en')}, ${quoted(d['salesforce'], 'en')} in Salesforce${moved(d['salesforceAt'], d['salesforceBy'], 'en')}. Both were kept. Enter the right value in both.${settles(d, 'en')}`,
  },
  FIELD_FROZEN: {
    ja: (d) =>
      `${systemName(d['system'], 'ja')} の ${shown(d['label'] ?? d['field'], 'ja')} に${quoted(d['ours'], 'ja')}を 3 回書き込みましたが、そのたびに${quoted(d['theirs'], 'ja')}に戻されました(${shown(d['record'] ?? d['subject'], 'ja')}、変更者: ${who(d['by'], 'ja')})。この項目は${left(d, 'ja')}。ほかの連携や自動化が同じ項目を更新していないか確認し、どちらかを止めてください。値を別のものに直すか、tasuki retry を実行すると、同期を再開します。`,
    en: (d) =>
      `${quoted(d['ours'], 'en')} was written three times to ${shown(d['label'] ?? d['field'], 'en')} in ${systemName(d['system'], 'en')}, and each time set back to ${quoted(d['theirs'], 'en')} (${shown(d['record'] ?? d['subject'], 'en')}, by ${who(d['by'], 'en')}). ${left(d, 'en')}. See whether another integration or a flow writes it, and stop one of the two. Entering a third value, or "tasuki retry", starts it again.`,
  },
  OPT_OUT_NOT_CARRIED: {
    ja: (d) =>
      `${systemName(d['from'], 'ja')} で拒否(配信停止など)されていますが、${otherSystemName(d['from'])} の ${shown(d['label'] ?? d['field'], 'ja')} には連携から書き込めません(${shown(d['subject'], 'ja')})。${otherSystemName(d['from'])} でも、人の手で配信停止にしてください。`,
    en: (d) =>
      `Opted out in ${systemName(d['from'], 'en')}, but ${shown(d['label'] ?? d['field'], 'en')} in ${otherSystemName(d['from'])} takes no value from an integration (${shown(d['subject'], 'en')}). Enter the opt-out there by hand.`,
  },
} as const satisfies Partial<Record<FindingCode, Sentence>>;

const NOBODY_KNOWN: InBoth = { ja: '不明', en: 'unknown' };

function who(by: Value | undefined, locale: Locale): string {
  return (OBSERVER[String(by) as ObserverClass] ?? NOBODY_KNOWN)[locale];
}

/** When and by whom, as far as the system tells; nothing where nothing was asked. */
function moved(at: Value | undefined, by: Value | undefined, locale: Locale): string {
  if (at === undefined || at === null) return '';
  const mover = locale === 'ja' ? `変更者: ${who(by, 'ja')}` : `by ${who(by, 'en')}`;
  return inBrackets(locale, `${at}`, mover);
}

/** What happens if nobody decides. */
function settles({ settlesOn, settlesTo }: Detail, locale: Locale): string {
  if (settlesOn === undefined || settlesOn === null) return '';
  const isNewest = settlesTo === 'newest';
  if (locale === 'ja')
    return `${settlesOn} までにそろわなければ、${isNewest ? 'あとから更新されたほう' : systemName(settlesTo, 'ja')} の値を採用します。`;
  return ` If they still differ on ${settlesOn}, ${isNewest ? 'the record that was changed last' : systemName(settlesTo, 'en')} wins.`;
}

/** An opt-out is never given up; everything else is left as it stands on both sides. */
function left({ goesOn }: Detail, locale: Locale): string {
  if (goesOn === true)
    return locale === 'ja'
      ? '厳しいほうを守るため、引き続き書き込みます'
      : 'It is still written, for an opt-out is never lifted';
  return locale === 'ja' ? '両方とも、そのままにしています' : 'The field is left alone on both sides';
}
