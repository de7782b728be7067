import { Worker } from 'node:worker_threads';
import { startPostgres } from '../../support/postgres-server.ts';
import type { Telling, ToldSeed } from './tell-seed.ts';

export type Play = Telling & {
  readonly from: number;
  readonly seeds: number;
  /** Threads that play at the same time. */
  readonly workers: number;
};

/** A history leaves much behind and keeps nothing: with room, most of it is gone before anybody looks. */
const ROOM = { maxYoungGenerationSizeMb: 128 };
/** The longest that a seed may take on the wall, with its shrinking; one that waits for what never comes would otherwise be waited for. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Plays seeds on several threads and tells them in their order, so that nobody can see from the telling how many threads there were.
 * Whoever stops listening stops the threads. Throws when one of them breaks down.
 */
export async function* playAll({ from, seeds, workers, tier, tell }: Play): AsyncGenerator<ToldSeed> {
  const last = from + seeds - 1;
  const told = new Map<number, PromiseWithResolvers<ToldSeed>>();
  const tellingOf = (seed: number) => told.get(seed) ?? told.set(seed, Promise.withResolvers()).get(seed)!;
  let next = from;
  let breakdown: (cause: unknown) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    breakdown = reject;
  });
  broken.catch(() => undefined); // it is told to whoever waits for the next seed
  const postgres = tier === 'p' ? await startPostgres() : null;
  const threads = Array.from({ length: Math.min(workers, seeds) }, () => {
    const workerData: Telling & { readonly server: string | null } = { tier, tell, server: postgres?.url ?? null };
    const thread = new Worker(new URL('player.ts', import.meta.url), { workerData, resourceLimits: ROOM });
    let patience: NodeJS.Timeout | undefined;
    const handOver = () => {
      if (next > last) return;
      const seed = next++;
      patience = setTimeout(() => breakdown(new Error(`Seed ${seed} comes to no end.`)), PATIENCE_MS);
      thread.postMessage(seed, []);
    };
    thread.on('message', (done: ToldSeed) => {
      clearTimeout(patience);
      tellingOf(done.seed).resolve(done);
      handOver();
    });
    thread.on('error', breakdown);
    thread.on('exit', () => clearTimeout(patience));
    thread.on('exit', () => breakdown(new Error('A thread ended with seeds still to play.')));
    handOver();
    return thread;
  });
  try {
    for (let seed = from; seed <= last; seed++) {
      yield await Promise.race([tellingOf(seed).promise, broken]);
      told.delete(seed);
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
    await postgres?.stop();
  }
}
