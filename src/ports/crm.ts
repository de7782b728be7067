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

/**
 * One CRM, as Tasuki needs it. Both connectors pass the same contract suite (`test/contract/crm.ts`).
 *
 * Throws `RateLimited`, `RemoteUnavailable`, `CredentialsRejected` for what stops the job. Anything about a single record is
 * an `Outcome`, a missing sighting, or a `deleted` one; never an exception.
 */
export interface Crm {
  readonly system: System;
  /** The most effects one `write` may carry. */
  readonly batchSize: number;

  identity(): Promise<Identity>;
  describe(object: ObjectName): Promise<ObjectSchema>;
  directory(): Promise<readonly DirectoryEntry[]>;

  /** Everything that changed since `cursor` (or everything, without one), page by page; includes deleted records where the system shows them. */
  changesSince(
    object: ObjectName,
    fields: readonly string[],
    cursor: CursorState | undefined,
    now: Instant,
  ): AsyncIterable<ChangePage>;

  /** The records with these ids, in any order; those that are gone come back as `deleted` sightings. */
  read(
    object: ObjectName,
    ids: readonly string[],
    fields: readonly string[],
    now: Instant,
  ): Promise<readonly Sighting[]>;

  /** The records that hold these values in a unique field; missing ones are simply absent. Not served by a search index. */
  findByKey(
    object: ObjectName,
    keyField: string,
    keys: readonly string[],
    fields: readonly string[],
    now: Instant,
  ): Promise<readonly Sighting[]>;

  /**
   * Writes one batch of effects on one object, all of one kind: one HTTP call, plus those needed to separate a bad record from
   * good ones. Returns exactly one outcome per effect. A failure after the request may have left gives `unsure`, never a throw.
   */
  write(effects: readonly Effect[]): Promise<readonly Outcome[]>;

  /** Creates the fields Tasuki needs where they are missing. Returns what was made; makes nothing twice. */
  ensureFields(object: ObjectName | 'Activity', fields: readonly NewField[]): Promise<readonly string[]>;

  calls(): CallCounts;
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
  /** Unique, and usable as the key of an upsert. */
  readonly key?: boolean;
};
