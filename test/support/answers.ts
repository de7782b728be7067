import type { Agreement, DeadlineRule } from '../../src/domain/agreement/agreement.ts';
import type { PersonFacts } from '../../src/domain/people/person.ts';
import type { Sighting } from '../../src/domain/people/record.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Instant, Values } from '../../src/domain/values/value.ts';
import { AGREEMENT, aContact, agreedOtherwise, aLead, aPerson, GO_LIVE, LEAD_ID, tokyo } from './people.ts';
import { edited, plan, quiet } from './settle.ts';

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

const ANSWER_DEADLINE: DeadlineRule = {
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

export const BORN = { createdAt: GO_LIVE + 1 };
/** A Friday; the answer is due on Tuesday at 18:00, for Monday is a holiday. */
export const HANDED_OVER = tokyo('2026-11-20 11:00');
export const ANSWERED_AT = tokyo('2026-11-20 15:00');
export const LATER = tokyo('2026-11-25 10:00');
export const ASKING = agreedOtherwise(ANSWERED);

/** An MQL with ninety points, in both systems and handed over. */
export function anMql(agreed: Policy = ASKING, score = 90): PersonFacts {
  const contact = aContact({ ...UNTOLD, hubspotscore: score }, BORN);
  return quiet(aPerson([contact, aLead(UNSAID, BORN)]), { policy: agreed, ...allRead(HANDED_OVER) });
}

export function allRead(now: Instant) {
  return { now, coveredUntil: now };
}

/** Sales says so on the Lead; what comes of it, and how things stand when it has come to rest. */
export function says(facts: PersonFacts, values: Values, when: Instant, agreed: Policy = ASKING) {
  const said = edited(facts, LEAD_ID, values, when);
  const context = { policy: agreed, ...allRead(when) };
  return { made: plan(said, context), after: quiet(said, context) };
}

/** A deal as HubSpot has it. */
export function aDealSighting(id: string, values: Values): Sighting {
  const record = { system: 'hubspot', object: 'deals', id } as const;
  return { record, values, ...BORN, modifiedAt: GO_LIVE + 1, seenAt: GO_LIVE + 1, deleted: false };
}

export const told = (facts: PersonFacts) => facts.stages.map(({ stage, pass }) => `${stage} ${pass}`);
export const onLead = (facts: PersonFacts) => facts.sightings.find(({ record }) => record.object === 'Lead')!.values;
export const onContact = (facts: PersonFacts) =>
  facts.sightings.find(({ record }) => record.object === 'contacts')!.values;
export const clockOf = (facts: PersonFacts, kind: string) => facts.clocks.filter((clock) => clock.kind === kind);
export const REJECTED = { Tasuki_Answer__c: 'rejected', Tasuki_Reject_Reason__c: 'bad-fit' };
