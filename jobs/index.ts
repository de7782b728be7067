import type { Lane } from '../src/ports/bell.ts';
import type { Works } from '../src/steps/works.ts';
import { confirmBatchJob } from './confirm-batch.ts';
import { planBatchJob } from './plan-batch.ts';
import { pullChangesJob } from './pull-changes.ts';
import { sweepStragglersJob } from './sweep-stragglers.ts';
import { writeBatchJob } from './write-batch.ts';

/** Does the work of a lane. A `switch`, so that a lane without a job does not compile. */
export function runLane(lane: Lane, works: Works): Promise<void> {
  switch (lane.job) {
    case 'pull-changes':
      return pullChangesJob.run(lane, works);
    case 'plan-batch':
      return planBatchJob.run(lane, works);
    case 'write-batch':
      return writeBatchJob.run(lane, works);
    case 'confirm-batch':
      return confirmBatchJob.run(lane, works);
    case 'sweep-stragglers':
      return sweepStragglersJob.run(lane, works);
  }
}
