import { BadAnswer, NoAnswer } from './failure.ts';

export type HttpRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type HttpAnswer = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

/** Until the answer begins, and until it is complete. */
export type Timeouts = { readonly headersMs: number; readonly totalMs: number };

/**
 * One HTTP exchange with a deadline for the headers and one for everything, the body included. Any status is an answer;
 * what is not a whole answer is thrown as `NoAnswer`. Redirects are not followed, since they would carry the token along.
 *
 * It speaks through the runtime's own `fetch` and touches nothing process-wide: no dispatcher, no agent, no patch.
 */
export async function send(request: HttpRequest, timeouts: Timeouts): Promise<HttpAnswer> {
  const what = `${request.method} ${new URL(request.url).pathname}`;
  const stop = new AbortController();
  const tooLate = () => stop.abort(new DOMException('deadline', 'TimeoutError'));
  const headersTimer = setTimeout(tooLate, timeouts.headersMs);
  const totalTimer = setTimeout(tooLate, timeouts.totalMs);
  let phase: 'headers' | 'body' = 'headers';
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal: stop.signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    clearTimeout(headersTimer);
    phase = 'body';
    const text = await response.text();
    return { status: response.status, headers: Object.fromEntries(response.headers), text };
  } catch (error) {
    throw new NoAnswer(what, phase, stop.signal.aborted, error);
  } finally {
    clearTimeout(headersTimer);
    clearTimeout(totalTimer);
  }
}

/** The answer's body as JSON. A success that cannot be read is a `BadAnswer`, not a value that fails far away. */
export function readJson(what: string, answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    throw new BadAnswer(what, answer, answer.text === '' ? 'an empty body' : 'a body that is not JSON');
  }
}
