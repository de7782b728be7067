import { sql } from 'kysely';
import type { Change, ChangeMark, ChangeState, FieldChange, Hold, TrackedChange } from '../domain/people/change.ts';
import type { Base, ObjectName, System } from '../domain/people/record.ts';
import type { Instant, Values } from '../domain/values/value.ts';
import { refusedSubject } from '../reconcile/refused.ts';

/** One row of `tasuki.change`. */
export type ChangeRow = {
  readonly id: string;
  readonly run: string;
  readonly entity: string;
  readonly write_key: string;
  readonly kind: Change['kind'];
  readonly system: System;
  readonly object: ObjectName;
  readonly record_id: string | null;
  readonly key_field: string | null;
  readonly key_value: string | null;
  readonly steps: readonly (readonly FieldChange[])[];
  readonly step: number;
  readonly after: readonly string[];
  readonly read_back: boolean;
  readonly marks: ChangeMark;
  readonly bases_after: readonly Base[] | null;
  readonly agreement_version: string;
  readonly state: ChangeState;
  readonly held: Hold | null;
  readonly attempts: number;
  readonly rests_until: Instant | null;
  readonly planned_at: Instant;
  readonly sent_at: Instant | null;
  readonly acknowledged_at: Instant | null;
  readonly confirmed_at: Instant | null;
  readonly outcome_code: string | null;
  readonly outcome_message: string | null;
};

export const CHANGE_COLUMNS = sql.raw(`
  c.id, c.run, c.entity, c.write_key, c.kind, c.system, c.object, c.record_id, c.key_field, c.key_value, c.steps, c.step, c.after,
  c.read_back, c.marks, c.bases_after, c.agreement_version, c.state, c.held, c.attempts, c.rests_until, c.planned_at, c.sent_at, c.acknowledged_at,
  c.confirmed_at, c.outcome_code, c.outcome_message`);

export function changeFrom(row: ChangeRow): TrackedChange {
  const { key_field: field, key_value: value, outcome_code: code } = row;
  return {
    id: row.id,
    writeKey: row.write_key,
    entity: row.entity,
    kind: row.kind,
    target: { system: row.system, object: row.object, id: row.record_id },
    key: field === null || value === null ? null : { field, value },
    steps: row.steps,
    after: row.after,
    readBack: row.read_back,
    marks: row.marks,
    ...(row.bases_after === null ? {} : { basesAfter: row.bases_after }),
    agreementVersion: row.agreement_version,
    run: row.run,
    state: row.state,
    ...(row.held === null ? {} : { held: row.held }),
    step: row.step,
    attempts: row.attempts,
    ...(row.state !== 'parked' || row.rests_until === null ? {} : { restsUntil: row.rests_until }),
    plannedAt: row.planned_at,
    ...(row.sent_at === null ? {} : { sentAt: row.sent_at }),
    ...(row.acknowledged_at === null ? {} : { acknowledgedAt: row.acknowledged_at }),
    ...(row.confirmed_at === null ? {} : { confirmedAt: row.confirmed_at }),
    ...(code === null ? {} : { outcome: { code, message: row.outcome_message ?? '' } }),
  };
}

/** As a statement's JSON parameter holds a new change. */
export function toParameter(change: Change) {
  return {
    id: change.id,
    entity: change.entity,
    write_key: change.writeKey,
    kind: change.kind,
    system: change.target.system,
    object: change.target.object,
    record_id: change.target.id,
    key_field: change.key?.field ?? null,
    key_value: change.key?.value ?? null,
    steps: change.steps,
    after: change.after,
    read_back: change.readBack,
    marks: change.marks,
    bases_after: change.basesAfter ?? null,
    agreement_version: change.agreementVersion,
  };
}

/** What the record holds once the step under way is in, besides what it held already. */
export function valuesAfter({ steps, step, key_field: field, key_value: value }: ChangeRow): Values {
  const written = steps
    .slice(0, step + 1)
    .flatMap((fields) => fields.map(({ field, after }) => [field, after] as const));
  return { ...Object.fromEntries(written), ...(field === null ? {} : { [field]: value }) };
}

/** What a finding about this write is about, in the planner's words: it looks the refusal up again before it tries anew. */
export function subjectOf({ system, object, record_id: id, entity }: ChangeRow): string {
  return refusedSubject({ target: { system, object, id } }, { id: entity });
}
