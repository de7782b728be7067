import type { RunLane } from '../ports/bell.ts';

type LaneFailures = {
  readonly runLane: RunLane;
  /** Once the queue is quiet: what made a lane give up, or `null`. Told once. */
  gaveUp(): Error | null;
};

/**
 * Remembers how each lane's last answer ended. A queue that answers in the background has nobody to throw at; but when it is quiet,
 * nothing waits and nothing will be repeated, so a lane whose last answer was an error has given up, whatever the reason.
 */
export function listenForFailures(answer: RunLane): LaneFailures {
  const failed = new Map<string, Error>();
  return {
    async runLane(lane) {
      const name = JSON.stringify(lane);
      try {
        await answer(lane);
        failed.delete(name);
      } catch (error) {
        failed.set(name, error instanceof Error ? error : new Error(String(error)));
        throw error;
      }
    },
    gaveUp() {
      const [first = null] = failed.values();
      failed.clear();
      return first;
    },
  };
}
