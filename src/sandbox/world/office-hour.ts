import type { Random } from '../kernel/random.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JAPAN_MS = 9 * HOUR_MS;

/** Some second between 9 and 18 o'clock of the Japanese day on which the instant falls. */
export function officeHour(ms: number, random: Random): number {
  const midnight = Math.floor((ms + JAPAN_MS) / DAY_MS) * DAY_MS - JAPAN_MS;
  return midnight + 9 * HOUR_MS + random.int(9 * 3600) * 1000;
}

export function dayInJapan(ms: number): string {
  return new Date(ms + JAPAN_MS).toISOString().slice(0, 10);
}
