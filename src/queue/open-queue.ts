import type { Queue } from '../ports/bell.ts';
import type { Log } from '../ports/log.ts';
import type { SqlEngine } from '../ports/sql-engine.ts';
import { postgresBackend, redisBackend } from './backend.ts';
import { LaneQueue } from './bull-queue.ts';
import { type InlineOptions, inlineQueue } from './inline-queue.ts';

/** Opens the queue that works only while somebody waits for it, in this process: for `once` and `plan`. */
export function openInlineQueue(options: InlineOptions = {}): Queue {
  return inlineQueue(options);
}

/**
 * Opens the queue that answers by itself: on Redis when one is named, else on the ledger's database. Close it before the ledger.
 */
export async function openQueue(options: {
  readonly redisUrl?: string | null;
  readonly engine: SqlEngine;
  readonly log: Log;
}): Promise<Queue> {
  const { redisUrl, engine, log } = options;
  const backend = redisUrl ? await redisBackend(redisUrl, log) : await postgresBackend(engine, log);
  return new LaneQueue(backend, log);
}
