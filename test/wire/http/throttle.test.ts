import { describe, expect, it } from 'vitest';
import { Throttle } from '../../../src/connectors/http/throttle.ts';
import { QuickPace } from './quick-pace.ts';

describe('the throttle', () => {
  it('lets as many calls start in a window as the allowance grants, and the next one when the first leaves the window', async () => {
    const pace = new QuickPace();
    const throttle = new Throttle({ calls: 3, perMs: 1_000, concurrent: 10 }, pace);
    const starts: number[] = [];
    await Promise.all(
      Array.from({ length: 7 }, () => throttle.run(() => Promise.resolve(starts.push(pace.monotonic() - 1_000)))),
    );
    expect(starts).toEqual([0, 0, 0, 1_000, 1_000, 1_000, 2_000]);
  });

  it('never has more calls under way than allowed, so never more sockets', async () => {
    const throttle = new Throttle({ calls: 1_000, perMs: 1_000, concurrent: 4 }, new QuickPace());
    let underWay = 0;
    let most = 0;
    const call = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
    };
    await Promise.all(Array.from({ length: 50 }, () => throttle.run(call)));
    expect(most).toBe(4);
  });

  it('holds everyone back when the server told one of us to wait', async () => {
    const pace = new QuickPace();
    const throttle = new Throttle({ calls: 100, perMs: 1_000, concurrent: 4 }, pace);
    throttle.hold(5_000);
    await throttle.run(() => Promise.resolve());
    expect(pace.slept).toEqual([5_000]);
  });

  it('gives the place of a call that failed to the next one', async () => {
    const throttle = new Throttle({ calls: 100, perMs: 1_000, concurrent: 1 }, new QuickPace());
    await expect(throttle.run(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    await expect(throttle.run(() => Promise.resolve('served'))).resolves.toBe('served');
  });
});
