import type { Change, Hold } from '../domain/people/change.ts';
import type { ObjectName, System } from '../domain/people/record.ts';
import type { Instant, Value } from '../domain/values/value.ts';

/**
 * What planned changes have to pass before they may be sent.
 *
 * `closed`: the first run, which nobody has approved yet; nothing passes. `open`: a first run that was allowed beforehand; everything
 * passes. `breaker`: every run after it; the changes of a group (see `WriteGroup`) pass together while the group stays within the limits.
 */
export type Gate = {
  /** How many people in a hundred are written; their deals and companies follow them. 100: everybody. */
  readonly rolloutPercent: number;
} & ({ readonly kind: 'closed' } | { readonly kind: 'open' } | ({ readonly kind: 'breaker' } & BreakerLimits));

export type BreakerLimits = {
  /** More records than this in one group are abnormal. */
  readonly changes: number;
  /** So is a greater share of the live records of that object, from 50 changes on; 100 is no limit. */
  readonly percent: number;
};

/** What the gate let through, and how many it holds by now. */
export type Released = { readonly approved: number; readonly held: Readonly<Record<Hold, number>> };

/** Writes of one kind: updates of one field of an object, or all new records of it (`field` is null). */
export type WriteGroup = {
  readonly system: System;
  readonly object: ObjectName;
  readonly field: string | null;
  readonly changes: number;
};

/** Everything that an approval would let go: what waits, but for people whom the rollout has not reached. */
export type WaitingPlan = {
  /** Of what is to be written where, over what: the same writes have the same one. */
  readonly hash: string;
  readonly changes: number;
  /** The largest first. */
  readonly groups: readonly WriteGroup[];
};

/** What a person says of the plan that was shown. */
export type Decision = {
  /** The hash of the plan that was shown. */
  readonly plan: string;
  readonly by: string;
  readonly why: string;
  readonly at: Instant;
};

/** A write that was shown and is not what would be written now. */
export type Overtaken = {
  readonly system: System;
  readonly object: ObjectName;
  readonly record: string;
  readonly field: string;
  readonly before: Value | null;
  readonly planned: Value;
  /** What that field holds now; `null` also where there is no record yet. */
  readonly found: Value;
};

/** What became of a decision. One about a plan that no longer stands changes nothing: it says what is different. */
export type Decided =
  | { readonly kind: 'done'; readonly changes: number }
  | {
      readonly kind: 'moved';
      readonly plan: WaitingPlan;
      /** The first of those that were overtaken, and how many there are; `null` when that plan is not the last one shown. */
      readonly overtaken: { readonly first: readonly Overtaken[]; readonly all: number } | null;
    };

/** Approval and what belongs to it: the part of `Ledger` that stands between planning and writing. */
export interface ApprovalLedger {
  /**
   * Moves planned changes on to approved (parked while paused), as far as the gate lets them, and says of the rest what holds it.
   * `null`, and nothing moved, while somebody is still to be planned: half a wave would pass limits that the whole one breaks. What
   * trips the breaker is one finding per group, which stands until the group's changes are approved, rejected or superseded.
   */
  releasePlanned(gate: Gate, at: Instant): Promise<Released | null>;
  waitingPlan(): Promise<WaitingPlan>;
  /** All that waits, in the order of planning, people outside the rollout included. */
  waitingChanges(): Promise<readonly (Change & { readonly held?: Hold })[]>;
  /** Keeps what was shown under this hash, in the place of what was shown before. */
  rememberShown(plan: string, changes: readonly Change[], at: Instant): Promise<void>;
  /** Lets go what was shown, draws the go-live line if there is none yet, and writes it down. */
  approve(decision: Decision): Promise<Decided>;
  /** Takes back what was shown; a finding per record remembers the values, so that the same is not planned again. */
  reject(decision: Decision): Promise<Decided>;
}
