import type { DeadlineEnd, DeadlineRule } from '../agreement/agreement.ts';
import { endsOf, OWNER } from '../agreement/deadline.ts';
import { isBeside } from '../agreement/stage-order.ts';
import type { Locale } from '../policy.ts';
import { ACTIVITY_KIND } from './states.ts';
import { type InBoth, printable, stageName } from './words.ts';

/** Each thing that ends a deadline, in words for whoever has to do one of them. */
export function endTexts(rule: Pick<DeadlineRule, 'ends'>, locale: Locale): readonly string[] {
  return endsOf(rule).map((end) => endText(end, locale));
}

const OF_DEAL: Readonly<Record<'amount' | 'close-date', InBoth>> = {
  amount: { ja: '金額', en: 'amount' },
  'close-date': { ja: '完了予定日', en: 'close date' },
};

const DEAL: Readonly<Record<'open' | 'won' | 'lost', InBoth>> = {
  open: { ja: 'Salesforce に商談がある', en: 'there is an opportunity in Salesforce' },
  won: { ja: 'Salesforce の商談が受注になる', en: 'an opportunity in Salesforce is won' },
  lost: { ja: 'Salesforce の商談が失注になる', en: 'an opportunity in Salesforce is lost' },
};

function endText(end: DeadlineEnd, locale: Locale): string {
  const isJapanese = locale === 'ja';
  if ('contact' in end) {
    const kinds = end.contact.map((kind) => ACTIVITY_KIND[kind][locale]);
    return isJapanese
      ? `${kinds.join('・')}のいずれかで連絡し、活動として記録する`
      : `they are contacted (${kinds.join(', ')}), and that is logged as an activity`;
  }
  if ('converted' in end) return isJapanese ? 'リードの取引を開始する' : 'the lead is converted';
  if ('answer' in end)
    return isJapanese
      ? '受け入れるか、理由を選んで差し戻す(Salesforce の「営業の返答」)'
      : 'the person is accepted, or rejected with a reason (the field 営業の返答 in Salesforce)';
  if ('entered' in end && isBeside(end.entered))
    return isJapanese
      ? `理由を選んで${stageName(end.entered, 'ja')}にする`
      : `they are ${stageName(end.entered, 'en')}, with a reason`;
  if ('entered' in end)
    return isJapanese
      ? `ステージが ${stageName(end.entered, 'ja')} か、その先に進む`
      : `they enter the stage ${stageName(end.entered, 'en')}, or a further one`;
  if ('handedOff' in end)
    return isJapanese
      ? `${printable(end.handedOff)} に引き渡される`
      : `they are handed over to ${printable(end.handedOff)}`;
  if ('meeting' in end) return meetingText(end.by, locale);
  const filled = end.with.map((name) => OF_DEAL[name][locale]);
  if (filled.length === 0) return DEAL[end.deal][locale];
  return isJapanese
    ? `${DEAL[end.deal].ja}(${filled.join('、')}が入っていること)`
    : `${DEAL[end.deal].en}, with ${filled.join(' and ')}`;
}

function meetingText(by: string, locale: Locale): string {
  if (locale === 'ja')
    return `${by === OWNER ? '担当者' : `${printable(by)} の誰か`}が、打ち合わせを予定に入れる(これからのものでよい)`;
  return `${by === OWNER ? 'the owner' : `somebody of ${printable(by)}`} has a meeting with them in the calendar, which may lie ahead`;
}
