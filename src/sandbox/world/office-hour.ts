import type { Random } from '../kernel/random.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JAPAN_MS = 9 * HOUR_MS;

/** Some second between 9 and 18 o'clock of the Japanese day on which the instant falls. */
export function officeHour(ms: number, random: Random): number {
  return hourInJapan(ms, 9) + random.int(9 * 3600) * 1000;
}

/** This hour, on the dot, of the Japanese day on which the instant falls. */
export function hourInJapan(ms: number, hour: number): number {
  return Math.floor((ms + JAPAN_MS) / DAY_MS) * DAY_MS - JAPAN_MS + hour * HOUR_MS;
}

export function dayInJapan(ms: number): string {
  return new Date(ms + JAPAN_MS).toISOString().slice(0, 10);
}
