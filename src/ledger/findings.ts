import { sql } from 'kysely';
import type { Finding } from '../domain/people/person.ts';
import type { Instant } from '../domain/values/value.ts';
import { type FindingRow, findingFrom } from './entity-facts.ts';
import { stamp, toJson } from './json.ts';
import { affect, rows, type Session } from './session.ts';

/** Opens findings. One that is open already keeps its instant and takes the newer detail. */
export async function openFindings(on: Session, findings: readonly Finding[], at: Instant): Promise<void> {
  if (findings.length === 0) return;
  const newest = new Map(findings.map((finding) => [`${finding.code} ${finding.subject}`, finding]));
  await affect(
    on,
    sql`
      insert into tasuki.finding as f (code, subject, entity, detail, opened_at)
      select code, subject, entity, detail, ${stamp(at)}::timestamptz
      from json_to_recordset(${toJson([...newest.values()])}::json) as n (code text, subject text, entity text, detail jsonb)
      on conflict (code, subject) where closed_at is null do update set detail = excluded.detail, entity = excluded.entity
      where (f.detail, f.entity) is distinct from (excluded.detail, excluded.entity)`,
  );
}

export async function closeFindings(
  on: Session,
  findings: readonly Pick<Finding, 'code' | 'subject'>[],
  at: Instant,
): Promise<void> {
  if (findings.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.finding f set closed_at = ${stamp(at)}
      from json_to_recordset(${toJson(findings.map(({ code, subject }) => ({ code, subject })))}::json) as n (code text, subject text)
      where f.code = n.code and f.subject = n.subject and f.closed_at is null`,
  );
}

/** See `Ledger.tellAgain`. */
export async function tellAgain(on: Session, finding: Finding, at: Instant): Promise<void> {
  await closeFindings(on, [finding], at);
  await openFindings(on, [finding], at);
}

export async function readFindings(on: Session): Promise<readonly (Finding & { readonly openedAt: Instant })[]> {
  const found = await rows(
    on,
    sql<FindingRow>`
      select code, subject, entity, detail, opened_at from tasuki.finding where closed_at is null order by number`,
  );
  return found.map(findingFrom);
}
