import { writeNextBatch } from '../src/steps/write.ts';
import { defineJob } from './job.ts';

export const writeBatchJob = defineJob({
  name: 'write-batch',
  summary: 'Send the approved changes of one CRM, batch by batch, and ring for reading them back.',

  async run({ system }, works) {
    let wrote = 0;
    for (;;) {
      const { sent, moved } = await writeNextBatch(system, works);
      wrote += moved;
      if (sent === 0 || moved === 0) break; // somebody else holds the rest: the sweep rings again in a minute
    }
    if (wrote === 0) return;
    await works.bell.ring({ job: 'confirm-batch', system });
    await works.bell.ring({ job: 'write-batch', system: system === 'hubspot' ? 'salesforce' : 'hubspot' }); // some waited for these
    await works.bell.ring({ job: 'plan-batch' }); // a refused write is planned again without the field that was refused
  },
});
