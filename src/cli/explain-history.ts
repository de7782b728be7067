import type { Activity, HistoryEntry } from '../domain/people/activity.ts';
import { SIGNALS } from '../domain/people/activity.ts';
import type { Link } from '../domain/people/record.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { ACTIVITY_KIND, CHANGE_STATE, LINK_EVIDENCE, LINK_ROLE } from '../domain/texts/states.ts';
import { inBrackets, quoted } from '../domain/texts/words.ts';
import type { HistoryLine } from '../ports/ledger.ts';
import { changeLines, printable, recordName, type Voice } from './change-text.ts';

/** One line of a story as it is read: when, what, and by what we know it. Stages have a section of their own. */
export function historyLines(line: HistoryLine, voice: Voice): readonly string[] {
  const at = `  ${formatLocal(line.at, voice.calendar, voice.locale)}  `;
  switch (line.kind) {
    case 'change': {
      const [title, ...fields] = changeLines(line.change, voice);
      return [`${at}${title}  ${CHANGE_STATE[line.change.state][voice.locale]}`, ...fields];
    }
    case 'activity':
      return [`${at}${activityText(line.activity, voice)}`];
    case 'link':
      return [`${at}${linkText(line.link, line.began, voice)}`];
    case 'edit':
      return [`${at}${editText(line.entry, voice)}`];
    case 'stage':
      return [];
  }
}

/** A form or a page has no record that anybody could open, so only its system is named. */
function activityText({ kind, what, source, deleted }: Activity, { locale }: Voice): string {
  const isSignal = SIGNALS.some((signal) => signal === source.object);
  const record = recordName(source, locale);
  const named = what === null ? '' : ` ${quoted(what, locale)}`;
  const gone = deleted ? (locale === 'ja' ? '削除済み' : 'deleted') : '';
  return `${ACTIVITY_KIND[kind][locale]}${named}${inBrackets(locale, isSignal ? record : `${record} ${source.id}`, gone)}`;
}

function linkText({ record, role, evidence }: Omit<Link, 'entity'>, began: boolean, { locale }: Voice): string {
  const name = `${recordName(record, locale)} ${record.id}`;
  if (began) return `= ${name}${inBrackets(locale, LINK_EVIDENCE[evidence][locale])}`;
  return `- ${name}${inBrackets(locale, LINK_ROLE[role][locale])}`;
}

const BY = {
  us: { ja: 'Tasuki', en: 'Tasuki' },
  person: { ja: '人の操作', en: 'a person' },
  automation: { ja: '自動処理', en: 'an automation' },
} as const;

function editText({ record, field, value, by }: HistoryEntry, voice: Voice): string {
  const { locale } = voice;
  const shown = quoted(typeof value === 'string' ? printable(value) : value, locale);
  return `${recordName(record, locale)} ${field} → ${shown}${inBrackets(locale, BY[by][locale])}`;
}
