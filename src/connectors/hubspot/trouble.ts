import { CredentialsRejected, RateLimited, RemoteUnavailable } from '../../errors/errors.ts';
import { BadAnswer, mayHaveHappened } from '../http/failure.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { complaintIn, policyIn, Refusal } from './refusal.ts';

/** A write whose effect is unknown. Read back before anything else. */
export class Uncertain extends Error {}

/** What the gateway does about a failed call. */
export type Verdict =
  | { readonly kind: 'wait'; readonly waitMs: number; readonly everyone: boolean }
  | { readonly kind: 'new-token' }
  | { readonly kind: 'throw'; readonly error: Error };

export type FailedCall = {
  readonly what: string;
  readonly effect: 'read' | 'write';
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** The token was already asked for anew. */
  readonly tokenRenewed: boolean;
};

/** Attempts in all, of a call that HubSpot said to repeat, or that may be repeated since it only reads. */
const ATTEMPTS = 4;
/** Waits up to this are ours; longer ones are the queue's. */
const SHORT_MS = 15_000;
const HOUR_MS = 3_600_000;

/**
 * Decides about one failed call: wait and repeat, fetch the token again, or throw. A pure table of what HubSpot means.
 *
 * Repeating is safe in two cases only: HubSpot says that it did nothing (429, 423, 477), or the call only reads.
 */
export function judge(failure: unknown, call: FailedCall): Verdict {
  if (failure instanceof BadAnswer && failure.status >= 300) {
    const told = judgeStatus(failure, call);
    if (told !== undefined) return told;
  }
  const message = failure instanceof Error ? failure.message : String(failure);
  if (call.effect === 'write' && mayHaveHappened(failure)) return stop(new Uncertain(message, { cause: failure }));
  const timedOut = failure instanceof Error && 'timedOut' in failure && failure.timedOut === true;
  if (call.effect === 'read' && !timedOut && call.attempt < ATTEMPTS) {
    return { kind: 'wait', waitMs: 250 * 2 ** call.attempt, everyone: false };
  }
  return stop(
    new RemoteUnavailable('hubspot', `HubSpot did not answer as it should (${message}).`, { cause: failure }),
  );
}

function judgeStatus(answer: BadAnswer, call: FailedCall): Verdict | undefined {
  const { status } = answer;
  const asked = retryAfterMs(answer.headers['retry-after'], Date.parse(answer.headers['date'] ?? '') || Date.now());
  switch (status) {
    case 429:
      return judgeLimit(answer, asked, call);
    case 423: // the record is locked for two seconds; nothing was written
      if (call.attempt < ATTEMPTS)
        return { kind: 'wait', waitMs: Math.min(asked ?? 2_000 * call.attempt, SHORT_MS), everyone: false };
      return stop(new Refusal(call.what, status, complaintIn(answer.json(), status)));
    case 477: // the portal is moving between data centres
      return stop(
        new RateLimited('hubspot', asked ?? HOUR_MS, `${call.what}: HubSpot is moving this account`, { cause: answer }),
      );
    case 401:
      if (!call.tokenRenewed) return { kind: 'new-token' };
      return stop(new CredentialsRejected('hubspot', `HubSpot refused the token: ${said(answer)}`, { cause: answer }));
    case 403:
      return stop(
        new CredentialsRejected('hubspot', `The token lacks a right (${call.what}): ${said(answer)}`, {
          cause: answer,
        }),
      );
    default:
      if (status < 400 || status >= 500 || status === 408) return undefined;
      return stop(new Refusal(call.what, status, complaintIn(answer.json(), status)));
  }
}

/** Is it that this token was not granted what the call needs, rather than that it is no good? */
export function lacksScope(error: unknown): boolean {
  if (!(error instanceof CredentialsRejected) || !(error.cause instanceof BadAnswer)) return false;
  const { status } = error.cause;
  return status === 403 && complaintIn(error.cause.json(), status).code === 'MISSING_SCOPES';
}

function judgeLimit(answer: BadAnswer, asked: number | undefined, call: FailedCall): Verdict {
  const policy = policyIn(answer.json());
  const waitMs = asked ?? (policy === 'daily' ? HOUR_MS : policy === 'secondly' ? 1_000 * call.attempt : 10_000);
  if (policy !== 'daily' && waitMs <= SHORT_MS && call.attempt < ATTEMPTS)
    return { kind: 'wait', waitMs, everyone: true };
  return stop(
    new RateLimited('hubspot', waitMs, `HubSpot's ${policy} allowance is spent (${call.what})`, { cause: answer }),
  );
}

function said(answer: BadAnswer): string {
  return complaintIn(answer.json(), answer.status).message;
}

function stop(error: Error): Verdict {
  return { kind: 'throw', error };
}
