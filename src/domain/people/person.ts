import type { Stage } from '../agreement/agreement.ts';
import type { Instant } from '../values/value.ts';
import type { Activity } from './activity.ts';
import type { TrackedChange } from './change.ts';
import type { Base, Link, RecordRef, Sighting } from './record.ts';

/** A stage that a person entered: when, by which rule, of which agreement. Append-only. */
export type StageEntry = {
  readonly stage: Stage;
  readonly at: Instant;
  /** `history`: found at the go-live line; it starts no clock. `rule`: a criterion was met. `manual`: a person's edit. */
  readonly by: 'history' | 'rule' | 'manual';
  readonly agreementVersion: string;
  readonly evidence: Readonly<Record<string, string | number | boolean | null>>;
  /** Starts at 1; recycling, or a customer who comes back, starts the next. */
  readonly pass: number;
  /** The hand-off instant: owner and stage confirmed in Salesforce. */
  readonly handedOffAt?: Instant;
};

/** An obligation of one person towards one lead. */
export type Clock = {
  readonly id: string;
  readonly person: string;
  readonly kind: string;
  readonly pass: number;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  /** How the due instant came about, day by day, for the person who is held to it. */
  readonly arithmetic: readonly { readonly day: string; readonly counts: boolean; readonly because: string }[];
  readonly state: 'running' | 'met' | 'met-logged-late' | 'lapsed' | 'closed';
  readonly lapsedAt?: Instant;
  readonly metAt?: Instant;
  /** `Task:00T…` of the activity that met it. */
  readonly evidence?: string;
  readonly closedBecause?: string;
  readonly task?: { readonly id: string | null; readonly state: 'planned' | 'open' | 'closed' | 'removed' };
  readonly agreementVersion: string;
};

/**
 * Something that needs a person: opened once, closed once, by (code, subject).
 * `detail` feeds the texts in `domain/texts/findings.ts`; it holds ids and field names, and values only where the finding is about them.
 */
export type Finding = {
  readonly code: FindingCode;
  /** The record or file it is about: `salesforce:Lead:00Q…`, `mappings/contact.yaml:12`. */
  readonly subject: string;
  readonly person?: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};

export const FINDING_CODES = [
  'MATCH_AMBIGUOUS',
  'KEY_HELD_TWICE',
  'CONFLICT',
  'VALUE_NOT_MAPPED',
  'VALUE_NOT_ACCEPTED',
  'VALUE_TOO_LONG',
  'WRITE_REFUSED',
  'WRITE_OVERWRITTEN',
  'RECORD_VANISHED',
  'RECORD_DELETED',
  'OWNER_UNMATCHED',
  'OWNER_INACTIVE',
  'OWNER_EDIT_RESTORED',
  'STAGE_EDIT_RESTORED',
  'CRITERIA_UNKNOWN',
  'TASK_REMOVED',
  'CALENDAR_ENDS',
  'CONFIG_REJECTED',
  'EVIDENCE_LAGS',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** Everything the ledger knows that a plan for one person depends on. */
export type PersonFacts = {
  readonly id: string;
  /** The version of "dirty" that this plan answers; the ledger clears no newer one. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly links: readonly Link[];
  /** Of current links, and of links that are no longer current (deleted, merged), so that the plan sees the end of them. */
  readonly sightings: readonly Sighting[];
  readonly bases: readonly Base[];
  readonly activities: readonly Activity[];
  readonly stages: readonly StageEntry[];
  readonly clocks: readonly Clock[];
  /** Changes not yet settled. */
  readonly open: readonly TrackedChange[];
  /** Findings open about this person. */
  readonly findings: readonly Finding[];
  /** Records that share this person's e-mail but could not be told apart: nothing is created while there are any. */
  readonly rivals: readonly RecordRef[];
};
