import { describe, expect, test } from 'vitest';
import { Meter } from '../../../src/connectors/http/meter.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the meter of a gateway', () => {
  test('counts each call under what it was made for, also where two lanes run side by side', async () => {
    const meter = new Meter();
    const lane = async (kind: string, times: number) => {
      for (let nth = 0; nth < times; nth++) {
        await tick();
        meter.count(kind);
      }
    };
    await Promise.all([
      meter.under('pull', () => lane('search', 3)),
      meter.under('hot-write', () => lane('batch-update', 2)),
      lane('describe', 1),
    ]);
    expect(meter.bill().calls.toSorted((one, other) => (one.kind < other.kind ? -1 : 1))).toEqual([
      { purpose: 'hot-write', kind: 'batch-update', calls: 2 },
      { purpose: 'look-up', kind: 'describe', calls: 1 },
      { purpose: 'pull', kind: 'search', calls: 3 },
    ]);
    expect(meter.counts()).toEqual({ search: 3, 'batch-update': 2, describe: 1 });
  });

  test('the inner purpose holds for the work inside it', async () => {
    const meter = new Meter();
    await meter.under('pull', async () => {
      await meter.under('look-up', async () => meter.count('describe'));
      meter.count('search');
    });
    expect(meter.bill().calls.map(({ purpose, kind }) => `${purpose} ${kind}`)).toEqual([
      'look-up describe',
      'pull search',
    ]);
  });

  test('a call is on one bill only, and so is what the system said', () => {
    const meter = new Meter();
    meter.count('search');
    meter.tell(18, 5_000);
    expect(meter.bill()).toEqual({
      calls: [{ purpose: 'look-up', kind: 'search', calls: 1 }],
      told: { used: 18, limit: 5_000 },
    });
    expect(meter.bill()).toEqual({ calls: [], told: null });
    expect(meter.counts()).toEqual({ search: 1 });
  });

  test.each([
    [Number.NaN, 5_000],
    [3, Number.NaN],
    [0, 0],
  ])('a day of %d calls out of %d was not said at all', (used, limit) => {
    const meter = new Meter();
    meter.tell(used, limit);
    expect(meter.bill().told).toBeNull();
  });
});
