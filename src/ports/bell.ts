/**
 * The queue, as the rest sees it: a bell that says "there is work in this lane". The work itself stands in the ledger, so a
 * lost, doubled or late ring changes nothing. Payloads name a lane, never a record, and never hold personal data.
 */
export type Lane =
  | { readonly job: 'pull-changes'; readonly system: 'hubspot' | 'salesforce' }
  | { readonly job: 'plan-batch' }
  | { readonly job: 'write-batch'; readonly system: 'hubspot' | 'salesforce' }
  | { readonly job: 'confirm-batch'; readonly system: 'hubspot' | 'salesforce' }
  | { readonly job: 'sweep-stragglers' };

export type JobName = Lane['job'];

/** Does the work of one lane; what it throws decides what the queue does next (see `queue/README.md`). */
export type RunLane = (lane: Lane) => Promise<void>;

export interface Bell {
  /** Rings a lane. Ringing one that is already waiting is the same as ringing it once. */
  ring(lane: Lane): Promise<void>;
}

/** A bell with people who answer it. */
export interface Queue extends Bell {
  /** Asserts the repeating jobs (idempotent) and begins to answer. */
  start(run: RunLane, schedule: readonly { readonly lane: Lane; readonly everyMs: number }[]): Promise<void>;
  /** Resolves when no lane is waiting, delayed by a retry, or being answered. Repeating jobs that are not due do not count. */
  quiet(): Promise<void>;
  /** Lets running jobs finish, then lets go. */
  close(): Promise<void>;
}
