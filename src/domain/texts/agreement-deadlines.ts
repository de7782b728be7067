import type { Agreement, DeadlineRule, Stage } from '../agreement/agreement.ts';
import type { Locale } from '../policy.ts';
import { DEPARTMENTS, teamName } from './agreement-names.ts';
import type { Table } from './document.ts';
import { ACTIVITY_KIND } from './states.ts';
import { deadlineName, durationText, type InBoth } from './words.ts';

/** A deadline in one line: `インサイドセールスへの引き渡しから 3 営業日以内に、電話、メール、打ち合わせのいずれかで連絡(チームの誰でもよい)`. */
export function deadlineWords(rule: DeadlineRule, locale: Locale): string {
  return TEXTS[locale].promise(
    startWords(rule.starts, locale),
    durationText(rule.within, locale),
    endWords(rule.ends, locale),
  );
}

/** The deadlines, a row each. */
export function deadlineTable({ deadlines }: Agreement, locale: Locale): Table {
  const t = TEXTS[locale];
  return {
    head: t.head,
    rows: deadlines.map((rule) => [
      [deadlineName(rule.name, locale)],
      [DEPARTMENTS[rule.department][locale], WHO[rule.who][locale]],
      [startWords(rule.starts, locale)],
      [endWords(rule.ends, locale)],
      [t.within(durationText(rule.within, locale))],
      [LAPSES[rule.lapse.task][locale]],
    ]),
  };
}

/** The stage in which a deadline begins, as the articles' table has it; `null` for one that belongs to none. */
export function stageOf({ starts }: DeadlineRule, { stages }: Pick<Agreement, 'stages'>): Stage | null {
  if ('handedOff' in starts) return stages.find(({ handOff }) => handOff?.to === starts.handedOff)?.stage ?? null;
  return null;
}

/** What a deadline counts from. */
function startWords(starts: DeadlineRule['starts'], locale: Locale): string {
  if ('handedOff' in starts) return STARTS[locale].handedOff(teamName(starts.handedOff, locale));
  return STARTS[locale].deal;
}

/** What meets a deadline. */
function endWords(ends: DeadlineRule['ends'], locale: Locale): string {
  if ('contact' in ends) {
    const kinds = ends.contact.map((kind) => ACTIVITY_KIND[kind][locale]);
    return ENDS[locale].contact(kinds, ends.by);
  }
  return ENDS[locale].converted;
}

const STARTS: InBoth<{ readonly handedOff: (team: string) => string; readonly deal: string }> = {
  ja: {
    handedOff: (team) => `${team}への引き渡し`,
    deal: 'HubSpot に取引があり、その人がまだリードだと分かった時点',
  },
  en: {
    handedOff: (team) => `the hand-off to ${team}`,
    deal: 'the sight of a HubSpot deal whose person is still a Lead',
  },
};

type Ends = {
  readonly contact: (kinds: readonly string[], by: 'team' | 'owner') => string;
  readonly converted: string;
};
const ENDS: InBoth<Ends> = {
  ja: {
    contact: (kinds, by) =>
      `${kinds.join('、')}${kinds.length > 1 ? 'のいずれか' : ''}で連絡(${by === 'team' ? 'チームの誰でもよい' : '所有者本人'})`,
    converted: 'リードの取引開始(コンバート)',
  },
  en: {
    contact: (kinds, by) => `contact by ${kinds.join(' or ')} (${by === 'team' ? 'anybody of the team' : 'the owner'})`,
    converted: 'the lead is converted',
  },
};

const WHO: Readonly<Record<DeadlineRule['who'], InBoth>> = { owner: { ja: '所有者', en: 'the owner' } };

const LAPSES: Readonly<Record<DeadlineRule['lapse']['task'], InBoth>> = {
  urgent: { ja: '所有者に優先度「高」の ToDo を 1 件', en: 'one Task of high priority for the owner' },
  normal: { ja: '所有者に ToDo を 1 件', en: 'one Task for the owner' },
};

type Words = {
  readonly head: readonly string[];
  readonly within: (duration: string) => string;
  readonly promise: (start: string, duration: string, end: string) => string;
};
const TEXTS: InBoth<Words> = {
  ja: {
    head: ['期限', '責任', '起点', '果たすこと', '長さ', '過ぎたとき'],
    within: (duration) => `${duration}以内`,
    promise: (start, duration, end) => `${start}から ${duration}以内に、${end}`,
  },
  en: {
    head: ['deadline', 'owed by', 'counts from', 'is met by', 'within', 'when it lapses'],
    within: (duration) => duration,
    promise: (start, duration, end) => `${end}, within ${duration} of ${start}`,
  },
};
