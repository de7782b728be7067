import type { Instant } from '../values/value.ts';
import type { ObserverClass, RecordRef, System } from './record.ts';

/** Objects and streams whose rows are something that happened between a person and us. */
export type ActivityObject =
  | 'Task'
  | 'Event'
  | 'EmailMessage'
  | 'CampaignMember'
  | 'calls'
  | 'emails'
  | 'meetings'
  | 'tasks'
  | 'notes'
  | SignalName;

/** What a person did by themselves, which HubSpot tells apart from its records. */
export const SIGNALS = ['form-submissions', 'event-participations', 'page-views'] as const;
export type SignalName = (typeof SIGNALS)[number];

/** `form`, `seminar`, `page` and `campaign` are what a person did; the others are what passed between them and us. */
export type ActivityKind = 'form' | 'seminar' | 'page' | 'campaign' | 'call' | 'email' | 'meeting' | 'task' | 'note';

/**
 * Something that happened between a person and us, with its instant and its source.
 * Evidence that ends a clock is read from here and nowhere else.
 */
export type Activity = {
  /** Unique: the source record's id, or one made of what identifies it where the system gives none. */
  readonly source: { readonly system: System; readonly object: ActivityObject; readonly id: string };
  readonly kind: ActivityKind;
  /** When it happened, by the source's word (completion or start), not when it was logged. */
  readonly at: Instant;
  /** When the source record says it was entered. Later than `at` by far means "logged late". */
  readonly loggedAt: Instant;
  /** The person's record it is about; `null` while all that is known is the address in `email`. */
  readonly about: RecordRef | null;
  /** Canonical address by which the person is found where the source names no record: a form submission. */
  readonly email?: string;
  /** The user who did it, as the source's system knows them: a Salesforce user id, a HubSpot owner id. */
  readonly by: string | null;
  readonly direction: 'out' | 'in' | 'none';
  /** What it was, in a few words of the source: the form's, seminar's or campaign's name, the page's URL, the meeting's outcome. Never free text about a person. */
  readonly what: string | null;
  /** By the written rule in `countsAsContact`. */
  readonly countsAsContact: boolean;
  /** Set when the record is a Task that Tasuki opened; its ticking off is never contact. */
  readonly ourTask: boolean;
  /** A Task that is done; an Event is, as soon as it is entered. */
  readonly closed: boolean;
  readonly deleted: boolean;
  /**
   * Of a mail that is no contact: id of the Task that Salesforce made of it by itself, closed and bearing the rep's name. The ledger
   * tells that Task as no contact from then on, whomever it is about.
   */
  readonly disowns?: string;
};

/** A value that a record's field took, as the system's own history tells it. */
export type HistoryEntry = {
  readonly record: RecordRef;
  readonly field: string;
  readonly value: string | number | boolean | null;
  readonly at: Instant;
  readonly by: ObserverClass;
  /** Unique with the system: `LeadHistory:017…`, or made of record, field and instant where HubSpot gives no id. */
  readonly source: string;
};
