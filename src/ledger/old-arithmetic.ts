import type { Arithmetic, Because } from '../domain/calendar/arithmetic.ts';
import { HOUR_MS, MINUTE_MS } from '../domain/values/instant.ts';

/** Counts that were stored until 0.1.0 say why in Japanese words; since then, in codes that every language is told from. */
type Stored = readonly (Omit<Arithmetic[number], 'because'> & { readonly because: Because | string })[];

/** How a due instant was counted, whichever version of Tasuki stored it. */
export function arithmeticFrom(stored: Stored): Arithmetic {
  return stored.map(({ because, ...line }) => ({
    ...line,
    because: typeof because === 'string' ? codeOf(because) : because,
  }));
}

type Read = (parts: readonly string[]) => Because;

const WORDS: readonly (readonly [RegExp, Read])[] = [
  [/^起算日$/u, () => ({ code: 'start' })],
  [/^営業時間外に発生/u, () => ({ code: 'outside-hours' })],
  [/^[日月火水木金土]曜日(?:\(定休日\))?$/u, () => ({ code: 'weekly' })],
  [/^(\d+) 営業日目/u, ([nth]) => ({ code: 'business-day', nth: Number(nth) })],
  [
    /^営業時間 (\d+) 時間(?: (\d+) 分)?/u,
    ([hours, minutes = 0]) => ({ code: 'worked', ms: Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS }),
  ],
  [/^暦時間で (\d+) 時間/u, ([amount]) => ({ code: 'hours', amount: Number(amount) })],
  [/^暦日で (\d+) 日/u, ([amount]) => ({ code: 'days', amount: Number(amount) })],
  [/^祝日 (.+)$/u, ([name = '']) => ({ code: 'holiday', name })],
  [/^(.*休日)$/u, ([name = '']) => ({ code: 'holiday', name })],
];

/** Whatever else was written there is the name of a closure, as an admin wrote it. */
function codeOf(words: string): Because {
  for (const [pattern, read] of WORDS) {
    const match = pattern.exec(words);
    if (match !== null) return read(match.slice(1));
  }
  return { code: 'closure', name: words };
}
