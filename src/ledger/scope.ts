import { sql } from 'kysely';
import type { ScopeMove } from '../domain/people/person.ts';
import type { Instant } from '../domain/values/value.ts';
import type { EntityPlan } from '../reconcile/entity-plan.ts';
import { stamp, toJson } from './json.ts';
import { affect, rows, type Session } from './session.ts';

export type ScopeRow = {
  readonly entity: string;
  readonly at: Instant;
  readonly within: boolean;
  readonly because: ScopeMove['because'];
};

export function scopeFrom({ at, within, because }: ScopeRow): ScopeMove {
  return { at, within, because };
}

/** Appends who went out of scope, and who came back. */
export async function storeScopeMoves(on: Session, plans: readonly EntityPlan[]): Promise<void> {
  const moves = plans.flatMap(({ entity, scope }) =>
    scope === undefined ? [] : [{ entity, ...scope, at: stamp(scope.at) }],
  );
  if (moves.length === 0) return;
  await affect(
    on,
    sql`
      insert into tasuki.scope_move (entity, at, within, because)
      select m.* from json_to_recordset(${toJson(moves)}::json) as m (entity text, at timestamptz, within boolean, because jsonb)`,
  );
}

/** Where each of these people stands; whoever never left is not among them. */
export function newestScopes(on: Session, people: readonly string[]): Promise<readonly ScopeRow[]> {
  return rows(
    on,
    sql<ScopeRow>`
      select distinct on (entity) entity, at, within, because from tasuki.scope_move
      where entity = any(${people}::text[]) order by entity, number desc`,
  );
}
