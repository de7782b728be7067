import { InvariantBroken } from '../../errors/errors.ts';
import type { CallCounts } from '../../ports/crm.ts';
import { BadAnswer, NoAnswer } from '../http/failure.ts';
import { type HttpAnswer, readJson, send } from '../http/send.ts';
import { Throttle } from '../http/throttle.ts';
import { type Api, apiOver, type ClientRequest } from './api.ts';
import { pathIn } from './family.ts';
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

/**
 * The one way to HubSpot: every call is paced, bounded in time, counted, and its failure judged.
 *
 * Throws `RateLimited`, `RemoteUnavailable`, `CredentialsRejected` for what stops the job; `Refusal` for a 4xx about the request;
 * `Uncertain` for a write that may have happened.
 */
export class Gateway {
  readonly #settings: HubSpotSettings;
  readonly #ordinary: Throttle;
  readonly #searches: Throttle;
  readonly #counts = new Map<string, number>();

  constructor(settings: HubSpotSettings) {
    const { budget, pace } = settings;
    this.#settings = settings;
    this.#ordinary = new Throttle({ calls: budget.perTenSeconds, perMs: 10_000, concurrent: budget.concurrent }, pace);
    const searches = { calls: budget.searchesPerSecond, perMs: 1_000, concurrent: budget.searchesPerSecond };
    this.#searches = new Throttle(searches, pace);
  }

  counts(): CallCounts {
    return Object.fromEntries(this.#counts);
  }

  async call<T>(kind: CallKind, ask: (api: Api) => Promise<T>): Promise<T> {
    const throttle = kind.search === true ? this.#searches : this.#ordinary;
    let token = await this.#settings.token();
    let tokenRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await throttle.run(() => this.#once(kind, token, ask));
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

  /** Runs one call of the client. What the client itself stumbles over in a good answer is an answer that cannot be read. */
  async #once<T>(kind: CallKind, token: string, ask: (api: Api) => Promise<T>): Promise<T> {
    let answer: HttpAnswer | undefined;
    const api = apiOver(this.#settings.baseUrl, token, async (request) => {
      answer = await this.#exchange(kind, token, request);
      return answer;
    });
    try {
      return await ask(api);
    } catch (error) {
      if (error instanceof NoAnswer || error instanceof BadAnswer || error instanceof InvariantBroken) throw error;
      if (answer === undefined)
        throw new InvariantBroken(`${kind.name}: the request could not be made`, { cause: error });
      throw new BadAnswer(kind.name, answer, 'an answer of the wrong shape');
    }
  }

  async #exchange(kind: CallKind, token: string, request: ClientRequest): Promise<HttpAnswer> {
    const { baseUrl, family, timeouts, log, pace } = this.#settings;
    const url = new URL(request.url);
    const prefix = new URL(baseUrl).pathname.replace(/\/$/, '');
    url.pathname = prefix + pathIn(family, url.pathname.slice(prefix.length));
    const headers = { ...request.headers, Authorization: `Bearer ${token}` };
    const body = request.body === undefined ? {} : { body: request.body };
    this.#counts.set(kind.name, (this.#counts.get(kind.name) ?? 0) + 1);
    const startedAt = pace.monotonic();
    const answer = await send({ method: request.method, url: url.href, headers, ...body }, timeouts);
    log.debug({ call: kind.name, status: answer.status, ms: Math.round(pace.monotonic() - startedAt) }, 'hubspot call');
    if (answer.status < 200 || answer.status >= 300) throw new BadAnswer(kind.name, answer);
    const answered = readJson(kind.name, answer);
    if (kind.list !== undefined && !hasList(answered, kind.list))
      throw new BadAnswer(kind.name, answer, `no list of ${kind.list}`);
    this.#noteWarnings(kind, answered);
    // Every body we accept is JSON, whatever the header says; the client refuses to read one without it.
    return {
      ...answer,
      status: documentedStatus(kind, answer.status, answered),
      headers: { ...answer.headers, 'content-type': 'application/json' },
    };
  }

  /** The dated paths tell in `warnings` what they changed in a value that we sent; the client drops the field. */
  #noteWarnings(kind: CallKind, body: unknown): void {
    if (typeof body !== 'object' || body === null) return;
    const results: readonly unknown[] = 'results' in body && Array.isArray(body.results) ? body.results : [];
    for (const part of [body, ...results]) {
      if (typeof part !== 'object' || part === null || !('warnings' in part) || !Array.isArray(part.warnings)) continue;
      for (const warning of part.warnings) {
        const { category, context } = warning as { category?: unknown; context?: { propertyName?: unknown } };
        this.#settings.log.warn(
          { call: kind.name, category, property: context?.propertyName },
          'hubspot changed a value',
        );
      }
    }
  }
}

/**
 * The status that the client wants to see for a success. It takes any other 2xx for a failure, and reads errors of single records
 * only under a 207.
 */
function documentedStatus({ success }: CallKind, status: number, body: unknown): number {
  if (success.includes(207) && hasList(body, 'errors')) return 207;
  return success.includes(status) ? status : success[0];
}

function hasList(body: unknown, name: string): boolean {
  return typeof body === 'object' && body !== null && Array.isArray((body as Record<string, unknown>)[name]);
}
