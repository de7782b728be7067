import type { Stage } from '../domain/agreement/agreement.ts';
import type { Explained } from '../domain/agreement/evaluate.ts';
import type { Score, ScoreLine } from '../domain/agreement/score.ts';
import { stageRank } from '../domain/agreement/stage-order.ts';
import type { PersonFacts } from '../domain/people/person.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { conditionLines, subjectText } from '../domain/texts/judgement.ts';
import { inBrackets, plural, printable, stageName } from '../domain/texts/words.ts';
import { type PlanContext, viewOf } from '../reconcile/context.ts';
import { conditionsOf, judgementOf } from '../reconcile/judgement.ts';
import { currentOf } from '../reconcile/stage-fold.ts';
import type { Voice } from './change-text.ts';

/** How somebody stands by the agreement at this moment: their points one by one, and what they lack for each stage ahead. */
export type Standing = {
  readonly score: Score;
  readonly ahead: readonly { readonly stage: Stage; readonly explained: Explained }[];
};

export function standingOf(person: PersonFacts, context: PlanContext): Standing {
  const judgement = judgementOf(viewOf(person), context);
  const rank = person.stages.length === 0 ? -1 : stageRank(currentOf(person.stages));
  return { score: judgement.score, ahead: conditionsOf(judgement, (stage) => stageRank(stage) > rank, context) };
}

const HEADS = {
  ja: {
    score: 'スコア(いま)',
    points: (points: number) => `${points} 点`,
    total: '合計',
    behaviour: '行動',
    attribute: '属性',
    capped: (uncapped: number) => `合計 ${uncapped} 点、上限まで`,
    times: (times: number) => `${times} 回`,
    more: (rest: number) => `ほか ${rest} 回`,
    unknown: '読めていないため計算できない',
    lacking: '読めていないもの',
    criteria: (stage: string) => `${stage} の条件(いま)`,
  },
  en: {
    score: 'Score (now)',
    points: (points: number) => `${points} points`,
    total: 'total',
    behaviour: 'behaviour',
    attribute: 'attributes',
    capped: (uncapped: number) => `${uncapped} in all, up to the cap`,
    times: (times: number) => plural(times, 'time'),
    more: (rest: number) => `and ${rest} more`,
    unknown: 'cannot be worked out',
    lacking: 'Not read',
    criteria: (stage: string) => `Criteria of ${stage} (now)`,
  },
} as const;

/** The newest of them; the others are counted. */
const DEEDS_TOLD = 5;

export function standingLines({ score, ahead }: Standing, voice: Voice): readonly string[] {
  const { locale } = voice;
  const heads = HEADS[locale];
  const lacking = score.unknown.map((subject) => subjectText(subject, locale)).join(', ');
  return [
    heads.score,
    `  ${heads.total} ${pointsText(score.total, locale)} = ${heads.behaviour} ${pointsText(score.behaviour, locale)} + ${heads.attribute} ${pointsText(score.attribute, locale)}`,
    ...score.lines.flatMap((line) => scoreLines(line, voice)),
    ...(lacking === '' ? [] : [`  ${heads.lacking}: ${lacking}`]),
    ...ahead.flatMap(({ stage, explained }) => [
      heads.criteria(stageName(stage, locale)),
      ...conditionLines(explained, locale).map((line) => `  ${printable(line)}`),
    ]),
  ];
}

function pointsText(points: number | undefined, locale: Voice['locale']): string {
  return points === undefined ? HEADS[locale].unknown : HEADS[locale].points(points);
}

function scoreLines(line: ScoreLine, { locale, calendar }: Voice): readonly string[] {
  const heads = HEADS[locale];
  const points = heads.points(line.points);
  if (line.what !== 'action') return [`    ${printable(line.because)}  ${points}`];
  const { action, deeds, uncapped } = line;
  const how = inBrackets(locale, heads.times(deeds.length), uncapped === undefined ? '' : heads.capped(uncapped));
  const newest = deeds.toReversed().slice(0, DEEDS_TOLD);
  const rest = deeds.length - newest.length;
  return [
    `    ${action}  ${points}${how}`,
    ...newest.map(
      (deed) =>
        `      ${formatLocal(deed.at, calendar, locale)}  ${printable(deed.what ?? action)}  ${heads.points(deed.points)}`,
    ),
    ...(rest > 0 ? [`      ${heads.more(rest)}`] : []),
  ];
}
