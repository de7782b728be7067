import { matchNewRecords, planBatches } from '../src/steps/plan.ts';
import { defineJob } from './job.ts';

export const planBatchJob = defineJob({
  name: 'plan-batch',
  summary: 'Say who is who, plan everyone whose facts have changed, and ring for writing.',

  async run(_lane, works) {
    await matchNewRecords(works);
    for await (const { plans } of planBatches(works)) {
      if (plans.every(({ changes }) => changes.length === 0)) continue;
      await works.bell.ring({ job: 'write-batch', system: 'salesforce' });
      await works.bell.ring({ job: 'write-batch', system: 'hubspot' });
    }
  },
});
