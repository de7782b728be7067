import { CredentialsRejected, RateLimited, RemoteUnavailable } from '../../errors/errors.ts';
import { BadAnswer, NoAnswer } from '../http/failure.ts';
import { Meter } from '../http/meter.ts';
import { type Pace, realPace } from '../http/pace.ts';
import { RemoteClock } from '../http/remote-clock.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { Throttle } from '../http/throttle.ts';
import { DailyAllowance } from './daily-allowance.ts';
import { AnswerLost, CallRefused, meaningOf } from './failures.ts';
import type { Line, LineOver, Rest } from './line.ts';
import { CONCURRENCY, DAILY_SHARE, type SalesforceOptions } from './options.ts';

/** What a call costs is the same for all kinds (one of the day's calls); the kinds tell what they were spent on. */
export type CallKind =
  | 'token'
  | 'identity'
  | 'describe'
  | 'query'
  | 'query-all'
  | 'composite-query'
  | 'survey-query'
  | 'tooling'
  | 'collections-retrieve'
  | 'collections-create'
  | 'collections-update'
  | 'collections-upsert'
  | 'setup';

/** How often a reading call is tried, and how long we wait ourselves before the queue should. */
const TRIES = 3;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

type GatewayOptions = Pick<SalesforceOptions, 'pace' | 'watch' | 'log' | 'dailyShare' | 'concurrency'>;

/**
 * The one door to Salesforce: every call passes its login, its turn, its allowance and its count here.
 *
 * `read` repeats what has no effect; `write` sends once, and tells apart what certainly did not happen (`RemoteUnavailable`)
 * from what may have (`AnswerLost`).
 */
export class Gateway {
  readonly #line: Line;
  readonly #throttle: Throttle;
  readonly #daily: DailyAllowance;
  readonly #pace: Pace;
  readonly #log: SalesforceOptions['log'];
  readonly meter = new Meter();
  readonly clock: RemoteClock;

  constructor(options: GatewayOptions, lineOver: LineOver) {
    this.#pace = options.pace ?? realPace;
    this.#log = options.log;
    this.clock = new RemoteClock(options.watch);
    this.#daily = new DailyAllowance(options.dailyShare ?? DAILY_SHARE, this.#pace);
    // Salesforce limits the day and the crowd, not the second: the window only stops a runaway loop.
    this.#throttle = new Throttle(
      { calls: 100, perMs: 1_000, concurrent: options.concurrency ?? CONCURRENCY },
      this.#pace,
    );
    this.#line = lineOver({
      counted: (kind) => this.meter.count(kind),
      limitInfo: (header) => {
        const told = this.#daily.note(header);
        if (told !== undefined) this.meter.tell(told.used, told.limit);
      },
      dated: (headers) => this.clock.note(headers),
    });
  }

  /** A call without effect, tried again while the trouble looks like passing. */
  async read<T>(kind: CallKind, work: (rest: Rest) => PromiseLike<T>): Promise<T> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.#call(kind, work);
      } catch (failure) {
        const waitMs = this.#waitBeforeNext(kind, failure, tried);
        if (waitMs === undefined) throw toldAs(kind, failure);
        this.#log.info({ system: 'salesforce', kind, tried, waitMs }, 'salesforce did not answer; trying again');
        await this.#pace.sleep(waitMs);
      }
    }
  }

  /** A call that changes something: sent once. */
  async write<T>(kind: CallKind, work: (rest: Rest) => PromiseLike<T>): Promise<T> {
    try {
      return await this.#call(kind, work);
    } catch (failure) {
      throw toldAs(kind, failure);
    }
  }

  /** The 18-character id of our own user. */
  user(): Promise<string> {
    return this.#line.user();
  }

  async #call<T>(kind: CallKind, work: (rest: Rest) => PromiseLike<T>): Promise<T> {
    return await this.#throttle.run(async () => {
      this.#daily.check();
      const token = await this.#line.token();
      try {
        return await this.#line.exchange(kind, work);
      } catch (failure) {
        if (!isSessionOver(kind, failure)) throw failure;
      }
      // A 401 means that nothing was done, so a write may be sent again. Once: a second 401 is for a person.
      await this.#line.renew(token);
      return await this.#line.exchange(kind, work);
    });
  }

  /** How long to wait before the next try; `undefined` when there should be none. */
  #waitBeforeNext(kind: CallKind, failure: unknown, tried: number): number | undefined {
    if (tried >= TRIES) return undefined;
    // Several queries that were too slow together will be so again; whoever asked them asks one by one.
    if (kind === 'composite-query' && failure instanceof NoAnswer && failure.timedOut) return undefined;
    const meaning = failure instanceof RemoteUnavailable ? failure : meaningOf('', failure);
    if (!(meaning instanceof RemoteUnavailable)) return undefined;
    const named = failure instanceof BadAnswer ? retryAfterMs(failure.headers['retry-after'], Date.now()) : undefined;
    if (named !== undefined) return named <= LONGEST_WAIT_MS ? named : undefined;
    return FIRST_WAIT_MS * 4 ** (tried - 1) * (0.5 + this.#pace.chance());
  }
}

/** An expired token is a 401 everywhere but at the user-info endpoint, which answers 403 Bad_OAuth_Token. */
function isSessionOver(kind: CallKind, failure: unknown): boolean {
  if (!(failure instanceof BadAnswer)) return false;
  return failure.status === 401 || (kind === 'identity' && failure.status === 403);
}

/** A failure in the words of the job. A wait that the server named is kept, also on a 503. */
function toldAs(kind: CallKind, failure: unknown): unknown {
  const meaning = meaningOf(kind, failure);
  if (meaning === undefined) return failure;
  if (kind.startsWith('collections-') && kind !== 'collections-retrieve') return meaning;
  if (!(meaning instanceof AnswerLost) || !(failure instanceof BadAnswer)) return meaning;
  const named = retryAfterMs(failure.headers['retry-after'], Date.now());
  return named === undefined ? meaning : new RateLimited('salesforce', named, meaning.message, { cause: failure });
}

/** A refusal that says a field is not there, for this user. */
export function isInvalidField(failure: unknown): boolean {
  return failure instanceof CallRefused && failure.reason === 'INVALID_FIELD';
}

/** A right that is missing, told to the person who can grant it. */
export function notVisible(what: string): CredentialsRejected {
  return new CredentialsRejected(
    'salesforce',
    `The integration user cannot see ${what}. Run "tasuki setup", or grant the field in the permission set.`,
  );
}
