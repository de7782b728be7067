import { expect, inject, test } from 'vitest';
import { runSeed, type SeedOptions } from './seed-run.ts';
import { tierOf } from './tiers.ts';

const url = inject('postgresUrl');

async function tellingOf(seed: number, tier: SeedOptions): Promise<readonly string[]> {
  return (await runSeed(seed, tier)).trace.lines;
}

test.skipIf(url === null)(
  'a history plays the same on PGlite and on a server, on a new ledger and after another history',
  async () => {
    const [embedded, server] = [await tierOf('b'), await tierOf('p', url)];
    const first = await tellingOf(4, embedded);
    await tellingOf(1, server);
    expect(await tellingOf(4, server)).toEqual(first);
    expect(await tellingOf(4, embedded)).toEqual(first);
  },
);
