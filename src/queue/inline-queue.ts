import { setTimeout as sleep } from 'node:timers/promises';
import type { Lane, Queue, RunLane } from '../ports/bell.ts';
import { laneName } from './lanes.ts';
import { RETRY, reactionTo } from './reactions.ts';

export type InlineOptions = {
  /** Waits; tests hand in one that does not. */
  readonly wait?: (ms: number) => Promise<void>;
  /** The longest a CRM may ask us to wait while somebody sits before the screen. */
  readonly patienceMs?: number;
};

/**
 * A queue without a queue: rings are kept in order and answered one at a time while somebody awaits `quiet`. For `once` and `plan`,
 * which end when nothing is left to do.
 *
 * What would make a lane give up makes `quiet` throw, so that the command ends with that error's exit code. Nothing repeats by
 * itself: the schedule is not looked at.
 */
export function inlineQueue({ wait = (ms) => sleep(ms), patienceMs = 120_000 }: InlineOptions = {}): Queue {
  const waiting = new Map<string, Lane>();
  let run: RunLane | null = null;
  let round: Promise<void> | null = null;

  async function answerAll(): Promise<void> {
    for (let lane = first(waiting); lane !== undefined; lane = first(waiting)) {
      waiting.delete(laneName(lane)); // before the work: a ring while it runs is a new one
      await answer(lane);
    }
  }

  async function answer(lane: Lane): Promise<void> {
    if (run === null) throw new TypeError('Nobody answers this queue: start it first.');
    for (let attempt = 1; ; attempt++) {
      try {
        return await run(lane);
      } catch (error) {
        const ms = waitBefore(error, attempt);
        if (ms === null) throw error;
        if (reactionTo(error).kind === 'wait') attempt--; // no attempt was made
        await wait(ms);
      }
    }
  }

  function waitBefore(error: unknown, attempt: number): number | null {
    const reaction = reactionTo(error);
    if (reaction.kind === 'wait') return reaction.ms <= patienceMs ? reaction.ms : null;
    if (reaction.kind !== 'retry' || attempt >= RETRY.attempts) return null;
    return RETRY.firstMs * 2 ** (attempt - 1) * (1 - RETRY.jitter * Math.random());
  }

  return {
    async ring(lane) {
      waiting.set(laneName(lane), lane);
    },
    async start(answering) {
      run = answering;
    },
    quiet() {
      round ??= answerAll().finally(() => {
        round = null;
      });
      return round;
    },
    async close() {
      waiting.clear();
      await round?.catch(() => undefined);
    },
  };
}

function first(waiting: ReadonlyMap<string, Lane>): Lane | undefined {
  return waiting.values().next().value;
}
