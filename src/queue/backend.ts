import {
  type ConnectionOptions,
  createPostgresBackend,
  type Processor,
  Queue,
  type QueueOptions,
  runMigrations,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { Log } from '../ports/log.ts';
import type { SqlEngine, SqlPool } from '../ports/sql-engine.ts';

/** Where rings are kept, and how to let go of it. */
export type Backend = {
  queue(name: string): Queue<LaneRing>;
  worker(name: string, answer: Processor<LaneRing>): Worker<LaneRing>;
  close(): Promise<void>;
};

/** A job's payload: the lane says it all, so there is nothing to leak and nothing to go stale. */
export type LaneRing = Record<string, never>;

/** A killed worker's job is handed on after this long. */
const LOCK_MS = 30_000;
/** Lanes are re-entrant: however often a worker dies in one, it may be answered again. */
const STALLS = 1_000;
const QUEUE_SCHEMA = 'bullmq';

const WORKER = {
  concurrency: 1,
  lockDuration: LOCK_MS,
  stalledInterval: LOCK_MS,
  maxStalledCount: STALLS,
  autorun: true,
} as const;

/** BullMQ's PostgreSQL backend, on the ledger's own database: nothing more to install. */
export async function postgresBackend(engine: SqlEngine, log: Log): Promise<Backend> {
  const pool = await engine.openPool(QUEUE_SCHEMA);
  await migrateQueue(pool);
  // The pool has the shape BullMQ asks for; its type also names parts of node-postgres that it never touches.
  const connection = pool as unknown as ConnectionOptions;
  return {
    queue: (name) => guarded(new Queue<LaneRing>(name, { connection }, POSTGRES), log),
    worker: (name, answer) => guarded(new Worker<LaneRing>(name, answer, { ...WORKER, connection }, POSTGRES), log),
    close: () => pool.end(),
  };
}

const POSTGRES = createPostgresBackend as unknown as undefined;

async function migrateQueue(pool: SqlPool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client as unknown as Parameters<typeof runMigrations>[0], QUEUE_SCHEMA);
  } finally {
    client.release();
  }
}

/** Redis or a cluster that speaks its tongue; the best-trodden of BullMQ's paths. */
export async function redisBackend(url: string, log: Log): Promise<Backend> {
  // BullMQ asks for `null`: a worker that waits for work waits through any outage.
  const connection = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  connection.on('error', (error: Error) =>
    log.warn({ cause: error.message }, 'the queue lost its Redis and tries again'),
  );
  await connection.connect();
  const options = { connection: connection as unknown as ConnectionOptions, prefix: 'tasuki' } satisfies QueueOptions;
  return {
    queue: (name) => guarded(new Queue<LaneRing>(name, options), log),
    worker: (name, answer) =>
      guarded(new Worker<LaneRing>(name, answer, { ...WORKER, ...options } satisfies WorkerOptions), log),
    close: async () => connection.disconnect(),
  };
}

type Emitting = { readonly name: string; on(event: 'error', listener: (error: Error) => void): unknown };

/** An emitter whose `error` nobody hears ends the process. */
function guarded<T extends Emitting>(part: T, log: Log): T {
  part.on('error', (error: Error) =>
    log.warn({ queue: part.name, cause: error.message }, 'the queue met trouble and goes on'),
  );
  return part;
}
