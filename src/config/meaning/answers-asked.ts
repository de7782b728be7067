import type { Agreement, DeadlineRule, StageRule } from '../../domain/agreement/agreement.ts';
import { endsOf } from '../../domain/agreement/deadline.ts';
import { questionsIn } from '../../domain/agreement/evaluate.ts';
import { isBeside } from '../../domain/agreement/stage-order.ts';
import type { Complaints } from './complain.ts';

/** What a deadline with an answer leans on. */
export type Asked = Pick<Agreement, 'stages'> & { readonly reasons: Agreement['reasons'] | undefined };

/** Whoever may accept may reject, and a rejection has a reason: the list of reasons is what makes the fields in which sales answers. */
export function complainOfUnasked(
  stages: readonly StageRule[],
  { reasons }: Pick<Agreement, 'reasons'>,
  complaints: Complaints,
): void {
  for (const { stage, when } of stages)
    if (when !== undefined && asksForAnswer(when) && reasons?.rejected === undefined)
      complaints.about(['stages', stage, 'when'], UNASKED);
}

const UNASKED =
  'Nobody is asked to answer: the agreement names no reasons to reject. Add "answers: { reject-reasons: { bad-fit: 対象外 } }".';

/** Deadlines that end with an answer, or with a way back: both need the reasons that sales gives; silence needs a stage that it leads to. */
export function complainOfAnswers(
  deadlines: readonly DeadlineRule[],
  { stages, reasons }: Asked,
  complaints: Complaints,
): void {
  for (const rule of deadlines) {
    const path = ['deadlines', rule.name];
    const ends = endsOf(rule).map((end, nth) => ({
      end,
      at: [...path, 'ends', ...('any' in rule.ends ? ['any', nth] : [])],
    }));
    for (const { end, at } of ends) {
      if ('answer' in end && reasons?.rejected === undefined) complaints.about([...at, 'answer'], UNASKED);
      if ('entered' in end && isBeside(end.entered) && reasons?.[end.entered] === undefined)
        complaints.about(
          [...at, 'entered'],
          `"stages" has no ${end.entered}, so nobody would ever get there. Add "${end.entered}: { reasons: { … } }".`,
        );
    }
    if (rule.otherwise !== undefined && !stages.some(({ when }) => when !== undefined && asksForAnswer(when)))
      complaints.about(
        [...path, 'otherwise'],
        'Silence is to count as accepted, but no stage is entered by that. Add "SAL: { when: { answer: accepted } }".',
      );
  }
}

function asksForAnswer(when: NonNullable<StageRule['when']>): boolean {
  return questionsIn(when).some((question) => 'answer' in question);
}
