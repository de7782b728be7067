import { describe, expect, test } from 'vitest';
import type { Bant } from '../../../src/domain/agreement/agreement.ts';
import type { Condition } from '../../../src/domain/agreement/condition.ts';
import type { Activity } from '../../../src/domain/people/activity.ts';
import type { Sighting } from '../../../src/domain/people/record.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import { viewOf } from '../../../src/reconcile/context.ts';
import { judgementOf } from '../../../src/reconcile/judgement.ts';
import { ACTIONS, aForm, aPageView, days } from '../../support/actions.ts';
import {
  AGREEMENT,
  aContact,
  aContext,
  agreedOtherwise,
  aLead,
  aPerson,
  NOW,
  PERSON_MAPPING,
} from '../../support/people.ts';
import { plan } from '../../support/settle.ts';

const DAY = 86_400_000;
const NEW = { createdAt: NOW - 3_600_000 };
const SEEN: Values = { hs_analytics_last_url: null };
const stageWhen = (when: Condition) => [{ ...AGREEMENT.stages[0]!, when }];

/** What becomes of somebody new with these activities, where MQL asks for this. */
function met(when: Condition, activities: readonly Activity[], rest: Parameters<typeof plan>[1] = {}) {
  const policy = agreedOtherwise({ actions: ACTIONS, stages: stageWhen(when) });
  return plan(aPerson([aContact(SEEN, NEW)], { activities }), { policy, ...rest });
}

const entered = (made: ReturnType<typeof plan>) => made.stages.at(-1)?.stage;

describe('criteria on what a person did', () => {
  const THREE: Condition = { action: 'download', within: days(90), test: { atLeast: 3 } };
  const often = [1, 2, 3].map((day) => aForm(NOW - day * DAY));

  test('are met by so many deeds within the period, and the evidence says how many', () => {
    expect(met(THREE, often).stages.at(-1)).toMatchObject({ stage: 'MQL', evidence: { 'action.download': 3 } });
    expect(entered(met(THREE, [...often.slice(0, 2), aForm(NOW - 91 * DAY)]))).toBe('lead');
  });

  test('are unknown, not false, where forms cannot be read; and met where what can be read is enough', () => {
    const hidden = new Set(['hubspot:form-submissions']);
    const made = met(THREE, often.slice(0, 1), { hidden });
    expect(entered(made)).toBe('lead');
    expect(made.openFindings).toContainEqual(
      expect.objectContaining({ code: 'CRITERIA_UNKNOWN', detail: { stage: 'MQL', what: 'action.download' } }),
    );
    expect(entered(met(THREE, often, { hidden }))).toBe('MQL');
  });

  test('on pages are unknown of a contact whose pages the portal does not tell', () => {
    const seen: Condition = { action: 'pricing-view', test: { atMost: 0 } };
    const policy = agreedOtherwise({ actions: ACTIONS, stages: stageWhen(seen) });
    expect(entered(plan(aPerson([aContact({}, NEW)]), { policy }))).toBe('lead');
    expect(entered(met(seen, []))).toBe('MQL');
    expect(entered(met(seen, [aPageView(NOW - DAY, 'https://a.jp/pricing')]))).toBe('lead');
  });

  test('that time alone may meet have the person looked at again then', () => {
    const few: Condition = { action: 'download', within: days(90), test: { atMost: 2 } };
    expect(met(few, often).wakeAt).toBe(NOW - 3 * DAY + 90 * DAY);
    expect(met(THREE, often.slice(1)).wakeAt).toBeUndefined();
    expect(met(THREE, [...often.slice(1), aForm(NOW + 5)]).wakeAt).toBe(NOW + 5);
  });
});

describe('the score of the agreement’s own rules', () => {
  const score = { behaviour: [{ action: 'download', points: 40, within: days(90) }], attribute: [] };
  const over: Condition = { score: 'total', test: { atLeast: 80 } };
  const policy = agreedOtherwise({ actions: ACTIONS, score, stages: stageWhen(over) });
  const twice = { activities: [aForm(NOW - DAY), aForm(NOW - 2 * DAY)] };

  test('moves a person on', () => {
    expect(entered(plan(aPerson([aContact(SEEN, NEW)], twice), { policy }))).toBe('MQL');
  });

  test('that cannot be worked out is told by the action that it lacks', () => {
    const made = plan(aPerson([aContact(SEEN, NEW)], twice), { policy, hidden: new Set(['hubspot:form-submissions']) });
    expect(made.openFindings.map(({ detail }) => detail['what'])).toEqual(['action.download']);
  });
});

describe('BANT', () => {
  const bant: Bant = {
    budget: { salesforce: 'Budget__c', confirmed: ['確認済み'] },
    authority: { salesforce: 'Authority__c' },
    need: { hubspot: 'bant_need', salesforce: 'Need__c' },
    timeline: { hubspot: 'bant_timeline' },
  };
  const EMPTY: Values = { Budget__c: null, Authority__c: false, Need__c: null };
  const confirmed = (contact: Values, lead: Values) => {
    const context = aContext({ policy: agreedOtherwise({ bant }) });
    const view = viewOf(aPerson([aContact({ bant_need: null, bant_timeline: null, ...contact }), aLead(lead)]));
    return judgementOf(view, context).lookup({ bant: 'confirmed' });
  };

  test.each<[string, Values, Values, number, number]>([
    ['nothing is', {}, EMPTY, 0, 0],
    ['a box that is ticked', {}, { ...EMPTY, Authority__c: true }, 1, 1],
    ['a text', {}, { ...EMPTY, Need__c: '更新時期' }, 1, 1],
    ['only a value that confirms', {}, { ...EMPTY, Budget__c: '未確認' }, 0, 0],
    ['a value that confirms', {}, { ...EMPTY, Budget__c: '確認済み' }, 1, 1],
    ['either system', { bant_need: 'あり', bant_timeline: '今期' }, EMPTY, 2, 2],
    ['what was never read may be', {}, { Authority__c: true }, 1, 3],
  ])('is confirmed by what stands there: %s', (_, contact, lead, least, most) => {
    expect(confirmed(contact, lead)).toEqual({ least, most });
  });

  test('counts nothing for whoever has no record there', () => {
    const context = aContext({ policy: agreedOtherwise({ bant }) });
    expect(judgementOf(viewOf(aPerson([aLead(EMPTY)])), context).lookup({ bant: 'confirmed' })).toEqual({
      least: 0,
      most: 0,
    });
  });
});

describe('a field of the person, by its own name', () => {
  const fields = PERSON_MAPPING.fields.map((field) =>
    field.name === 'industry' ? { ...field, alias: 'business' } : field,
  );
  const policy = { ...agreedOtherwise({}), person: { ...PERSON_MAPPING, fields } };
  const read = (name: string, sightings: readonly Sighting[]) =>
    judgementOf(viewOf(aPerson(sightings)), aContext({ policy })).lookup({ field: `person.${name}` });
  const unread = (sighting: Sighting, field: string): Sighting => {
    const { [field]: _, ...values } = sighting.values;
    return { ...sighting, values };
  };

  test.each<[string, string, readonly Sighting[], unknown]>([
    ['HubSpot’s value', 'business', [aContact(), aLead({ Industry: '金融' })], 'MANUFACTURING'],
    [
      'Salesforce’s, in HubSpot’s words',
      'business',
      [aContact({ industry: null }), aLead({ Industry: '金融' })],
      'FINANCE',
    ],
    ['of whoever is in Salesforce alone', 'business', [aLead({ Industry: '金融' })], 'FINANCE'],
    ['by HubSpot’s name as well', 'industry', [aContact()], 'MANUFACTURING'],
    ['empty on both sides', 'phone', [aContact({ phone: null }), aLead({ Phone: null })], null],
    [
      'never read on the one, empty on the other',
      'phone',
      [unread(aContact(), 'phone'), aLead({ Phone: null })],
      undefined,
    ],
  ])('%s', (_, name, sightings, expected) => {
    expect(read(name, sightings)).toBe(expected);
  });
});
