import type { Agreement, DeadlineRule } from '../agreement/agreement.ts';
import type { Locale } from '../policy.ts';
import { conditionWords, demandsOf } from './agreement-conditions.ts';
import { deadlineWords } from './agreement-deadlines.ts';
import { capWords, lapseWords, SILENCE } from './agreement-lapses.ts';
import { type Naming, teamName } from './agreement-names.ts';
import { attributeWords, behaviourWords } from './agreement-scores.ts';
import { AGREEMENT_WORDS } from './agreement-words.ts';
import { deadlineName, durationText, type InBoth, inBrackets, stageName } from './words.ts';

/** A passage of the agreement that reads otherwise than before. */
export type ChangeInWords = {
  /** Its place in the file: everything in and below `stages.MQL.when`. */
  readonly at: string;
  readonly text: string;
};

/**
 * What two agreements say differently in the passages that people talk about: criteria, points, deadlines. Not all that may differ in a
 * passage is in its words, so whoever shows this shows the places as well.
 *
 *     // => [{ at: 'stages.MQL.when', text: 'MQL の条件: 合計スコアが 80 点以上 → 合計スコアが 70 点以上' }]
 */
export function changesInWords(
  before: Agreement,
  after: Agreement,
  naming: Naming,
  locale: Locale,
): readonly ChangeInWords[] {
  const [old, now] = [before, after].map((agreement) => passagesOf(agreement, naming, locale));
  const places = [...new Set([...old!.keys(), ...now!.keys()])];
  return places.flatMap((at) => {
    const [was, is] = [old?.get(at)?.lines ?? [], now?.get(at)?.lines ?? []];
    const name = (now?.get(at) ?? old?.get(at))?.name ?? at;
    const gone = was.filter((line) => !is.includes(line));
    const come = is.filter((line) => !was.includes(line));
    if (gone.length === 1 && come.length === 1) return [{ at, text: `${name}: ${gone[0]} → ${come[0]}` }];
    return [
      ...gone.map((line) => ({ at, text: `${name}: - ${line}` })),
      ...come.map((line) => ({ at, text: `${name}: + ${line}` })),
    ];
  });
}

type Passage = { readonly name: string; readonly lines: readonly string[] };

function passagesOf(agreement: Agreement, naming: Naming, locale: Locale): ReadonlyMap<string, Passage> {
  const t = TEXTS[locale];
  const { stages, score, deadlines, adopt, appliesTo } = agreement;
  const { behaviour, attribute } = score;
  const words = AGREEMENT_WORDS[locale];
  return new Map<string, Passage>([
    [
      'adopt',
      { name: words.adopt, lines: adopt === undefined ? [] : [words.adopts(durationText(adopt.openSince, locale))] },
    ],
    ['applies_to', { name: words.appliesTo, lines: appliesTo === undefined ? [] : [words.appliesToNew] }],
    ...stages.map(({ stage, when }): [string, Passage] => [
      `stages.${stage}.when`,
      {
        name: t.criteria(stageName(stage, locale)),
        lines: when === undefined ? [] : demandsOf(when).map((demand) => conditionWords(demand, naming, locale)),
      },
    ]),
    ...stages.map(({ stage, handOff }): [string, Passage] => [
      `stages.${stage}.hand-off`,
      {
        name: t.handOff(stageName(stage, locale)),
        lines:
          handOff === undefined
            ? []
            : [`${teamName(handOff.to, locale)}${inBrackets(locale, handOff.brief === true ? t.brief : '')}`],
      },
    ]),
    [
      'score.behaviour',
      {
        name: t.behaviour,
        lines:
          behaviour === null || 'hubspot' in behaviour ? [] : behaviour.map((rule) => behaviourWords(rule, locale)),
      },
    ],
    ['score.attribute', { name: t.attribute, lines: attribute.map((rule) => attributeWords(rule, naming, locale)) }],
    ...deadlines.map((rule): [string, Passage] => [
      `deadlines.${rule.name}`,
      { name: deadlineName(rule.name, locale), lines: passageOfDeadline(rule, locale) },
    ]),
    ['tasks', { name: t.tasks, lines: capWords(agreement, locale) }],
  ]);
}

/** What silence means is told in the first line already. */
function passageOfDeadline(rule: DeadlineRule, locale: Locale): readonly string[] {
  const silence = rule.otherwise === undefined ? null : SILENCE[rule.otherwise][locale];
  return [deadlineWords(rule, locale), ...lapseWords(rule, locale).filter((line) => line !== silence)];
}

type Words = Readonly<Record<'behaviour' | 'attribute' | 'brief' | 'tasks', string>> &
  Readonly<Record<'criteria' | 'handOff', (stage: string) => string>>;

const TEXTS: InBoth<Words> = {
  ja: {
    criteria: (stage) => `${stage} の条件`,
    handOff: (stage) => `${stage} の引き渡し先`,
    brief: '引き渡しメモあり',
    behaviour: '行動スコア',
    attribute: '属性スコア',
    tasks: 'ToDo の上限',
  },
  en: {
    criteria: (stage) => `criteria of ${stage}`,
    handOff: (stage) => `who receives at ${stage}`,
    brief: 'with a brief',
    behaviour: 'behaviour score',
    attribute: 'attribute score',
    tasks: 'cap of Tasks',
  },
};
