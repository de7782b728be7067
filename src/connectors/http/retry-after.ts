import type { Instant } from '../../domain/values/value.ts';

/**
 * How long a `Retry-After` header asks us to wait, in milliseconds; `undefined` when it is absent or nonsense.
 *
 * Both forms are in use: seconds, and an HTTP date. A date that has passed means "now", not a negative wait.
 *
 *     retryAfterMs('7', now)   // => 7000
 */
export function retryAfterMs(header: string | null | undefined, now: Instant): number | undefined {
  if (header === null || header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(waitMs) ? Math.max(0, Math.ceil(waitMs)) : undefined;
}
