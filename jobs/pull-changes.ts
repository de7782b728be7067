import { pullChanges } from '../src/steps/pull.ts';
import { defineJob } from './job.ts';

export const pullChangesJob = defineJob({
  name: 'pull-changes',
  summary: 'Fetch what changed in one CRM, note it, and ring for planning.',

  async run({ system }, works) {
    await pullChanges(system, works);
    await works.ledger.wakeClocks(works.clock.now()); // after the pull: no lapse on stale evidence (law R19)
    await works.bell.ring({ job: 'plan-batch' });
  },
});
