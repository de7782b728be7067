import type { Explained } from '../domain/agreement/evaluate.ts';
import type { Locale } from '../domain/policy.ts';
import { conditionLines } from '../domain/texts/judgement.ts';
import { printable } from '../domain/texts/words.ts';
import type { Difference } from '../reconcile/replay/judge-past.ts';
import { REPLAY_WORDS } from './replay-words.ts';

/** Why one agreement lets somebody in and the other does not: what met the one, then what the other lacked, each in one line. */
export function reasonsOf({ met, unmet }: Difference, locale: Locale): readonly string[] {
  const t = REPLAY_WORDS[locale];
  const lines = [met, unmet].flatMap((side) => (side === null ? [] : decisive(side))).map(lineOf(locale));
  if (met === null) return [t.saidByPeople, ...lines];
  return unmet === null ? [...lines, t.noCriterion] : lines;
}

/** The parts that made it true, or kept it from being so. What a `not` holds is told with it, or it would read as its opposite. */
function decisive(explained: Explained): readonly Explained[] {
  if (explained.kind === 'test' || explained.kind === 'not') return [explained];
  return explained.parts.filter(({ truth }) => truth === explained.truth).flatMap(decisive);
}

function lineOf(locale: Locale): (explained: Explained) => string {
  return (explained) =>
    conditionLines(explained, locale, 'past')
      .map((line) => printable(line.trim()))
      .join(' ');
}
