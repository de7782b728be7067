import { expect, test } from 'vitest';
import { fieldsToRead } from '../../../src/steps/fields.ts';
import { wantedFields } from '../../../src/steps/set-up.ts';
import { AGREEMENT, agreedOtherwise, aPolicy } from '../../support/people.ts';

const BRIEF = 'Tasuki_Brief__c';
const briefed = agreedOtherwise({
  stages: AGREEMENT.stages.map((rule) => ({ ...rule, handOff: { to: 'inside-sales', brief: true } })),
});

test('the field of the brief is made and read where the agreement asks for briefs, and nowhere else', () => {
  expect(wantedFields(briefed).filter((field) => field.endsWith(BRIEF))).toEqual([`Lead.${BRIEF}`, `Contact.${BRIEF}`]);
  expect(fieldsToRead(briefed, 'salesforce', 'Lead')).toContain(BRIEF);
  expect(wantedFields(aPolicy()).join(' ')).not.toContain(BRIEF);
  expect(fieldsToRead(aPolicy(), 'salesforce', 'Contact')).not.toContain(BRIEF);
});

test('whom an obligation has climbed to is read while one may run that climbs, also where the agreement in force knows none', () => {
  const { agreement } = aPolicy();
  const [deadline] = agreement.deadlines;
  const escalate = [{ after: { amount: 1, unit: 'business days' }, to: 'manager' }] as const;
  const climbing = { ...agreement, deadlines: [{ ...deadline!, lapse: { task: 'urgent', escalate } as const }] };
  expect(fieldsToRead(aPolicy(), 'salesforce', 'Lead')).not.toContain('Tasuki_Escalation__c');
  expect(fieldsToRead({ ...aPolicy(), earlier: [climbing] }, 'salesforce', 'Lead')).toContain('Tasuki_Escalation__c');
});
