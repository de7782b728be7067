import type { Change } from '../domain/people/change.ts';
import type { Message } from '../domain/people/message.ts';
import type { Clock, Finding, ScopeMove, StageEntry } from '../domain/people/person.ts';
import type { Base, RecordRef } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';

/** `made`: id of the record that this creation turned out to have made, so that the journal names it. */
export type Overtaken = { readonly change: string; readonly because: string; readonly made?: string };

/** What is to be true of one person, deal or company after this pass. Pure data; the ledger stores it in one transaction. */
export type EntityPlan = {
  readonly entity: string;
  readonly version: number;
  /** New intents, at most one per target record (besides creates). */
  readonly changes: readonly Change[];
  /** Open changes that the world has overtaken: the next plan says what holds instead. */
  readonly supersede: readonly Overtaken[];
  /** Acknowledged changes that a newer sighting shows to be true. */
  readonly confirm: readonly string[];
  /** Of people; empty for the others, like `clocks`. */
  readonly stages: readonly StageEntry[];
  /** Of people: the version of the agreement that they have been judged by. Absent: by none, and what is known stays. */
  readonly judgedUnder?: string;
  /** Clocks in their new state, by id; new ones included. */
  readonly clocks: readonly Clock[];
  readonly bases: readonly Base[];
  /** Of people: look at them again then, though nothing may have been heard of them. Absent: nothing waits for time alone. */
  readonly wakeAt?: Instant;
  /** Of people: they went out of scope with this plan, or came back. */
  readonly scope?: ScopeMove;
  /** Of people: what somebody is to be told outside both systems; each is told once. Absent: nothing. */
  readonly messages?: readonly Message[];
  /** Of people: clocks whose messages are of no use any more. Absent: none. */
  readonly withdraw?: readonly string[];
  /** Links that ended: deleted, merged away, converted. */
  readonly endLinks: readonly { readonly record: RecordRef; readonly role: 'merged' | 'former' | 'converted' }[];
  /**
   * The record that took this entity's own record in (merge, conversion), where it may be somebody else's: then the two are one, and
   * everything this one has goes to the other. `null` in all other cases.
   */
  readonly becomes: RecordRef | null;
  /** Links that a record takes up again, because somebody fetched it from the recycle bin. */
  readonly restoreLinks: readonly RecordRef[];
  readonly openFindings: readonly Finding[];
  readonly closeFindings: readonly Pick<Finding, 'code' | 'subject'>[];
};
