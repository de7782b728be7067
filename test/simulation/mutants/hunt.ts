import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MUTANTS } from './mutants.ts';

const run = promisify(execFile);

/** How one mutant fared: caught by which oracles after how many seeds, or alive. */
export type Fate = {
  readonly name: string;
  readonly caught: { readonly seeds: number; readonly oracles: readonly number[]; readonly line: string } | null;
};

/** Plays every mutant in a process of its own, one after the other. Throws when one is stale, or stumbles over itself. */
export async function* huntMutants(mostSeeds: number): AsyncIterable<Fate> {
  const script = fileURLToPath(new URL('play-mutant.ts', import.meta.url));
  for (const { name } of MUTANTS) {
    const { stdout } = await run(process.execPath, [script, name, String(mostSeeds)], { maxBuffer: 1e8 });
    yield JSON.parse(stdout) as Fate;
  }
}
