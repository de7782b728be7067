import type { Agreement, StageRule } from '../../domain/agreement/agreement.ts';
import { BANT_ITEMS } from '../../domain/agreement/agreement.ts';
import type { Condition, Question, Range } from '../../domain/agreement/condition.ts';
import { conditionText } from '../../domain/agreement/condition-text.ts';
import { questionsIn } from '../../domain/agreement/evaluate.ts';
import { excludes, implies } from '../../domain/agreement/implication.ts';
import { possibleScores } from '../../domain/agreement/possible-scores.ts';
import type { Path } from '../files/yaml-file.ts';
import type { Complaints } from './complain.ts';

type Judged = Pick<Agreement, 'actions' | 'score' | 'stages'>;
/** A part of a stage's condition, and where it stands. */
type Placed = { readonly condition: Condition; readonly path: Path };

/** What can be obeyed to the letter and cannot have been meant: a stage that nobody reaches, one that nobody stops at, a name that nothing uses. */
export function complainOfContradictions(agreement: Judged, complaints: Complaints): void {
  for (const { stage, when } of agreement.stages)
    if (when !== undefined)
      complainOfImpossible({ condition: when, path: ['stages', stage, 'when'] }, agreement, complaints);
  complainOfEasier(agreement.stages, complaints);
  askOfUnused(agreement, complaints);
}

/** Goes down as far as everything has to hold: what stands under `any` or `not` may well be impossible. */
function complainOfImpossible(placed: Placed, agreement: Judged, complaints: Complaints): void {
  const parts = neededIn(placed);
  for (const { condition, path } of parts) {
    const why = isQuestion(condition) ? whyNever(condition, agreement) : null;
    if (why !== null) complaints.about(path, why);
  }
  parts.forEach(({ condition, path }, nth) => {
    const other = parts.slice(0, nth).find((earlier) => excludes(earlier.condition, condition));
    if (other === undefined) return;
    complaints.about(
      path,
      `Nobody can meet both "${conditionText(other.condition)}" and "${conditionText(condition)}", so this stage would never be reached. Remove one of the two.`,
    );
  });
}

function neededIn({ condition, path }: Placed): readonly Placed[] {
  if (!('all' in condition)) return [{ condition, path }];
  return condition.all.flatMap((part, nth) => neededIn({ condition: part, path: [...path, 'all', nth] }));
}

function isQuestion(condition: Condition): condition is Question {
  return !('all' in condition || 'any' in condition || 'not' in condition);
}

function whyNever(question: Question, { score }: Judged): string | null {
  if (!('test' in question)) return null;
  const possible = possibleFor(question, score);
  const { test } = question;
  if (possible === null) return null;
  if ('atLeast' in test && test.atLeast > possible.most)
    return `No more than ${possible.most} is possible ("${conditionText(question)}"), so this stage would never be reached. Write at-least: ${possible.most} or less${'score' in question ? ', or give more points' : ''}.`;
  if ('atMost' in test && test.atMost < possible.least)
    return `No less than ${possible.least} is possible ("${conditionText(question)}"), so this stage would never be reached. Write at-most: ${possible.least} or more.`;
  return null;
}

function possibleFor(question: Question, score: Agreement['score']): Range | null {
  if ('score' in question) return possibleScores(score)[question.score];
  if ('bant' in question) return { least: 0, most: BANT_ITEMS.length };
  return 'action' in question ? { least: 0, most: Number.POSITIVE_INFINITY } : null;
}

/** Whoever enters a stage and meets a later one's condition by that alone goes on at once: nobody would ever stand there. */
function complainOfEasier(stages: readonly StageRule[], complaints: Complaints): void {
  stages.forEach(({ stage, when }, nth) => {
    const earlier = stages
      .slice(0, nth)
      .find((rule) => rule.when !== undefined && when !== undefined && implies(rule.when, when));
    if (earlier === undefined) return;
    complaints.about(
      ['stages', stage, 'when'],
      `Whoever meets the criteria of ${earlier.stage} meets these, too, so nobody would ever stay ${earlier.stage}. Ask for more at ${stage}, or for more at ${earlier.stage}.`,
    );
  });
}

function askOfUnused({ actions = [], score, stages }: Judged, complaints: Complaints): void {
  const { behaviour } = score;
  const scored = behaviour === null || 'hubspot' in behaviour ? [] : behaviour.map(({ action }) => action);
  const asked = stages.flatMap(({ when }) => (when === undefined ? [] : questionsIn(when)));
  const used = new Set([...scored, ...asked.flatMap((question) => ('action' in question ? [question.action] : []))]);
  for (const { name } of actions)
    if (!used.has(name))
      complaints.askOfKey(['actions', name], {
        ja: `行動「${name}」は、スコアにも条件にも使われていません。"score: behaviour" で点数を付けるか、"stages" の条件に使うか、削除してください。`,
        en: `No score and no criterion uses the action "${name}". Give it points under "score: behaviour", ask for it under "stages", or remove it.`,
      });
}
