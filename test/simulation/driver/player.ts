import { parentPort, workerData } from 'node:worker_threads';
import { type Telling, type ToldSeed, tellSeed } from './tell-seed.ts';
import { tierOf } from './tiers.ts';

/** Run in a thread of its own, where chance and time are nobody else's: plays each seed that is handed over, and tells it. */
const { server, ...telling } = workerData as Telling & { readonly server: string | null };
/** What a thread says of a seed: that it is broken, before it is shrunk; and how it ended. */
export type Said = { readonly broken: ToldSeed } | { readonly told: ToldSeed };

const options = await tierOf(telling.tier, server);
parentPort?.on('message', (seed: number) => void play(seed));

async function play(seed: number): Promise<void> {
  const say = (said: Said) => parentPort?.postMessage(said, []);
  const told = await tellSeed(seed, options, telling, (broken) => say({ broken }));
  say({ told });
}
