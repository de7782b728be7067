import type { System } from '../../../src/domain/people/record.ts';

/**
 * What becomes of one call. `before` and `after` tell whether the CRM had done it; of a batch, `rows` are the places of the unlucky ones.
 *
 * `partial` refuses these rows and does the others; `row-locked` finds them locked, which at HubSpot holds up the whole call and at
 * Salesforce these rows alone. A call that only reads has no rows to lose, except several queries in one (`composite-query`).
 */
export type Sky =
  | { readonly kind: 'fine' }
  | { readonly kind: 'rate-limited'; readonly retryAfterMs?: number }
  | { readonly kind: 'quota-exhausted'; readonly retryAfterMs?: number }
  | { readonly kind: 'failed-before-commit' }
  | { readonly kind: 'failed-after-commit' }
  | { readonly kind: 'timed-out-after-commit' }
  | { readonly kind: 'partial'; readonly rows: readonly number[] }
  | { readonly kind: 'row-locked'; readonly rows: readonly number[] };

export const FINE: Sky = { kind: 'fine' };

/** What a call is about. `rows` is how many records, pairs or queries it carries; 0 where it carries none. */
export type CallDetail = {
  readonly effect: 'read' | 'write';
  readonly object: string | null;
  readonly rows: number;
};

/**
 * Who decides, and who acts in between: people edit, time passes, the process dies.
 *
 * `call` is asked before every call that would leave the process, retries and logins included. What it throws is the death of the
 * process: the CRM stays as it is at that instant, no line of the connector runs any more, and the caller gets what was thrown.
 * `wait` is told how long a connector stays away by itself before it tries again; by default no time passes meanwhile.
 */
export type Weather = {
  call(system: System, kind: string, detail: CallDetail): Sky | Promise<Sky>;
  wait?(system: System, ms: number): void | Promise<void>;
};

/** Nothing ever goes wrong. */
export const FAIR: Weather = { call: () => FINE };
