import type { ActivityKind } from '../people/activity.ts';
import type { Locale } from '../policy.ts';
import type { BriefFacts, BriefSection } from './brief.ts';
import { type InBoth, plural, stageName } from './words.ts';

type Head = (facts: BriefFacts, locale: Locale) => string;

type Words = {
  readonly title: (stage: BriefFacts['stage'], day: string, pass: number) => string;
  readonly from: (who: string, day: string) => string;
  readonly until: (deadline: string, due: string, day: string, within: string, off: string) => string;
  readonly within: (deadline: string, within: string) => string;
  readonly noDeadline: string;
  readonly heads: Readonly<Record<BriefSection, Head>>;
  /** What is said where there is nothing to tell; `null`: nothing is. */
  readonly nothing: Readonly<Record<BriefSection, string | null>>;
  readonly topic: Readonly<
    Record<'form' | 'seminar' | 'campaign' | 'page', (name: string, day: string, times: number) => string>
  >;
  readonly split: (total: string, behaviour: string, attribute: string) => string;
  readonly points: (points: number) => string;
  readonly times: (times: number) => string;
  readonly deeds: Readonly<Partial<Record<ActivityKind, string>>>;
  readonly received: string;
  readonly more: (count: number) => string;
  readonly pass: (nth: number, stage: string, day: string) => string;
  /** Behind the head of a section with several lines. */
  readonly newestFirst: string;
  readonly unknown: string;
  readonly basis: (version: string) => string;
};

const points = ({ score }: BriefFacts): string => (score?.total === undefined ? '?' : String(score.total));

/** The words of the brief. It is read by a rep in the minute before a call. */
export const BRIEF_WORDS: InBoth<Words> = {
  ja: {
    title: (stage, day, pass) => `【引き渡しメモ】${stageName(stage, 'ja')} ${day}${pass > 1 ? `(${pass} 回目)` : ''}`,
    from: (who, day) => `引き渡し: ${who}から(${day})`,
    until: (deadline, due, day, within, off) =>
      `期限: ${deadline}は ${due} まで(${day}に引き渡した場合。${within}以内${off === '' ? '' : `、${off}`})`,
    within: (deadline, within) => `期限: ${deadline}は引き渡しから ${within}以内`,
    noDeadline: '期限: この引き渡しから始まる期限はありません。',
    heads: {
      topic: () => '最初の話題',
      reasons: ({ stage }, locale) => `${stageName(stage, locale)} になった理由`,
      score: (facts) => `スコア ${points(facts)} 点の内訳`,
      asked: () => '問い合わせ・申し込み',
      did: () => '見たもの・参加したもの',
      contacts: () => 'これまでの接触',
      past: () => '過去の経緯・商談',
    },
    nothing: {
      topic: '記録からは分かりません。まず関心をうかがってください。',
      reasons: '条件ではなく、ステージの変更によるものです。',
      score: null,
      asked: '記録なし',
      did: '記録なし',
      contacts: '記録なし',
      past: null,
    },
    topic: {
      form: (name, day) => `「${name}」を送信(${day})。この件から。`,
      seminar: (name, day) => `「${name}」(${day})の感想や関心から。`,
      campaign: (name, day) => `「${name}」への反応(${day})から。`,
      page: (name, day, times) => `${name} のページを ${times} 回閲覧(最後は ${day})。この内容から。`,
    },
    split: (total, behaviour, attribute) => `合計 ${total} = 行動 ${behaviour} + 属性 ${attribute}`,
    points: (amount) => `${amount} 点`,
    times: (times) => `${times} 回`,
    deeds: { page: 'ページ', seminar: 'セミナー', campaign: 'キャンペーン', form: 'フォーム' },
    received: '受信',
    more: (count) => `ほか ${count} 件`,
    pass: (nth, stage, day) => `${nth} 回目: ${stage}(${day})まで進む`,
    newestFirst: '(新しい順)',
    unknown: '不明',
    basis: (version) => `根拠: 合意(定義書)${version}。この欄は Tasuki が引き渡しのときに書きます。`,
  },
  en: {
    title: (stage, day, pass) =>
      `Hand-off brief: ${stageName(stage, 'en')}, ${day}${pass > 1 ? ` (round ${pass})` : ''}`,
    from: (who, day) => `From: ${who} (${day})`,
    until: (deadline, due, day, within, off) =>
      `Until: ${deadline} by ${due} (${within}, if handed over on ${day}${off === '' ? '' : `; closed: ${off}`})`,
    within: (deadline, within) => `Until: ${deadline} within ${within} of the hand-off`,
    noDeadline: 'Until: no deadline begins with this hand-off.',
    heads: {
      topic: () => 'Talk about first',
      reasons: ({ stage }, locale) => `Why ${stageName(stage, locale)}`,
      score: (facts) => `Score ${points(facts)}, by what`,
      asked: () => 'Asked for or sent in',
      did: () => 'Read or took part in',
      contacts: () => 'Contact so far',
      past: () => 'Earlier rounds and deals',
    },
    nothing: {
      topic: 'nothing on record tells; ask what they are interested in',
      reasons: 'no criterion; the stage was changed',
      score: null,
      asked: 'nothing on record',
      did: 'nothing on record',
      contacts: 'none on record',
      past: null,
    },
    topic: {
      form: (name, day) => `sent “${name}” (${day}): begin with that`,
      seminar: (name, day) => `what they made of “${name}” (${day})`,
      campaign: (name, day) => `their answer to “${name}” (${day})`,
      page: (name, day, times) => `looked at ${name} ${plural(times, 'time')} (last on ${day}): begin with that`,
    },
    split: (total, behaviour, attribute) => `total ${total} = behaviour ${behaviour} + attributes ${attribute}`,
    points: (amount) => plural(amount, 'point'),
    times: (times) => plural(times, 'time'),
    deeds: { page: 'page', seminar: 'seminar', campaign: 'campaign', form: 'form' },
    received: 'received',
    more: (count) => `and ${count} more`,
    pass: (nth, stage, day) => `round ${nth}: as far as ${stage} (${day})`,
    newestFirst: ' (newest first)',
    unknown: 'unknown',
    basis: (version) => `Basis: agreement ${version}. Tasuki writes this field at the hand-off.`,
  },
};

/** The sections as they are called where it is told which had nothing to tell. */
export const BRIEF_SECTION_NAMES: Readonly<Record<BriefSection, InBoth>> = {
  topic: { ja: '話題', en: 'topic' },
  reasons: { ja: '理由', en: 'reasons' },
  score: { ja: 'スコア', en: 'score' },
  asked: { ja: '問い合わせ', en: 'requests' },
  did: { ja: '行動', en: 'activities' },
  contacts: { ja: '接触', en: 'contact' },
  past: { ja: '過去の経緯', en: 'earlier rounds' },
};
