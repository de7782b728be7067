import type { Stage } from '../agreement/agreement.ts';
import type { Instant, Value, Values } from '../values/value.ts';
import type { Base, ObjectName, RecordRef, System } from './record.ts';

/** Where a step of a change stands. Legal moves are data: see `MOVES`. */
export type ChangeState =
  | 'planned'
  | 'approved'
  | 'sending'
  | 'acknowledged'
  | 'confirmed'
  | 'refused'
  | 'unsure'
  | 'superseded'
  | 'undone'
  | 'parked';

export const MOVES: Readonly<Record<ChangeState, readonly ChangeState[]>> = {
  planned: ['approved', 'parked', 'superseded'],
  approved: ['sending', 'superseded', 'parked'],
  sending: ['acknowledged', 'refused', 'unsure', 'approved', 'superseded', 'parked'],
  acknowledged: ['confirmed', 'superseded', 'undone'],
  confirmed: ['undone'],
  refused: ['superseded'],
  unsure: ['acknowledged', 'confirmed', 'approved', 'refused', 'superseded', 'parked'],
  superseded: [],
  undone: [],
  parked: ['approved', 'superseded'],
};

/** What keeps a planned change from being sent: see `Gate` in `ports/approval.ts`. */
export type Hold = 'first-run' | 'breaker' | 'rollout';

/** Why a field is written: a rule's code with what it needs to be told to a person. Texts live in `domain/texts`. */
export type Reason = { readonly code: ReasonCode; readonly detail: Readonly<Record<string, Value>> };

export type ReasonCode =
  | 'copied' // the other side moved, this one did not
  | 'filled-blank'
  | 'conflict-settled'
  | 'first-meeting'
  | 'cleared'
  | 'stricter' // a consent: the value that forbids more
  | 'created-at-stage'
  | 'stage-derived'
  | 'stage-shown'
  | 'answer-shown' // what sales said of the person, and why, told to marketing
  | 'answer-emptied' // a new pass begins, and sales is asked anew
  | 'status-shown' // the stage as the Lead's own status
  | 'stage-reset' // a lifecycle stage that was ahead is taken back
  | 'owner-shown'
  | 'owner-named'
  | 'owner-assigned'
  | 'record-state'
  | 'key-kept'
  | 'deadline-shown'
  | 'brief-written' // for whoever receives the person
  | 'lapsed'
  | 'evidence-found'
  | 'task-moot'
  | 'escalated'
  | 'escalation-shown'
  | 'review-due' // the agreement is to be reviewed
  | 'review-over'
  | 'deal-created'
  | 'deal-stage' // the other side moved the deal on
  | 'deal-outcome' // won or lost, told to the contact
  | 'role-added' // a person of the deal is tied on this side too
  | 'company-created'
  | 'undone'; // a person took a run back

/** One field of one record, before and after, with its reason. */
export type FieldChange = {
  readonly field: string;
  /** What we saw there; `undefined` when the record does not exist yet. */
  readonly before?: Value;
  readonly after: Value;
  readonly reason: Reason;
};

/** What a confirmed change starts, besides being true. */
export type ChangeMark = {
  /** Every field of it is one that was not kept in step before, such as a new line of the mapping: nobody waits for it. */
  readonly purpose?: 'back-fill';
  /** This write shows owner and stage to the receiver: its confirmation is the hand-off instant. */
  readonly handOff?: { readonly team: string; readonly stage: Stage };
  /** This write opens or closes the task of that clock, or shows on it that its obligation has climbed to this `level`. */
  readonly task?: { readonly clock: string; readonly act: 'open' | 'close' | 'escalate'; readonly level?: number };
  /** This write restores what these changes found; they are `undone` once it is confirmed. */
  readonly undoes?: readonly string[];
};

/** An intended write: one record, one or more ordered steps, with the reason of every field. */
export type Change = {
  readonly id: string;
  /** Target, fields, base version and step: the same intent twice is the same key, A→B, B→A, A→B are three. */
  readonly writeKey: string;
  /** The person, deal or company it is about. */
  readonly entity: string;
  readonly kind: 'create' | 'update';
  readonly target: { readonly system: System; readonly object: ObjectName; readonly id: string | null };
  /** The external id a create is upserted by, so that a repeat finds the first one. */
  readonly key: { readonly field: string; readonly value: string } | null;
  /** Ordered; all but multi-step changes have one. */
  readonly steps: readonly (readonly FieldChange[])[];
  /** Changes that must be acknowledged first (a stage shows "Lead" in HubSpot only once the Lead exists). */
  readonly after: readonly string[];
  /** Read back at once, rather than at the next pull. */
  readonly readBack: boolean;
  readonly marks: ChangeMark;
  /** Bases that hold once this write is seen: provisional when acknowledged, for good when confirmed. */
  readonly basesAfter?: readonly Base[];
  readonly agreementVersion: string;
};

/** A change with what has happened to it. */
export type TrackedChange = Change & {
  readonly run: string;
  readonly state: ChangeState;
  /** Of a planned one, once the gate has looked at it. */
  readonly held?: Hold;
  readonly step: number;
  readonly attempts: number;
  /** Set aside until then, having failed again and again; absent of what is parked by a pause. */
  readonly restsUntil?: Instant;
  readonly plannedAt: Instant;
  readonly sentAt?: Instant;
  readonly acknowledgedAt?: Instant;
  readonly confirmedAt?: Instant;
  readonly outcome?: { readonly code: string; readonly message: string };
};

/** What the CRM said of one effect. */
export type Outcome =
  | {
      readonly kind: 'written';
      readonly change: string;
      readonly record: RecordRef;
      readonly created: boolean;
      /** The stamp that the record bears since, by the system's own clock; left out where its answer does not tell. */
      readonly stampedAt?: Instant;
      /** What the system did not take, though the rest went in: a tie to a record that is gone. */
      readonly except?: Refusal;
    }
  | (Refusal & {
      readonly kind: 'refused';
      readonly change: string;
      /** The record that already holds the e-mail or key, when the answer names it. */
      readonly holder?: RecordRef;
    })
  | { readonly kind: 'vanished'; readonly change: string; readonly mergedInto?: string; readonly message: string }
  /** Certainly not written, and worth another try soon: a locked row, a batch that never left. */
  | { readonly kind: 'deferred'; readonly change: string; readonly message: string }
  /** May or may not have been written: read back, then decide. */
  | { readonly kind: 'unsure'; readonly change: string; readonly message: string };

/** Why a system does not take something, and the fields that it blames; none where it does not say. */
export type Refusal = {
  /** The system's own code: INVALID_OPTION, DUPLICATE_VALUE … */
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
};

/** One write, as the connector gets it. */
export type Effect = {
  readonly change: string;
  readonly kind: 'create' | 'update';
  readonly object: ObjectName;
  readonly id: string | null;
  readonly key: { readonly field: string; readonly value: string } | null;
  readonly values: Values;
};
