import type { Agreement, DeadlineRule } from '../../src/domain/agreement/agreement.ts';
import type { Values } from '../../src/domain/values/value.ts';
import { AGREEMENT } from './people.ts';

/** Nothing has been said in the fields that are there for it. */
export const UNSAID: Values = {
  Tasuki_Answer__c: null,
  Tasuki_Reject_Reason__c: null,
  Tasuki_Recycle_Reason__c: null,
  Tasuki_Disqualify_Reason__c: null,
};

/** The properties in which HubSpot shows it, empty. */
export const UNTOLD: Values = {
  tasuki_answer: null,
  tasuki_reject_reason: null,
  tasuki_recycle_reason: null,
  tasuki_disqualify_reason: null,
};

const [FIRST_CONTACT] = AGREEMENT.deadlines;

export const ANSWER_DEADLINE: DeadlineRule = {
  ...FIRST_CONTACT!,
  name: 'answer',
  ends: { answer: 'any' },
  within: { amount: 1, unit: 'business days' },
  lapse: { task: 'none' },
  otherwise: 'accepted',
};

/** Sales is asked: it accepts (SAL), rejects or recycles with a reason, or disqualifies; within a business day, or it has accepted. */
export const ANSWERED: Partial<Agreement> = {
  reasons: {
    rejected: { 'bad-fit': '対象外', 'not-ready': '時期尚早' },
    recycled: { timing: '時期が先', 'no-budget': '予算なし' },
    disqualified: { competitor: '競合' },
  },
  stages: [
    ...AGREEMENT.stages,
    { stage: 'SAL', department: 'sales', when: { answer: 'accepted' } },
    { stage: 'customer', department: 'sales', when: { deal: 'won' } },
  ],
  deadlines: [...AGREEMENT.deadlines, ANSWER_DEADLINE],
};
