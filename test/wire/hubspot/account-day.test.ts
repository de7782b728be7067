import { describe, expect, test } from 'vitest';
import { portalDay } from '../../../src/connectors/hubspot/account-day.ts';

describe('the day over which HubSpot counts calls', () => {
  test.each([
    ['Asia/Tokyo', '2026-11-02T00:00:00+09:00', '2026-11-02T00:00:00+09:00', '2026-11-03T00:00:00+09:00'],
    ['Asia/Tokyo', '2026-11-02T23:59:59+09:00', '2026-11-02T00:00:00+09:00', '2026-11-03T00:00:00+09:00'],
    ['Asia/Kolkata', '2026-11-02T12:00:00+05:30', '2026-11-02T00:00:00+05:30', '2026-11-03T00:00:00+05:30'],
    ['America/New_York', '2026-11-01T12:00:00-05:00', '2026-11-01T00:00:00-04:00', '2026-11-02T00:00:00-05:00'],
    ['America/New_York', '2026-03-08T12:00:00-04:00', '2026-03-08T00:00:00-05:00', '2026-03-09T00:00:00-04:00'],
    ['UTC', '2026-11-02T12:00:00Z', '2026-11-02T00:00:00Z', '2026-11-03T00:00:00Z'],
    ['Mars/Olympus', '2026-11-02T12:00:00Z', '2026-11-02T00:00:00Z', '2026-11-03T00:00:00Z'],
  ])('in %s at %s', (zone, now, from, until) => {
    expect(portalDay(zone, Date.parse(now))).toEqual({ from: Date.parse(from), until: Date.parse(until) });
  });
});
