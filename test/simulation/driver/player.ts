import { parentPort, workerData } from 'node:worker_threads';
import { type Telling, tellSeed } from './tell-seed.ts';
import { tierOf } from './tiers.ts';

/** Run in a thread of its own, where chance and time are nobody else's: plays each seed that is handed over, and tells it. */
const { server, ...telling } = workerData as Telling & { readonly server: string | null };
const options = await tierOf(telling.tier, server);
parentPort?.on('message', (seed: number) => void play(seed));

async function play(seed: number): Promise<void> {
  parentPort?.postMessage(await tellSeed(seed, options, telling), []);
}
