import type { DeadlineEnd, DeadlineRule, DeadlineStart, Stage, StageRule } from '../../domain/agreement/agreement.ts';
import { endsOf, OWNER, teamOf } from '../../domain/agreement/deadline.ts';
import { isBeside } from '../../domain/agreement/stage-order.ts';
import { didYouMean } from '../../domain/texts/closest.ts';
import type { Path } from '../files/yaml-file.ts';
import type { WrittenDeadline, WrittenEnd } from '../grammar/deadline-grammar.ts';
import type { Context } from './agreement-context.ts';
import { type Asked, complainOfAnswers } from './answers-asked.ts';
import { complainOfOrder } from './deadline-order.ts';
import { toDuration } from './to-duration.ts';
import { complainOfLadder, toLapse } from './to-lapse.ts';

/** Every deadline of the agreement, by name. */
type Written = Readonly<Record<string, WrittenDeadline>>;

/** Who owes what, from when, until when. The grammar has made sure that each starts with one thing, and what it ends with. */
export function toDeadlines(written: Written, { stages, reasons }: Asked, context: Context): readonly DeadlineRule[] {
  const deadlines = Object.entries(written).map(([name, deadline]) => toDeadline(name, deadline, written, stages));
  for (const rule of deadlines) {
    complainOfDeadline(rule, written, stages, context);
    complainOfLadder(rule, context);
  }
  complainOfOrder(deadlines, stages, context.complaints);
  complainOfAnswers(deadlines, { stages, reasons }, context.complaints);
  return deadlines;
}

function toDeadline(
  name: string,
  { department, who = 'owner', within, remind, grace, lapse, otherwise, starts, ends }: WrittenDeadline,
  all: Written,
  stages: readonly StageRule[],
): DeadlineRule {
  return {
    name,
    department,
    who,
    starts: toStart(starts, all, stages),
    ends: ends.any === undefined ? toEnd(ends) : { any: ends.any.map(toEnd) },
    within: toDuration(within),
    ...(remind === undefined ? {} : { remind: toDuration(remind.replace(/ before$/u, '')) }),
    ...(grace === undefined ? {} : { grace: toDuration(grace) }),
    lapse: lapse === undefined ? { task: otherwise === undefined ? 'normal' : 'none' } : toLapse(lapse),
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}

function toStart(
  { 'handed-off': handedOff, 'criteria-met': criteriaMet, entered, met }: WrittenDeadline['starts'],
  all: Written,
  stages: readonly StageRule[],
): DeadlineStart {
  if (handedOff !== undefined) return { handedOff };
  if (criteriaMet !== undefined) return { criteriaMet };
  if (entered === undefined && met === undefined) return { deal: 'waiting' };
  const team = entered === undefined ? teamBefore(met ?? '', all, stages) : teamOfStage(entered, stages);
  const received = team === null ? {} : { team };
  return entered === undefined ? { met: met ?? '', ...received } : { entered, ...received };
}

/** The team of the deadline that comes first of those that follow each other; `null`, too, where they go round. */
function teamBefore(name: string, all: Written, stages: readonly StageRule[], left = Object.keys(all).length) {
  const starts = all[name]?.starts;
  if (starts === undefined || left === 0) return null;
  if (starts.met !== undefined) return teamBefore(starts.met, all, stages, left - 1);
  return starts['handed-off'] ?? (starts.entered === undefined ? null : teamOfStage(starts.entered, stages));
}

function teamOfStage(stage: string, stages: readonly StageRule[]): string | null {
  return stages.find((rule) => rule.stage === stage)?.handOff?.to ?? null;
}

function toEnd({ contact, by = OWNER, entered, 'handed-off': handedOff, deal, ...end }: WrittenEnd): DeadlineEnd {
  if (contact !== undefined) return { contact, by: by === 'team' ? 'team' : OWNER };
  if (entered !== undefined) return { entered };
  if (end.answer !== undefined) return { answer: end.answer };
  if (handedOff !== undefined) return { handedOff };
  if (deal !== undefined) return { deal, with: end.with ?? [] };
  return end.meeting === undefined ? { converted: true } : { meeting: 'booked', by };
}

/** What this deadline leans on has to be there: stages, teams, the deadline before it, deals. */
function complainOfDeadline(rule: DeadlineRule, all: Written, stages: readonly StageRule[], context: Context): void {
  const { starts, ends, name } = rule;
  const path = ['deadlines', name];
  if ('handedOff' in starts) complainOfHandOff(starts.handedOff, [...path, 'starts', 'handed-off'], stages, context);
  else if ('criteriaMet' in starts) complainOfCriteria(starts.criteriaMet, rule, stages, context);
  else if ('entered' in starts) complainOfStage(starts.entered, [...path, 'starts', 'entered'], stages, context);
  else if ('met' in starts) complainOfOther(starts.met, [...path, 'starts', 'met'], all, context);
  else complainOfDeal([...path, 'starts', 'deal'], context);
  for (const { end, at } of placedEnds(ends, [...path, 'ends'])) {
    if ('entered' in end && !isBeside(end.entered)) complainOfStage(end.entered, [...at, 'entered'], stages, context);
    if ('handedOff' in end) complainOfHandOff(end.handedOff, [...at, 'handed-off'], stages, context);
    if ('meeting' in end && end.by !== OWNER) complainOfTeam(end.by, [...at, 'by'], context);
    if ('contact' in end && end.by === 'team' && !('deal' in starts) && teamOf(rule) === null)
      context.complaints.about(
        [...at, 'by'],
        'By the time this deadline starts, no team has received the person, so "team" is nobody. Write by: owner, or start it with "handed-off".',
      );
    if ('deal' in starts && !('converted' in end))
      context.complaints.about(
        at,
        'A deal waits until its person is no Lead any more; a call does not change that. Write ends: { converted: true }.',
      );
  }
}

function placedEnds(ends: DeadlineRule['ends'], path: Path): readonly { end: DeadlineEnd; at: Path }[] {
  if (!('any' in ends)) return [{ end: ends, at: path }];
  return ends.any.map((end, nth) => ({ end, at: [...path, 'any', nth] }));
}

function complainOfStage(stage: string, path: Path, stages: readonly StageRule[], { complaints }: Context): void {
  const known = stages.map((rule) => rule.stage);
  if (stages.some((rule) => rule.stage === stage)) return;
  complaints.about(
    path,
    `"stages" has no ${stage}, so nobody would be held to it. Stages of this agreement: ${known.join(', ') || 'none'}.`,
  );
}

/** Without a criterion nobody ever meets it; and only a hand-off tells that marketing has done what it owes. */
function complainOfCriteria(stage: Stage, rule: DeadlineRule, stages: readonly StageRule[], context: Context): void {
  const path = ['deadlines', rule.name, 'starts', 'criteria-met'];
  complainOfStage(stage, path, stages, context);
  const named = stages.find((one) => one.stage === stage);
  if (named !== undefined && named.when === undefined)
    context.complaints.about(
      path,
      `${stage} has no criteria ("when"), so nobody would ever meet them and this deadline would never start. Add "when" to ${stage}, or start it with "entered".`,
    );
  if (!endsOf(rule).some((end) => 'handedOff' in end))
    context.complaints.about(
      ['deadlines', rule.name, 'ends'],
      'Until the hand-off nobody in sales has this person, so nobody could keep this promise in time. Write ends: { handed-off: … }, or start it with "handed-off".',
    );
}

function complainOfOther(met: string, path: Path, all: Written, { complaints }: Context): void {
  const names = Object.keys(all);
  if (names.includes(met)) return;
  complaints.about(path, `There is no deadline "${met}".${didYouMean(met, names)} Deadlines: ${names.join(', ')}.`);
}

function complainOfHandOff(team: string, path: Path, stages: readonly StageRule[], context: Context): void {
  complainOfTeam(team, path, context);
  if (stages.some(({ handOff }) => handOff?.to === team)) return;
  const never = path.includes('ends') ? 'end' : 'start';
  context.complaints.about(
    path,
    `No stage hands anybody over to "${team}", so this deadline would never ${never}. Add "hand-off: { to: ${team} }" to a stage.`,
  );
}

function complainOfDeal(path: Path, { makesOpportunities, complaints }: Context): void {
  if (makesOpportunities !== false) return;
  complaints.about(
    path,
    'deal.yaml makes no opportunities, so no deal waits for one and this deadline would never start. Add "create: { salesforce: { when: any } }" to deal.yaml, or remove this deadline.',
  );
}

export function complainOfTeam(team: string, path: Path, { teams, complaints }: Context): void {
  if (teams.includes(team)) return;
  complaints.about(
    path,
    `owners.yaml has no team "${team}".${didYouMean(team, teams)} Teams: ${teams.join(', ') || 'none'}.`,
  );
}
