import { writeNextBatch } from '../src/steps/write.ts';
import { defineJob } from './job.ts';

export const writeBatchJob = defineJob({
  name: 'write-batch',
  summary: 'Send the approved changes of one CRM, batch by batch, and ring for reading them back.',

  async run({ system }, { bell, ...works }) {
    let wrote = 0;
    for (let sent = -1; sent !== 0; wrote += sent) sent = await writeNextBatch(system, { bell, ...works });
    if (wrote === 0) return;
    await bell.ring({ job: 'confirm-batch', system });
    await bell.ring({ job: 'write-batch', system: system === 'hubspot' ? 'salesforce' : 'hubspot' }); // some waited for these
    await bell.ring({ job: 'plan-batch' }); // a refused write is planned again without the field that was refused
  },
});
