import { matchNewRecords, planNextBatch } from '../src/steps/plan.ts';
import { defineJob } from './job.ts';

export const planBatchJob = defineJob({
  name: 'plan-batch',
  summary: 'Say who is who, plan everyone whose facts have changed, and ring for writing.',

  async run(_lane, works) {
    await matchNewRecords(works);
    while ((await planNextBatch(works)) !== null) {
      await works.bell.ring({ job: 'write-batch', system: 'salesforce' });
      await works.bell.ring({ job: 'write-batch', system: 'hubspot' });
    }
  },
});
