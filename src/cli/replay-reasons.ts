import type { Explained } from '../domain/agreement/evaluate.ts';
import type { Locale } from '../domain/policy.ts';
import type { Naming } from '../domain/texts/agreement-names.ts';
import { conditionLines } from '../domain/texts/judgement.ts';
import { printable } from '../domain/texts/words.ts';
import type { Difference } from '../reconcile/replay/judge-past.ts';
import { REPLAY_WORDS } from './replay-words.ts';

/** Whose words are used, and what the agreement is called that lets somebody in, and the one that does not. */
type Told = { readonly locale: Locale; readonly naming: Naming; readonly lets: string; readonly refuses: string };

/** Why one agreement lets somebody in and the other does not: what met the one, then what the other lacked, each in one line. */
export function reasonsOf({ met, unmet }: Difference, { locale, naming, lets, refuses }: Told): readonly string[] {
  const t = REPLAY_WORDS[locale];
  const linesOf = (explained: Explained) => decisive(explained).map(lineOf(locale, naming));
  const said = (whose: string, lines: readonly string[]) => lines.map((line) => t.by(whose, line));
  return [
    ...(met === null ? [t.saidByPeople] : said(lets, linesOf(met))),
    ...(unmet === null ? (met === null ? [] : [t.noCriterion]) : said(refuses, linesOf(unmet))),
  ];
}

/** The parts that made it true, or kept it from being so. What a `not` holds is told with it, or it would read as its opposite. */
function decisive(explained: Explained): readonly Explained[] {
  if (explained.kind === 'test' || explained.kind === 'not') return [explained];
  return explained.parts.filter(({ truth }) => truth === explained.truth).flatMap(decisive);
}

function lineOf(locale: Locale, naming: Naming): (explained: Explained) => string {
  return (explained) =>
    conditionLines(explained, locale, { moment: 'past', naming })
      .map((line) => printable(line.trim()))
      .join(' ');
}
