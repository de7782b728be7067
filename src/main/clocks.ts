import { ConfigInvalid } from '../errors/errors.ts';
import type { Clock } from '../ports/clock.ts';

export const machineClock: Clock = { now: () => Date.now() };

/** A clock that is somebody else's: the sandbox's virtual one, which runs with real time from wherever it was set to. */
export type FollowedClock = Clock & {
  /** Asks again; call it after moving the sandbox's clock. */
  refresh(): Promise<void>;
  stop(): void;
};

const REFRESH_MS = 1_000;

/**
 * Follows the sandbox's clock, so that a worker's deadlines lapse when the sandbox says a day has passed.
 *
 * Throws `ConfigInvalid` when no sandbox answers there.
 */
export async function followClock(controlUrl: string): Promise<FollowedClock> {
  let offset = 0;
  const refresh = async () => {
    const response = await fetch(`${controlUrl}/clock`);
    const { now } = (await response.json()) as { now: number };
    offset = now - Date.now();
  };
  await refresh().catch(() => {
    const message = `No sandbox answers at ${controlUrl}. Start one with "tasuki sandbox", or unset TASUKI_CLOCK_URL.`;
    throw new ConfigInvalid([{ at: 'TASUKI_CLOCK_URL', message }]);
  });
  const timer = setInterval(() => void refresh().catch(() => undefined), REFRESH_MS); // a sandbox that is gone has no time to tell
  timer.unref();
  return { now: () => Date.now() + offset, refresh, stop: () => clearInterval(timer) };
}
