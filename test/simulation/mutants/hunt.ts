import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MUTANTS } from './mutants.ts';

const run = promisify(execFile);

/** A mutant that spins without asking anybody for anything is caught by the clock on the wall. */
const MOST_MS_PER_SEED = 10_000;

/** How one mutant fared: caught by which oracles after how many seeds, or alive. */
export type Fate = {
  readonly name: string;
  readonly caught: { readonly seeds: number; readonly oracles: readonly number[]; readonly line: string } | null;
};

type Told = Fate & { readonly red: readonly number[] };

/**
 * Plays every mutant in a process of its own, one after the other. Seeds that are red without any are left out. Throws when a mutant is
 * stale, or stumbles over itself.
 */
export async function* huntMutants(mostSeeds: number): AsyncIterable<Fate> {
  const { red } = await play('none', mostSeeds, []);
  for (const { name } of MUTANTS) yield await play(name, mostSeeds, red);
}

async function play(name: string, mostSeeds: number, open: readonly number[]): Promise<Told> {
  const script = fileURLToPath(new URL('play-mutant.ts', import.meta.url));
  const limit = { maxBuffer: 1e8, timeout: mostSeeds * MOST_MS_PER_SEED };
  try {
    const { stdout } = await run(process.execPath, [script, name, String(mostSeeds), open.join(',')], limit);
    return JSON.parse(stdout) as Told;
  } catch (error) {
    if (!(error instanceof Error) || !('killed' in error) || error.killed !== true) throw error;
    return {
      name,
      caught: { seeds: mostSeeds, oracles: [2], line: 'it spins, and asks nobody for anything' },
      red: [],
    };
  }
}
