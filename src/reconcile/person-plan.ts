import type { Change } from '../domain/people/change.ts';
import type { Clock, Finding, StageEntry } from '../domain/people/person.ts';
import type { Base, RecordRef } from '../domain/people/record.ts';

/** What is to be true of one person after this pass. Pure data; the ledger stores it in one transaction. */
export type PersonPlan = {
  readonly person: string;
  readonly version: number;
  /** New intents, at most one per target record (besides creates). */
  readonly changes: readonly Change[];
  /** Open changes that the world has overtaken: the next plan says what holds instead. */
  readonly supersede: readonly { readonly change: string; readonly because: string }[];
  /** Acknowledged changes that a newer sighting shows to be true. */
  readonly confirm: readonly string[];
  readonly stages: readonly StageEntry[];
  /** Clocks in their new state, by id; new ones included. */
  readonly clocks: readonly Clock[];
  readonly bases: readonly Base[];
  /** Links that ended: deleted, merged away, converted. */
  readonly endLinks: readonly { readonly record: RecordRef; readonly role: 'merged' | 'former' | 'converted' }[];
  /** Links that a record takes up again, because somebody fetched it from the recycle bin. */
  readonly restoreLinks: readonly RecordRef[];
  readonly openFindings: readonly Finding[];
  readonly closeFindings: readonly Pick<Finding, 'code' | 'subject'>[];
};
