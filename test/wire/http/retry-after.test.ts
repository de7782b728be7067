import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../src/connectors/http/retry-after.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');

describe('Retry-After', () => {
  it('is read as seconds', () => {
    expect(retryAfterMs('7', NOW)).toBe(7_000);
    expect(retryAfterMs('0.25', NOW)).toBe(250);
  });

  it('is read as a date', () => {
    expect(retryAfterMs('Sat, 21 Nov 2026 09:00:30 GMT', NOW)).toBe(30_000);
  });

  it('never asks for a negative wait', () => {
    expect(retryAfterMs('Sat, 21 Nov 2026 08:00:00 GMT', NOW)).toBe(0);
    expect(retryAfterMs('-3', NOW)).toBe(0);
  });

  it('is not told when it is absent, empty or nonsense', () => {
    for (const header of [null, undefined, '', '  ', 'soon']) expect(retryAfterMs(header, NOW)).toBeUndefined();
  });
});
