import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ConfigInvalid,
  CredentialsRejected,
  InvariantBroken,
  RateLimited,
  RemoteUnavailable,
} from '../../src/errors/errors.ts';
import type { Lane, Queue, RunLane } from '../../src/ports/bell.ts';
import { laneName } from '../../src/queue/lanes.ts';

const PULL: Lane = { job: 'pull-changes', system: 'hubspot' };
const PULL_SALESFORCE: Lane = { job: 'pull-changes', system: 'salesforce' };
const WRITE: Lane = { job: 'write-batch', system: 'hubspot' };
const PLAN: Lane = { job: 'plan-batch' };

/** What every queue must do, whatever keeps its rings. `repeats` tells whether it answers by itself. */
export function queueContract(open: () => Promise<Queue>, { repeats }: { repeats: boolean }): void {
  let queue: Queue;
  let answered: string[];
  beforeEach(async () => {
    answered = [];
    queue = await open();
  });
  afterEach(() => queue.close());

  /** Answers by a script per lane: what each call throws, in order; nothing once the script is over. */
  function answering(script: Partial<Record<string, unknown[]>> = {}, during?: (lane: Lane) => Promise<void>): RunLane {
    return async (lane) => {
      answered.push(laneName(lane));
      await during?.(lane);
      const trouble = script[laneName(lane)]?.shift();
      if (trouble !== undefined) throw trouble;
    };
  }

  /** `once` and `plan` end with the error; a worker that goes on only logs it. */
  async function quietAfter(trouble: new (...args: never[]) => Error): Promise<void> {
    if (repeats) await queue.quiet();
    else await expect(queue.quiet()).rejects.toThrow(trouble);
  }

  it('answers each lane that was rung', async () => {
    await queue.start(answering(), []);
    await queue.ring(PULL);
    await queue.ring(PLAN);
    await queue.quiet();
    expect(answered.toSorted()).toEqual(['plan', 'pull-hubspot']);
  });

  it('a lane that is rung again while it waits is answered once', async () => {
    for (let times = 0; times < 3; times++) await queue.ring(PLAN);
    await queue.start(answering(), []);
    await queue.quiet();
    expect(answered).toEqual(['plan']);
  });

  it('a lane that is rung while it is being answered is answered once more', async () => {
    await queue.start(
      answering({}, async (lane) => {
        if (answered.length === 1) await Promise.all([queue.ring(lane), queue.ring(lane)]);
      }),
      [],
    );
    await queue.ring(PLAN);
    await queue.quiet();
    expect(answered).toEqual(['plan', 'plan']);
  });

  it('a lane that was answered can be rung again', async () => {
    await queue.start(answering(), []);
    for (let times = 0; times < 3; times++) {
      await queue.ring(PLAN);
      await queue.quiet();
    }
    expect(answered).toEqual(['plan', 'plan', 'plan']);
  });

  it('a lane is never answered by two at once', async () => {
    let inside = 0;
    let most = 0;
    const run = answering({}, async (lane) => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      if (answered.length < 6) await queue.ring(lane);
      inside -= 1;
    });
    await queue.start(run, []);
    await queue.ring(PLAN);
    await queue.quiet();
    expect(most).toBe(1);
    expect(answered).toHaveLength(6);
  });

  it('waits as long as the CRM asked, and counts no attempt', async () => {
    const limits = Array.from({ length: 10 }, () => new RateLimited('hubspot', 20, 'TEN_SECONDLY_ROLLING'));
    await queue.start(answering({ 'pull-hubspot': limits }), []);
    await queue.ring(PULL);
    await queue.quiet();
    expect(answered).toHaveLength(11); // more than the attempts that trouble is given
  });

  it('tries again when a system was away', async () => {
    await queue.start(answering({ 'pull-hubspot': [new RemoteUnavailable('hubspot', '503')] }), []);
    await queue.ring(PULL);
    await queue.quiet();
    expect(answered).toEqual(['pull-hubspot', 'pull-hubspot']);
  });

  it.each([
    new ConfigInvalid([{ at: 'mappings', message: 'no' }]),
    new InvariantBroken('ours'),
    new TypeError('ours too'),
  ])('gives up at once on what waiting does not cure: %s', async (trouble) => {
    await queue.start(answering({ 'pull-hubspot': [trouble] }), []);
    await queue.ring(PULL);
    await quietAfter(trouble.constructor as new () => Error);
    expect(answered).toEqual(['pull-hubspot']);
    await queue.ring(PULL);
    await queue.quiet();
    expect(answered).toEqual(['pull-hubspot', 'pull-hubspot']);
  });

  it('refused credentials stop that CRM alone', async () => {
    await queue.start(answering({ 'pull-hubspot': [new CredentialsRejected('hubspot', '401')] }), []);
    await queue.ring(PULL);
    await quietAfter(CredentialsRejected);
    if (repeats) await queue.ring(WRITE);
    await queue.ring(PULL_SALESFORCE);
    await queue.quiet();
    expect(answered).toEqual(['pull-hubspot', 'pull-salesforce']);
  });

  it('closing lets the running lane finish', async () => {
    const begun = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    let finished = false;
    const run = answering({}, async () => {
      begun.resolve();
      await held.promise;
      finished = true;
    });
    await queue.start(run, []);
    await queue.ring(PLAN);
    const quiet = queue.quiet().catch(() => undefined);
    await begun.promise;
    const closed = queue.close();
    held.resolve();
    await closed;
    await quiet;
    expect(finished).toBe(true);
  });

  if (!repeats) return; // a queue that works only while somebody waits has nothing to do by itself
  describe('by itself', () => {
    it('a scheduled lane is answered again and again, and asserting the schedule twice does not double it', async () => {
      const thrice = Promise.withResolvers<void>();
      const run = answering({}, async () => {
        if (answered.length === 3) thrice.resolve();
      });
      const schedule = [{ lane: { job: 'sweep-stragglers' } as const, everyMs: 100 }];
      const begun = Date.now(); // before the first start: on a busy machine the lane is answered while the second one is under way
      await queue.start(run, schedule);
      await queue.start(run, schedule);
      await thrice.promise;
      expect(Date.now() - begun).toBeGreaterThan(90);
      expect(new Set(answered)).toEqual(new Set(['sweep']));
    });

    it('a schedule that is not due does not keep it from being quiet', async () => {
      await queue.start(answering(), [{ lane: PLAN, everyMs: 3_600_000 }]);
      await queue.quiet();
      expect(answered.length).toBeLessThanOrEqual(1);
    });
  });
}
