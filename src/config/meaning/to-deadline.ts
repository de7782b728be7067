import type { DeadlineRule, StageRule } from '../../domain/agreement/agreement.ts';
import { didYouMean } from '../../domain/texts/closest.ts';
import type { Path } from '../files/yaml-file.ts';
import type { AgreementFile } from '../grammar/agreement-grammar.ts';
import type { Context } from './agreement-context.ts';
import { toDuration } from './to-duration.ts';

type Written = NonNullable<AgreementFile['deadlines']>[string];

/** Who owes what, from when, until when. The grammar has made sure that it starts with one thing and ends with one. */
export function toDeadline(
  name: string,
  { department, who, within, lapse, ...written }: Written,
  stages: readonly StageRule[],
  context: Context,
): DeadlineRule {
  const path = ['deadlines', name];
  const rule = { name, department, who, within: toDuration(within), lapse };
  const ends = toEnd(written.ends);
  const team = written.starts['handed-off'];
  if (team !== undefined) {
    complainOfHandOff(team, [...path, 'starts', 'handed-off'], stages, context);
    return { ...rule, starts: { handedOff: team }, ends };
  }
  complainOfDeal([...path, 'starts', 'deal'], context);
  if ('contact' in ends)
    context.complaints.about(
      [...path, 'ends'],
      'A deal waits until its person is no Lead any more; a call does not change that. Write ends: { converted: true }.',
    );
  return { ...rule, starts: { deal: 'waiting' }, ends };
}

function toEnd({ contact, by = 'team' }: Written['ends']): DeadlineRule['ends'] {
  return contact === undefined ? { converted: true } : { contact, by };
}

function complainOfHandOff(team: string, path: Path, stages: readonly StageRule[], context: Context): void {
  complainOfTeam(team, path, context);
  if (stages.some(({ handOff }) => handOff?.to === team)) return;
  context.complaints.about(
    path,
    `No stage hands anybody over to "${team}", so this deadline would never start. Add "hand-off: { to: ${team} }" to a stage.`,
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
