import type { Options } from '../config/options.ts';
import type { BudgetRules } from '../steps/budget.ts';
import type { GateRules } from '../steps/release.ts';

/** What the options say of approval and of the breaker. */
export function gateRules({ firstRun, breakerChanges, breakerPercent }: Options): GateRules {
  return { firstRun, breaker: { changes: breakerChanges, percent: breakerPercent } };
}

/** What the options say of calls. */
export function budgetRules({ apiShareHubspot, apiShareSalesforce, pullEverySeconds }: Options): BudgetRules {
  return {
    sharePercent: { hubspot: apiShareHubspot, salesforce: apiShareSalesforce },
    pullEveryMs: pullEverySeconds * 1000,
  };
}
