import type { Urgency } from '../domain/budget/purposes.ts';
import type { Booked, CallsTold } from '../domain/budget/standing.ts';
import type { Activity, HistoryEntry, SignalName } from '../domain/people/activity.ts';
import type { Hold, Outcome, TrackedChange } from '../domain/people/change.ts';
import type { KeptMessage } from '../domain/people/message.ts';
import type { AnyFacts, CompanyFacts, DealFacts, Finding, PersonFacts, ScopeMove } from '../domain/people/person.ts';
import type {
  DirectoryEntry,
  EntityKind,
  ObjectName,
  ObjectSchema,
  RecordRef,
  Sighting,
  System,
} from '../domain/people/record.ts';
import type { Instant, LocalDate, Value } from '../domain/values/value.ts';
import type { EntityPlan } from '../reconcile/entity-plan.ts';
import type { MatchVerdict, Neighbourhood } from '../reconcile/match.ts';
import type { ReadBackVerdict } from '../reconcile/read-back.ts';
import type { AgreementLedger } from './agreement.ts';
import type { ApprovalLedger } from './approval.ts';
import type { CallBill, CursorState } from './crm.ts';
import type { Rejection } from './rejections.ts';
import type { ReplayLedger } from './replay.ts';
import type { UndoLedger } from './undo.ts';

/** Turns a change into what a test of a merge needs: see `Ledger.plan`. */
export type PlanningBatch = {
  /** People, deals and companies, in the order in which they are to be planned. */
  readonly entities: readonly AnyFacts[];
  readonly directory: readonly DirectoryEntry[];
  /** Team → how many hand-offs it has received so far: round robin goes on from here. */
  readonly rotation: Readonly<Record<string, number>>;
  /** The instant up to which every stream of both systems has been read; `null` until all have been read once. */
  readonly coveredUntil: Instant | null;
};

export type PlannedBatch = {
  readonly plans: readonly EntityPlan[];
  readonly rotation: Readonly<Record<string, number>>;
};

/** What a cursor is kept of: an object, a signal, the survey, which says when the last one ended, and the pull, when the last one began. */
export type StreamName = ObjectName | SignalName | 'survey' | 'pull';

/** What was called, by quarter of an hour and purpose, oldest first, and by kind of call; and what the system itself last said. */
export type Spending = {
  readonly booked: readonly Booked[];
  readonly kinds: Readonly<Record<string, number>>;
  readonly told: CallsTold | null;
};

export type StoredCursor = { readonly state: CursorState; readonly covers: Instant | null };

export type RunCounts = {
  readonly pulled: number;
  readonly planned: number;
  readonly acknowledged: number;
  readonly written: number;
  readonly confirmed: number;
  readonly refused: number;
};

export type LedgerCounts = {
  readonly people: number;
  /** People linked on both sides. */
  readonly linkedOnBothSides: number;
  /** Deals, and companies, linked on both sides; those known to one side only stand beside them. */
  readonly deals: { readonly both: number; readonly hubspot: number; readonly salesforce: number };
  readonly companies: { readonly both: number; readonly hubspot: number; readonly salesforce: number };
  readonly stages: Readonly<Record<string, number>>;
  readonly changes: Readonly<Record<string, number>>;
  readonly clocks: Readonly<Record<string, number>>;
  readonly tasks: { readonly opened: number; readonly closed: number };
  readonly findings: Readonly<Record<string, number>>;
};

/** One thing that happened to a person, for `explain`, oldest first. */
export type HistoryLine =
  | { readonly kind: 'change'; readonly at: Instant; readonly change: TrackedChange }
  | { readonly kind: 'stage'; readonly at: Instant; readonly entry: PersonFacts['stages'][number] }
  | { readonly kind: 'activity'; readonly at: Instant; readonly activity: Activity }
  /** A record became theirs, or ceased to be: conversion, merge, deletion. */
  | {
      readonly kind: 'link';
      readonly at: Instant;
      readonly link: PersonFacts['links'][number];
      readonly began: boolean;
    }
  /** They went out of scope, or came back. */
  | { readonly kind: 'scope'; readonly at: Instant; readonly move: ScopeMove }
  /** What a system's own history says of one of their records, or of one of their deals. */
  | { readonly kind: 'edit'; readonly at: Instant; readonly entry: HistoryEntry };

/**
 * All facts and intents. Two implementations of one SQL dialect: PGlite in the process, PostgreSQL on a server; one contract
 * suite (`test/contract/ledger.ts`) runs on both.
 *
 * Every method is one transaction and may run twice with the same result. No method spans a CRM call.
 * Throws `LedgerUnavailable` when the database is away, `InvariantBroken` for an illegal move of a change.
 */
export interface Ledger extends AgreementLedger, ApprovalLedger, ReplayLedger, UndoLedger {
  /** Binds the ledger to one portal and one org, once. Throws `ConfigInvalid` when it is bound to another. */
  bind(accounts: Readonly<Partial<Record<System, string>>>): Promise<void>;

  /** The instant clocks start from; `null` until the first approved run. The first call of `setGoLive` wins. */
  goLive(): Promise<Instant | null>;
  setGoLive(at: Instant): Promise<Instant>;

  /** The version in force is the ledger's, not the mount's. `text` is canonical JSON. */
  rememberConfig(version: {
    readonly kind: 'agreement' | 'config';
    readonly hash: string;
    readonly label: string;
    readonly text: string;
    readonly at: Instant;
  }): Promise<void>;
  configInForce(
    kind: 'agreement' | 'config',
  ): Promise<{ readonly hash: string; readonly label: string; readonly text: string } | null>;

  paused(): Promise<{ readonly since: Instant; readonly by: string; readonly why: string } | null>;
  pause(by: string, why: string, at: Instant): Promise<void>;
  resume(by: string, at: Instant): Promise<void>;

  directory(): Promise<readonly DirectoryEntry[]>;
  /** Replaces one system's directory; entries that are gone become inactive. People owned by a changed entry become dirty. */
  noteDirectory(system: System, entries: readonly DirectoryEntry[], at: Instant): Promise<void>;
  noteSchema(schema: ObjectSchema, at: Instant): Promise<void>;
  schema(system: System, object: ObjectName): Promise<ObjectSchema | null>;
  schemas(): Promise<readonly ObjectSchema[]>;
  /** Books calls that were made, and keeps what the system said of its day, unless something newer is known. */
  spend(system: System, bill: CallBill, at: Instant): Promise<void>;
  spending(system: System, since: Instant): Promise<Spending>;

  cursor(system: System, stream: StreamName): Promise<StoredCursor | null>;
  /** Where all pulls of one system stand. */
  cursors(system: System): Promise<ReadonlyMap<StreamName, StoredCursor>>;
  advanceCursor(system: System, stream: StreamName, cursor: CursorState, covers: Instant | undefined): Promise<void>;
  /** Forgets where a pull stands, so that the next one reads everything: after a field was added to what is read. */
  forgetCursor(system: System, object: ObjectName): Promise<void>;

  /**
   * Keeps the newest state of each record. A record whose values are what the ledger already has changes nothing but `seenAt`,
   * so echoes of our own writes cost no planning; a real difference makes its entity dirty, and those that are tied to it; a record
   * that is nobody's yet is left for `match`. Values are merged into the known ones, so that a page with fewer fields forgets nothing.
   * A sighting older than the stored one (by `seenAt`) is ignored. Acknowledged changes of a sighted record make its person dirty.
   * `factFields` (per object) are also appended to `fact` when they differ.
   */
  noteSightings(sightings: readonly Sighting[], factFields: readonly string[]): Promise<{ readonly changed: number }>;
  /**
   * Upserts by source; makes the person dirty, found through any of their links, when something differs. One that names an address
   * only is about the live contact that has it, now or as soon as there is one, and stays so when that address changes.
   */
  noteActivities(activities: readonly Activity[]): Promise<void>;
  /** Appends to `fact` what is not there yet, by source. */
  noteHistory(entries: readonly HistoryEntry[]): Promise<void>;
  /**
   * What the ledger last saw in one field of these records, our own acknowledged writes included. Record id → value, `null` where it is
   * empty or was never read; records that the ledger does not know are left out.
   */
  lastSeen(
    system: System,
    object: ObjectName,
    ids: readonly string[],
    field: string,
  ): Promise<ReadonlyMap<string, Value>>;
  /** Those of these owners who own a live record of somebody or of a deal in that system. */
  owning(system: System, owners: readonly string[]): Promise<ReadonlySet<string>>;
  /** Live records of an object that no sighting since `at` has shown: to be read by id, oldest sighting first. */
  unseenSince(system: System, object: ObjectName, at: Instant, limit: number): Promise<readonly RecordRef[]>;

  /**
   * Hands out records that are nobody's yet with all records of their kind (person, deal, company) that share an address, a domain, a
   * normalised name or a key, or that became one another, and stores the verdicts. Returns how many records were looked at; 0 means done.
   */
  match(
    limit: number,
    at: Instant,
    decide: (batch: readonly Neighbourhood[]) => readonly MatchVerdict[],
  ): Promise<number>;

  /**
   * Takes up to `limit` dirty people, deals and companies, hands them to the pure planner, stores what it says, and clears exactly the versions it
   * read. Serial across replicas (it holds the rotation row), and one transaction: `decide` must be pure and synchronous.
   * Changes are stored `planned`: what is sent of them is for `releasePlanned` to say. An intent whose write key exists is not stored again.
   * Returns what was planned; `null` when nobody was dirty.
   */
  plan(
    run: string,
    limit: number,
    at: Instant,
    decide: (batch: PlanningBatch) => PlannedBatch,
  ): Promise<PlannedBatch | null>;

  /** For whom Tasks of lapses wait for a day, as `system:id`, and how many; only where an agreement caps them. */
  taskQueues(): Promise<readonly { readonly of: string; readonly waiting: number }[]>;
  /**
   * Grants those that fell due first, up to the cap of that day, what was granted for it before included; serial across replicas. Their
   * people become dirty. Returns how many.
   */
  grantTasks(grant: TaskGrant, at: Instant): Promise<number>;
  /** What people are to be told outside both systems, newest first, whatever has become of it. */
  messages(limit: number): Promise<readonly KeptMessage[]>;

  /**
   * Everyone with a clock whose time has come (`wakeOf`), a conflict's default or a plan's `wakeAt` due at or before `at`, a lapsed clock not yet handled, or a
   * write refused a day ago becomes dirty. What was set aside and has rested is let go.
   */
  wakeClocks(at: Instant): Promise<number>;
  /** Everyone becomes dirty: after a new mapping or agreement. */
  wakeEveryone(): Promise<void>;
  /** From now on the agreement itself is planned: it is reviewed from time to time. The first call makes it dirty, the others do nothing. */
  meetAgreement(at: Instant): Promise<void>;

  /** Approved changes by how soon they are wanted. What a hot one waits for is hot as well. */
  toSend(system: System): Promise<Readonly<Record<Urgency, number>>>;
  /**
   * Claims up to `limit` approved changes of one (object, kind, urgency) whose predecessors are acknowledged, the most urgent first, none
   * that is less urgent than `downTo`; they become `sending`, with a lease until `at + leaseMs`. A change whose predecessor was refused or
   * superseded is superseded with it. Nothing while paused.
   */
  claim(
    system: System,
    limit: number,
    at: Instant,
    leaseMs: number,
    downTo?: Urgency,
  ): Promise<readonly TrackedChange[]>;
  /**
   * Stores outcomes: `written` → acknowledged (the sighting takes the written values, the base moves on the written side,
   * provisionally; a created record becomes the person's current link); `refused` → refused and the finding WRITE_REFUSED;
   * `vanished` → superseded and the record is sighted as deleted; `deferred` → approved again, or set aside after too many
   * attempts (`parked` with `restsUntil`, finding WRITE_PARKED); `unsure` → unsure.
   */
  recordOutcomes(outcomes: readonly Outcome[], at: Instant): Promise<void>;
  /** Gives back claimed changes that certainly were not sent (the call never left). */
  release(changes: readonly string[]): Promise<void>;
  /** Changes to be read back: acknowledged with `readBack`, and unsure ones; oldest first. */
  toConfirm(system: System, limit: number): Promise<readonly TrackedChange[]>;
  /**
   * Stores what reading back showed. `confirmed` moves the base for good, marks the hand-off instant on the stage entry and the
   * task on its clock, and makes the person dirty. `rewrite` returns the change to approved, or sets it aside. `overwritten` supersedes it with a finding.
   */
  recordConfirmations(verdicts: readonly ReadBackVerdict[], at: Instant): Promise<void>;
  /** `sending` changes whose lease has run out become unsure. `everyone`: all of them, for a process that knows itself alone. */
  expireLeases(at: Instant, everyone: boolean): Promise<number>;

  /** What still waits, so that a pass knows when it is done: unmatched records, dirty people, changes by state. */
  waiting(): Promise<{
    readonly unmatched: number;
    readonly dirty: number;
    readonly approved: Readonly<Record<System, number>>;
    readonly unconfirmed: Readonly<Record<System, number>>;
    /** By a pause. What failed too often and rests is a finding, and is not among them. */
    readonly parked: number;
    /** Planned, by what holds them; `unjudged`: the gate has not looked at them yet. */
    readonly held: Readonly<Record<Hold | 'unjudged', number>>;
  }>;

  openFinding(finding: Finding, at: Instant): Promise<void>;
  closeFinding(code: Finding['code'], subject: string, at: Instant): Promise<void>;
  /** Closes what is open under this code and subject, and opens it anew: what still holds is told once more. */
  tellAgain(finding: Finding, at: Instant): Promise<void>;
  findings(): Promise<readonly (Finding & { readonly openedAt: Instant })[]>;
  /** Appends what a person did. */
  audit(entry: {
    readonly at: Instant;
    readonly who: string;
    readonly deed: string;
    readonly detail: Readonly<Record<string, unknown>>;
  }): Promise<void>;

  startRun(id: string, kind: string, at: Instant): Promise<void>;
  /** Adds records that a pull of this run has read. */
  notePulled(run: string, records: number): Promise<void>;
  finishRun(id: string, counts: RunCounts, at: Instant): Promise<void>;
  runCounts(id: string): Promise<RunCounts>;
  counts(): Promise<LedgerCounts>;
  /** A person by ledger id, record id (either system), or e-mail. */
  person(handle: string): Promise<PersonFacts | null>;
  /** A deal or a company by ledger id or record id. */
  entity(kind: Exclude<EntityKind, 'person'>, handle: string): Promise<DealFacts | CompanyFacts | null>;
  history(person: string): Promise<readonly HistoryLine[]>;
  /** The newest MQLs that sales rejected, the newest first; those that were taken back are not among them. */
  rejections(limit: number): Promise<readonly Rejection[]>;

  /** Runs `work` on a ledger whose every write is rolled back afterwards: `plan` is the live path, stopped before the first write. */
  rehearse<T>(work: (ledger: Ledger) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** So many Tasks of lapses for one person (`system:id`) on one day. */
export type TaskGrant = { readonly of: string; readonly day: LocalDate; readonly atMost: number };
