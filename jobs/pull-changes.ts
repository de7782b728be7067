import { mayGo } from '../src/domain/budget/ladder.ts';
import { pullWithinBudget } from '../src/steps/pull-within-budget.ts';
import { surveyRecords } from '../src/steps/survey.ts';
import { defineJob } from './job.ts';

export const pullChangesJob = defineJob({
  name: 'pull-changes',
  summary: 'Fetch what changed in one CRM, note it, once a day list everything there, and ring for planning.',

  async run({ system }, works) {
    const { standing } = await pullWithinBudget(system, works);
    // In this lane, not beside it: what the survey sees is later than the pull, and must not make a page of the pull look late.
    if (mayGo('survey', standing)) await surveyRecords(system, works.surveyEveryMs, works);
    await works.ledger.wakeClocks(works.clock.now()); // after the pull: no lapse on stale evidence (law R19)
    await works.bell.ring({ job: 'plan-batch' });
  },
});
