import { sql } from 'kysely';
import type { StageEntry } from '../domain/people/person.ts';
import type { Instant } from '../domain/values/value.ts';
import type { Rejection } from '../ports/rejections.ts';
import { rows, type Session } from './session.ts';

type Row = {
  readonly entity: string;
  readonly entered_at: Instant;
  readonly pass: number;
  readonly agreement_version: string;
  readonly evidence: StageEntry['evidence'];
};

/** See `Ledger.rejections`. Of a pass the word that was said last counts; one that was taken back begins the pass after. */
export async function rejections(on: Session, limit: number): Promise<readonly Rejection[]> {
  const found = await rows(
    on,
    sql<Row>`
      select entity, entered_at, pass, agreement_version, evidence from tasuki.stage_entry s
      where evidence ->> 'answer' = 'rejected' and stage = 'recycled'
        and not exists (
          select 1 from tasuki.stage_entry later
          where later.entity = s.entity and later.pass = s.pass and later.stage in ('recycled', 'disqualified')
            and (later.entered_at, later.number) > (s.entered_at, s.number))
        and not exists (
          select 1 from tasuki.stage_entry next
          where next.entity = s.entity and next.pass = s.pass + 1 and next.evidence ? 'takenBack')
      order by entered_at desc, number desc limit ${limit}`,
  );
  return found.map(rejectionFrom);
}

export function rejectionFrom(row: Row): Rejection {
  const { entity: person, entered_at: at, pass, agreement_version: agreementVersion, evidence } = row;
  const { reason, score, owner, record } = evidence;
  return {
    person,
    at,
    pass,
    reason: String(reason ?? ''),
    agreementVersion,
    score: typeof score === 'number' ? score : null,
    owner: typeof owner === 'string' ? owner : null,
    record: typeof record === 'string' ? record : null,
  };
}
