import { AsyncLocalStorage } from 'node:async_hooks';
import { PassThrough } from 'node:stream';
import type { HttpRequest, HttpResponse } from 'jsforce';
import { Transport } from 'jsforce/lib/transport.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import { BadAnswer } from '../http/failure.ts';
import { type HttpAnswer, readJson, send, type Timeouts } from '../http/send.ts';

/** What was answered during one call: jsforce's errors carry neither status nor headers, so they travel beside it. */
export type Exchange = { answer?: HttpAnswer };

export const exchanges = new AsyncLocalStorage<Exchange>();

/**
 * The wire under jsforce, in place of its own.
 *
 * jsforce's transport ends the process when a connection is cut in mid-body, waits for ever for a body that stalls, repeats
 * GET and DELETE without asking the server how long to wait, sends everything through a proxy that the environment names,
 * and hands broken JSON back as text. This one has deadlines, repeats nothing, and refuses what it cannot read.
 */
export class FetchTransport extends Transport {
  readonly #timeouts: Timeouts;
  readonly #origins: () => readonly string[];

  /** `origins`: the only places a token may be sent to, asked anew each time because a login can name another instance. */
  constructor(timeouts: Timeouts, origins: () => readonly string[]) {
    super();
    this.#timeouts = timeouts;
    this.#origins = origins;
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    return StreamPromise.create<HttpResponse>(() => {
      const stream = new PassThrough(); // jsforce asks for one with every call; for REST it is enough that it ends
      const promise = this.#exchange(request).finally(() => stream.end());
      return { stream, promise };
    });
  }

  async #exchange(request: HttpRequest): Promise<HttpResponse> {
    const { origin, pathname } = new URL(request.url);
    const what = `${request.method} ${pathname}`;
    if (!this.#origins().includes(origin))
      throw new Error(`${what}: ${origin} is neither the login host nor the org's instance`);
    if (request.body != null && typeof request.body !== 'string')
      throw new Error(`${what}: only text bodies are sent here`);
    // `fetch` counts the bytes itself and refuses a count from elsewhere.
    const { 'content-length': _counted, ...headers } = request.headers ?? {};
    const answer = await send(
      {
        method: request.method,
        url: request.url,
        headers,
        ...(typeof request.body === 'string' ? { body: request.body } : {}),
      },
      this.#timeouts,
    );
    const exchange = exchanges.getStore();
    if (exchange !== undefined) exchange.answer = answer;
    return { statusCode: answer.status, headers: readable(what, answer), body: answer.text };
  }
}

/** The headers of an answer that jsforce may go on with. Every success of ours is JSON or empty by its status. */
function readable(what: string, answer: HttpAnswer): Record<string, string> {
  if (answer.status >= 301 && answer.status < 400) throw new BadAnswer(what, answer, 'a redirect that is not followed');
  if (answer.status >= 300 || answer.status === 204) return { ...answer.headers };
  readJson(what, answer);
  // A gateway may strip the content type, and jsforce would then hand the JSON on as text.
  return { ...answer.headers, 'content-type': 'application/json' };
}
