import { Worker } from 'node:worker_threads';
import { startPostgres } from '../../support/postgres-server.ts';
import type { Said } from './player.ts';
import type { Telling, ToldSeed } from './tell-seed.ts';

export type Play = Telling & {
  readonly from: number;
  readonly seeds: number;
  /** Threads that play at the same time. */
  readonly workers: number;
  /** In place of `PATIENCE_MS`. */
  readonly patienceMs?: number;
};

/** A history leaves much behind and keeps nothing: with room, most of it is gone before anybody looks. */
const ROOM = { maxYoungGenerationSizeMb: 128 };
/** The longest that a seed may take on the wall; one that waits for what never comes would otherwise be waited for. */
const PATIENCE_MS = 10 * 60_000;
/** Shrinking plays it some hundreds of times. */
const RUNS_OF_SHRINKING = 6;

/**
 * Plays seeds on several threads and tells them in their order, so that nobody can see from the telling how many threads there were.
 * Whoever stops listening stops the threads. A seed that comes to no end has failed, its thread is replaced, and the others are played.
 * Throws when a thread breaks down.
 */
export async function* playAll({ from, seeds, workers, tier, tell, patienceMs }: Play): AsyncGenerator<ToldSeed> {
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
  const threads = new Set<Worker>();
  const enlist = () => {
    const workerData: Telling & { readonly server: string | null } = { tier, tell, server: postgres?.url ?? null };
    const thread = new Worker(new URL('player.ts', import.meta.url), { workerData, resourceLimits: ROOM });
    threads.add(thread);
    let patience: NodeJS.Timeout | undefined;
    const waitFor = (otherwise: ToldSeed, ms: number) => {
      clearTimeout(patience);
      patience = setTimeout(() => {
        tellingOf(otherwise.seed).resolve(otherwise);
        threads.delete(thread);
        void thread.terminate();
        if (next <= last) enlist();
      }, ms);
    };
    const handOver = () => {
      if (next > last) return;
      const seed = next++;
      waitFor(endless(seed), patienceMs ?? PATIENCE_MS);
      thread.postMessage(seed, []);
    };
    thread.on('message', (said: Said) => {
      if ('broken' in said) return waitFor(said.broken, RUNS_OF_SHRINKING * (patienceMs ?? PATIENCE_MS));
      clearTimeout(patience);
      tellingOf(said.told.seed).resolve(said.told);
      handOver();
    });
    thread.on('error', breakdown);
    thread.on('exit', () => {
      clearTimeout(patience);
      if (threads.has(thread)) breakdown(new Error('A thread ended with seeds still to play.'));
    });
    handOver();
  };
  for (let nth = 0; nth < Math.min(workers, seeds); nth++) enlist();
  try {
    for (let seed = from; seed <= last; seed++) {
      yield await Promise.race([tellingOf(seed).promise, broken]);
      told.delete(seed);
    }
  } finally {
    const all = [...threads];
    threads.clear();
    await Promise.all(all.map((thread) => thread.terminate()));
    await postgres?.stop();
  }
}

function endless(seed: number): ToldSeed {
  const text = `seed ${seed} comes to no end: nothing has come of it in the time that a seed has\n`;
  return { seed, failed: true, events: 0, coverage: new Map(), text };
}
