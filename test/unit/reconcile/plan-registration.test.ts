import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../src/domain/agreement/agreement.ts';
import type { StageEntry } from '../../../src/domain/people/person.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import { aContact, agreedOtherwise, aLead, aPerson, aStageEntry, GO_LIVE, LEAD_ID, NOW } from '../../support/people.ts';
import { plan } from '../../support/settle.ts';

const RULES: Partial<Agreement> = {
  registration: { required: { MQL: ['person.phone', 'salesforce.Industry'], SQL: ['person.jobtitle'] } },
};
const policy = agreedOtherwise(RULES);
const BARE: Values = { Phone: null, Industry: null, Title: null };
const standing = (stage: StageEntry['stage'], by: StageEntry['by']) => [
  aStageEntry(),
  aStageEntry({ stage, by, at: GO_LIVE }),
];

/** What is missing of somebody in this stage, and on whose record it is said. */
function missing(
  stages: readonly StageEntry[],
  lead: Values = BARE,
  contact: Values = { phone: null, jobtitle: null },
) {
  const made = plan(aPerson([aContact(contact), aLead(lead)], { stages }), { policy });
  return made.openFindings
    .filter(({ code }) => code === 'REGISTRATION_INCOMPLETE')
    .map(({ subject, detail }) => `${subject}: ${detail['fields']}`);
}

describe('fields that are to be filled in by a stage', () => {
  test('are told while they are empty, on the record of sales', () => {
    expect(missing(standing('MQL', 'rule'))).toEqual([
      `salesforce:Lead:${LEAD_ID} MQL: person.phone, salesforce.Industry`,
    ]);
    expect(missing(standing('MQL', 'rule'), { ...BARE, Industry: '製造' })).toEqual([
      `salesforce:Lead:${LEAD_ID} MQL: person.phone`,
    ]);
  });

  test('are asked of a skipped stage, too', () => {
    expect(missing(standing('SQL', 'manual'))).toHaveLength(2);
  });

  test.each<[string, readonly StageEntry[], Values]>([
    ['of whoever has not come so far', [aStageEntry({ by: 'rule' })], BARE],
    ['of whoever was there before the go-live line', standing('MQL', 'history'), BARE],
    ['where they are filled in', standing('MQL', 'rule'), { Phone: '03-1234-5678', Industry: '製造' }],
  ])('are not asked %s', (_, stages, lead) => {
    expect(missing(stages, lead)).toEqual([]);
  });

  test('a field that was never read is not called empty', () => {
    const { Industry: _, ...values } = aLead({ Phone: '03-1234-5678' }).values;
    const facts = aPerson([aContact(), { ...aLead(), values }], { stages: standing('MQL', 'rule') });
    expect(plan(facts, { policy }).openFindings).toEqual([]);
  });

  test('close by themselves once they are filled in', () => {
    const told = {
      code: 'REGISTRATION_INCOMPLETE' as const,
      subject: `salesforce:Lead:${LEAD_ID} MQL`,
      entity: 'hubspot-501',
      detail: { stage: 'MQL', fields: 'person.phone' },
      openedAt: NOW - 1,
    };
    const facts = (lead: Values) =>
      aPerson([aContact(lead), aLead()], { stages: standing('MQL', 'rule'), findings: [told] });
    expect(plan(facts({}), { policy }).closeFindings).toContainEqual({ code: told.code, subject: told.subject });
  });
});
