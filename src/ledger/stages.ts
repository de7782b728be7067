import { sql } from 'kysely';
import { FUNNEL } from '../domain/agreement/stage-order.ts';
import type { ChangeMark } from '../domain/people/change.ts';
import type { EvidenceGrade } from '../domain/people/evidence-grade.ts';
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
  readonly grade: EvidenceGrade | null;
};

/** The place of a row's stage in the funnel: of two people who became one, both may have entered a stage at one instant. */
export const FUNNEL_RANK = sql`array_position(${FUNNEL}::text[], stage)`;

export function stageFrom(row: StageRow): StageEntry {
  return {
    stage: row.stage,
    at: row.entered_at,
    by: row.entered_by,
    agreementVersion: row.agreement_version,
    evidence: row.evidence,
    pass: row.pass,
    ...(row.handed_off_at === null ? {} : { handedOffAt: row.handed_off_at }),
    ...(row.grade === null ? {} : { grade: row.grade }),
  };
}

/** Appends entries; one that is there already stays as it is. */
export async function appendStages(
  on: Session,
  entries: readonly (StageEntry & { readonly entity: string })[],
): Promise<void> {
  if (entries.length === 0) return;
  const parameter = entries.map(({ at, by, agreementVersion, handedOffAt, grade = null, ...entry }) => ({
    ...entry,
    grade,
    entered_at: stamp(at),
    entered_by: by,
    agreement_version: agreementVersion,
    handed_off_at: stampOrNull(handedOffAt),
  }));
  await affect(
    on,
    sql`
      insert into tasuki.stage_entry (entity, stage, entered_at, entered_by, agreement_version, evidence, pass, handed_off_at, grade)
      select * from json_to_recordset(${toJson(parameter)}::json) as e (
        entity text, stage text, entered_at timestamptz, entered_by text, agreement_version text, evidence jsonb, pass integer, handed_off_at timestamptz, grade text)
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

/**
 * Two people turned out to be one (`entity` is `holder` now): of both pasts the holder keeps what moved forward (law R10), so that a late
 * first stage of the one does not take back the other's last. The rest stays told under the other's name; a hand-off of the same stage
 * is the holder's, for that person was handed over once. What both entered at one instant is told once. That the one was sent back says
 * nothing of the other where the other had come further: a customer is no less one because a double of theirs was rejected,
 * nor do they begin the double's next pass.
 */
export async function uniteStages(on: Session, holder: string, entity: string): Promise<void> {
  await affect(
    on,
    sql`
      with twice as (
        delete from tasuki.stage_entry other using tasuki.stage_entry own
        where other.entity = ${entity} and own.entity = ${holder}
          and (other.pass, other.stage, other.entered_at) = (own.pass, own.stage, own.entered_at)
        returning own.number, other.handed_off_at
      )
      update tasuki.stage_entry e set handed_off_at = least(e.handed_off_at, twice.handed_off_at)
      from twice where e.number = twice.number`,
  );
  await affect(
    on,
    sql`
      with told as (
        select number, entity, pass, stage, entered_at, handed_off_at, array_position(${FUNNEL}::text[], stage) as rank
        from tasuki.stage_entry where entity in (${holder}, ${entity})
      ), aside as (
        select one.entity, min(one.pass) as pass from told one
        where one.rank is null and exists (
          select 1 from told other
          where other.pass = one.pass and other.entity <> one.entity and other.rank > coalesce((
            select max(own.rank) from told own where own.pass = one.pass and own.entity = one.entity), 0))
        group by one.entity
      ), judged as (
        select one.number, exists (
            select 1 from told other
            where other.pass = one.pass and other.rank >= one.rank
              and (other.entered_at, other.entity <> ${holder}, other.number) < (one.entered_at, one.entity <> ${holder}, one.number)
          ) or exists (
            select 1 from aside where aside.entity = one.entity
              and (one.pass > aside.pass or (one.pass = aside.pass and one.rank is null))
          ) as is_overtaken, (
            select min(same.handed_off_at) from told same where same.pass = one.pass and same.stage = one.stage
          ) as handed_off_at
        from told one
      )
      update tasuki.stage_entry e
      set entity = case when j.is_overtaken then ${entity} else ${holder} end,
        handed_off_at = case when j.is_overtaken then e.handed_off_at else j.handed_off_at end
      from judged j where j.number = e.number`,
  );
}
