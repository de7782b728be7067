import { expect, test } from 'vitest';
import { type Play, playAll } from './play-all.ts';
import type { ToldSeed } from './tell-seed.ts';

/** Seeds 3 to 6, told line by line. */
const FOUR = { from: 3, seeds: 4, tier: 'a', tell: true } as const;

async function toldBy(play: Play): Promise<readonly ToldSeed[]> {
  const told: ToldSeed[] = [];
  for await (const each of playAll(play)) told.push(each);
  return told;
}

test('seeds are told in their order and word by word the same, however many threads play them', async () => {
  const alone = await toldBy({ ...FOUR, workers: 1 });
  expect(alone.map(({ seed }) => seed)).toEqual([3, 4, 5, 6]);
  expect(await toldBy({ ...FOUR, workers: 3 })).toEqual(alone);
});

test('a seed plays the same whether it is the first of its process or comes after others', async () => {
  const [last] = await toldBy({ ...FOUR, from: 6, seeds: 1, workers: 1 });
  const after = (await toldBy({ ...FOUR, workers: 1 })).at(-1);
  expect(last?.text).toContain('trace ');
  expect(after).toEqual(last);
});

test('a tier that there is none of breaks down, and is not waited for', async () => {
  await expect(toldBy({ ...FOUR, tier: 'c', workers: 2 })).rejects.toThrow('There is no tier c');
});

test('a seed that comes to no end has failed, and keeps no other one from being played', async () => {
  const told = await toldBy({ ...FOUR, workers: 2, patienceMs: 1 });
  expect(told.map(({ seed, failed }) => [seed, failed])).toEqual([3, 4, 5, 6].map((seed) => [seed, true]));
  expect(told.map(({ text }) => text)).toEqual(told.map(({ seed }) => expect.stringMatching(`seed ${seed} comes to`)));
});
