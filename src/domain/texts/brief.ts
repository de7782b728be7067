import type { DeadlineRule, Department, Stage } from '../agreement/agreement.ts';
import type { Point } from '../agreement/points.ts';
import type { Score } from '../agreement/score.ts';
import type { Arithmetic } from '../calendar/arithmetic.ts';
import { toLocal } from '../calendar/local-time.ts';
import type { Activity } from '../people/activity.ts';
import type { StageEntry } from '../people/person.ts';
import type { Locale, Policy } from '../policy.ts';
import type { Instant } from '../values/value.ts';
import type { BriefDeed } from './brief-deeds.ts';
import { BRIEF_LINES, headLines } from './brief-lines.ts';
import { BRIEF_WORDS } from './brief-words.ts';
import { formatDay } from './format-local.ts';
import { clipped } from './words.ts';

/** Salesforce takes so many characters in a long text area. */
const LONG_TEXT_LENGTH = 32_768;

/** What a brief is to tell, in the order in which it does. `due` and `from` come first, for they are always known. */
export const BRIEF_SECTIONS = ['topic', 'reasons', 'score', 'asked', 'did', 'contacts', 'past'] as const;
export type BriefSection = (typeof BRIEF_SECTIONS)[number];

/** Told by day, newest first. */
const BY_DAY: ReadonlySet<BriefSection> = new Set<BriefSection>(['asked', 'did', 'contacts']);

/** A deadline that begins with the hand-off. `dueAt` where it is the same whatever the hour of the hand-off. */
export type BriefDeadline = {
  readonly rule: DeadlineRule;
  readonly due?: { readonly dueAt: Instant; readonly arithmetic: Arithmetic };
};

/** A deal that they were in before. */
export type BriefDeal = {
  readonly name: string;
  readonly state: 'open' | 'won' | 'lost';
  readonly reason: string | null;
  readonly at: Instant;
};

/** Everything that the brief is made of, as it stood when the stage was entered. */
export type BriefFacts = {
  readonly stage: Stage;
  readonly entry: Pick<StageEntry, 'at' | 'by' | 'agreementVersion' | 'pass'>;
  /** Who hands over: the department, and the person where one is known. */
  readonly from: { readonly department: Department; readonly team: string | null; readonly who: string | null };
  readonly deadlines: readonly BriefDeadline[];
  readonly points: readonly Point[];
  readonly score: Score | null;
  /** What gave the most points, most first. */
  readonly scoreLines: readonly { readonly text: string; readonly points: number; readonly times?: number }[];
  readonly topic: BriefDeed | null;
  readonly deeds: readonly BriefDeed[];
  readonly contacts: readonly { readonly activity: Activity; readonly who: string | null }[];
  /** Earlier rounds: the stage that was reached in each, oldest first. */
  readonly passes: readonly Pick<StageEntry, 'stage' | 'at'>[];
  readonly deals: readonly BriefDeal[];
};

export type BriefPolicy = Pick<Policy, 'person' | 'company' | 'owners' | 'calendar'>;

/** `filled`: the sections in which there is something to tell. */
export type Brief = { readonly text: string; readonly filled: readonly BriefSection[] };

/**
 * The note for whoever receives a person: why now, what they did and asked for, what passed before, what to talk about, until when. Some 25
 * lines at most, in plain text as it is read in a long text area; what is not on record is said to be so.
 *
 * It depends on the day on which the stage was entered and not on the minute, so that a plan and its run write the same.
 */
export function briefText(facts: BriefFacts, policy: BriefPolicy, locale: Locale): Brief {
  const t = BRIEF_WORDS[locale];
  const sections = BRIEF_SECTIONS.map((section) => {
    const lines = BRIEF_LINES[section](facts, policy, locale);
    return { section, lines };
  });
  const told = sections.flatMap(({ section, lines }) => {
    const head = `■ ${t.heads[section](facts, locale)}`;
    const nothing = t.nothing[section];
    if (lines.length === 0) return nothing === null ? [] : [`${head}: ${nothing}`];
    const order = lines.length > 1 && BY_DAY.has(section) ? t.newestFirst : '';
    return [`${head}${order}`, ...lines.map((line) => `・${line}`)];
  });
  const text = [
    briefTitle(facts, policy, locale),
    ...headLines(facts, policy, locale),
    ...told,
    t.basis(facts.entry.agreementVersion),
  ].join('\n');
  const filled = sections.flatMap(({ section, lines }) => (lines.length > 0 ? [section] : []));
  return { text: clipped(text, LONG_TEXT_LENGTH), filled };
}

/** The first line, by which a brief is known to be that of this hand-off: stage, day and, from the second on, the pass. */
function briefTitle({ stage, entry }: BriefFacts, policy: BriefPolicy, locale: Locale): string {
  return BRIEF_WORDS[locale].title(stage, formatDay(toLocal(entry.at, policy.calendar).day, locale), entry.pass);
}

/** Is what stands there the brief of the same hand-off as this one? Whatever somebody has changed below its first line. */
export function isSameBrief(found: unknown, brief: Brief): boolean {
  return typeof found === 'string' && firstLine(found) === firstLine(brief.text);
}

function firstLine(text: string): string {
  return (text.split(/\r?\n/u, 1)[0] ?? '').trim();
}
