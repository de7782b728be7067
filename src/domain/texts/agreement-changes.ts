import type { Agreement } from '../agreement/agreement.ts';
import type { Locale } from '../policy.ts';
import { conditionWords, demandsOf } from './agreement-conditions.ts';
import { deadlineWords } from './agreement-deadlines.ts';
import { capWords, lapseWords } from './agreement-lapses.ts';
import type { Naming } from './agreement-names.ts';
import { attributeWords, behaviourWords } from './agreement-scores.ts';
import { deadlineName, type InBoth, stageName } from './words.ts';

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
  const { stages, score, deadlines } = agreement;
  const { behaviour, attribute } = score;
  return new Map<string, Passage>([
    ...stages.map(({ stage, when }): [string, Passage] => [
      `stages.${stage}.when`,
      {
        name: t.criteria(stageName(stage, locale)),
        lines: when === undefined ? [] : demandsOf(when).map((demand) => conditionWords(demand, naming, locale)),
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
      { name: deadlineName(rule.name, locale), lines: [deadlineWords(rule, locale), ...lapseWords(rule, locale)] },
    ]),
    ['tasks', { name: t.tasks, lines: capWords(agreement, locale) }],
  ]);
}

type Words = Readonly<Record<'behaviour' | 'attribute' | 'tasks', string>> & {
  readonly criteria: (stage: string) => string;
};

const TEXTS: InBoth<Words> = {
  ja: {
    criteria: (stage) => `${stage} の条件`,
    behaviour: '行動スコア',
    attribute: '属性スコア',
    tasks: 'ToDo の上限',
  },
  en: {
    criteria: (stage) => `criteria of ${stage}`,
    behaviour: 'behaviour score',
    attribute: 'attribute score',
    tasks: 'cap of Tasks',
  },
};
