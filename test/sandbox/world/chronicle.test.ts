import { expect, test } from 'vitest';
import { Chronicle } from '../../../src/sandbox/world/chronicle.ts';
import { StagedClock } from '../../../src/sandbox/world/staged-clock.ts';

test('stories are told one after the other and happen side by side, each deed at its own time', () => {
  const clock = new StagedClock({ start: 1_000, frozen: true });
  const chronicle = new Chronicle();
  const seen: string[] = [];
  const tell = (name: string, at: number): void => chronicle.note(at, () => seen.push(`${name} ${clock.now()}`));
  for (const at of [10, 30, 900]) tell('first', at);
  for (const at of [5, 30, 40]) tell('second', at);
  chronicle.play(clock.during.bind(clock), 900);
  expect(seen).toEqual(['second 5', 'first 10', 'first 30', 'second 30', 'second 40']);
  expect(clock.now()).toBe(1_000);
});

test('a deed that fails leaves the clock where it was', () => {
  const clock = new StagedClock({ start: 1_000, frozen: true });
  const fail = (): never => {
    throw new Error('nobody was there');
  };
  expect(() => clock.during(5, fail)).toThrow('nobody was there');
  expect(clock.now()).toBe(1_000);
});
