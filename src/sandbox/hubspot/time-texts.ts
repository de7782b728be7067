/** HubSpot leaves out the fraction of a full second. */
export function isoText(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

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
