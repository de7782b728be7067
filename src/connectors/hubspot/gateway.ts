import { InvariantBroken } from '../../errors/errors.ts';
import { Meter } from '../http/meter.ts';
import { type Headed, RemoteClock } from '../http/remote-clock.ts';
import { Throttle } from '../http/throttle.ts';
import type { Api } from './api.ts';
import type { HubSpotSettings } from './options.ts';
import { judge } from './trouble.ts';

/** One kind of call, as it is counted, paced and judged. */
export type CallKind = {
  readonly name: string;
  readonly effect: 'read' | 'write';
  /** Success as documented. Another 2xx with a readable body is taken for the first of these. */
  readonly success: readonly [number, ...number[]];
  /** The body must carry a list of this name. */
  readonly list?: 'results';
  /** Searches have an allowance of their own. */
  readonly search?: true;
};

/** What carries one call, once: HTTP (`http-wire.ts`), or the portal itself where both live in one process. Throws `NoAnswer` or `BadAnswer`. */
export type Wire = <T>(call: Carried, ask: (api: Api) => Promise<T>) => Promise<T>;

export type Carried = {
  readonly kind: CallKind;
  readonly token: string;
  /** Takes what an answer says of the account's day. */
  readonly told: (used: number, limit: number) => void;
  /** Takes the headers of an answer, for the `Date` in them. */
  readonly dated: (headers: Headed) => void;
};

/**
 * The one way to HubSpot: every call is paced, bounded in time, counted, and its failure judged.
 *
 * Throws `RateLimited`, `RemoteUnavailable`, `CredentialsRejected` for what stops the job; `Refusal` for a 4xx about the request;
 * `Uncertain` for a write that may have happened.
 */
export class Gateway {
  readonly #settings: HubSpotSettings;
  readonly #wire: Wire;
  readonly #ordinary: Throttle;
  readonly #searches: Throttle;
  readonly meter = new Meter();
  readonly clock: RemoteClock;

  constructor(settings: HubSpotSettings, wire: Wire) {
    const { budget, pace } = settings;
    this.clock = new RemoteClock(settings.watch);
    this.#settings = settings;
    this.#wire = wire;
    this.#ordinary = new Throttle({ calls: budget.perTenSeconds, perMs: 10_000, concurrent: budget.concurrent }, pace);
    const searches = { calls: budget.searchesPerSecond, perMs: 1_000, concurrent: budget.searchesPerSecond };
    this.#searches = new Throttle(searches, pace);
  }

  async call<T>(kind: CallKind, ask: (api: Api) => Promise<T>): Promise<T> {
    const throttle = kind.search === true ? this.#searches : this.#ordinary;
    let token = await this.#settings.token();
    let tokenRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await throttle.run(() => {
          this.meter.count(kind.name);
          const told = (used: number, limit: number) => this.meter.tell(used, limit);
          return this.#wire({ kind, token, told, dated: (headers) => this.clock.note(headers) }, ask);
        });
      } catch (failure) {
        if (failure instanceof InvariantBroken) throw failure;
        const failed = { what: kind.name, effect: kind.effect, attempt, tokenRenewed };
        let verdict = judge(failure, failed);
        if (verdict.kind === 'new-token') {
          const fresh = await this.#settings.token();
          tokenRenewed = true;
          if (fresh === token) verdict = judge(failure, { ...failed, tokenRenewed });
          token = fresh;
        }
        if (verdict.kind === 'throw') throw verdict.error;
        if (verdict.kind === 'new-token') continue;
        this.#settings.log.info(
          { call: kind.name, attempt, waitMs: verdict.waitMs },
          'hubspot call is repeated after a wait',
        );
        if (verdict.everyone) throttle.hold(verdict.waitMs);
        else await this.#settings.pace.sleep(verdict.waitMs);
      }
    }
  }
}
