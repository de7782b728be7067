import type { Instant } from '../domain/values/value.ts';

/** An MQL that sales gave back with a reason: what both departments look at when they disagree on what an MQL is. */
export type Rejection = {
  readonly person: string;
  readonly at: Instant;
  /** From 1: how often this person had been an MQL by then. */
  readonly pass: number;
  /** A code of the agreement of that time. */
  readonly reason: string;
  readonly agreementVersion: string;
  /** The total at that moment; `null` where it could not be worked out. */
  readonly score: number | null;
  /** The Salesforce user who owned the record. */
  readonly owner: string | null;
  /** `salesforce:Lead:00Q…`, on which it was said. */
  readonly record: string | null;
};
