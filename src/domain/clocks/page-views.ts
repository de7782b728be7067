import type { Activity, HistoryEntry } from '../people/activity.ts';

/** The page a contact saw last: its history tells which pages they saw, and when. */
export const LAST_PAGE = 'hs_analytics_last_url';

/**
 * What contacts looked at, from the history of the page that they saw last. An address loses what follows `?` and `#`: that is where
 * names, e-mails and the tokens of a mailing stand.
 *
 *     pageViewsOf([{ …, value: 'https://example.co.jp/price?email=a@x.jp', … }])[0].what  // => 'https://example.co.jp/price'
 */
export function pageViewsOf(entries: readonly HistoryEntry[]): readonly Activity[] {
  return entries.flatMap(({ record, field, value, at, source }) => {
    const page = typeof value === 'string' ? value.trim().replace(/[?#].*$/su, '') : '';
    if (field !== LAST_PAGE || page === '') return [];
    return [
      {
        source: { system: record.system, object: 'page-views', id: source },
        kind: 'page',
        at,
        loggedAt: at,
        about: record,
        by: null,
        direction: 'in',
        what: page,
        countsAsContact: false,
        ourTask: false,
        closed: true,
        deleted: false,
      },
    ];
  });
}
