import type { Log } from '../../ports/log.ts';
import { type Pace, realPace } from '../http/pace.ts';
import { machineWatch, type Watch } from '../http/remote-clock.ts';
import type { Timeouts } from '../http/send.ts';
import type { PathFamily } from './family.ts';

export type HubSpotOptions = {
  /** A function is asked before every call, so that a rotated token is taken up without a restart. */
  readonly token: string | (() => string | Promise<string>);
  readonly log: Log;
  readonly baseUrl?: string;
  readonly family?: PathFamily;
  readonly budget?: Partial<Budget>;
  readonly timeouts?: Partial<Timeouts>;
  readonly pull?: Partial<PullOptions>;
  readonly pace?: Pace;
  /** The worker's clock, against which the portal's is measured. */
  readonly watch?: Watch;
};

/** What this process may spend. HubSpot counts ordinary calls per app, searches per account and in a bucket of their own. */
type Budget = {
  readonly perTenSeconds: number;
  readonly searchesPerSecond: number;
  /** Ordinary calls under way at once; searches come on top, as many as `searchesPerSecond`. */
  readonly concurrent: number;
};

export type PullOptions = {
  /** How far every pull reaches back behind the last one: longer than the search index lags. */
  readonly overlapMs: number;
  /**
   * How far beyond its beginning a pull reads. Longer than any pull takes and HubSpot's clock may be ahead: a row that was edited this
   * morning, and again while we page, must not leave the stretch that is read.
   */
  readonly aheadMs: number;
  /** Rows of one search page. */
  readonly searchPage: number;
};

export type HubSpotSettings = {
  readonly token: () => string | Promise<string>;
  readonly log: Log;
  readonly baseUrl: string;
  readonly family: PathFamily;
  readonly budget: Budget;
  readonly timeouts: Timeouts;
  readonly pull: PullOptions;
  readonly pace: Pace;
  readonly watch: Watch;
};

/** The options with their defaults: a little below what the smallest portal grants, since others use the same account. */
export function settle(options: HubSpotOptions): HubSpotSettings {
  const { token } = options;
  return {
    token: typeof token === 'function' ? token : () => token,
    log: options.log,
    baseUrl: (options.baseUrl ?? 'https://api.hubapi.com').replace(/\/+$/, ''),
    family: options.family ?? 'v3',
    budget: { perTenSeconds: 90, searchesPerSecond: 4, concurrent: 6, ...options.budget },
    timeouts: { headersMs: 30_000, totalMs: 60_000, ...options.timeouts },
    pull: { overlapMs: 90_000, aheadMs: 600_000, searchPage: 200, ...options.pull },
    pace: options.pace ?? realPace,
    watch: options.watch ?? machineWatch,
  };
}
