import { sql } from 'kysely';
import type { Instant } from '../domain/values/value.ts';
import type { RunCounts } from '../ports/ledger.ts';
import { stamp, toJson } from './json.ts';
import { affect, firstRow, type Session } from './session.ts';

export async function startRun(on: Session, id: string, kind: string, at: Instant): Promise<void> {
  await affect(
    on,
    sql`insert into tasuki.run (id, kind, started_at) values (${id}, ${kind}, ${stamp(at)}) on conflict (id) do nothing`,
  );
}

export async function notePulled(on: Session, run: string, records: number): Promise<void> {
  await affect(
    on,
    sql`
      update tasuki.run set counts = jsonb_set(coalesce(counts, '{}'), '{pulled}', to_jsonb(coalesce((counts ->> 'pulled')::bigint, 0) + ${records}::bigint))
      where id = ${run}`,
  );
}

export async function finishRun(on: Session, id: string, counts: RunCounts, at: Instant): Promise<void> {
  await affect(
    on,
    sql`update tasuki.run set counts = ${toJson(counts)}::jsonb, finished_at = ${stamp(at)} where id = ${id}`,
  );
}

/** What became of a run's changes by now; `pulled` is what its pulls reported. */
export async function runCounts(on: Session, id: string): Promise<RunCounts> {
  const row = await firstRow(
    on,
    sql<RunCounts>`
      select coalesce((select (r.counts ->> 'pulled')::bigint from tasuki.run r where r.id = ${id}), 0) as pulled,
        count(*) as planned,
        count(*) filter (where c.acknowledged_at is not null) as acknowledged,
        count(*) filter (where c.acknowledged_at is not null or c.confirmed_at is not null) as written,
        count(*) filter (where c.confirmed_at is not null) as confirmed,
        count(*) filter (where c.state = 'refused') as refused
      from tasuki.change c where c.run = ${id}`,
  );
  return row ?? { pulled: 0, planned: 0, acknowledged: 0, written: 0, confirmed: 0, refused: 0 };
}
