import { sql } from 'kysely';
import { URGENCIES, type Urgency } from '../domain/budget/purposes.ts';
import { type Booked, QUARTER_MS } from '../domain/budget/standing.ts';
import type { System } from '../domain/people/record.ts';
import { DAY_MS } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import type { CallBill } from '../ports/crm.ts';
import type { Spending } from '../ports/ledger.ts';
import { stamp, toJson } from './json.ts';
import { affect, rows, type Session } from './session.ts';

const KEPT_MS = 35 * DAY_MS;

/** See `Ledger.spend`. It is told after every page and batch, hence in one statement. */
export async function spend(on: Session, system: System, { calls, told }: CallBill, at: Instant): Promise<void> {
  const quarter = Math.floor(at / QUARTER_MS) * QUARTER_MS;
  await affect(
    on,
    sql`
      with told as (
        insert into tasuki.call_limit as l (system, calls_limit, used, told_at)
        select ${system}, "limit", used, ${stamp(at)}::timestamptz
        from json_to_recordset(${toJson(told === null ? [] : [told])}::json) as t ("limit" bigint, used bigint)
        on conflict (system) do update set calls_limit = excluded.calls_limit, used = excluded.used, told_at = excluded.told_at
        where l.told_at <= excluded.told_at
      ), forgotten as (
        delete from tasuki.spending where ${calls.length > 0}::boolean and system = ${system} and since < ${stamp(at - KEPT_MS)}
      )
      insert into tasuki.spending as s (system, since, purpose, kind, calls)
      select ${system}, ${stamp(quarter)}::timestamptz, purpose, kind, calls
      from json_to_recordset(${toJson(calls)}::json) as n (purpose text, kind text, calls bigint)
      on conflict (system, since, purpose, kind) do update set calls = s.calls + excluded.calls`,
  );
}

/** A quarter and purpose, or a kind of call, with its calls; neither where nothing was booked. Beside it, what the system told. */
type SpendingRow = { readonly [Column in keyof Booked]: Booked[Column] | null } & {
  readonly kind: string | null;
  readonly limit: number | null;
  readonly used: number;
  readonly at: Instant;
};

/** See `Ledger.spending`. */
export async function spending(on: Session, system: System, since: Instant): Promise<Spending> {
  const found = await rows(
    on,
    sql<SpendingRow>`
      select s.since as "from", s.purpose, s.kind, s.calls, l.calls_limit as "limit", l.used, l.told_at as at
      from (select ${system}::text as system) asked left join tasuki.call_limit l using (system) left join (
        select since, purpose, kind, sum(calls)::bigint as calls from tasuki.spending
        where system = ${system} and since >= ${stamp(since)}
        group by grouping sets ((since, purpose), (kind))
      ) s on true
      order by s.since, s.purpose, s.kind`,
  );
  const booked = found.flatMap(({ from, purpose, calls }) =>
    from === null || purpose === null || calls === null ? [] : [{ from, purpose, calls }],
  );
  const kinds = found.flatMap(({ kind, calls }) => (kind === null || calls === null ? [] : [[kind, calls] as const]));
  const [told] = found.flatMap(({ limit, used, at }) => (limit === null ? [] : [{ limit, used, at }]));
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
