import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import type { DirectoryEntry } from '../domain/people/record.ts';
import type { Locale, Policy } from '../domain/policy.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { inBrackets, plural, printable, stageName } from '../domain/texts/words.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Rejection } from '../ports/rejections.ts';
import { currentOf, passOf } from '../reconcile/stage-fold.ts';
import { nameOf } from './person-line.ts';
import { EX_USAGE, type Verb } from './verb.ts';

/** A rejection with what both departments ask about it first: who, why, and what has become of the person. */
type Disputed = Rejection & {
  readonly name: string;
  /** As the agreement in force calls the reason; the code where it does not know it any more. */
  readonly why: string;
  readonly ownerName: string | null;
  readonly now: { readonly stage: string; readonly pass: number } | null;
};

const MOST = 200;

export const disputedVerb: Verb = {
  name: 'disputed',
  summary:
    'List the MQLs that sales rejected, the newest first: who, when, why, with which score, and where they stand now.',
  examples: ['tasuki disputed', 'tasuki disputed --limit 20', 'tasuki disputed --json'],
  options: [{ flags: '--limit <n>', help: `how many at most, up to ${MOST} (default: 50)`, whole: true }],

  async run({ terminal, openLedger }, { flags }) {
    const limit = typeof flags['limit'] === 'number' ? flags['limit'] : Number(flags['limit'] ?? 50);
    const { locale } = terminal;
    if (limit < 1 || limit > MOST) {
      terminal.say(TEXTS[locale].limit);
      return EX_USAGE;
    }
    const { ledger, policy, close } = await openLedger();
    try {
      const inForce = await policy();
      const disputed = await disputedOf(await ledger.rejections(limit), ledger, inForce);
      terminal.result({ disputed }, disputedText(disputed, inForce.calendar, locale));
      return 0;
    } finally {
      await close();
    }
  },
};

async function disputedOf(
  rejections: readonly Rejection[],
  ledger: Pick<Ledger, 'person' | 'directory'>,
  { agreement }: Policy,
): Promise<readonly Disputed[]> {
  const users = await ledger.directory();
  const told: Disputed[] = [];
  for (const rejection of rejections) {
    const person = await ledger.person(rejection.person);
    told.push({
      ...rejection,
      name: person === null ? rejection.person : nameOf(person) || rejection.person,
      why: agreement.reasons?.rejected?.[rejection.reason] ?? rejection.reason,
      ownerName: nameOfUser(rejection.owner, users),
      now: person === null ? null : { stage: currentOf(person.stages), pass: passOf(person.stages) },
    });
  }
  return told;
}

function nameOfUser(id: string | null, users: readonly DirectoryEntry[]): string | null {
  return users.find((user) => user.system === 'salesforce' && user.id === id)?.name ?? id;
}

/** A line each, and in front how many of which reason. */
export function disputedText(disputed: readonly Disputed[], calendar: BusinessCalendar, locale: Locale): string {
  const t = TEXTS[locale];
  if (disputed.length === 0) return t.none;
  const counts = [...Map.groupBy(disputed, ({ why }) => why)].toSorted(
    ([, one], [, other]) => other.length - one.length,
  );
  return [
    t.head(disputed.length),
    ...counts.map(([why, of]) => `  ${printable(why)}: ${of.length}`),
    '',
    ...disputed.map((one) => lineOf(one, calendar, locale)),
  ].join('\n');
}

function lineOf(
  { at, name, person, why, score, ownerName, now, pass }: Disputed,
  calendar: BusinessCalendar,
  locale: Locale,
): string {
  const t = TEXTS[locale];
  const about = inBrackets(
    locale,
    score === null ? '' : t.score(score),
    ownerName === null ? '' : t.by(printable(ownerName)),
    pass === 1 ? '' : t.pass(pass),
    now === null ? '' : t.now(stageName(now.stage, locale)),
  );
  return `${formatLocal(at, calendar, locale)}  ${printable(name)}  ${person}\n  ${printable(why)}${about}`;
}

type Texts = {
  readonly none: string;
  readonly limit: string;
  readonly head: (count: number) => string;
  readonly score: (points: number) => string;
  readonly by: (name: string) => string;
  readonly pass: (nth: number) => string;
  readonly now: (stage: string) => string;
};

const TEXTS: Readonly<Record<Locale, Texts>> = {
  ja: {
    none: '営業が差し戻した MQL はありません。',
    limit: `--limit は 1 から ${MOST} までです。`,
    head: (count) => `営業が差し戻した MQL ${count} 件(新しい順)`,
    score: (points) => `当時のスコア ${points} 点`,
    by: (name) => `担当: ${name}`,
    pass: (nth) => `${nth} 周目`,
    now: (stage) => `いま: ${stage}`,
  },
  en: {
    none: 'Sales has rejected no MQL.',
    limit: `--limit is a number from 1 to ${MOST}.`,
    head: (count) => `${plural(count, 'MQL')} rejected by sales, the newest first`,
    score: (points) => `score then ${points}`,
    by: (name) => `owner: ${name}`,
    pass: (nth) => `pass ${nth}`,
    now: (stage) => `now: ${stage}`,
  },
};
