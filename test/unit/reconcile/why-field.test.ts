import { describe, expect, test } from 'vitest';
import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { Finding, PersonFacts } from '../../../src/domain/people/person.ts';
import { because, WHY_NOT_CODES, type WhyNotCode } from '../../../src/domain/people/why-not.ts';
import { whyNotText } from '../../../src/domain/texts/why-not.ts';
import type { Value } from '../../../src/domain/values/value.ts';
import { indexSchemas, type PlanContext } from '../../../src/reconcile/context.ts';
import { findField } from '../../../src/reconcile/find-field.ts';
import { storyOf, whyNot } from '../../../src/reconcile/why-field.ts';
import {
  aChange,
  aContact,
  aContext,
  aLead,
  aPerson,
  aPolicy,
  CONTACT_ID,
  LEAD_ID,
  mappedOtherwise,
  NOW,
  PERSON_MAPPING,
} from '../../support/people.ts';
import { edited, quiet } from '../../support/settle.ts';

const LATER = NOW + 60_000;
const rested = () => quiet(aPerson([aContact({ hubspot_owner_id: '71' }), aLead()]));
const typed = (values: Readonly<Record<string, Value>>) => edited(rested(), CONTACT_ID, values, LATER);

function fieldNamed(word: string, context: PlanContext = aContext()) {
  const found = findField(word, 'person', context);
  if (found.kind === 'unknown') throw new Error(`there is no field ${word}`);
  return found.field;
}
function why(word: string, facts: PersonFacts, context: Partial<PlanContext> = {}): WhyNotCode {
  const given = aContext(context);
  return whyNot(fieldNamed(word, given), facts, given).code;
}

const write = (rest: Partial<TrackedChange>) =>
  aChange({
    steps: [[{ field: 'Title', before: '課長', after: '部長', reason: { code: 'copied', detail: {} } }]],
    ...rest,
  });
const withChange = (rest: Partial<TrackedChange>): PersonFacts => ({
  ...typed({ jobtitle: '部長' }),
  open: [write(rest)],
});
const withFinding = (code: Finding['code'], subject: string, detail: Finding['detail'] = {}): PersonFacts => ({
  ...typed({ jobtitle: '部長' }),
  findings: [{ code, subject, detail }],
});
/** The answer, the word that was asked for, and what is known; the context where it is not the usual one. */
type Row = readonly [code: WhyNotCode, word: string, facts: () => PersonFacts, context?: Partial<PlanContext>];

const ON_LEAD = `salesforce:Lead:${LEAD_ID}`;
const WANTED = { wanted: '{"Title":"部長"}' };

describe('why a field is not written', () => {
  const rows: readonly Row[] = [
    ['in-step', 'jobtitle', rested],
    ['next-plan', 'jobtitle', () => typed({ jobtitle: '部長' })],
    ['on-its-way', 'jobtitle', () => withChange({ state: 'approved' })],
    ['on-its-way', 'jobtitle', () => withChange({ state: 'acknowledged' })],
    ['unsure', 'jobtitle', () => withChange({ state: 'unsure' })],
    ['waits-approval', 'jobtitle', () => withChange({ state: 'planned', held: 'breaker' })],
    ['waits-rollout', 'jobtitle', () => withChange({ state: 'planned', held: 'rollout' })],
    ['paused', 'jobtitle', () => withChange({ state: 'parked' })],
    ['parked', 'jobtitle', () => withChange({ state: 'parked', restsUntil: LATER })],
    ['refused', 'jobtitle', () => withFinding('WRITE_REFUSED', ON_LEAD, { ...WANTED, fields: 'Title' })],
    ['refused', 'jobtitle', () => withFinding('WRITE_REFUSED', ON_LEAD, { ...WANTED, fields: '' })],
    [
      'next-plan',
      'jobtitle',
      () => withFinding('WRITE_REFUSED', ON_LEAD, { wanted: '{"Title":"部長","Phone":"1"}', fields: 'Phone' }),
    ],
    ['rejected', 'jobtitle', () => withFinding('PLAN_REJECTED', ON_LEAD, WANTED)],
    ['undone', 'jobtitle', () => withFinding('WRITE_UNDONE', ON_LEAD, WANTED)],
    [
      'ahead',
      'lifecyclestage',
      () => withFinding('LIFECYCLE_AHEAD', `hubspot:contacts:${CONTACT_ID} lifecyclestage`, { stage: 'MQL' }),
    ],
    ['frozen', 'jobtitle', () => withFinding('FIELD_FROZEN', `${ON_LEAD} Title`)],
    ['conflict', 'jobtitle', () => edited(typed({ jobtitle: '部長' }), LEAD_ID, { Title: '室長' }, LATER)],
    ['too-long', 'jobtitle', () => typed({ jobtitle: '長'.repeat(129) })],
    ['unmapped-value', 'industry', () => typed({ industry: 'SPACE' })],
    ['not-accepted', 'industry', () => typed({ industry: 'FINANCE' }), { schemas: industryOf({ restricted: true }) }],
    ['no-right', 'industry', () => typed({ industry: 'FINANCE' }), { schemas: industryOf({ writable: false }) }],
    ['out-of-scope', 'jobtitle', () => typed({ jobtitle: '部長' }), { policy: scoped('田中') }],
    ['one-side-only', 'jobtitle', () => aPerson([aContact()])],
    [
      'look-alikes',
      'jobtitle',
      () => aPerson([aContact()], { rivals: [{ system: 'salesforce', object: 'Lead', id: '00Q2' }] }),
    ],
    ['not-read', 'jobtitle', () => aPerson([aContact(), withoutTitle()])],
    ['not-carried', 'company', () => aPerson([aContact(), aContactOfSales()])],
    ['person-account', 'jobtitle', () => aPerson([aContact(), aContactOfSales({ IsPersonAccount: true })])],
    ['not-mapped', 'Rating', rested, { schemas: withRating() }],
    [
      'one-way',
      'phone',
      () => aPerson([aContact({ phone: null }), aLead()]),
      { policy: mappedOtherwise('phone', { policy: 'hubspot' }) },
    ],
    ['fill-blank', 'company', () => typed({ company: '有限会社べつ' })],
    ['once', 'phone', () => typed({ phone: '090-1' }), { policy: mappedOtherwise('phone', { policy: 'once' }) }],
    ['clears-keep', 'phone', () => typed({ phone: null })],
    ['apart', 'jobtitle', apart],
    ['in-step', 'stage', rested],
    ['next-plan', 'stage', () => edited(rested(), LEAD_ID, { Tasuki_Stage__c: 'MQL' }, LATER)],
  ];

  test.each(rows.map(([code, word, facts, context = {}]) => [code, word, facts, context] as const))(
    '%s: %s',
    (code, word, facts, context) => {
      expect(why(word, facts(), context)).toBe(code);
    },
  );

  test.each(WHY_NOT_CODES)('%s is said in both languages, also where nothing more is known', (code) => {
    const said = (['ja', 'en'] as const).map((locale) => whyNotText(because(code), locale));
    expect(said.filter((text) => text.length > 4 && !/undefined|null/u.test(text))).toHaveLength(2);
  });
});

describe('a field is found', () => {
  test.each([
    ['by its name in HubSpot', 'jobtitle', 'jobtitle'],
    ['by its name in Salesforce', 'Title', 'jobtitle'],
    ['with its record in front, whatever the case', 'lead.TITLE', 'jobtitle'],
    ['by its label', '業種', 'industry'],
    ['by what decides it', 'deadline', 'Tasuki_Next_Due__c'],
  ])('%s', (_, word, name) => {
    expect(fieldNamed(word, aContext({ schemas: industryOf({}) })).name).toBe(name);
  });

  test('or else the nearest name is offered', () => {
    expect(findField('jobtitel', 'person', aContext())).toEqual({ kind: 'unknown', near: ['jobtitle'] });
    expect(findField('xyzzy', 'person', aContext())).toMatchObject({
      kind: 'unknown',
      near: expect.arrayContaining(['jobtitle', 'tasuki_stage']),
    });
  });
});

describe('the story of a field', () => {
  test('has both sides, the base, and the newest write with its reason', () => {
    const facts = typed({ jobtitle: '部長' });
    const changes = [
      write({ id: 'c1', state: 'superseded' }),
      write({ id: 'c2', state: 'confirmed', confirmedAt: LATER }),
    ];
    const story = storyOf(fieldNamed('Title'), facts, changes, aContext());
    expect(story).toMatchObject({
      hubspot: { field: 'jobtitle', value: '部長', record: { id: CONTACT_ID } },
      salesforce: { field: 'Title', value: '課長', record: { id: LEAD_ID } },
      base: { hubspot: '課長', salesforce: '課長' },
      last: { change: { id: 'c2', confirmedAt: LATER }, write: { after: '部長' } },
    });
  });
});

function industryOf(rest: { readonly restricted?: boolean; readonly writable?: boolean }): PlanContext['schemas'] {
  const field = {
    name: 'Industry',
    label: '業種',
    type: 'picklist',
    writable: true,
    options: [{ value: '製造', label: '製造', active: true }],
    requiredOnCreate: false,
    unique: false,
    ...rest,
  } as const;
  return indexSchemas([{ system: 'salesforce', object: 'Lead', fields: [field] }]);
}

function withRating(): PlanContext['schemas'] {
  const field = {
    name: 'Rating',
    label: '評価',
    type: 'string',
    writable: true,
    requiredOnCreate: false,
    unique: false,
  } as const;
  return indexSchemas([{ system: 'salesforce', object: 'Lead', fields: [field] }]);
}

function scoped(lastname: string) {
  const scope = { field: 'hubspot.lastname', test: { containsAny: [lastname] } };
  return aPolicy({ person: { ...PERSON_MAPPING, scope } });
}

function withoutTitle() {
  const { Title: _, ...values } = aLead().values;
  return { ...aLead(), values };
}

function aContactOfSales(values: Readonly<Record<string, Value>> = {}) {
  return {
    ...aLead({ IsPersonAccount: false, ...values }),
    record: { system: 'salesforce', object: 'Contact', id: '0031' } as const,
  };
}

/** Both sides hold what their own column of the base says, and the two differ. */
function apart(): PersonFacts {
  const facts = typed({ jobtitle: '部長' });
  const bases = facts.bases.map((base) => (base.field === 'jobtitle' ? { ...base, hubspot: '部長' } : base));
  return { ...facts, bases };
}
