import type { Instant } from '../values/value.ts';
import type { RecordRef, System } from './record.ts';

/**
 * Something that happened between a person and us, with its instant and its source.
 * Evidence that ends a clock is read from here and nowhere else.
 */
export type Activity = {
  /** Unique with `system`: the source record's id. */
  readonly source: { readonly system: System; readonly object: 'Task' | 'Event'; readonly id: string };
  readonly kind: 'call' | 'email' | 'meeting' | 'task';
  /** When it happened, by the source's word (completion or start), not when it was logged. */
  readonly at: Instant;
  /** When the source record says it was entered. Later than `at` by far means "logged late". */
  readonly loggedAt: Instant;
  /** The person's record it is about (WhoId). */
  readonly about: RecordRef;
  /** The user who did it. */
  readonly by: string | null;
  readonly direction: 'out' | 'in' | 'none';
  /** By the written rule in `countsAsContact`. */
  readonly countsAsContact: boolean;
  /** Set when the record is a Task that Tasuki opened; its ticking off is never contact. */
  readonly ourTask: boolean;
  /** A Task that is done; an Event is, as soon as it is entered. */
  readonly closed: boolean;
  readonly deleted: boolean;
};
