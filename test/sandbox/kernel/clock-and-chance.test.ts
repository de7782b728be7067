import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../src/sandbox/kernel/clock.ts';
import { Random } from '../../../src/sandbox/kernel/random.ts';

const NINE = Date.parse('2026-04-01T00:00:00.000Z');

const draw = (seed: number): number[] => {
  const random = new Random(seed);
  return Array.from({ length: 20 }, () => random.next());
};

describe('the virtual clock', () => {
  test('a frozen clock stands still until it is moved', () => {
    const clock = new VirtualClock({ start: NINE, frozen: true });
    expect(clock.now()).toBe(NINE);
    clock.advance(90_000);
    expect(clock.now()).toBe(NINE + 90_000);
    clock.set(NINE + 100_000);
    expect(clock.now()).toBe(NINE + 100_000);
  });

  test('neither set nor advance takes the clock back', () => {
    const clock = new VirtualClock({ start: NINE, frozen: true });
    expect(() => clock.set(NINE - 1)).toThrow(/cannot be set back to 2026-03-31T23:59:59.999Z/);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => clock.set(Number.NaN)).toThrow(RangeError);
    expect(clock.now()).toBe(NINE);
  });

  test('a running clock moves with real time and stops where it is frozen', () => {
    const clock = new VirtualClock({ start: NINE });
    const begun = clock.monotonic();
    while (clock.monotonic() - begun < 5);
    expect(clock.now()).toBeGreaterThanOrEqual(NINE + 4);
    clock.freeze();
    const held = clock.now();
    const frozenAt = clock.monotonic();
    while (clock.monotonic() - frozenAt < 3);
    expect(clock.now()).toBe(held);
    clock.run();
    const runAt = clock.monotonic();
    while (clock.monotonic() - runAt < 3);
    expect(clock.now()).toBeGreaterThan(held);
  });

  test('a fresh world begins at its own start again', () => {
    const clock = new VirtualClock({ start: NINE, frozen: true });
    clock.advance(1000);
    clock.run();
    clock.restart();
    expect(clock.frozen).toBe(true);
    expect(clock.now()).toBe(NINE);
  });
});

describe('chance', () => {
  test('the same seed draws the same numbers, another seed draws others', () => {
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7).every((value) => value >= 0 && value < 1)).toBe(true);
  });

  test('a fork depends on its name, not on the draws before it', () => {
    const early = new Random(7).fork('leads').next();
    const random = new Random(7);
    random.next();
    expect(random.fork('leads').next()).toBe(early);
    expect(random.fork('people').next()).not.toBe(early);
  });

  test('draws cover their range', () => {
    const random = new Random(1);
    const seen = new Set(Array.from({ length: 200 }, () => random.int(6)));
    expect([...seen].sort((left, right) => left - right)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(() => random.pick([])).toThrow(RangeError);
    const hits = Array.from({ length: 1000 }, () => random.chance(0.25)).filter(Boolean).length;
    expect(hits).toBeGreaterThan(200);
    expect(hits).toBeLessThan(300);
  });
});
