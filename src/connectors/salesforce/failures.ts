import { CredentialsRejected, RateLimited, RemoteUnavailable, type TasukiError } from '../../errors/errors.ts';
import { BadAnswer, mayHaveHappened, NoAnswer } from '../http/failure.ts';
import { retryAfterMs } from '../http/retry-after.ts';

/** The request may have arrived, and nobody told us what became of it. A write behind this is `unsure`. */
export class AnswerLost extends RemoteUnavailable {}

/**
 * Salesforce understood the whole request and refused it. Where nobody nearer has an answer to the code, a person must act:
 * a right is missing, or the org's set-up does not fit.
 */
export class CallRefused extends CredentialsRejected {
  readonly reason: string;
  readonly fields: readonly string[];
  constructor(reason: string, message: string, fields: readonly string[], options?: ErrorOptions) {
    super('salesforce', message, options);
    this.reason = reason;
    this.fields = fields;
  }
}

export type SaidError = { readonly code: string; readonly message: string; readonly fields: readonly string[] };

/** The first error of a refusal, in any of the shapes in use: REST's list, a bare object, or OAuth's pair. */
export function errorIn(answer: BadAnswer): SaidError {
  const body = answer.json();
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const nothing = { code: `HTTP_${answer.status}`, message: answer.message, fields: [] };
  if (typeof first !== 'object' || first === null) return nothing;
  const said = new Map<string, unknown>(Object.entries(first));
  const code = said.get('errorCode') ?? said.get('error');
  const message = said.get('message') ?? said.get('error_description') ?? '';
  const fields = said.get('fields');
  return {
    code: typeof code === 'string' ? code : nothing.code,
    message: typeof message === 'string' ? message : '',
    fields: Array.isArray(fields) ? fields.filter((field) => typeof field === 'string') : [],
  };
}

const NEVER_ALLOWED: ReadonlySet<string> = new Set(['API_DISABLED_FOR_ORG', 'API_CURRENTLY_DISABLED', 'INACTIVE_ORG']);
/** Refused before anything ran, and worth another try later: not a verdict about the request. */
const LATER: ReadonlySet<string> = new Set([
  'QUERY_TIMEOUT',
  'REQUEST_RUNNING_TOO_LONG',
  'SERVER_UNAVAILABLE',
  'TXN_SECURITY_METERING_ERROR',
]);

/** A day's allowance frees up hour by hour; a crowd of long-running calls passes within a minute. */
const DAY_SPENT_MS = 15 * 60_000;
const CROWDED_MS = 60_000;
const TOO_FAST_MS = 10_000;

/** What a failed exchange means to the job that wanted it. */
export function meaningOf(what: string, failure: unknown): TasukiError | undefined {
  const cause = { cause: failure };
  if (failure instanceof NoAnswer) {
    const message = `Salesforce did not answer ${failure.message}`;
    return failure.left
      ? new AnswerLost('salesforce', message, cause)
      : new RemoteUnavailable('salesforce', message, cause);
  }
  if (!(failure instanceof BadAnswer)) return undefined;
  const { code, message, fields } = errorIn(failure);
  const told = `Salesforce answered ${what} with ${failure.status} ${code}: ${message}`;
  if (failure.status === 401)
    return new CredentialsRejected('salesforce', `${told}. A new token was refused as well.`, cause);
  if (failure.status === 429 || code === 'REQUEST_LIMIT_EXCEEDED')
    return new RateLimited('salesforce', waitFor(failure, message), told, cause);
  if (NEVER_ALLOWED.has(code)) return new CredentialsRejected('salesforce', told, cause);
  if (mayHaveHappened(failure) || LATER.has(code) || isPassing(failure.status))
    return new AnswerLost('salesforce', told, cause);
  return new CallRefused(code, told, fields, cause);
}

/** 420 ("setting things up") and an empty 406 come from Salesforce's edge while an org moves. Redirects are pages for people. */
function isPassing(status: number): boolean {
  return status === 420 || status === 406 || (status > 300 && status < 400);
}

function waitFor(failure: BadAnswer, message: string): number {
  const named = retryAfterMs(failure.headers['retry-after'], Date.now());
  if (named !== undefined) return named;
  if (failure.status === 429) return TOO_FAST_MS;
  return /concurrent/i.test(message) ? CROWDED_MS : DAY_SPENT_MS;
}
