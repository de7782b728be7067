import { describe, expect, it } from 'vitest';
import { RateLimited, RemoteUnavailable } from '../../src/errors/errors.ts';
import { openInlineQueue } from '../../src/queue/open-queue.ts';
import { queueContract } from './queue.ts';

describe('the queue in the process', () => {
  queueContract(async () => openInlineQueue({ wait: async () => {} }), { repeats: false });

  it('loses patience with a CRM that asks for a day', async () => {
    const queue = openInlineQueue({ wait: async () => {} });
    const run = async () => {
      throw new RateLimited('hubspot', 86_400_000, 'DAILY');
    };
    await queue.start(run, []);
    await queue.ring({ job: 'plan-batch' });
    await expect(queue.quiet()).rejects.toThrow(RateLimited);
  });

  it('waits longer each time a system is away, and in the end says so', async () => {
    const waits: number[] = [];
    const queue = openInlineQueue({ wait: async (ms) => void waits.push(ms) });
    const run = async () => {
      throw new RemoteUnavailable('hubspot', '503');
    };
    await queue.start(run, []);
    await queue.ring({ job: 'plan-batch' });
    await expect(queue.quiet()).rejects.toThrow(RemoteUnavailable);
    expect(waits).toHaveLength(7);
    expect(waits.every((ms, nth) => ms >= 500 * 2 ** nth && ms <= 1_000 * 2 ** nth)).toBe(true);
  });
});
