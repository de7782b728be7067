import { sql } from 'kysely';
import type { ChangeMark } from '../domain/people/change.ts';
import type { StageEntry } from '../domain/people/person.ts';
import type { Instant } from '../domain/values/value.ts';
import { stamp, stampOrNull, toJson } from './json.ts';
import { affect, type Session } from './session.ts';

export type StageRow = {
  readonly stage: StageEntry['stage'];
  readonly entered_at: Instant;
  readonly entered_by: StageEntry['by'];
  readonly agreement_version: string;
  readonly evidence: StageEntry['evidence'];
  readonly pass: number;
  readonly handed_off_at: Instant | null;
};

export function stageFrom(row: StageRow): StageEntry {
  return {
    stage: row.stage,
    at: row.entered_at,
    by: row.entered_by,
    agreementVersion: row.agreement_version,
    evidence: row.evidence,
    pass: row.pass,
    ...(row.handed_off_at === null ? {} : { handedOffAt: row.handed_off_at }),
  };
}

/** Appends entries; one that is there already stays as it is. */
export async function appendStages(
  on: Session,
  entries: readonly (StageEntry & { readonly entity: string })[],
): Promise<void> {
  if (entries.length === 0) return;
  const parameter = entries.map(({ at, by, agreementVersion, handedOffAt, ...entry }) => ({
    ...entry,
    entered_at: stamp(at),
    entered_by: by,
    agreement_version: agreementVersion,
    handed_off_at: stampOrNull(handedOffAt),
  }));
  await affect(
    on,
    sql`
      insert into tasuki.stage_entry (entity, stage, entered_at, entered_by, agreement_version, evidence, pass, handed_off_at)
      select * from json_to_recordset(${toJson(parameter)}::json) as e (
        entity text, stage text, entered_at timestamptz, entered_by text, agreement_version text, evidence jsonb, pass integer, handed_off_at timestamptz)
      on conflict (entity, pass, stage, entered_at) do nothing`,
  );
}

export type HandOff = { readonly entity: string; readonly stage: NonNullable<ChangeMark['handOff']>['stage'] };

/** The hand-off instant of the newest pass, set once: a later confirmation of the same stage hands nothing over again. */
export async function markHandOffs(on: Session, handOffs: readonly HandOff[], at: Instant): Promise<void> {
  if (handOffs.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.stage_entry e set handed_off_at = ${stamp(at)}
      from (
        select distinct on (s.entity, s.stage) s.number, s.handed_off_at from tasuki.stage_entry s
        join json_to_recordset(${toJson(handOffs)}::json) as h (entity text, stage text) using (entity, stage)
        order by s.entity, s.stage, s.pass desc, s.number desc
      ) newest
      where e.number = newest.number and e.handed_off_at is null`,
  );
}
