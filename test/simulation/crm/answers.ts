import { BadAnswer, NoAnswer } from '../../../src/connectors/http/failure.ts';
import type { Clock } from '../../../src/ports/clock.ts';

/** What stands where an answer should be, in the shape in which a gateway meets it. */
export function answered(what: string, status: number, body: unknown, retryAfterMs?: number): BadAnswer {
  const headers: Record<string, string> =
    retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) };
  return new BadAnswer(what, { status, headers, text: body === null ? '' : JSON.stringify(body) });
}

/** The `Date` that an answer bears: the second in which it leaves. */
export function dateOf(clock: Clock): string {
  return new Date(clock.now()).toUTCString();
}

/** Does what was asked, though nobody will hear the answer: not even that it was refused. */
export function unheard(carry: () => unknown): void {
  try {
    carry();
  } catch (error) {
    if (!(error instanceof BadAnswer)) throw error;
  }
}

/** The request arrived, and nobody heard what became of it. */
export function timedOut(what: string): NoAnswer {
  return new NoAnswer(what, 'headers', true, undefined);
}
