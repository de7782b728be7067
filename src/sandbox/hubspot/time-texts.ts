/** HubSpot leaves out the fraction of a full second. */
export function isoText(at: number): string {
  const known = TEXTS.get(at);
  if (known !== undefined) return known;
  const whole = new Date(at).toISOString();
  const text = at % 1000 === 0 ? `${whole.slice(0, -5)}Z` : whole;
  if (TEXTS.size >= MOST_TEXTS) TEXTS.clear();
  TEXTS.set(at, text);
  return text;
}

/** Every answer says the two instants of its records several times over. */
const TEXTS = new Map<number, string>();
const MOST_TEXTS = 1_000;

/** How far a time zone is ahead of UTC at an instant, in milliseconds. */
export function zoneOffset(timeZone: string, at: number): number {
  const parts = offsetFormat(timeZone).formatToParts(at);
  const text = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(text);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Making one takes far longer than using it, and an account has one zone. */
function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  FORMATS.set(timeZone, format);
  return format;
}

const DAY = 86_400_000;

/** The next midnight on the wall of that zone. */
export function nextMidnight(timeZone: string, at: number): number {
  const offset = zoneOffset(timeZone, at);
  const midnight = (Math.floor((at + offset) / DAY) + 1) * DAY;
  return midnight - zoneOffset(timeZone, midnight - offset);
}

export function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  return `${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
