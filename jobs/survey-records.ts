import { surveyRecords } from '../src/steps/survey.ts';
import { defineJob } from './job.ts';

export const surveyRecordsJob = defineJob({
  name: 'survey-records',
  summary: 'Once a day: list everything in one CRM and find what search cannot show; ring for planning.',

  async run({ system }, works) {
    const found = await surveyRecords(system, works.surveyEveryMs, works);
    if (found !== null && found.changed > 0) await works.bell.ring({ job: 'plan-batch' });
  },
});
