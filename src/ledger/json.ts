import type { Instant } from '../domain/values/value.ts';

/** NUL and lone surrogates as JSON writes them: legal JSON that PostgreSQL refuses to store. */
const UNSTORABLE = /\\u0000|\\ud[89a-f][0-9a-f]{2}/i;

/**
 * JSON that PostgreSQL accepts. One stray NUL or half an emoji, cut off by some form, would else make the page of records it is in
 * fail for ever; it becomes U+FFFD.
 */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  return UNSTORABLE.test(json) ? JSON.stringify(value, storable) : json;
}

function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '\uFFFD') : value;
}

/** An instant as PostgreSQL reads it. */
export function stamp(instant: Instant): string {
  return new Date(instant).toISOString();
}

export function stampOrNull(instant: Instant | null | undefined): string | null {
  return instant === null || instant === undefined ? null : stamp(instant);
}
