import type { Purpose } from '../domain/budget/purposes.ts';
import type { CallDay, CallsTold } from '../domain/budget/standing.ts';
import type { Activity, HistoryEntry, SignalName } from '../domain/people/activity.ts';
import type { Effect, Outcome } from '../domain/people/change.ts';
import type { DirectoryEntry, ObjectName, ObjectSchema, Sighting, System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';

/** Where a pull stands, in the connector's own words; JSON, opaque to everyone else. */
export type CursorState = Readonly<Record<string, unknown>>;

/**
 * Some records that changed, oldest change first.
 *
 * Store the sightings, then `cursor`; a crash between the two repeats the page, never skips it. `covers` is the instant up
 * to which everything that the system was willing to show has now been seen: it trails the clock by the overlap.
 */
export type ChangePage = {
  readonly sightings: readonly Sighting[];
  readonly cursor: CursorState;
  /** Only on the last page of a pull. */
  readonly covers?: Instant;
};

/** What one object is to be asked for, and since when. */
export type Stream = {
  readonly object: ObjectName;
  readonly fields: readonly string[];
  readonly cursor: CursorState | undefined;
};

export type StreamPage = ChangePage & { readonly object: ObjectName };

/** Some of what people did by themselves; stored like a `ChangePage`, before its cursor. */
export type SignalPage = {
  readonly activities: readonly Activity[];
  readonly cursor: CursorState;
  readonly covers?: Instant;
  /** Our access does not show these: what there is of them cannot be known. */
  readonly hidden?: true;
};

export type Identity = {
  readonly system: System;
  /** Portal id or organisation id: the ledger is bound to one of each. */
  readonly account: string;
  /** Our own user's id there, so that our edits are told from other people's. `null` where the system has none (HubSpot private tokens). */
  readonly user: string | null;
  readonly name: string;
};

/** Calls made since the connector was opened, by kind (`list`, `search`, `batch-update`, `query`, `collections-update` …). */
export type CallCounts = Readonly<Record<string, number>>;

/** Calls that were made and are not booked yet, and what the system has said of its day since the last bill. */
export type CallBill = {
  readonly calls: readonly { readonly purpose: Purpose; readonly kind: string; readonly calls: number }[];
  readonly told: Omit<CallsTold, 'at'> | null;
};

/**
 * One CRM, as Tasuki needs it. Every `now` is the time by its own clock (`theirTime`), since it is held against its stamps. Both connectors pass the same contract suite (`test/contract/crm.ts`).
 *
 * Throws `RateLimited`, `RemoteUnavailable`, `CredentialsRejected` for what stops the job. Anything about a single record is
 * an `Outcome`, a missing sighting, or a `deleted` one; never an exception.
 */
export interface Crm {
  readonly system: System;
  /** The most effects one `write` may carry. */
  readonly batchSize: number;

  identity(): Promise<Identity>;
  /** Pipelines, stages and record types come as options of the fields that hold them. `null`: this user may not see such records. */
  describe(object: ObjectName): Promise<ObjectSchema | null>;
  directory(): Promise<readonly DirectoryEntry[]>;

  /**
   * Everything that changed in these objects since their cursors (or everything, without one), page by page; includes deleted records
   * where the system shows them. The first pages of several objects come out of one call where the system can do that. The last page
   * of each object, and only that, has `covers`. Association values (`ASSOCIATED`) are read with the records that carry them.
   */
  changesSince(streams: readonly Stream[], now: Instant): AsyncIterable<StreamPage>;

  /**
   * All live records of an object, with their ties and nothing else: what search cannot show (deletions, merges, associations that
   * came or went without a stamp) is found by comparing. Whoever is not among them is to be read by id before anything is said of it.
   * Its calls are counted under kinds of their own (`survey-…`).
   */
  survey(object: ObjectName, now: Instant): AsyncIterable<readonly Sighting[]>;

  /** What people did by themselves, of the kinds this system tells apart from its records; none for Salesforce. */
  readonly signals: readonly SignalName[];
  signalsSince(signal: SignalName, cursor: CursorState | undefined, now: Instant): AsyncIterable<SignalPage>;

  /** Every value that these fields of these records ever took, by the system's own history; empty where it keeps none per record. */
  history(object: ObjectName, ids: readonly string[], fields: readonly string[]): Promise<readonly HistoryEntry[]>;

  /** The records with these ids, in any order; those that are gone come back as `deleted` sightings. */
  read(
    object: ObjectName,
    ids: readonly string[],
    fields: readonly string[],
    now: Instant,
  ): Promise<readonly Sighting[]>;

  /**
   * The records that hold these values in a unique field; where none does, those that held them and have been deleted, where the system
   * still tells. Missing ones are simply absent. Not served by a search index.
   */
  findByKey(
    object: ObjectName,
    keyField: string,
    keys: readonly string[],
    fields: readonly string[],
    now: Instant,
  ): Promise<readonly Sighting[]>;

  /**
   * Writes one batch of effects on one object, all of one kind: one HTTP call, plus those needed to separate a bad record from
   * good ones, plus those that tie records where values name associations (added, never removed; an association that stands is fine). Returns exactly one outcome per effect. A failure after the request may have left gives `unsure`, never a throw.
   */
  write(effects: readonly Effect[]): Promise<readonly Outcome[]>;

  /** Creates the fields Tasuki needs where they are missing. Returns what was made; makes nothing twice. */
  ensureFields(object: ObjectName | 'Activity', fields: readonly NewField[]): Promise<readonly string[]>;
  /** Creates the list views that are missing, and says which it may not; absent where a system is given none by us. */
  ensureViews?(views: readonly NewView[]): Promise<ViewsMade>;

  /**
   * How many milliseconds its clock is ahead of the worker's, as its last answers told; behind where negative. `null` before the first
   * answer, and after the worker's clock was set.
   */
  aheadMs(): number | null;

  calls(): CallCounts;
  /** Does work whose calls are counted under this purpose; under none they are look-ups. */
  under<T>(purpose: Purpose, work: () => Promise<T>): Promise<T>;
  /** Hands out each call once, to be booked. */
  takeBill(): CallBill;
  /** The stretch over which this system counts a day's calls. A zone of the account's own is known once `identity` has been read. */
  callDay(now: Instant): CallDay;
  close(): Promise<void>;
}

/** A field of ours, to be created by `setup`. */
export type NewField = {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly type: 'text' | 'long-text' | 'datetime' | 'picklist';
  readonly maxLength?: number;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** For people to fill in: `setup` makes a permission set with it that the admin gives them. */
  readonly forPeople?: boolean;
  /** Unique, and usable as the key of an upsert. */
  readonly key?: boolean;
};

/** A public list view of ours, to be created by `setup`: everybody's records in which one field is filled in. */
export type NewView = {
  readonly object: ObjectName;
  readonly name: string;
  readonly label: string;
  readonly columns: readonly string[];
  /** Only records in which this field is not empty. */
  readonly filled: string;
};

export type ViewsMade = {
  readonly made: readonly NewView[];
  /** With the system's own code. */
  readonly refused: readonly (NewView & { readonly because: string })[];
};
