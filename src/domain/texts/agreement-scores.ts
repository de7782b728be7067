import type { Action, ActionSource } from '../agreement/action.ts';
import type { Agreement, AttributeRule, BehaviourRule } from '../agreement/agreement.ts';
import type { Locale } from '../policy.ts';
import { conditionWords } from './agreement-conditions.ts';
import { actionName, fieldName, type Naming } from './agreement-names.ts';
import type { Block } from './document.ts';
import { durationText, type InBoth, inBrackets, quoted } from './words.ts';

/** What counts as an action, and what actions and attributes are worth. */
export function scoreBlocks({ actions = [], score }: Agreement, naming: Naming, locale: Locale): readonly Block[] {
  const t = TEXTS[locale];
  const { behaviour, attribute } = score;
  return [
    ...(actions.length === 0
      ? []
      : [
          { heading: t.actions, level: 3 } as const,
          { table: { head: [t.action, t.counts], rows: actions.map((action) => actionRow(action, locale)) } },
        ]),
    { heading: t.behaviour, level: 3 },
    ...(behaviour === null
      ? [{ paragraph: t.none }]
      : 'hubspot' in behaviour
        ? [{ paragraph: t.ofHubSpot(fieldName(`hubspot.${behaviour.hubspot}`, naming, locale)) }]
        : [{ list: behaviour.map((rule) => ({ text: behaviourWords(rule, locale) })) }]),
    { heading: t.attribute, level: 3 },
    ...(attribute.length === 0
      ? [{ paragraph: t.none }]
      : [{ list: attribute.map((rule) => ({ text: attributeWords(rule, naming, locale) })) }]),
  ];
}

/** `資料ダウンロード: 1 回につき 15 点(上限 45 点、直近 90 日)` */
export function behaviourWords({ action, points, atMost, within, halvesEvery }: BehaviourRule, locale: Locale): string {
  const t = TEXTS[locale];
  const limits = inBrackets(
    locale,
    ...(atMost === undefined ? [] : [points < 0 ? t.takesAtMost(atMost) : t.atMost(atMost)]),
    ...(within === undefined ? [] : [t.within(durationText(within, locale))]),
    ...(halvesEvery === undefined ? [] : [t.halves(durationText(halvesEvery, locale))]),
  );
  return `${t.each(actionName(action, locale), points)}${limits}`;
}

/** `役職に「部長」を含む: 20 点` */
export function attributeWords({ when, points }: AttributeRule, naming: Naming, locale: Locale): string {
  return TEXTS[locale].given(conditionWords(when, naming, locale), points);
}

function actionRow({ name, from }: Action, locale: Locale): readonly (readonly string[])[] {
  return [[actionName(name, locale)], from.map((source) => sourceWords(source, locale))];
}

function sourceWords(source: ActionSource, locale: Locale): string {
  const t = TEXTS[locale];
  const names = (all: readonly string[]) => all.map((name) => quoted(name, locale)).join(t.or);
  if ('form' in source) return t.form(names(source.form));
  if ('page' in source) return t.page(names(source.page));
  const named = source.named === undefined ? null : names(source.named);
  return 'event' in source ? t[source.event](named ?? t.anyEvent) : t.campaign(named ?? t.anyCampaign);
}

type Words = Readonly<
  Record<
    'actions' | 'action' | 'counts' | 'behaviour' | 'attribute' | 'none' | 'or' | 'anyEvent' | 'anyCampaign',
    string
  >
> &
  Readonly<
    Record<
      'ofHubSpot' | 'within' | 'halves' | 'form' | 'page' | 'attended' | 'registered' | 'campaign',
      (name: string) => string
    >
  > & {
    readonly atMost: (points: number) => string;
    readonly takesAtMost: (points: number) => string;
    readonly each: (action: string, points: number) => string;
    readonly given: (condition: string, points: number) => string;
  };

const TEXTS: InBoth<Words> = {
  ja: {
    actions: '数える行動',
    action: '行動',
    counts: '数えるもの',
    behaviour: '行動スコア',
    attribute: '属性スコア',
    none: '点数は付けません。',
    or: 'または',
    ofHubSpot: (name) => `${name}をそのまま使います。まだ値がない人は 0 点です。`,
    each: (action, points) => `${action}: 1 回につき ${points} 点`,
    given: (condition, points) => `${condition}: ${points} 点`,
    atMost: (points) => `上限 ${points} 点`,
    takesAtMost: (points) => `減点は ${points} 点まで`,
    within: (period) => `直近 ${period}`,
    halves: (period) => `${period}ごとに半減`,
    form: (names) => `フォーム${names}の送信`,
    page: (names) => `Web ページ${names}(その下のページを含む)の閲覧`,
    attended: (names) => `${names}への参加`,
    registered: (names) => `${names}への申し込み(キャンセルを除く)`,
    campaign: (names) => `${names}への反応`,
    anyEvent: 'マーケティングイベント',
    anyCampaign: 'キャンペーン',
  },
  en: {
    actions: 'Actions that count',
    action: 'action',
    counts: 'what counts',
    behaviour: 'Behaviour score',
    attribute: 'Attribute score',
    none: 'No points are given.',
    or: ' or ',
    ofHubSpot: (name) => `It is ${name}, as it is. Whoever has none yet has 0 points.`,
    each: (action, points) => `${action}: ${points} points each time`,
    given: (condition, points) => `${condition}: ${points} points`,
    atMost: (points) => `${points} at most`,
    takesAtMost: (points) => `${points} taken off at most`,
    within: (period) => `in the last ${period}`,
    halves: (period) => `half after every ${period}`,
    form: (names) => `sending the form ${names}`,
    page: (names) => `viewing ${names}, or a page below it`,
    attended: (names) => `coming to ${names}`,
    registered: (names) => `registering for ${names}, and not cancelling`,
    campaign: (names) => `responding to ${names}`,
    anyEvent: 'a marketing event',
    anyCampaign: 'a campaign',
  },
};
