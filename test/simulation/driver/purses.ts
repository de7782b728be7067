import { SYSTEMS, type System } from '../../../src/domain/people/record.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';
import type { World } from '../../support/deeds/hands.ts';
import type { Trace } from './trace.ts';

/** What Tasuki may use of each system's day, in percent. */
export const SHARE_PERCENT = 20;
/** A day of ours that is narrow: a busy pass takes some eighty calls. */
const NARROW = [60, 100, 150];
const POOR = 0.25;
/** Others use up so much of the account's day, in percent, one round in four. */
const OTHERS = [50, 85, 92, 97];
const GREEDY = 0.25;

/** How many calls of the day each account has, and what others make of them. */
export type Purses = {
  /** The people's days begin: an account in four is small. */
  narrow(random: Random): void;
  /** A round begins; where the account is small, others may be at work. */
  others(random: Random): void;
  /** The quiet at the end is to be judged by itself. */
  widen(): void;
  /** The day's calls of an account that is small now. */
  readonly limit: (system: System) => number | undefined;
};

export function pursesOf({ portal, org, clock }: World, trace: Trace): Purses {
  const plenty = { hubspot: portal.switches.dailyLimit, salesforce: org.switches.dailyApiRequests };
  const small = new Map<System, number>();
  const set = (system: System, limit: number): void => {
    if (system === 'hubspot') portal.switches.dailyLimit = limit;
    else org.switches.dailyApiRequests = limit;
  };
  return {
    narrow(random) {
      for (const system of SYSTEMS) {
        const limit = (random.pick(NARROW) * 100) / SHARE_PERCENT;
        if (!random.chance(POOR)) continue;
        small.set(system, limit);
        set(system, limit);
        trace.say(`${system} has ${limit} calls a day`);
      }
    },
    others(random) {
      for (const system of SYSTEMS) {
        const percent = random.pick(OTHERS);
        const limit = small.get(system);
        if (!random.chance(GREEDY) || limit === undefined) continue;
        trace.say(`others use up to ${percent} % of the calls to ${system}`);
        const most = (limit * percent) / 100;
        if (system === 'hubspot') while (portal.rateLimits.today().used < most) portal.rateLimits.admitToday('calls');
        else while (org.state.usage.count(clock.now()) < most) org.state.usage.note(clock.now());
      }
    },
    widen() {
      for (const system of SYSTEMS) set(system, plenty[system]);
      small.clear();
    },
    limit: (system) => small.get(system),
  };
}
