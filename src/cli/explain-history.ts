import type { Activity, HistoryEntry } from '../domain/people/activity.ts';
import { SIGNALS } from '../domain/people/activity.ts';
import type { TrackedChange } from '../domain/people/change.ts';
import type { ScopeMove } from '../domain/people/person.ts';
import type { Link } from '../domain/people/record.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { ACTIVITY_KIND, CHANGE_STATE, HOLD, LINK_EVIDENCE, LINK_ROLE, OBSERVER } from '../domain/texts/states.ts';
import { inBrackets, quoted } from '../domain/texts/words.ts';
import type { HistoryLine } from '../ports/ledger.ts';
import { changeLines, recordName, type Voice } from './change-text.ts';

/** One line of a story as it is read: when, what, and by what we know it. Stages have a section of their own. */
export function historyLines(line: HistoryLine, voice: Voice): readonly string[] {
  const at = `  ${formatLocal(line.at, voice.calendar, voice.locale)}  `;
  switch (line.kind) {
    case 'change': {
      const [title, ...fields] = changeLines(line.change, voice);
      return [`${at}${title}  ${stateText(line.change, voice)}`, ...fields];
    }
    case 'activity':
      return [`${at}${activityText(line.activity, voice)}`];
    case 'link':
      return [`${at}${linkText(line.link, line.began, voice)}`];
    case 'edit':
      return [`${at}${editText(line.entry, voice)}`];
    case 'scope':
      return [`${at}${scopeText(line.move, voice)}`];
    case 'stage':
      return [];
  }
}

/** Where a change stands, and what keeps it there. */
function stateText({ state, held }: TrackedChange, { locale }: Voice): string {
  const why = state === 'planned' && held !== undefined ? HOLD[held][locale] : '';
  return `${CHANGE_STATE[state][locale]}${inBrackets(locale, why)}`;
}

/** A form or a page has no record that anybody could open, so only its system is named. */
function activityText({ kind, what, source, deleted }: Activity, { locale }: Voice): string {
  const isSignal = SIGNALS.some((signal) => signal === source.object);
  const record = recordName(source, locale);
  const named = what === null ? '' : ` ${quoted(what, locale)}`;
  const gone = deleted ? (locale === 'ja' ? '削除済み' : 'deleted') : '';
  return `${ACTIVITY_KIND[kind][locale]}${named}${inBrackets(locale, isSignal ? record : `${record} ${source.id}`, gone)}`;
}

/** A record that somebody is or was: what it is to them, and how that is known. */
export function linkLine({ record, role, evidence }: Omit<Link, 'entity'>, locale: Voice['locale']): string {
  const how = inBrackets(locale, LINK_ROLE[role][locale], LINK_EVIDENCE[evidence][locale]);
  return `  ${recordName(record, locale)} ${record.id}${how}`;
}

function linkText({ record, role, evidence }: Omit<Link, 'entity'>, began: boolean, { locale }: Voice): string {
  const name = `${recordName(record, locale)} ${record.id}`;
  if (began) return `= ${name}${inBrackets(locale, LINK_EVIDENCE[evidence][locale])}`;
  return `- ${name}${inBrackets(locale, LINK_ROLE[role][locale])}`;
}

/** Where somebody stands, and what the rule read: told apart from its instant, which the story and the head of it both have. */
export function scopeText({ within, because }: ScopeMove, { locale }: Voice): string {
  const read = Object.entries(because).map(([field, value]) => `${field} = ${quoted(value, locale)}`);
  return `${SCOPE[within ? 'within' : 'outside'][locale]}${inBrackets(locale, ...read)}`;
}

const SCOPE = {
  within: { ja: '対象に戻った', en: 'in scope again' },
  outside: { ja: '対象外になった', en: 'went out of scope' },
} as const;

function editText({ record, field, value, by }: HistoryEntry, voice: Voice): string {
  const { locale } = voice;
  const observer = locale === 'ja' ? `変更者: ${OBSERVER[by].ja}` : OBSERVER[by].en;
  return `${recordName(record, locale)} ${field} → ${quoted(value, locale)}${inBrackets(locale, observer)}`;
}
