import { sql } from 'kysely';
import { type Awaited, mostUrgent, rankTogether } from '../domain/budget/urgency.ts';
import type { Change, ChangeState } from '../domain/people/change.ts';
import type { Instant } from '../domain/values/value.ts';
import { InvariantBroken } from '../errors/errors.ts';
import { supersedeFollowers } from './change-moves.ts';
import { toParameter } from './change-rows.ts';
import { stamp, toJson } from './json.ts';
import { rows, type Session } from './session.ts';

/** States in which an intent no longer stands: the same one may be stored again. */
const FALLEN: ReadonlySet<ChangeState> = new Set(['superseded', 'undone', 'refused']);

/**
 * Stores new intents, `planned`: the gate decides what is sent. One whose write key stands already is not stored again; whoever was
 * to follow it follows the standing one. Returns what was stored, by id.
 */
export async function storeChanges(
  on: Session,
  run: string,
  at: Instant,
  changes: readonly Change[],
): Promise<ReadonlyMap<string, Change>> {
  if (changes.length === 0) return new Map();
  const standing = await standingBy(
    on,
    changes.map(({ writeKey }) => writeKey),
  );
  const replaced = new Map<string, string>();
  const fresh: Change[] = [];
  for (const change of changes) {
    const stands = standing.get(change.writeKey);
    if (stands === undefined) fresh.push(change);
    else replaced.set(change.id, stands);
    standing.set(change.writeKey, stands ?? change.id);
  }
  const followed = fresh.map((change) => ({ ...change, after: change.after.map((id) => replaced.get(id) ?? id) }));
  const fallen = await fallenAmong(on, followed);
  const { ranks, awaited } = rankTogether(followed);
  await insert(on, run, at, followed, ranks);
  await hurry(on, awaited);
  await hurryOnRecord(on, followed);
  await supersedeFollowers(on, fallen);
  return new Map(followed.map((change) => [change.id, change]));
}

async function standingBy(on: Session, writeKeys: readonly string[]): Promise<Map<string, string>> {
  const found = await rows(
    on,
    sql<{ id: string; write_key: string }>`
      select id, write_key from tasuki.change
      where write_key = any(${writeKeys}::text[]) and state not in ('superseded', 'undone', 'refused')`,
  );
  return new Map(found.map(({ id, write_key: key }) => [key, id]));
}

/** Predecessors that will never be made. One that nobody knows would block its follower in silence, so it is our bug. */
async function fallenAmong(on: Session, changes: readonly Change[]): Promise<readonly string[]> {
  const own = new Set(changes.map(({ id }) => id));
  const awaited = [...new Set(changes.flatMap(({ after }) => after))].filter((id) => !own.has(id));
  if (awaited.length === 0) return [];
  const found = await rows(
    on,
    sql<{ id: string; state: ChangeState }>`select id, state from tasuki.change where id = any(${awaited}::text[])`,
  );
  const known = new Set(found.map(({ id }) => id));
  const unknown = awaited.find((id) => !known.has(id));
  if (unknown !== undefined) throw new InvariantBroken(`A change is to follow ${unknown}, which is not in the ledger.`);
  return found.filter(({ state }) => FALLEN.has(state)).map(({ id }) => id);
}

/** What stands already becomes as urgent as what waits for it now, and so does what that waits for. */
async function hurry(on: Session, awaited: Awaited): Promise<void> {
  for (let next = awaited; next.size > 0; ) {
    const wanted = [...next].map(([id, urgency]) => ({ id, urgency }));
    const hurried = await rows(
      on,
      sql<{ after: readonly string[]; urgency: number }>`
        update tasuki.change c set urgency = n.urgency
        from json_to_recordset(${toJson(wanted)}::json) as n (id text, urgency smallint)
        where c.id = n.id and c.urgency > n.urgency and c.state in ('planned', 'approved', 'parked')
        returning c.after, c.urgency`,
    );
    next = mostUrgent(hurried);
  }
}

/** So does what comes before it on the same record: one record's writes keep their order. */
async function hurryOnRecord(on: Session, changes: readonly Change[]): Promise<void> {
  const ids = changes.filter(({ target }) => target.id !== null).map(({ id }) => id);
  if (ids.length === 0) return;
  await rows(
    on,
    sql`
      update tasuki.change c set urgency = n.urgency from tasuki.change n
      where n.id = any(${ids}::text[]) and c.record_id = n.record_id and (c.system, c.object) = (n.system, n.object)
        and c.number < n.number and c.urgency > n.urgency and c.state = 'approved'`,
  );
}

async function insert(
  on: Session,
  run: string,
  at: Instant,
  changes: readonly Change[],
  ranks: Awaited,
): Promise<void> {
  await rows(
    on,
    sql`
      insert into tasuki.change (run, state, planned_at, id, entity, write_key, kind, system, object, record_id, key_field, key_value, steps, after, read_back, marks, bases_after, agreement_version, urgency)
      select ${run}, 'planned', ${stamp(at)}::timestamptz, n.*
      from json_to_recordset(${toJson(changes.map((change) => ({ ...toParameter(change), urgency: ranks.get(change.id) })))}::json) as n (
        id text, entity text, write_key text, kind text, system text, object text, record_id text, key_field text, key_value text,
        steps jsonb, after text[], read_back boolean, marks jsonb, bases_after jsonb, agreement_version text, urgency smallint)`,
  );
}
