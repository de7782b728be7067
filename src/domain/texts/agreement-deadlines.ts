import type { Agreement, DeadlineEnd, DeadlineRule, Stage } from '../agreement/agreement.ts';
import { endsOf, isOwedBeforeHandOff, OWNER } from '../agreement/deadline.ts';
import { isBeside } from '../agreement/stage-order.ts';
import type { Locale } from '../policy.ts';
import { lapseWords, SILENCE } from './agreement-lapses.ts';
import { DEPARTMENTS, teamName } from './agreement-names.ts';
import type { Table } from './document.ts';
import { ACTIVITY_KIND } from './states.ts';
import { deadlineName, durationText, type InBoth, inBrackets, stageName } from './words.ts';

/** A deadline in one line: `インサイドセールスへの引き渡しから 3 営業日以内に、電話、メール、打ち合わせのいずれかで連絡(チームの誰でもよい)`. */
export function deadlineWords(rule: DeadlineRule, locale: Locale): string {
  const promise = TEXTS[locale].promise(
    startWords(rule.starts, locale),
    durationText(rule.within, locale),
    endWords(rule, locale),
  );
  return rule.otherwise === undefined ? promise : promise + inBrackets(locale, SILENCE[rule.otherwise][locale]);
}

/** The deadlines, a row each. */
export function deadlineTable({ deadlines }: Agreement, locale: Locale): Table {
  const t = TEXTS[locale];
  return {
    head: t.head,
    rows: deadlines.map((rule) => [
      [deadlineName(rule.name, locale)],
      [DEPARTMENTS[rule.department][locale], whoWords(rule, locale)],
      [startWords(rule.starts, locale)],
      [endWords(rule, locale)],
      [t.within(durationText(rule.within, locale))],
      lapseWords(rule, locale),
    ]),
    columns: 'by-content',
  };
}

/** The stage in which a deadline begins, as the articles' table has it; `null` for one that belongs to none. */
export function stageOf({ starts }: DeadlineRule, agreement: Pick<Agreement, 'stages' | 'deadlines'>): Stage | null {
  if ('entered' in starts) return starts.entered;
  if ('criteriaMet' in starts) return starts.criteriaMet;
  if ('handedOff' in starts)
    return agreement.stages.find(({ handOff }) => handOff?.to === starts.handedOff)?.stage ?? null;
  const before = 'met' in starts ? agreement.deadlines.find(({ name }) => name === starts.met) : undefined;
  return before === undefined ? null : stageOf(before, agreement);
}

/** What a deadline counts from. */
function startWords(starts: DeadlineRule['starts'], locale: Locale): string {
  const t = STARTS[locale];
  if ('handedOff' in starts) return t.handedOff(teamName(starts.handedOff, locale));
  if ('criteriaMet' in starts) return t.criteriaMet(stageName(starts.criteriaMet, locale));
  if ('entered' in starts) return t.entered(stageName(starts.entered, locale));
  return 'met' in starts ? t.met(deadlineName(starts.met, locale)) : t.deal;
}

/** What meets a deadline: each of the things, where any of them does. */
function endWords(rule: Pick<DeadlineRule, 'ends'>, locale: Locale): string {
  return endsOf(rule)
    .map((end) => endWord(end, locale))
    .join(ENDS[locale].or);
}

function endWord(end: DeadlineEnd, locale: Locale): string {
  const t = ENDS[locale];
  if ('contact' in end) {
    const kinds = end.contact.map((kind) => ACTIVITY_KIND[kind][locale]);
    return t.contact(kinds, end.by);
  }
  if ('answer' in end) return t.answer;
  if ('entered' in end && isBeside(end.entered)) return t.back(stageName(end.entered, locale));
  if ('entered' in end) return t.entered(stageName(end.entered, locale));
  if ('handedOff' in end) return t.handedOff(teamName(end.handedOff, locale));
  if ('meeting' in end) return t.meeting(end.by === OWNER ? WHO.owner[locale] : teamName(end.by, locale));
  if ('deal' in end) return t.deal[end.deal] + inBrackets(locale, ...end.with.map((name) => OF_DEAL[name][locale]));
  return t.converted;
}

type Starts = Readonly<Record<'handedOff' | 'criteriaMet' | 'entered' | 'met', (name: string) => string>> & {
  readonly deal: string;
};
const STARTS: InBoth<Starts> = {
  ja: {
    handedOff: (team) => `${team}への引き渡し`,
    criteriaMet: (stage) => `${stage} の条件を満たした時点`,
    entered: (stage) => `${stage} になった時点`,
    met: (deadline) => `「${deadline}」が果たされた時点`,
    deal: 'HubSpot に取引があり、その人がまだリードだと分かった時点',
  },
  en: {
    handedOff: (team) => `the hand-off to ${team}`,
    criteriaMet: (stage) => `the criteria of ${stage} being met`,
    entered: (stage) => `the entry into ${stage}`,
    met: (deadline) => `the day on which “${deadline}” is met`,
    deal: 'the sight of a HubSpot deal whose person is still a Lead',
  },
};

type Ends = Readonly<Record<'entered' | 'back' | 'handedOff' | 'meeting', (name: string) => string>> & {
  readonly contact: (kinds: readonly string[], by: 'team' | 'owner') => string;
  readonly converted: string;
  readonly answer: string;
  readonly deal: Readonly<Record<'open' | 'won' | 'lost', string>>;
  readonly or: string;
};
const ENDS: InBoth<Ends> = {
  ja: {
    contact: (kinds, by) =>
      `${kinds.join('、')}${kinds.length > 1 ? 'のいずれか' : ''}で連絡(${by === 'team' ? 'チームの誰でもよい' : '所有者本人'})`,
    converted: 'リードの取引開始(コンバート)',
    answer: '受け入れるか差し戻すかの返答',
    entered: (stage) => `${stage} への到達`,
    back: (stage) => `${stage}(理由を添えて)`,
    handedOff: (team) => `${team}への引き渡し`,
    meeting: (who) => `打ち合わせの予約(${who})`,
    deal: { open: '商談の作成', won: '受注', lost: '失注' },
    or: '、または',
  },
  en: {
    contact: (kinds, by) => `contact by ${kinds.join(' or ')} (${by === 'team' ? 'anybody of the team' : 'the owner'})`,
    converted: 'the lead is converted',
    answer: 'an answer: accepted or rejected',
    entered: (stage) => `the entry into ${stage}`,
    back: (stage) => `${stage} (with a reason)`,
    handedOff: (team) => `the hand-off to ${team}`,
    meeting: (who) => `a meeting booked by ${who}`,
    deal: { open: 'an opportunity', won: 'a won opportunity', lost: 'a lost opportunity' },
    or: ', or ',
  },
};

const OF_DEAL: Readonly<Record<'amount' | 'close-date', InBoth>> = {
  amount: { ja: '金額あり', en: 'with an amount' },
  'close-date': { ja: '完了予定日あり', en: 'with a close date' },
};

const WHO: Readonly<Record<DeadlineRule['who'], InBoth>> = { owner: { ja: '所有者', en: 'the owner' } };

/** Who owes it: until the hand-off it is nobody in sales. */
function whoWords(rule: DeadlineRule, locale: Locale): string {
  return isOwedBeforeHandOff(rule) ? MARKETER[locale] : WHO[rule.who][locale];
}

const MARKETER: InBoth = {
  ja: 'HubSpot の担当者(いなければマーケティング責任者)',
  en: "HubSpot's owner, else the marketing head",
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
