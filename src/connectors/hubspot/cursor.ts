import { z } from 'zod';
import { InvariantBroken } from '../../errors/errors.ts';
import type { CursorState } from '../../ports/crm.ts';

const Sweep = {
  /** The recycle bin has been listed for everything archived before this. */
  sweptAt: z.number(),
  /** A listing under way: when it began, and the last id it has shown. */
  sweeping: z.object({ startedAt: z.number(), after: z.string().optional() }).optional(),
};

/** Listing everything once, in the order of ids. Edits made meanwhile are found by the window that starts where this started. */
const Load = z.object({ phase: z.literal('load'), startedAt: z.number(), after: z.string().optional(), ...Sweep });

/** Everything modified from `from` to `until`. Without `until` the pull is over, and the next one begins at `from`. */
const Window = z.object({ phase: z.literal('window'), from: z.number(), until: z.number().optional(), ...Sweep });

/** A page full of rows of the very instant `at`: they are told apart by id, and the window goes on behind them. */
const Instant = z.object({
  phase: z.literal('instant'),
  at: z.number(),
  afterId: z.string(),
  until: z.number(),
  ...Sweep,
});

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
