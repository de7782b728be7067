import { describe, expect, test } from 'vitest';
import { runSeed, type SeedReport } from './driver/seed-run.ts';
import { tierOf } from './driver/tiers.ts';
import { REGRESSIONS } from './regressions.ts';

const SEEDS = 100;
const EMBEDDED_SEEDS = 3;

/** What broke, as somebody who wants to replay it needs it. */
function told({ seed, broken }: SeedReport): readonly string[] {
  return broken.map(({ oracle, line }) => `seed ${seed}, oracle ${oracle}: ${line}`);
}

describe('a history of people, faults, kills and replicas', () => {
  test('plays the same twice, byte for byte', async () => {
    const tier = await tierOf('a');
    const [one, other] = [await runSeed(5, tier), await runSeed(5, tier)];
    expect(other.trace.lines).toEqual(one.trace.lines);
    expect(other.trace.digest()).toBe(one.trace.digest());
  });

  test.each(REGRESSIONS)('seed $seed, which once found: $found', async ({ seed }) => {
    expect(told(await runSeed(seed, await tierOf('a')))).toEqual([]);
  });

  test(`breaks no oracle in ${SEEDS} seeds on the ledger in memory`, async () => {
    const tier = await tierOf('a');
    const broken: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) broken.push(...told(await runSeed(seed, tier)));
    expect(broken).toEqual([]);
  });

  test(`breaks no oracle in ${EMBEDDED_SEEDS} seeds on PGlite`, async () => {
    const tier = await tierOf('b');
    const broken: string[] = [];
    for (let seed = 1; seed <= EMBEDDED_SEEDS; seed++) broken.push(...told(await runSeed(seed, tier)));
    expect(broken).toEqual([]);
  });
});
