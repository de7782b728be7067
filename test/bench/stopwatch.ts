import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

/** What a piece of work took of this process: nothing of the systems it spoke to. */
export type Taken = {
  readonly ms: number;
  readonly cpuMs: number;
  /** The most memory that this process has ever held, in MB: it never falls. */
  readonly peakMb: number;
  /** What it holds when the work is done. */
  readonly heldMb: number;
};

/** Runs the work and says what it took. With `profile`, a folder, its CPU profile is written there under the name of the step. */
export async function timed<T>(
  step: string,
  work: () => Promise<T>,
  profile: string | null = null,
): Promise<{ readonly result: T; readonly taken: Taken }> {
  if (profile !== null) return await profiled(step, work, profile);
  const started = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const taken = {
    ms: Math.round(performance.now() - started),
    cpuMs: Math.round((user + system) / 1000),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    heldMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
  };
  return { result, taken };
}

async function profiled<T>(step: string, work: () => Promise<T>, folder: string): ReturnType<typeof timed<T>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  const done = await timed(step, work);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  await writeFile(join(folder, `${step.replaceAll(/\W+/gu, '-')}.cpuprofile`), JSON.stringify(profile));
  return done;
}
