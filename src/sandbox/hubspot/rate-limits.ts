import type { SystemClock } from '../kernel/clock.ts';
import { rateLimited } from './refusal.ts';
import type { Switches } from './switches.ts';
import { isoText, nextMidnight } from './time-texts.ts';

/** What a call is counted against. */
export type Allowance = 'calls' | 'search' | 'associations';

/** Calls within the last stretch of real time. */
class RollingWindow {
  readonly #lengthMs: number;
  #calls: number[] = [];

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  used(now: number): number {
    const oldest = now - this.#lengthMs;
    const firstKept = this.#calls.findIndex((at) => at > oldest);
    if (firstKept !== 0) this.#calls = firstKept < 0 ? [] : this.#calls.slice(firstKept);
    return this.#calls.length;
  }

  take(now: number, limit: number): boolean {
    if (this.used(now) >= limit) return false;
    this.#calls.push(now);
    return true;
  }
}

/**
 * HubSpot's allowances: a rolling ten seconds per token, another one for batches of associations, searches per second for
 * the whole account, and a day for the whole account that ends at midnight in its own zone, of which associations have a part. Short windows run on real time, as the traffic does; the day
 * is the portal's day.
 */
export class RateLimits {
  readonly #clock: SystemClock;
  readonly #switches: Switches;
  readonly #timeZone: string;
  readonly #tenSeconds = new Map<string, RollingWindow>();
  readonly #searches = new RollingWindow(1_000);
  readonly #associations = new Map<string, RollingWindow>();
  #usedToday = 0;
  #associationsToday = 0;
  #dayEndsAt = 0;

  constructor(clock: SystemClock, switches: Switches, timeZone: string) {
    this.#clock = clock;
    this.#switches = switches;
    this.#timeZone = timeZone;
  }

  /** Counts a call, or refuses it. Searches and batches of associations have windows of their own. */
  admit(token: string, allowance: Allowance): void {
    this.#refuseWhenSpent(allowance);
    const isAdmitted = this.#take(token, allowance, this.#clock.monotonic());
    if (isAdmitted || this.#switches.refusedCallsCountDaily) this.#count(allowance);
    if (!isAdmitted) throw rateLimited(allowance === 'search' ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING');
  }

  /** The same by the day alone: for whoever does not run on real time. */
  admitToday(allowance: Allowance): void {
    this.#refuseWhenSpent(allowance);
    this.#count(allowance);
  }

  #refuseWhenSpent(allowance: Allowance): void {
    this.#turnDay();
    const { dailyLimit, associationDailyLimit } = this.#switches;
    const isOverPart = allowance === 'associations' && this.#associationsToday >= associationDailyLimit;
    if (this.#usedToday >= dailyLimit || isOverPart) throw rateLimited('DAILY');
  }

  #count(allowance: Allowance): void {
    this.#usedToday += 1;
    if (allowance === 'associations') this.#associationsToday += 1;
  }

  #take(token: string, allowance: Allowance, now: number): boolean {
    const { searchPerSecondLimit, tenSecondlyLimit, associationTenSecondlyLimit } = this.#switches;
    if (allowance === 'search') return this.#searches.take(now, searchPerSecondLimit);
    if (allowance === 'calls') return windowOf(this.#tenSeconds, token).take(now, tenSecondlyLimit);
    return windowOf(this.#associations, token).take(now, associationTenSecondlyLimit);
  }

  headers(token: string): Record<string, string> {
    this.#turnDay();
    const { tenSecondlyLimit, dailyLimit } = this.#switches;
    const used = windowOf(this.#tenSeconds, token).used(this.#clock.monotonic());
    return {
      'x-hubspot-ratelimit-max': String(tenSecondlyLimit),
      'x-hubspot-ratelimit-remaining': String(Math.max(0, tenSecondlyLimit - used)),
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-daily': String(dailyLimit),
      'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, dailyLimit - this.#usedToday)),
    };
  }

  /** Calls of the day that has begun, and how many it has. */
  today(): { readonly used: number; readonly limit: number } {
    this.#turnDay();
    return { used: this.#usedToday, limit: this.#switches.dailyLimit };
  }

  usage(): Record<string, unknown> {
    this.#turnDay();
    return {
      name: 'private-apps-api-calls-daily',
      usageLimit: this.#switches.dailyLimit,
      currentUsage: this.#usedToday,
      collectedAt: isoText(this.#clock.now()),
      fetchStatus: 'SUCCESS',
      resetsAt: isoText(this.#dayEndsAt),
    };
  }

  #turnDay(): void {
    const now = this.#clock.now();
    if (now < this.#dayEndsAt) return;
    this.#usedToday = 0;
    this.#associationsToday = 0;
    this.#dayEndsAt = nextMidnight(this.#timeZone, now);
  }
}

function windowOf(windows: Map<string, RollingWindow>, token: string): RollingWindow {
  let window = windows.get(token);
  if (window === undefined) windows.set(token, (window = new RollingWindow(10_000)));
  return window;
}
