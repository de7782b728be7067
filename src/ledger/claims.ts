import { sql } from 'kysely';
import { URGENCIES, type Urgency } from '../domain/budget/purposes.ts';
import type { TrackedChange } from '../domain/people/change.ts';
import { ENTITY_OBJECTS, type ObjectName, type System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { assertLegal, lockChanges, moveChanges, parkIfPaused } from './change-moves.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeFrom } from './change-rows.ts';
import { stamp } from './json.ts';
import { affect, firstRow, rows, type Session } from './session.ts';
import { wakeTheirs } from './set-aside.ts';

/**
 * What may be sent: approved, its predecessors in, nothing earlier under way on the same record, so that a batch holds a record once and
 * two writes on it keep their order, and no field in it seen to hold something else than when it was planned: that one is planned anew. So
 * is what was to be made where another record has taken the seat meanwhile.
 */
const READY = sql`
  c.state = 'approved'
  and not exists (select 1 from tasuki.change p where p.id = any(c.after) and p.state not in ('acknowledged', 'confirmed'))
  and (c.record_id is null or not exists (
    select 1 from tasuki.change e
    where (e.system, e.object, e.record_id) = (c.system, c.object, c.record_id) and e.number < c.number and e.state in ('approved', 'sending', 'unsure')))
  and not exists (
    select 1 from tasuki.sighting s, jsonb_array_elements(c.steps -> c.step) f
    where (s.system, s.object, s.record_id) = (c.system, c.object, c.record_id)
      and f ? 'before' and s.values ? (f ->> 'field') and s.values -> (f ->> 'field') is distinct from f -> 'before')
  and not (c.kind = 'create' and c.object = any(${ENTITY_OBJECTS}::text[]) and exists (
    select 1 from tasuki.link l where (l.entity, l.system, l.role) = (c.entity, c.system, 'current')))`;

/** How a claim is made: when, for how long, and down to which urgency. */
type Claim = { readonly at: Instant; readonly leaseMs: number; readonly downTo: Urgency | undefined };

/** See `Ledger.claim`. The most urgent change that is ready, and of those the oldest, says which object and kind this batch is of. */
export async function claim(
  on: Session,
  system: System,
  limit: number,
  { at, leaseMs, downTo = 'back-fill' }: Claim,
): Promise<readonly TrackedChange[]> {
  const paused = await firstRow(on, sql`select 1 from tasuki.setting where name = 'paused'`);
  if (paused !== undefined) return [];
  const first = await firstRow(
    on,
    sql<{
      object: ObjectName;
      kind: string;
      urgency: number;
    }>`
      select c.object, c.kind, c.urgency from tasuki.change c
      where c.system = ${system} and c.urgency <= ${URGENCIES.indexOf(downTo)} and ${READY} order by c.urgency, c.number limit 1`,
  );
  if (first === undefined) return [];
  const claimed = await rows(
    on,
    sql<ChangeRow>`
      with taken as (
        select c.id from tasuki.change c
        where c.system = ${system} and c.urgency = ${first.urgency} and c.object = ${first.object} and c.kind = ${first.kind} and ${READY}
        order by c.number limit ${limit} for update skip locked
      )
      update tasuki.change c set state = 'sending', attempts = c.attempts + 1, sent_at = ${stamp(at)}, lease_until = ${stamp(at + leaseMs)}
      from taken where c.id = taken.id
      returning c.number, ${CHANGE_COLUMNS}`,
  );
  return claimed.toSorted(byNumber).map(changeFrom);
}

function byNumber(a: ChangeRow, b: ChangeRow): number {
  return (a as ChangeRow & { number: number }).number - (b as ChangeRow & { number: number }).number;
}

/** See `Ledger.release`: an attempt that never left was none. */
export async function release(on: Session, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const changes = [...(await lockChanges(on, ids)).values()].filter(
    ({ state }) => state !== 'approved' && state !== 'parked',
  );
  for (const row of changes) assertLegal(row, 'approved');
  await moveChanges(
    on,
    changes.map((row) => ({ row, to: 'approved' as const, attempts: Math.max(0, row.attempts - 1) })),
  );
  await wakeTheirs(on, changes);
  await parkIfPaused(on);
}

/** See `Ledger.toConfirm`. */
export async function toConfirm(on: Session, system: System, limit: number): Promise<readonly TrackedChange[]> {
  const found = await rows(
    on,
    sql<ChangeRow>`
      select ${CHANGE_COLUMNS} from tasuki.change c
      where c.system = ${system} and (c.state = 'unsure' or (c.state = 'acknowledged' and c.read_back))
      order by c.sent_at, c.number limit ${limit}`,
  );
  return found.map(changeFrom);
}

/** See `Ledger.expireLeases`. */
export async function expireLeases(on: Session, at: Instant, everyone: boolean): Promise<number> {
  return affect(
    on,
    sql`
      update tasuki.change set state = 'unsure', lease_until = null, outcome_code = 'LEASE_EXPIRED', outcome_message = 'the sender fell silent'
      where state = 'sending' and (${everyone}::boolean or lease_until <= ${stamp(at)})`,
  );
}
