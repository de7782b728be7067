import { z } from 'zod';
import { InvariantBroken } from '../../errors/errors.ts';
import type { CursorState } from '../../ports/crm.ts';

/** Listing everything once, in the order of ids. Edits made meanwhile are found by the window that starts where this started. */
const Load = z.object({ phase: z.literal('load'), startedAt: z.number(), after: z.string().optional() });

/** Everything modified from `from` to `until`. Without `until` the pull is over, and the next one begins at `from`. */
const Window = z.object({ phase: z.literal('window'), from: z.number(), until: z.number().optional() });

/** A page full of rows of the very instant `at`: they are told apart by id, and the window goes on behind them. */
const Instant = z.object({
  phase: z.literal('instant'),
  at: z.number(),
  afterId: z.string(),
  until: z.number(),
});

// What an older version kept besides (its listings of the recycle bin) is passed over.
const Cursor = z.discriminatedUnion('phase', [Load, Window, Instant]);

/** Where a pull stands. Every page carries one from which it can be taken up again. */
export type PullCursor = z.infer<typeof Cursor>;
export type LoadCursor = z.infer<typeof Load>;
export type WindowCursor = z.infer<typeof Window>;
export type InstantCursor = z.infer<typeof Instant>;

export function readCursor(state: CursorState): PullCursor {
  const read = Cursor.safeParse(state);
  if (!read.success) throw new InvariantBroken(`A stored HubSpot cursor cannot be read: ${JSON.stringify(state)}`);
  return read.data;
}
