import { SYSTEMS } from '../src/domain/people/record.ts';
import { defineJob } from './job.ts';

export const sweepStragglersJob = defineJob({
  name: 'sweep-stragglers',
  summary: 'Ring again for whatever a lost bell or a dead process left waiting.',

  async run(_lane, { ledger, clock, bell }) {
    await ledger.expireLeases(clock.now(), false);
    await ledger.wakeClocks(clock.now());
    const waiting = await ledger.waiting();
    const toRelease = waiting.held.unjudged; // planned by a process that died before it asked the gate
    if (waiting.dirty > 0 || waiting.unmatched > 0 || toRelease > 0) await bell.ring({ job: 'plan-batch' });
    for (const system of SYSTEMS) {
      if (waiting.approved[system] > 0) await bell.ring({ job: 'write-batch', system });
      if (waiting.unconfirmed[system] > 0) await bell.ring({ job: 'confirm-batch', system });
    }
  },
});
