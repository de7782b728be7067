import type { Change, Hold } from '../domain/people/change.ts';
import type { Finding } from '../domain/people/person.ts';
import type { WaitingPlan } from '../ports/approval.ts';
import { matchNewRecords, planBatches } from '../steps/plan.ts';
import type { Works } from '../steps/works.ts';
import type { Proposal } from './verb.ts';

/** What a run would do now, and what of it would wait. */
export type Look = {
  /** Everything that would be written, and everything that waits. */
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  /** Approved before, and not sent yet. */
  readonly waiting: number;
  readonly held: Readonly<Record<Hold, number>>;
  /** What an approval would let go, and the changes it is made of. */
  readonly plan: WaitingPlan;
  readonly toApprove: readonly Change[];
};

/** What planning needs; no CRM is among it. */
export type PlanningWorks = Pick<Works, 'ledger' | 'clock' | 'policy' | 'run' | 'gate'>;

/**
 * Plans everyone who is to be planned, by the code that plans them in earnest, on a ledger that forgets it. Costs the memory of
 * everything that it shows. An edit that is only proposed is in force there, and nowhere else.
 */
export async function look(works: PlanningWorks, proposal: Proposal | null = null): Promise<Look> {
  const { approved, parked } = await works.ledger.waiting();
  const seen = await works.ledger.rehearse(async (ledger) => {
    const stage = { ...works, ledger };
    await proposal?.takeUp(ledger);
    await ledger.wakeClocks(works.clock.now());
    await matchNewRecords(stage);
    const planned: Change[] = [];
    const findings: Finding[] = [];
    for await (const { plans } of planBatches(stage)) {
      for (const plan of plans) {
        planned.push(...plan.changes);
        findings.push(...plan.openFindings);
      }
    }
    const held = await ledger.waitingChanges();
    const fresh = new Set(planned.map(({ id }) => id));
    const tripped = (await ledger.findings()).filter(({ code }) => code === 'BREAKER_TRIPPED');
    return {
      changes: [...held.filter(({ id }) => !fresh.has(id)), ...planned],
      findings: [...tripped, ...findings],
      held: (await ledger.waiting()).held,
      plan: await ledger.waitingPlan(),
      toApprove: held.filter((change) => change.held !== 'rollout'),
    };
  });
  return { ...seen, waiting: approved.hubspot + approved.salesforce + parked };
}
