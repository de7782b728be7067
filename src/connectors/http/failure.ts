/** Codes of failures in which not one byte of the request can have left. */
const NEVER_LEFT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A request that ended without a whole answer: refused, cut, or out of time. */
export class NoAnswer extends Error {
  /** The other side may have received it. Only `false` is certain; a write is then known not to have happened. */
  readonly left: boolean;
  readonly timedOut: boolean;
  /** `body`: the answer had begun, so the request had certainly arrived. */
  readonly phase: 'headers' | 'body';

  constructor(what: string, phase: 'headers' | 'body', timedOut: boolean, cause: unknown) {
    super(`${what}: ${timedOut ? 'no answer in time' : reasonOf(cause)} (while waiting for the ${phase})`, { cause });
    this.phase = phase;
    this.timedOut = timedOut;
    this.left = phase === 'body' || timedOut || !NEVER_LEFT.has(codeOf(cause));
  }
}

/** A whole answer that is not the one that was asked for: a status that refuses, or a body that cannot be read. */
export class BadAnswer extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;

  constructor(
    what: string,
    answer: { status: number; headers: Readonly<Record<string, string>>; text: string },
    why?: string,
  ) {
    super(`${what}: ${answer.status}${why === undefined ? '' : `, ${why}`}`);
    this.status = answer.status;
    this.headers = answer.headers;
    this.text = answer.text;
    // Bodies hold people's data: whoever serialises a failure with all its causes must not find them.
    for (const name of ['headers', 'text']) Object.defineProperty(this, name, { enumerable: false });
  }

  /** The body as JSON, or `undefined` for HTML, emptiness, or half a document. */
  json(): unknown {
    try {
      return JSON.parse(this.text);
    } catch {
      return undefined;
    }
  }
}

/**
 * May the write behind this failure have happened?
 *
 * A 4xx is a refusal. A 5xx is not: gateways answer 502 and 504 for requests that the application behind them went on to
 * finish. A 2xx that cannot be read most likely did happen. Whoever gets `true` must read back, never repeat blindly.
 */
export function mayHaveHappened(failure: unknown): boolean {
  if (failure instanceof NoAnswer) return failure.left;
  if (failure instanceof BadAnswer) return failure.status < 300 || failure.status >= 500 || failure.status === 408;
  return true;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== '') return code;
  return error instanceof Error ? error.message : String(error);
}
