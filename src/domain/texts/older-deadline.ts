import type { Agreement, DeadlineRule } from '../agreement/agreement.ts';
import { type OpenDeadlines, ruleOfClock } from '../clocks/rule-of-clock.ts';
import type { Clock } from '../people/person.ts';
import type { Locale, Policy } from '../policy.ts';
import { deadlineName, type InBoth, printable } from './words.ts';

type Agreements = Pick<Policy, 'agreement' | 'earlier'>;
type Begun = Pick<Clock, 'kind' | 'agreementVersion'>;

/** What an agreement says otherwise of a deadline than the one that it began under; `null`: nothing. */
function newsOf(begun: Begun, known: Agreements, { deadlines }: Agreement): 'struck' | 'changed' | null {
  const today = deadlines.find(({ name }) => name === begun.kind);
  if (today === undefined) return 'struck';
  const then = ruleOfClock(begun, known);
  return then === undefined || isSame(then, today) ? null : 'changed';
}

function isSame(one: DeadlineRule, other: DeadlineRule): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Beside a deadline that goes by an earlier version: that it does, and what the one in force says; `null` where both say the same. */
export function olderDeadlineText(clock: Begun, known: Agreements, locale: Locale): string | null {
  const news = newsOf(clock, known, known.agreement);
  if (news === null) return null;
  return OLDER[news][locale](printable(clock.agreementVersion), printable(known.agreement.version));
}

/** What becomes of the deadlines that are open once this proposal is in force: one line for each whose rule it changes or strikes. */
export function keptDeadlineLines(
  open: readonly OpenDeadlines[],
  known: Agreements,
  proposed: Agreement,
  locale: Locale,
): readonly string[] {
  const kept = open.flatMap(({ kind, version, count }) => {
    const news = newsOf({ kind, agreementVersion: version }, known, proposed);
    return news === null ? [] : [{ kind, news, count }];
  });
  const kinds = [...new Set(kept.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const own = kept.filter((one) => one.kind === kind);
    const count = own.reduce((sum, one) => sum + one.count, 0);
    const news = own.some((one) => one.news === 'struck') ? 'struck' : 'changed';
    return KEPT[news][locale](deadlineName(kind, locale), count);
  });
}

const OLDER: Readonly<Record<'struck' | 'changed', InBoth<(began: string, now: string) => string>>> = {
  struck: {
    ja: (began, now) =>
      `合意 ${began} で始まった期限です。合意 ${now} にはありませんが、終わるまで ${began} の定めで続きます。`,
    en: (began, now) =>
      `It began under agreement ${began}. Agreement ${now} no longer has it; it runs to its end as ${began} says.`,
  },
  changed: {
    ja: (began, now) =>
      `合意 ${began} で始まった期限です。合意 ${now} で変わりましたが、期日も条件も ${began} のままです。`,
    en: (began, now) =>
      `It began under agreement ${began}. Agreement ${now} changes this deadline; due date and conditions stay as ${began} says.`,
  },
};

const KEPT: Readonly<Record<'struck' | 'changed', InBoth<(deadline: string, count: number) => string>>> = {
  struck: {
    ja: (deadline, count) => `${deadline}: なくなりますが、進行中の ${count} 件は元の期日のまま、終わるまで続きます`,
    en: (deadline, count) =>
      `${deadline}: struck; ${count === 1 ? '1 open deadline keeps its old date and runs' : `${count} open deadlines keep their old date and run`} to the end`,
  },
  changed: {
    ja: (deadline, count) => `${deadline}: 変わりますが、進行中の ${count} 件は期日も条件も元のままです`,
    en: (deadline, count) =>
      `${deadline}: changed; ${count === 1 ? '1 open deadline keeps its old date and conditions' : `${count} open deadlines keep their old date and conditions`}`,
  },
};
