import type { Instant } from '../../src/domain/values/value.ts';

/** One in so many is due already. */
export const DUE_ONE_IN = 2000;

/** So many people with a clock each: one in two thousand was due at this instant, the others fall due later, a second after each other. */
export async function openClocks(
  run: (statement: string) => Promise<unknown>,
  count: number,
  dueAt: Instant,
): Promise<void> {
  await run(
    `insert into tasuki.entity (id, kind, created_at) select 'p' || n, 'person', now() from generate_series(1, ${count}) n`,
  );
  await run(`insert into tasuki.clock (id, entity, kind, pass, started_at, due_at, arithmetic, state, agreement_version, wake_at)
    select 'k' || n, 'p' || n, 'first-contact', 1, due, due, '[]', 'running', '2026-11', due
    from generate_series(1, ${count}) n,
      lateral (select to_timestamp(${dueAt / 1000}) + case when n % ${DUE_ONE_IN} = 0 then 0 else n end * interval '1 second' as due) t`);
  await run('analyze tasuki.clock');
}
