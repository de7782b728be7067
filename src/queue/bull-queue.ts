import { setTimeout as sleep } from 'node:timers/promises';
import { type Queue as BullQueue, type JobsOptions, RateLimitError, UnrecoverableError, type Worker } from 'bullmq';
import type { Lane, Queue, RunLane } from '../ports/bell.ts';
import type { Log } from '../ports/log.ts';
import type { Backend, LaneRing } from './backend.ts';
import { LANES, laneName, lanesOf } from './lanes.ts';
import { RETRY, reactionTo } from './reactions.ts';

/** How often `quiet` looks again while something waits. */
const LOOK_MS = 50;
const FAILED_KEPT = 50;

/** Finished rings go at once; some failed ones stay for a person to look at. */
const RING = {
  attempts: RETRY.attempts,
  backoff: { type: 'exponential', delay: RETRY.firstMs, jitter: RETRY.jitter },
  removeOnComplete: true,
  removeOnFail: { count: FAILED_KEPT },
} satisfies JobsOptions;

type Answered = { readonly lane: Lane; readonly queue: BullQueue<LaneRing>; worker: Worker<LaneRing> | null };

/** The queue on BullMQ, whichever store keeps its rings. */
export class LaneQueue implements Queue {
  readonly #backend: Backend;
  readonly #log: Log;
  readonly #lanes: ReadonlyMap<string, Answered>;
  #run: RunLane | null = null;
  #answering = 0;
  #closed: Promise<void> | null = null;

  constructor(backend: Backend, log: Log) {
    this.#backend = backend;
    this.#log = log;
    this.#lanes = new Map(
      LANES.map((lane) => [laneName(lane), { lane, queue: backend.queue(laneName(lane)), worker: null }]),
    );
  }

  /**
   * Deduplicated, not numbered: a ring that is waiting swallows the next, one that is being answered is followed by one more, and a
   * finished one never mutes a new one, as a reused job id would.
   */
  async ring(lane: Lane): Promise<void> {
    const name = laneName(lane);
    await this.#of(name).queue.add(name, {}, { ...RING, deduplication: { id: name, keepLastIfActive: true } });
  }

  /** A start is also a new chance for a CRM whose credentials were refused. */
  async start(run: RunLane, schedule: readonly { readonly lane: Lane; readonly everyMs: number }[]): Promise<void> {
    this.#run = run;
    for (const [name, answered] of this.#lanes) {
      await answered.queue.resume();
      answered.worker ??= this.#backend.worker(name, () => this.#answer(answered.lane));
    }
    for (const { lane, everyMs } of schedule) {
      const name = laneName(lane);
      await this.#of(name).queue.upsertJobScheduler(name, { every: everyMs }, { name, data: {}, opts: RING });
    }
  }

  async quiet(): Promise<void> {
    while (this.#closed === null && (this.#answering > 0 || !(await this.#isIdle()))) await sleep(LOOK_MS);
    await this.#closed;
  }

  close(): Promise<void> {
    this.#closed ??= this.#letGo();
    return this.#closed;
  }

  /** Workers first, and each awaited: a store that goes away under a worker makes its close hang. */
  async #letGo(): Promise<void> {
    const parts = [...this.#lanes.values()];
    await Promise.all(parts.map(async ({ worker }) => worker?.close()));
    await Promise.all(parts.map(({ queue }) => queue.close()));
    await this.#backend.close();
  }

  #of(name: string): Answered {
    const answered = this.#lanes.get(name);
    if (answered === undefined) throw new TypeError(`There is no lane ${name}.`);
    return answered;
  }

  async #answer(lane: Lane): Promise<void> {
    this.#answering += 1;
    try {
      await this.#run?.(lane);
    } catch (error) {
      throw await this.#signal(error, lane);
    } finally {
      this.#answering -= 1;
    }
  }

  /** Carries out the reaction, as far as it is ours, and says the rest in BullMQ's words. */
  async #signal(error: unknown, lane: Lane): Promise<unknown> {
    const reaction = reactionTo(error);
    const cause = error instanceof Error ? error.message : String(error);
    this.#log.warn(
      { lane: laneName(lane), reaction: reaction.kind, code: error instanceof Error ? error.name : '', cause },
      'a lane stopped',
    );
    if (reaction.kind === 'wait') {
      await Promise.all(lanesOf(reaction.system).map((one) => this.#of(laneName(one)).queue.rateLimit(reaction.ms)));
      return new RateLimitError();
    }
    if (reaction.kind === 'retry') return error;
    if (reaction.kind === 'pause')
      await Promise.all(lanesOf(reaction.system).map((one) => this.#of(laneName(one)).queue.pause()));
    return new UnrecoverableError(cause);
  }

  async #isIdle(): Promise<boolean> {
    const idle = await Promise.all([...this.#lanes.values()].map(({ queue }) => isIdle(queue)));
    return idle.every(Boolean);
  }
}

/** A paused queue is quiet; so is one whose only delayed job is the next tick of its schedule. */
async function isIdle(queue: BullQueue<LaneRing>): Promise<boolean> {
  const counts = await queue.getJobCounts('waiting', 'active', 'prioritized', 'delayed');
  if ((counts['active'] ?? 0) > 0) return false;
  if (((counts['waiting'] ?? 0) > 0 || (counts['prioritized'] ?? 0) > 0) && !(await queue.isPaused())) return false;
  if ((counts['delayed'] ?? 0) === 0) return true;
  const delayed = await queue.getDelayed();
  return delayed.every((job) => job.repeatJobKey !== undefined && job.attemptsMade === 0);
}
