import { OBJECTS, SYSTEMS } from '../domain/people/record.ts';
import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/values/value.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { PlanContext } from '../reconcile/context.ts';
import { type Agreements, judgePast, type Period } from '../reconcile/replay/judge-past.ts';
import type { Replay } from '../reconcile/replay/replay.ts';
import { openTally } from '../reconcile/replay/tally.ts';
import { contextNow } from './context-now.ts';

/** People in memory at a time. */
const PAGE = 200;

export type ReplayAsked = {
  readonly proposed: Policy;
  /** `null`: no agreement is in force, so there is nothing to compare with. */
  readonly inForce: Policy | null;
  readonly period: Period;
  readonly now: Instant;
};

type PastLedger = Pick<Ledger, 'pastOfPeople' | 'goLive' | 'directory' | 'schemas' | 'findings' | 'cursors'>;

/** Judges what the ledger remembers of a period by a proposed agreement, page by page. Writes nothing, and asks no CRM. */
export async function replay(ledger: PastLedger, { proposed, inForce, period, now }: ReplayAsked): Promise<Replay> {
  const agreements: Agreements = {
    proposed: await contextOf(ledger, proposed, now),
    inForce: inForce === null ? null : await contextOf(ledger, inForce, now),
  };
  const tally = openTally(agreements, period);
  let after = 0;
  for (;;) {
    const page = await ledger.pastOfPeople(after, PAGE);
    if (page.length === 0) return tally.sum();
    for (const past of page) tally.add(judgePast(past, agreements, period));
    after = page.at(-1)?.number ?? after;
  }
}

/** As it is told now, but for how far contact was read: no deadline is called lapsed that nobody has looked at (law R19). */
async function contextOf(ledger: PastLedger, policy: Policy, now: Instant): Promise<PlanContext> {
  return { ...(await contextNow(ledger, policy, now)), coveredUntil: await coveredUntil(ledger) };
}

async function coveredUntil(ledger: PastLedger): Promise<Instant | null> {
  const covers = await Promise.all(
    SYSTEMS.map(async (system) => {
      const cursors = await ledger.cursors(system);
      return OBJECTS[system].map((object) => cursors.get(object)?.covers ?? null);
    }),
  );
  const instants = covers.flat();
  return instants.every((instant) => instant !== null) ? Math.min(...instants) : null;
}
