import type { Change } from '../people/change.ts';
import { URGENCIES, urgencyOf } from './purposes.ts';

/** Its place in the order of urgency: 0 is hot. */
function rankOf(change: Pick<Change, 'marks'>): number {
  return URGENCIES.indexOf(urgencyOf(change.marks));
}

/** A change that others wait for, by its id, and the rank of the most urgent one that does. */
export type Awaited = ReadonlyMap<string, number>;

/**
 * The rank of each new change: its own, or that of the most urgent one behind it, since whoever a hot write waits for is hot himself.
 * `awaited` are the changes that stand already and that new ones wait for.
 *
 * Changes come in the order in which they are to be sent, so each one's followers lie after it.
 */
export function rankTogether(changes: readonly Change[]): { readonly ranks: Awaited; readonly awaited: Awaited } {
  const ranks = new Map(changes.map((change) => [change.id, rankOf(change)]));
  const awaited = new Map<string, number>();
  for (const { id, after } of changes.toReversed()) {
    const rank = ranks.get(id) ?? 1;
    for (const before of after) {
      const known = ranks.has(before) ? ranks : awaited;
      known.set(before, Math.min(rank, known.get(before) ?? rank));
    }
  }
  return { ranks, awaited };
}

/** Whom these wait for, each with the rank of the most urgent of them. */
export function mostUrgent(
  waiting: readonly { readonly after: readonly string[]; readonly urgency: number }[],
): Awaited {
  const ranks = new Map<string, number>();
  for (const { after, urgency } of waiting)
    for (const before of after) ranks.set(before, Math.min(urgency, ranks.get(before) ?? urgency));
  return ranks;
}
