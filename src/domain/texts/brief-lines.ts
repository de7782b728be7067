import type { Found } from '../agreement/condition.ts';
import { isRange } from '../agreement/evaluate.ts';
import type { Point } from '../agreement/points.ts';
import { toLocal } from '../calendar/local-time.ts';
import { calendarOfPromise } from '../clocks/office-time.ts';
import type { Locale } from '../policy.ts';
import type { Instant } from '../values/value.ts';
import { conditionWords } from './agreement-conditions.ts';
import { DEPARTMENTS, teamName } from './agreement-names.ts';
import type { BriefDeadline, BriefFacts, BriefPolicy, BriefSection } from './brief.ts';
import type { BriefDeed } from './brief-deeds.ts';
import { BRIEF_WORDS } from './brief-words.ts';
import { daysOffTexts } from './due-text.ts';
import { shortDay, shortTime } from './format-local.ts';
import { plainWords } from './plain-words.ts';
import { ACTIVITY_KIND, DEAL_STATE, STAGE_CAUSE } from './states.ts';
import { deadlineName, durationText, inBrackets, stageName } from './words.ts';

type Lines = (facts: BriefFacts, policy: BriefPolicy, locale: Locale) => readonly string[];

/** So many lines of each at most: the whole is read in a minute. */
const MOST = { deadlines: 2, reasons: 4, score: 3, asked: 3, did: 4, contacts: 3, passes: 1, deals: 2 } as const;

/** Who hands over, and by when they are to be contacted. */
export function headLines(facts: BriefFacts, policy: BriefPolicy, locale: Locale): readonly string[] {
  const t = BRIEF_WORDS[locale];
  const due = facts.deadlines.slice(0, MOST.deadlines).map((deadline) => dueLine(deadline, facts, policy, locale));
  return [
    t.from(fromText(facts, locale), dayOf(facts.entry.at, facts, policy, locale)),
    ...(due.length === 0 ? [t.noDeadline] : due),
  ];
}

/** The lines of each section; none where there is nothing to tell. */
export const BRIEF_LINES: Readonly<Record<BriefSection, Lines>> = {
  topic: (facts, policy, locale) => {
    const { topic } = facts;
    if (topic === null || topic.name === null) return [];
    const words = BRIEF_WORDS[locale].topic[topic.kind as keyof (typeof BRIEF_WORDS)['ja']['topic']];
    return [words(topic.name, dayOf(topic.at, facts, policy, locale), topic.times)];
  },

  reasons: ({ points, entry }, policy, locale) => {
    const told = points.map((point) => pointText(point, policy, locale));
    const cause = entry.by === 'rule' ? [] : [STAGE_CAUSE[entry.by][locale]];
    return most([...cause, ...told], MOST.reasons, locale);
  },

  score: ({ score, scoreLines }, _, locale) => {
    if (score === null || scoreLines.length === 0) return [];
    const t = BRIEF_WORDS[locale];
    const amount = (points: number | undefined) => (points === undefined ? t.unknown : t.points(points));
    const lines = scoreLines.map(
      ({ text, points, times }) =>
        `${plainWords(text, 80)} ${t.points(points)}${inBrackets(locale, times === undefined ? '' : t.times(times))}`,
    );
    return [
      t.split(amount(score.total), amount(score.behaviour), amount(score.attribute)),
      ...most(lines, MOST.score, locale),
    ];
  },

  asked: (facts, policy, locale) => deedLines(facts, policy, locale, MOST.asked, ({ kind }) => kind === 'form'),
  did: (facts, policy, locale) => deedLines(facts, policy, locale, MOST.did, ({ kind }) => kind !== 'form'),

  contacts: (facts, policy, locale) => {
    const lines = facts.contacts.map(({ activity, who }) => {
      const { at, kind, direction } = activity;
      const received = direction === 'in' ? BRIEF_WORDS[locale].received : '';
      return `${dayOf(at, facts, policy, locale)} ${ACTIVITY_KIND[kind][locale]}${inBrackets(locale, received, who === null ? '' : plainWords(who, 40))}`;
    });
    return most(lines, MOST.contacts, locale);
  },

  past: (facts, policy, locale) => {
    const t = BRIEF_WORDS[locale];
    const passes = facts.passes.map(({ stage, at }, nth) =>
      t.pass(nth + 1, stageName(stage, locale), dayOf(at, facts, policy, locale)),
    );
    const deals = facts.deals.map(({ name, state, reason, at }) => {
      const why = reason === null ? '' : plainWords(reason, 60);
      return `${plainWords(name, 60)}: ${DEAL_STATE[state][locale]}${inBrackets(locale, dayOf(at, facts, policy, locale), why)}`;
    });
    return [...passes.slice(-MOST.passes), ...most(deals, MOST.deals, locale)];
  },
};

function fromText({ from: { department, team, who } }: BriefFacts, locale: Locale): string {
  const whose = team === null ? DEPARTMENTS[department][locale] : teamName(team, locale);
  return `${whose}${inBrackets(locale, who === null ? '' : plainWords(who, 40))}`;
}

function dueLine({ rule, due }: BriefDeadline, { entry }: BriefFacts, policy: BriefPolicy, locale: Locale): string {
  const t = BRIEF_WORDS[locale];
  const [name, within] = [deadlineName(rule.name, locale), durationText(rule.within, locale)];
  if (due === undefined) return t.within(name, within);
  const calendar = calendarOfPromise(rule, policy);
  const { day } = toLocal(entry.at, calendar);
  const year = day.slice(0, 4);
  const off = daysOffTexts(due.arithmetic, year, locale).join(locale === 'ja' ? '、' : ', ');
  return t.until(name, shortTime(due.dueAt, calendar, locale, year), shortDay(day, locale, year), within, off);
}

/** A day within the brief, with its year where it is another one than that of the hand-off. */
function dayOf(at: Instant, { entry }: BriefFacts, { calendar }: BriefPolicy, locale: Locale): string {
  const year = toLocal(entry.at, calendar).day.slice(0, 4);
  return shortDay(toLocal(at, calendar).day, locale, year);
}

function deedLines(
  facts: BriefFacts,
  policy: BriefPolicy,
  locale: Locale,
  limit: number,
  isMeant: (deed: BriefDeed) => boolean,
): readonly string[] {
  const t = BRIEF_WORDS[locale];
  const lines = facts.deeds.filter(isMeant).map(({ kind, name, at, times }) => {
    const what = name ?? ACTIVITY_KIND[kind][locale];
    const kindWord = kind === 'form' || name === null ? '' : `${t.deeds[kind] ?? ''} `;
    return `${dayOf(at, facts, policy, locale)} ${kindWord}${what}${inBrackets(locale, times > 1 ? t.times(times) : '')}`;
  });
  return most(lines, limit, locale);
}

/** The first of them, and how many more there are. */
function most(lines: readonly string[], limit: number, locale: Locale): readonly string[] {
  if (lines.length <= limit) return lines;
  return [
    ...lines.slice(0, limit - 1),
    `${lines[limit - 1]}${inBrackets(locale, BRIEF_WORDS[locale].more(lines.length - limit))}`,
  ];
}

/** What was asked for, and what was found where that says more. */
function pointText({ asked, found }: Point, policy: BriefPolicy, locale: Locale): string {
  return `${plainWords(conditionWords(asked, policy, locale), 120)}${inBrackets(locale, foundText(found, locale))}`;
}

function foundText(found: Found, locale: Locale): string {
  if (found === undefined || found === null || typeof found === 'boolean') return '';
  if (isRange(found)) return locale === 'ja' ? `${found.least} 以上` : `at least ${found.least}`;
  return typeof found === 'number' ? found.toLocaleString(locale) : plainWords(found, 40);
}
