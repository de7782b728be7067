import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/values/value.ts';
import type { Ledger } from '../ports/ledger.ts';
import { indexDirectory, indexSchemas, type PlanContext } from '../reconcile/context.ts';
import { hiddenStreams } from './hidden-streams.ts';
import { lineUnder } from './release.ts';

/** What the planner is told when it is asked of one person, outside a pass: no lapse follows from that, so nothing counts as read. */
export async function contextNow(
  ledger: Pick<Ledger, 'goLive' | 'directory' | 'schemas' | 'findings' | 'cursors'>,
  policy: Policy,
  now: Instant,
): Promise<PlanContext> {
  return {
    now,
    goLive: lineUnder(policy, (await ledger.goLive()) ?? now),
    policy,
    directory: indexDirectory(await ledger.directory()),
    schemas: indexSchemas(await ledger.schemas()),
    coveredUntil: null,
    hidden: await hiddenStreams(ledger, policy),
  };
}
