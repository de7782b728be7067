import type { VirtualClock } from '../kernel/clock.ts';
import { rateLimited } from './refusal.ts';
import type { Switches } from './switches.ts';
import { isoText, nextMidnight } from './time-texts.ts';

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
 * HubSpot's three allowances: a rolling ten seconds per token, searches per second for the whole account, and a day for
 * the whole account that ends at midnight in its own zone. Short windows run on real time, as the traffic does; the day
 * is the portal's day.
 */
export class RateLimits {
  readonly #clock: VirtualClock;
  readonly #switches: Switches;
  readonly #timeZone: string;
  readonly #tenSeconds = new Map<string, RollingWindow>();
  readonly #searches = new RollingWindow(1_000);
  #usedToday = 0;
  #dayEndsAt = 0;

  constructor(clock: VirtualClock, switches: Switches, timeZone: string) {
    this.#clock = clock;
    this.#switches = switches;
    this.#timeZone = timeZone;
  }

  /** Counts a call, or refuses it. Searches have their own window instead of the ten seconds. */
  admit(token: string, isSearch: boolean): void {
    this.#turnDay();
    if (this.#usedToday >= this.#switches.dailyLimit) throw rateLimited('DAILY');
    const now = this.#clock.monotonic();
    const isAdmitted = isSearch
      ? this.#searches.take(now, this.#switches.searchPerSecondLimit)
      : this.#windowOf(token).take(now, this.#switches.tenSecondlyLimit);
    if (isAdmitted || this.#switches.refusedCallsCountDaily) this.#usedToday += 1;
    if (!isAdmitted) throw rateLimited(isSearch ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING');
  }

  headers(token: string): Record<string, string> {
    this.#turnDay();
    const { tenSecondlyLimit, dailyLimit } = this.#switches;
    const used = this.#windowOf(token).used(this.#clock.monotonic());
    return {
      'x-hubspot-ratelimit-max': String(tenSecondlyLimit),
      'x-hubspot-ratelimit-remaining': String(Math.max(0, tenSecondlyLimit - used)),
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-daily': String(dailyLimit),
      'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, dailyLimit - this.#usedToday)),
    };
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

  #windowOf(token: string): RollingWindow {
    let window = this.#tenSeconds.get(token);
    if (window === undefined) this.#tenSeconds.set(token, (window = new RollingWindow(10_000)));
    return window;
  }

  #turnDay(): void {
    const now = this.#clock.now();
    if (now < this.#dayEndsAt) return;
    this.#usedToday = 0;
    this.#dayEndsAt = nextMidnight(this.#timeZone, now);
  }
}
