import type { Family } from './read-value.ts';

const DAY = 86_400_000;
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Epoch milliseconds of a sent date or datetime: digits, a calendar date, or ISO 8601 (UTC where no zone is given). */
export function epochOf(raw: string, family: Family): number | undefined {
  if (/^-?\d+$/.test(raw)) {
    const seconds = family === '2026-09' && /^\d{9,10}$/.test(raw);
    const at = Number(raw) * (seconds ? 1000 : 1);
    return Math.abs(at) <= 8.64e15 ? at : undefined;
  }
  if (!ISO.test(raw)) return undefined;
  const zoned = /T/.test(raw) && !/(Z|[+-]\d\d:?\d\d)$/.test(raw) ? `${raw}Z` : raw;
  const at = Date.parse(zoned);
  if (Number.isNaN(at)) return undefined;
  // `Date` turns 30 February into 2 March; HubSpot does not.
  const day = Number(raw.slice(8, 10));
  return new Date(`${raw.slice(0, 10)}T00:00:00Z`).getUTCDate() === day ? at : undefined;
}

/** HubSpot's words about a date that is not a whole day of UTC, or `undefined`. */
export function midnightProblem(at: number, raw: string): string | undefined {
  const rest = ((at % DAY) + DAY) % DAY;
  if (rest === 0) return undefined;
  const time = new Date(rest);
  const clock = `${time.getUTCHours()}:${time.getUTCMinutes()}:${time.getUTCSeconds()}.${time.getUTCMilliseconds()}`;
  return `${raw} is at ${clock} UTC, not midnight!`;
}
