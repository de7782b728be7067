import type { Duration, WallDuration } from '../../domain/agreement/agreement.ts';
import { duration } from '../grammar/leaves.ts';

/** `3 business days`, `1 business day`, `24 hours`: the grammar has checked the words. */
export function toDuration(written: string): Duration {
  const space = written.indexOf(' ');
  const unit = written.slice(space + 1).replace(/s?$/u, 's');
  return { amount: Number(written.slice(0, space)), unit: unit as Duration['unit'] };
}

/** `30 days`, `12 hours`: the grammar has made sure that it is on the wall (`lookBack`). */
export function toWallDuration(written: string): WallDuration {
  const { amount, unit } = toDuration(written);
  return { amount, unit: unit === 'hours' ? 'hours' : 'days' };
}

/** The same of what somebody typed; `null`: it is no duration. */
export function durationFrom(typed: string): Duration | null {
  return duration.safeParse(typed).success ? toDuration(typed) : null;
}
