import type { DeadlineEnd, DeadlineRule, Stage, StageRule } from '../../domain/agreement/agreement.ts';
import { endsOf } from '../../domain/agreement/deadline.ts';
import { isBeside, stageRank } from '../../domain/agreement/stage-order.ts';
import type { Path } from '../files/yaml-file.ts';
import type { Complaints } from './complain.ts';

/** Deadlines that wait for each other, and those that have ended before they begin. */
export function complainOfOrder(
  deadlines: readonly DeadlineRule[],
  stages: readonly StageRule[],
  complaints: Complaints,
): void {
  for (const rule of deadlines) {
    const round = roundFrom(rule, deadlines);
    if (round !== null)
      complaints.about(
        ['deadlines', rule.name, 'starts', 'met'],
        `These deadlines wait for each other, so none of them would ever start: ${round.join(' → ')}. Let one of them start with "handed-off" or "entered".`,
      );
    else complainOfOwnStart(rule, deadlines, stages, complaints);
  }
}

/** The names on the way back to this deadline; `null` where the way leads elsewhere. */
function roundFrom(rule: DeadlineRule, deadlines: readonly DeadlineRule[]): readonly string[] | null {
  const names = [rule.name];
  for (let at = beforeOf(rule, deadlines); at !== undefined && names.length <= deadlines.length; ) {
    names.push(at.name);
    if (at === rule) return names.toReversed();
    at = beforeOf(at, deadlines);
  }
  return null;
}

function beforeOf({ starts }: DeadlineRule, deadlines: readonly DeadlineRule[]): DeadlineRule | undefined {
  return 'met' in starts ? deadlines.find(({ name }) => name === starts.met) : undefined;
}

function complainOfOwnStart(
  rule: DeadlineRule,
  deadlines: readonly DeadlineRule[],
  stages: readonly StageRule[],
  complaints: Complaints,
): void {
  const first = firstOf(rule, deadlines);
  endsOf(rule).forEach((end, nth) => {
    const path: Path = ['deadlines', rule.name, 'ends', ...('any' in rule.ends ? ['any', nth] : [])];
    const why = whyAtOnce(end, first, stages);
    if (why !== null) complaints.about(path, why);
  });
}

/** The deadline that the others before this one go back to. */
function firstOf(rule: DeadlineRule, deadlines: readonly DeadlineRule[]): DeadlineRule {
  let first = rule;
  for (let left = deadlines.length; left > 0; left -= 1) first = beforeOf(first, deadlines) ?? first;
  return first;
}

function whyAtOnce(end: DeadlineEnd, { starts }: DeadlineRule, stages: readonly StageRule[]): string | null {
  if ('handedOff' in end && 'handedOff' in starts && end.handedOff === starts.handedOff)
    return `Whoever has this deadline has been handed to ${end.handedOff} already: that is what it starts with. Write another end.`;
  const start = furthestAtStart(starts, stages);
  if ('answer' in end && start !== null && stageRank(start) > stageRank('MQL'))
    return `Whoever has this deadline is ${start} already, so sales has answered. An answer is due to the hand-off of an MQL.`;
  if (!('entered' in end) || isBeside(end.entered)) return null;
  if (start === null || stageRank(end.entered) > stageRank(start)) return null;
  return `Whoever has this deadline is ${start} already, so ${end.entered} does not come after its start. Write a stage that does.`;
}

/** The stage that everybody has entered by then; where several hand over to one team, the first of them. */
function furthestAtStart(starts: DeadlineRule['starts'], stages: readonly StageRule[]): Stage | null {
  if ('entered' in starts) return starts.entered;
  if ('criteriaMet' in starts) return starts.criteriaMet;
  if (!('handedOff' in starts)) return null;
  return stages.find(({ handOff }) => handOff?.to === starts.handedOff)?.stage ?? null;
}
