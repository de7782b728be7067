import type { Level } from '../domain/budget/ladder.ts';
import type { Standing } from '../domain/budget/standing.ts';
import type { System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { isPullWanted, watchBudget } from './budget.ts';
import { pullChanges } from './pull.ts';
import type { Works } from './works.ts';

/** A system that is not asked now, since the calls of its day run short: how short, and until when it has been read (`null`: never). */
export type NotAsked = { readonly system: System; readonly level: Level; readonly readUntil: Instant | null };

/**
 * Asks one CRM what changed, if the budget of calls lets it be asked now. The worker and `tasuki plan` do it by these lines alike: a plan
 * that somebody asks for costs calls like any other, and shows what a run would do, which would not be asking either (laws R13, R16).
 */
export async function pullWithinBudget(
  system: System,
  works: Works,
): Promise<{ readonly standing: Standing; readonly notAsked: NotAsked | null }> {
  const standing = await watchBudget(system, works);
  if (await isPullWanted(system, standing, works)) {
    await pullChanges(system, works);
    return { standing, notAsked: null };
  }
  const readUntil = (await works.ledger.cursor(system, 'pull'))?.covers ?? null;
  return { standing, notAsked: { system, level: standing.level, readUntil } };
}
