import type { Agreement } from '../../src/domain/agreement/agreement.ts';
import type { Activity } from '../../src/domain/people/activity.ts';
import type { PersonFacts } from '../../src/domain/people/person.ts';
import { viewOf } from '../../src/reconcile/context.ts';
import { planClocks } from '../../src/reconcile/plan-clocks.ts';
import { planStage } from '../../src/reconcile/plan-stage.ts';
import { ACTIONS, aForm, aPageView, days } from '../support/actions.ts';
import { AGREEMENT, aContact, aContext, agreedOtherwise, aLead, aPerson, aStageEntry, NOW } from '../support/people.ts';

const DAY = 86_400_000;
const KINDS = 20;

/** Two rules with a period and a half-life, attributes, three criteria that count, BANT, and one that time may meet. */
const COUNTING: Partial<Agreement> = {
  actions: ACTIONS,
  score: {
    behaviour: [
      { action: 'download', points: 15, atMost: 45, within: days(90) },
      { action: 'pricing-view', points: 10, atMost: 20, within: days(30), halvesEvery: days(10) },
    ],
    attribute: AGREEMENT.score.attribute,
  },
  bant: {
    budget: { salesforce: 'Budget__c' },
    authority: { salesforce: 'Authority__c' },
    need: { salesforce: 'Need__c' },
    timeline: { salesforce: 'Timeline__c' },
  },
  stages: [
    {
      ...AGREEMENT.stages[0]!,
      when: {
        all: [
          { score: 'total', test: { atLeast: 60 } },
          { action: 'download', within: days(90), test: { atLeast: 3 } },
          { not: { action: 'pricing-view', within: days(30), test: { atLeast: 9 } } },
        ],
      },
    },
    {
      stage: 'SQL',
      department: 'sales',
      when: {
        all: [
          { bant: 'confirmed', test: { atLeast: 2 } },
          { field: 'person.jobtitle', test: { blank: false } },
        ],
      },
    },
  ],
};

export type JudgingReport = {
  readonly people: number;
  readonly deeds: number;
  readonly entered: number;
  readonly cpuSeconds: number;
};

/** Score, criteria, stages and clocks of so many people with ten deeds each, and nothing else of their plans. Making them is not counted. */
export function benchJudging(people: number): JudgingReport {
  const context = aContext({ policy: agreedOtherwise(COUNTING) });
  const kinds = Array.from({ length: KINDS }, (_, nth) => someone(nth));
  const before = process.cpuUsage();
  let deeds = 0;
  let entered = 0;
  for (let nth = 0; nth < people; nth += 1) {
    const facts = kinds[nth % KINDS]!;
    const view = viewOf(facts);
    const stages = planStage(view, context);
    planClocks(view, stages, context);
    deeds += facts.activities.length;
    entered += stages.entered.length;
  }
  const { user, system } = process.cpuUsage(before);
  return { people, deeds, entered, cpuSeconds: Math.round((user + system) / 10_000) / 100 };
}

/** The report as one line. */
export function judgingText({ people, deeds, entered, cpuSeconds }: JudgingReport): string {
  return `judged ${people} people with ${deeds} deeds, ${entered} stages entered: ${cpuSeconds} s of one core\n`;
}

function someone(nth: number): PersonFacts {
  const activities = Array.from({ length: 10 }, (_, deed): Activity => {
    const at = NOW - (1 + ((nth * 7 + deed * 13) % 120)) * DAY - deed;
    return deed % 3 === 0
      ? aForm(at)
      : aPageView(at, `https://www.example.co.jp/${deed % 2 === 0 ? 'pricing' : 'blog'}`);
  }).toSorted((one, other) => one.at - other.at);
  const bant = { Budget__c: nth % 2 === 0 ? '確認済み' : null, Authority__c: null, Need__c: null, Timeline__c: null };
  const contact = aContact({ hs_analytics_last_url: null, jobtitle: nth % 3 === 0 ? '部長' : '担当' });
  return aPerson([contact, aLead(bant)], { activities, stages: [aStageEntry()] });
}
