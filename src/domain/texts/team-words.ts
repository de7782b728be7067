import type { Team } from '../people/mapping.ts';
import type { Locale } from '../policy.ts';
import { fieldName, type Naming, valueName } from './agreement-names.ts';
import { AGREEMENT_WORDS } from './agreement-words.ts';
import { type InBoth, inBrackets } from './words.ts';

/** How a team's people are chosen: `順番に割り当て`, `業種による(「製造」: …; ほか: …)`. */
export function assignWords(
  { assign, territories }: Pick<Team, 'assign' | 'territories'>,
  naming: Naming,
  locale: Locale,
): string {
  const t = AGREEMENT_WORDS[locale];
  if (territories !== undefined) {
    const lines = Object.entries(territories.table).map(([value, who]) =>
      TEXTS[locale].line(valueName(value, territories.by, naming, locale), who),
    );
    const rest =
      territories.otherwise.length === 0 ? [] : [TEXTS[locale].line(TEXTS[locale].rest, territories.otherwise)];
    return `${TEXTS[locale].by(fieldName(territories.by, naming, locale))}${inBrackets(locale, [...lines, ...rest].join('; '))}`;
  }
  return assign === 'round-robin' ? t.inTurn : t.byQueue;
}

/** Everybody who may receive, with their turns in a round and their limit for the day where they have any. */
export function memberWords(
  { members, weights, capacities }: Pick<Team, 'members' | 'weights' | 'capacities'>,
  locale: Locale,
): readonly string[] {
  const t = TEXTS[locale];
  return members.map((who) => {
    const [weight, limit] = [weights?.[who], capacities?.[who]];
    return `${who}${inBrackets(locale, weight === undefined ? '' : t.turns(weight), limit === undefined ? '' : t.limit(limit))}`;
  });
}

type Words = {
  readonly by: (field: string) => string;
  readonly line: (value: string, who: readonly string[]) => string;
  readonly rest: string;
  readonly turns: (weight: number) => string;
  readonly limit: (perDay: number) => string;
};

const TEXTS: InBoth<Words> = {
  ja: {
    by: (field) => `${field}による`,
    line: (value, who) => `${value}: ${who.join('、')}`,
    rest: 'ほか',
    turns: (weight) => `ひと回りに ${weight} 回`,
    limit: (perDay) => `1 日 ${perDay} 件まで`,
  },
  en: {
    by: (field) => `by ${field}`,
    line: (value, who) => `${value}: ${who.join(', ')}`,
    rest: 'others',
    turns: (weight) => `${weight} turns in a round`,
    limit: (perDay) => `${perDay} a day at most`,
  },
};
