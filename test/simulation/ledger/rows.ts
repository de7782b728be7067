import type { AgreementText, Signature } from '../../../src/domain/agreement/signatures.ts';
import type { Purpose } from '../../../src/domain/budget/purposes.ts';
import type { Change } from '../../../src/domain/people/change.ts';
import type { Finding } from '../../../src/domain/people/person.ts';
import {
  type Base,
  type DirectoryEntry,
  type ObjectName,
  type PlannedKind,
  recordName,
  type System,
} from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import type { ChangeRow } from '../../../src/ledger/change-rows.ts';
import type { FactRow } from '../../../src/ledger/facts.ts';
import { type RecordColumns, refFrom } from '../../../src/ledger/records.ts';
import type { ScopeRow } from '../../../src/ledger/scope.ts';
import type { SightingRow } from '../../../src/ledger/sighting-rows.ts';
import type { StageRow } from '../../../src/ledger/stages.ts';
import type { RunCounts, StoredCursor, StreamName } from '../../../src/ports/ledger.ts';

/** Rows of the tables in memory: the columns of `src/ledger/migrations`, with the SQL ledger's own row types where it has them. */

export type EntityState = {
  readonly id: string;
  readonly kind: PlannedKind;
  /** Order of first meeting. */
  readonly number: number;
  readonly created_at: Instant;
  readonly dirty_version: number;
  readonly planned_version: number;
  readonly merged_into: string | null;
  readonly wake_at: Instant | null;
  readonly judged_under: string | null;
};
export type RivalRow = RecordColumns & { readonly entity: string };
export type SightingState = SightingRow & { readonly version: number; readonly match_due: boolean };
export type BaseRow = Base & { readonly entity: string };
export type FactState = FactRow & { readonly number: number };
export type ChangeRowState = ChangeRow & {
  readonly number: number;
  readonly lease_until: Instant | null;
  /** 0 is hot: see `Ledger.claim`. */
  readonly urgency: number;
};
export type StageState = StageRow & { readonly entity: string; readonly number: number };
export type FindingState = Pick<Finding, 'code' | 'subject' | 'detail'> & {
  readonly number: number;
  readonly entity: string | null;
  readonly opened_at: Instant;
  readonly closed_at: Instant | null;
};
export type DirectoryState = DirectoryEntry & { readonly goneAt: Instant | null };
export type CursorRow = StoredCursor & { readonly system: System; readonly stream: StreamName };
export type VersionRow = {
  readonly kind: 'agreement' | 'config';
  readonly hash: string;
  readonly label: string;
  readonly text: string;
  readonly order: number;
};
export type AgreementRow = AgreementText & { readonly number: number; readonly first_seen_at: Instant };
export type SignatureRow = Omit<Signature, 'user'> & {
  readonly number: number;
  readonly agreement: string;
  readonly by_user: string;
};
export type AcknowledgementRow = Omit<SignatureRow, 'role' | 'how'>;
export type RunRow = {
  readonly id: string;
  readonly kind: string;
  readonly started_at: Instant;
  readonly finished_at: Instant | null;
  readonly counts: Partial<RunCounts> | null;
};
export type AuditRow = {
  readonly number: number;
  readonly at: Instant;
  readonly who: string;
  readonly deed: string;
  readonly detail: Readonly<Record<string, unknown>>;
};
/** Calls in the quarter of an hour that begins at `since`. */
export type CallsRow = {
  readonly system: System;
  readonly since: Instant;
  readonly purpose: Purpose;
  readonly kind: string;
  readonly calls: number;
};
export type CallLimitRow = {
  readonly system: System;
  readonly calls_limit: number;
  readonly used: number;
  readonly told_at: Instant;
};
export type ScopeState = ScopeRow & { readonly number: number };
/** One write that the last plan showed. */
export type ShownRow = {
  readonly number: number;
  readonly plan: string;
  readonly kind: Change['kind'];
  readonly system: System;
  readonly object: ObjectName;
  /** The record's id; of one that is to be made, the key it is made under. */
  readonly record: string;
  readonly steps: Change['steps'];
};
export type SettingRow = { readonly name: string; readonly value: unknown };

/** One word for a record of which a row has the columns. */
export function nameIn(row: RecordColumns): string {
  return recordName(refFrom(row));
}

export function seatOf(entity: string, system: System): string {
  return `${entity} ${system}`;
}

/** States in which an intent stands no longer: the same one may be stored again. */
const FALLEN: ReadonlySet<string> = new Set(['superseded', 'undone', 'refused']);

export function isFallen({ state }: Pick<ChangeRow, 'state'>): boolean {
  return FALLEN.has(state);
}
