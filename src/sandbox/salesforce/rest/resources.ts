import { type Call, ok, type Reply, type Route } from './call.ts';

export const OLDEST_VERSION = 50;
export const NEWEST_VERSION = 68;
/** Versions below this were shut down; those in between this sandbox does not know. */
export const RETIRED_BELOW = 31;

const SEASONS = ['Spring', 'Summer', 'Winter'] as const;

/** v68 is Winter '27; three releases a year. */
function labelOf(version: number): string {
  const releases = version - 49;
  const season = SEASONS[(releases + 1) % 3] ?? 'Winter';
  const year = 21 + Math.floor((releases - 1) / 3);
  return `${season} '${year}`;
}

export function versions(): object[] {
  return Array.from({ length: NEWEST_VERSION - OLDEST_VERSION + 1 }, (_, index) => {
    const version = OLDEST_VERSION + index;
    return { label: labelOf(version), url: `/services/data/v${version}.0`, version: `${version}.0` };
  });
}

export const resourceRoutes: readonly Route[] = [
  { method: 'GET', path: '/limits', run: limits },
  { method: 'GET', path: '/recent', run: () => ok([]) },
];

/** Only the limits that this sandbox keeps count of. */
function limits({ state }: Call): Reply {
  const used = state.usage.count(state.now());
  const max = state.switches.dailyApiRequests;
  return ok({ DailyApiRequests: { Max: max, Remaining: Math.max(0, max - used) } });
}
