import type { TrackedChange } from '../domain/people/change.ts';
import type { Instant } from '../domain/values/value.ts';
import type { EntityUndo, Undo, UndoFacts } from '../reconcile/plan-undo.ts';

/** One run, as a person picks it out of a list. */
export type RunLine = {
  readonly run: string;
  /** `once`, `worker`, `undo`; `null` where only its changes are known. */
  readonly kind: string | null;
  readonly from: Instant;
  readonly until: Instant;
  /** How many of its changes were planned, and how many of them are written and not undone. */
  readonly changes: number;
  readonly standing: number;
};

/** What a person's `retry` has set free. */
export type Retried = {
  /** Findings that held a write back, and are closed. */
  readonly findings: number;
  /** Changes that had been set aside, and are to be sent again. */
  readonly changes: number;
  /** People, deals and companies that are planned anew because of it. */
  readonly entities: number;
};

/** What the ledger knows of taking back, and of trying again. */
export interface UndoLedger {
  /** The newest runs that meant to write anything, newest first. */
  runs(limit: number): Promise<readonly RunLine[]>;
  /** The people, deals and companies that a run means or meant to write to, in the order of their ids, after `after`. */
  touchedBy(run: string, after: string | null, limit: number): Promise<readonly string[]>;
  /** Everything ever meant for the records of these that the run wrote to, from its first change on, of all runs, oldest first. */
  changesSince(run: string, entities: readonly string[]): Promise<readonly TrackedChange[]>;
  /**
   * Hands what a run did to these entities to the pure planner of its undo, and stores what it says: its changes `approved`, since a
   * person has asked for them (or `parked` while paused), under the undo's own run; and its findings. In line with the planner, so that
   * nothing is planned meanwhile.
   */
  undo(
    undo: Undo,
    entities: readonly string[],
    at: Instant,
    decide: (batch: readonly UndoFacts[]) => readonly EntityUndo[],
  ): Promise<readonly EntityUndo[]>;
  /**
   * Lets everything that is held back be tried again, of one entity (by its ledger id) or of all (`null`): what was refused, undone,
   * frozen or set aside. Their findings are closed, and it is in the audit.
   */
  retry(entity: string | null, by: string, at: Instant): Promise<Retried>;
}
