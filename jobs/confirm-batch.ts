import { confirmNextBatch } from '../src/steps/confirm.ts';
import { defineJob } from './job.ts';

export const confirmBatchJob = defineJob({
  name: 'confirm-batch',
  summary: 'Read back what one CRM was just told, decide what was unsure, and ring for what follows.',

  async run({ system }, works) {
    let looked = 0;
    for (let batch = -1; batch !== 0; looked += batch) batch = await confirmNextBatch(system, works);
    if (looked === 0) return;
    await works.bell.ring({ job: 'plan-batch' }); // a confirmed hand-off starts a clock
    await works.bell.ring({ job: 'write-batch', system }); // what never arrived is sent again
  },
});
