import { Redis } from 'ioredis';
import { describe, inject } from 'vitest';
import type { SqlEngine } from '../../src/ports/sql-engine.ts';
import { openQueue } from '../../src/queue/open-queue.ts';
import { quietLog } from '../support/quiet-log.ts';
import { queueContract } from './queue.ts';

/** With a Redis the database is left alone. */
const untouched: SqlEngine = {
  kind: 'postgres',
  openPool: () => Promise.reject(new Error('The queue on Redis asked for the database.')),
};

describe.skipIf(inject('redisUrl') === null)('the queue on Redis', () => {
  queueContract(
    async () => {
      const redisUrl = inject('redisUrl')!;
      const redis = new Redis(redisUrl);
      await redis.flushall();
      await redis.quit();
      return openQueue({ redisUrl, engine: untouched, log: quietLog });
    },
    { repeats: true },
  );
});
