import { MOVES } from '../domain/people/change.ts';
import { lockChanges, moveChanges } from './change-moves.ts';
import type { Session } from './session.ts';

/** What a run had written and an undo has taken back, seen to be so. One that somebody overtook meanwhile stays what it became. */
export async function markUndone(on: Session, changes: readonly string[]): Promise<void> {
  if (changes.length === 0) return;
  const found = [...(await lockChanges(on, changes)).values()];
  await moveChanges(
    on,
    found.filter(({ state }) => MOVES[state].includes('undone')).map((row) => ({ row, to: 'undone' as const })),
  );
}
