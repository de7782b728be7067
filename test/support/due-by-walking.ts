import Holidays from 'date-holidays';

/** An office in Japan: opening and closing in minutes after midnight, weekdays (0 is Sunday), and days on which it is closed. */
export type WalkedOffice = {
  readonly opens: number;
  readonly closes: number;
  readonly weekdays: readonly number[];
  readonly closures: ReadonlySet<string>;
};
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const TOKYO = 540 * MINUTE;
const COUNTED = { 'business days': 1, 'business hours': 60, hours: 60, days: 1440 } as const;
const tables = [2026, 2027, 2028, 2029].flatMap((year) => new Holidays('JP').getHolidays(year));
const holidays = new Set(tables.filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10)));

/** A due instant by walking minute by minute over the holidays of a second package. It knows nothing of the product's arithmetic. */
export function dueByWalking(start: number, amount: number, unit: keyof typeof COUNTED, office: WalkedOffice): number {
  const known = new Map<number, boolean>();
  const works = (day: number) => {
    const date = new Date(day * DAY).toISOString().slice(0, 10);
    const isClosed = holidays.has(date) || office.closures.has(date);
    return !isClosed && office.weekdays.includes(new Date(day * DAY).getUTCDay());
  };
  const isOpen = (at: number) => {
    const [day, minute] = [Math.floor((at + TOKYO) / DAY), ((at + TOKYO) % DAY) / MINUTE];
    if (!known.has(day)) known.set(day, works(day));
    return minute >= office.opens && minute < office.closes && known.get(day) === true;
  };
  const nextDay = Math.floor((start + TOKYO) / DAY + 1) * DAY - TOKYO;
  const isLastMinute = (at: number) => at >= nextDay && isOpen(at) && !isOpen(at + MINUTE);
  const counts = { 'business days': isLastMinute, 'business hours': isOpen, hours: () => true, days: () => true }[unit];
  let left = amount * COUNTED[unit];
  for (let at = start; ; at += MINUTE) if (counts(at) && --left === 0) return at + MINUTE;
}
