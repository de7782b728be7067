import type { RunLane } from '../ports/bell.ts';

/** What a worker says of itself while it works. Names of lanes and spans of time, nothing of anybody's records. */
export type Pulse = {
  readonly pid: number;
  readonly upMs: number;
  /** Since a lane was last answered, or since the start while none was. */
  readonly idleMs: number;
  /** Lanes whose last answer was an error; they are tried again. */
  readonly failing: readonly string[];
};

/** `silent`: nobody is there. `hung`: a process is there and does not answer. `stuck`: it answers, but its lanes have stopped. */
export type Health = {
  readonly state: 'working' | 'stuck' | 'hung' | 'silent';
  readonly pulse?: Pulse;
};

/** The sweep is rung every minute, also while Tasuki is paused or a CRM is away: five in a row do not stay out by chance. */
export const STUCK_AFTER_MS = 5 * 60_000;

/** Judges a worker that has answered. A lane that fails is no ill health: it was answered, and to start anew would not mend it. */
export function healthOf(pulse: Pulse): Health {
  return { state: pulse.idleMs > STUCK_AFTER_MS ? 'stuck' : 'working', pulse };
}

export type Heart = {
  /** The same answers; each leaves its mark here, however it ends. */
  listen(answer: RunLane): RunLane;
  read(): Pulse;
};

/**
 * Counts spans on a clock that is never set (the default), since neither the sandbox's time nor a correction of the machine's says
 * anything about this process.
 */
export function openHeart(elapsed: () => number = () => performance.now()): Heart {
  const startedAt = elapsed();
  const failing = new Set<string>();
  let beatAt = startedAt;
  return {
    listen: (answer) => async (lane) => {
      const name = 'system' in lane ? `${lane.job} ${lane.system}` : lane.job;
      try {
        await answer(lane);
        failing.delete(name);
      } catch (error) {
        failing.add(name);
        throw error;
      } finally {
        beatAt = elapsed();
      }
    },
    read: () => ({
      pid: process.pid,
      upMs: Math.round(elapsed() - startedAt),
      idleMs: Math.round(elapsed() - beatAt),
      failing: [...failing],
    }),
  };
}
