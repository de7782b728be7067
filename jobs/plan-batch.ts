import { matchNewRecords, planEveryone } from '../src/steps/plan.ts';
import { tellConflicts } from '../src/steps/tell-conflicts.ts';
import { defineJob } from './job.ts';

export const planBatchJob = defineJob({
  name: 'plan-batch',
  summary:
    'Say who is who, plan everyone whose facts have changed, release what needs no approval, and ring for writing.',

  async run(_lane, works) {
    const before = (await works.ledger.waiting()).held;
    await matchNewRecords(works);
    await planEveryone(works);
    const { approved, held } = await works.ledger.waiting();
    for (const why of ['first-run', 'breaker'] as const) {
      if (held[why] > before[why]) works.log.warn({ why, changes: held[why] }, 'changes wait for "tasuki approve"');
    }
    if (approved.salesforce > 0) await works.bell.ring({ job: 'write-batch', system: 'salesforce' });
    if (approved.hubspot > 0) await works.bell.ring({ job: 'write-batch', system: 'hubspot' });
    await tellConflicts(works); // last: whoever waits for a write does not wait for an explanation
  },
});
