import type { Agreement, StageRule } from '../agreement/agreement.ts';
import type { Locale } from '../policy.ts';
import { conditionWords, demandsOf, type Topic, topicsOf } from './agreement-conditions.ts';
import { deadlineWords, stageOf } from './agreement-deadlines.ts';
import { AGREED_STAGES, CYCLES, DEPARTMENTS, type Naming, NOT_AGREED, teamName } from './agreement-names.ts';
import type { Cell, Table } from './document.ts';
import { formatDay } from './format-local.ts';
import { deadlineName, type InBoth, stageName } from './words.ts';

/**
 * 合意項目表: the seven things that two departments have to agree upon for MQL and SQL, filled from what the agreement says. It is what two
 * department heads look at first, so what is missing stands there too.
 */
export function agreedItems(agreement: Agreement, naming: Naming, locale: Locale): Table {
  const t = TEXTS[locale];
  const rules = AGREED_STAGES.map((stage) => agreement.stages.find((rule) => rule.stage === stage));
  const row = (name: string, cell: (rule: StageRule) => Cell) => [
    [name],
    ...rules.map((rule) => said(rule === undefined ? [] : cell(rule), locale)),
  ];
  const about = (topic: Topic) => (rule: StageRule) => demandsAbout(topic, rule, naming, locale);
  return {
    head: [t.item, ...AGREED_STAGES.map((stage) => t.definition(stageName(stage, locale)))],
    rows: [
      row(t.score, about('score')),
      row(t.actions, about('action')),
      row(t.attributes, about('attribute')),
      row(t.handOff, ({ handOff }) => (handOff === undefined ? [] : [t.handsOff(teamName(handOff.to, locale))])),
      row(t.deadline, ({ stage }) => deadlinesOf(stage, agreement, locale)),
      row(t.review, () => reviewWords(agreement, locale)),
      row(t.department, ({ department }) => [DEPARTMENTS[department][locale]]),
    ],
  };
}

/** When both departments look at the agreement again; nothing where that is not agreed. */
export function reviewWords({ review }: Agreement, locale: Locale): readonly string[] {
  if (review === undefined) return [];
  return [TEXTS[locale].reviewed(CYCLES[review.every][locale], formatDay(review.next, locale))];
}

function demandsAbout(topic: Topic, { when }: StageRule, naming: Naming, locale: Locale): Cell {
  if (when === undefined) return [];
  return demandsOf(when)
    .filter((demand) => topicsOf(demand).has(topic))
    .map((demand) => conditionWords(demand, naming, locale));
}

function deadlinesOf(stage: StageRule['stage'], agreement: Agreement, locale: Locale): Cell {
  return agreement.deadlines
    .filter((rule) => stageOf(rule, agreement) === stage)
    .map((rule) => TEXTS[locale].named(deadlineName(rule.name, locale), deadlineWords(rule, locale)));
}

function said(lines: Cell, locale: Locale): Cell {
  return lines.length === 0 ? [NOT_AGREED[locale]] : lines;
}

type Words = Readonly<
  Record<'item' | 'score' | 'actions' | 'attributes' | 'handOff' | 'deadline' | 'review' | 'department', string>
> &
  Readonly<Record<'definition' | 'handsOff', (name: string) => string>> &
  Readonly<Record<'named' | 'reviewed', (name: string, what: string) => string>>;

const TEXTS: InBoth<Words> = {
  ja: {
    item: '合意項目',
    definition: (stage) => `${stage} の定義`,
    score: 'スコア閾値',
    actions: '必須行動',
    attributes: '属性条件',
    handOff: '引き渡しタイミング',
    handsOff: (team) => `条件を満たした時点で、${team}へ引き渡し`,
    deadline: 'フォロー期限',
    named: (name, promise) => `${name}: ${promise}`,
    review: '見直しサイクル',
    reviewed: (cycle, next) => `${cycle}(次回 ${next})`,
    department: '責任部門',
  },
  en: {
    item: 'item',
    definition: (stage) => `what an ${stage} is`,
    score: 'score threshold',
    actions: 'required actions',
    attributes: 'attributes',
    handOff: 'hand-off',
    handsOff: (team) => `to ${team}, as soon as the criteria are met`,
    deadline: 'follow-up deadline',
    named: (name, promise) => `${name}: ${promise}`,
    review: 'review cycle',
    reviewed: (cycle, next) => `${cycle}, next on ${next}`,
    department: 'responsible department',
  },
};
