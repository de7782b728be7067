import type { Options } from '../config/options.ts';
import type { GateRules } from '../steps/release.ts';

/** What the options say of approval and of the breaker. */
export function gateRules({ firstRun, breakerChanges, breakerPercent }: Options): GateRules {
  return { firstRun, breaker: { changes: breakerChanges, percent: breakerPercent } };
}
