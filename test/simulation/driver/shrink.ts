import type { Broken } from '../oracles/broken.ts';
import { runSeed, type SeedOptions, type SeedReport } from './seed-run.ts';

/** What is left of a failing history, and what it still breaks. */
export type Shrunk = { readonly kept: SeedReport; readonly broken: readonly Broken[] };

/** So long a history is shrunk at the most, in runs of it. */
const MOST_RUNS = 400;

/**
 * Leaves out parts of a history, halves first and then single ones, as long as the same oracle still breaks (delta debugging; Zeller
 * and Hildebrandt, 2002). Every part has dice of its own, so what is left plays as before.
 */
export async function shrink(seed: number, failing: SeedReport, options: SeedOptions): Promise<Shrunk> {
  const oracles = new Set(failing.broken.map(({ oracle }) => oracle));
  let best = failing;
  let without = new Set<string>();
  let runs = 0;
  for (let size = Math.ceil(failing.parts.length / 2); size >= 1 && runs < MOST_RUNS; size = Math.floor(size / 2)) {
    for (let from = 0; from < failing.parts.length && runs < MOST_RUNS; from += size) {
      const chunk = failing.parts.slice(from, from + size).filter((part) => !without.has(part));
      if (chunk.length === 0) continue;
      const tried = new Set([...without, ...chunk]);
      runs += 1;
      const report = await runSeed(seed, { ...options, without: tried });
      if (!report.broken.some(({ oracle }) => oracles.has(oracle))) continue;
      without = tried;
      best = report;
    }
  }
  return { kept: { ...best, parts: failing.parts.filter((part) => !without.has(part)) }, broken: best.broken };
}
