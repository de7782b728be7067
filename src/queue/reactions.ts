import { type ErrorCode, type RateLimited, TasukiError } from '../errors/errors.ts';

/** What the queue does with a lane whose work threw. */
export type Reaction =
  /** The CRM named a waiting time: every lane of that CRM waits, and no attempt is counted. */
  | { readonly kind: 'wait'; readonly system: string; readonly ms: number }
  /** Again, later and later. */
  | { readonly kind: 'retry' }
  /** Not again: a person must act, or the bug is ours. The next ring tries anew. */
  | { readonly kind: 'give-up' }
  /** Not again, and nothing more for that CRM until the worker is started anew. */
  | { readonly kind: 'pause'; readonly system: string };

/** The one table: error → what the queue does. `errors/README.md` says the same to people. */
const REACTIONS: Readonly<Record<ErrorCode, (error: TasukiError) => Reaction>> = {
  SYNC_RATE_LIMITED: (error) => ({ kind: 'wait', system: systemOf(error), ms: (error as RateLimited).waitMs }),
  SYNC_REMOTE_UNAVAILABLE: () => ({ kind: 'retry' }),
  SYNC_CREDENTIALS_REJECTED: (error) => ({ kind: 'pause', system: systemOf(error) }),
  SYNC_LEDGER_UNAVAILABLE: () => ({ kind: 'retry' }),
  SYNC_LEDGER_IN_USE: () => ({ kind: 'give-up' }),
  SYNC_CONFIG_INVALID: () => ({ kind: 'give-up' }),
  SYNC_INVARIANT_BROKEN: () => ({ kind: 'give-up' }),
};

/** Anything that is not one of our errors is a bug of ours. */
export function reactionTo(error: unknown): Reaction {
  return error instanceof TasukiError ? REACTIONS[error.code](error) : { kind: 'give-up' };
}

function systemOf(error: TasukiError): string {
  return 'system' in error ? String(error.system) : '';
}

/** Waiting time before the next attempt: doubles, and is spread so that many lanes do not come back at once. */
export const RETRY = { attempts: 8, firstMs: 1_000, jitter: 0.5 } as const;
