import { sql } from 'kysely';
import { URGENCIES, type Urgency } from '../domain/budget/purposes.ts';
import { type Booked, QUARTER_MS } from '../domain/budget/standing.ts';
import type { System } from '../domain/people/record.ts';
import { DAY_MS } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import type { CallBill } from '../ports/crm.ts';
import type { Spending } from '../ports/ledger.ts';
import { stamp, toJson } from './json.ts';
import { affect, firstRow, rows, type Session } from './session.ts';

const KEPT_MS = 35 * DAY_MS;

/** See `Ledger.spend`. */
export async function spend(on: Session, system: System, { calls, told }: CallBill, at: Instant): Promise<void> {
  if (told !== null)
    await affect(
      on,
      sql`
        insert into tasuki.call_limit as l (system, calls_limit, used, told_at)
        values (${system}, ${told.limit}, ${told.used}, ${stamp(at)})
        on conflict (system) do update set calls_limit = excluded.calls_limit, used = excluded.used, told_at = excluded.told_at
        where l.told_at <= excluded.told_at`,
    );
  if (calls.length === 0) return;
  const quarter = Math.floor(at / QUARTER_MS) * QUARTER_MS;
  await affect(
    on,
    sql`
      insert into tasuki.spending as s (system, since, purpose, kind, calls)
      select ${system}, ${stamp(quarter)}::timestamptz, purpose, kind, calls
      from json_to_recordset(${toJson(calls)}::json) as n (purpose text, kind text, calls bigint)
      on conflict (system, since, purpose, kind) do update set calls = s.calls + excluded.calls`,
  );
  await affect(on, sql`delete from tasuki.spending where system = ${system} and since < ${stamp(at - KEPT_MS)}`);
}

/** See `Ledger.spending`. */
export async function spending(on: Session, system: System, since: Instant): Promise<Spending> {
  const sums = await rows(
    on,
    sql<Booked & { readonly kind: string | null }>`
      select since as "from", purpose, kind, sum(calls)::bigint as calls from tasuki.spending
      where system = ${system} and since >= ${stamp(since)}
      group by grouping sets ((since, purpose), (kind)) order by since, purpose, kind`,
  );
  const told = await firstRow(
    on,
    sql<NonNullable<Spending['told']>>`
      select calls_limit as "limit", used, told_at as at from tasuki.call_limit where system = ${system}`,
  );
  const booked = sums.flatMap(({ from, purpose, kind, calls }) => (kind === null ? [{ from, purpose, calls }] : []));
  const kinds = sums.flatMap(({ kind, calls }) => (kind === null ? [] : [[kind, calls] as const]));
  return { booked, kinds: Object.fromEntries(kinds), told: told ?? null };
}

/** See `Ledger.toSend`. */
export async function toSend(on: Session, system: System): Promise<Readonly<Record<Urgency, number>>> {
  const found = await rows(
    on,
    sql<{ urgency: number; times: number }>`
      select urgency, count(*) as times from tasuki.change where system = ${system} and state = 'approved' group by urgency`,
  );
  const of = (urgency: Urgency) => found.find((row) => URGENCIES[row.urgency] === urgency)?.times ?? 0;
  return { hot: of('hot'), ordinary: of('ordinary'), 'back-fill': of('back-fill') };
}
