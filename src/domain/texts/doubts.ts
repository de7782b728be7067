import type { Duration } from '../agreement/agreement.ts';
import type { BusinessCalendar } from '../calendar/business-calendar.ts';
import { durationText, type InBoth, plural } from './words.ts';

const MINUTES_IN_AN_HOUR = 60;
const HOURS_IN_A_DAY = 24;

/**
 * What to ask whoever wrote so many business hours: as long as a day in the office or longer, they are rarely what was meant. `null`: no
 * doubt.
 *
 *     doubtOf({ amount: 24, unit: 'business hours' }, nineHourOffice)
 *     // => '24 business hours are 2 days and 6 hours of a 9-hour office; did you mean 1 business day, or 24 hours?'
 */
export function doubtOf({ amount, unit }: Duration, { week }: BusinessCalendar): InBoth | null {
  if (unit !== 'business hours') return null;
  const officeDay = Math.max(...week.map((hours) => (hours === null ? 0 : hours.closes - hours.opens)));
  const minutes = amount * MINUTES_IN_AN_HOUR;
  if (officeDay <= 0 || minutes < officeDay) return null;
  const [days, rest] = [Math.floor(minutes / officeDay), minutes % officeDay];
  const meant: Duration = { amount: Math.max(1, Math.round(amount / HOURS_IN_A_DAY)), unit: 'business days' };
  const either = [meant, { amount, unit: 'hours' } as const];
  const [ja, en] = (['ja', 'en'] as const).map((locale) => either.map((duration) => durationText(duration, locale)));
  return {
    ja: `${amount} 営業時間は、1 日 ${hoursJa(officeDay)}の営業では ${days} 日${rest === 0 ? '' : `と ${hoursJa(rest)}`}にあたります。${ja!.join('、または ')}のことではありませんか。`,
    en: `${amount} business hours are ${plural(days, 'day')}${rest === 0 ? '' : ` and ${hoursEn(rest)}`} of a ${officeEn(officeDay)} office; did you mean ${en!.join(', or ')}?`,
  };
}

function hoursJa(minutes: number): string {
  const [hours, rest] = split(minutes);
  return [hours === 0 ? '' : `${hours} 時間`, rest === 0 ? '' : `${rest} 分`].filter((part) => part !== '').join(' ');
}

function hoursEn(minutes: number): string {
  const [hours, rest] = split(minutes);
  const parts = [hours === 0 ? '' : plural(hours, 'hour'), rest === 0 ? '' : plural(rest, 'minute')];
  return parts.filter((part) => part !== '').join(' ');
}

/** `9-hour`, `7 h 30 min`. */
function officeEn(minutes: number): string {
  const [hours, rest] = split(minutes);
  return rest === 0 ? `${hours}-hour` : `${hours} h ${rest} min`;
}

function split(minutes: number): readonly [number, number] {
  return [Math.floor(minutes / MINUTES_IN_AN_HOUR), minutes % MINUTES_IN_AN_HOUR];
}
