import { describe, expect, test } from 'vitest';
import { checkPolicyAgainst } from '../../../src/domain/check-policy.ts';
import type { FieldSchema, ObjectSchema } from '../../../src/domain/people/record.ts';
import { edited, faultsOf } from './written.ts';

/** The job title's line, written in another way. */
const TITLE =
  '{ hubspot: jobtitle, salesforce: Title, policy: two-way, first: salesforce, conflict: salesforce, clears: keep }';
const DEFAULT = '  conflict-default: { after: 16 business hours, to: salesforce }\n';
const titleAs = (line: string) => ['contact.yaml', TITLE, `{ hubspot: jobtitle, salesforce: Title, ${line} }`] as const;
const title = (line: string) => edited(titleAs(line)).policy.person.fields.find(({ name }) => name === 'jobtitle');

describe('a field that is copied once', () => {
  test('leaves apart what differs when the two meet, unless the line names a winner', () => {
    expect(title('policy: once')).toMatchObject({ policy: 'once', first: 'keep', clears: 'keep' });
    expect(title('policy: once, first: hubspot')).toMatchObject({ first: 'hubspot' });
  });

  test('has nothing to settle later', () => {
    expect(faultsOf(titleAs('policy: once, conflict: newest'))).toContainEqual(
      expect.stringContaining('A once field is copied once and not looked at again, so nothing can conflict'),
    );
  });
});

describe('a consent', () => {
  test('is a yes or a no, and needs no word about who wins', () => {
    expect(title('policy: stricter')).toMatchObject({ policy: 'stricter', kind: 'boolean' });
  });

  test.each([
    ['policy: stricter, conflict: hubspot', 'goes by the stricter value, whoever entered it'],
    ['policy: stricter, first: hubspot', '"first" has nothing to settle'],
    ['policy: stricter, as: text', 'policy: stricter is for yes/no fields'],
    ['policy: stricter, clears: follow', 'never lifts an opt-out, and emptying a field would'],
  ])('%s is refused', (line, fault) => {
    expect(faultsOf(titleAs(line))).toContainEqual(expect.stringContaining(fault));
  });

  test('is nothing for an amount', () => {
    const amount = [
      'deal.yaml',
      'amount: { policy: two-way, conflict: salesforce, first: salesforce',
      'amount: { policy: stricter',
    ] as const;
    expect(faultsOf(amount)).toContainEqual(expect.stringContaining('"policy" must be one of'));
  });
});

describe('the default of a conflict', () => {
  test('goes to the fields of its file that ask, and to no other', () => {
    const { fields } = edited().policy.person;
    const late = { after: { amount: 16, unit: 'business hours' }, to: 'salesforce' };
    expect(fields.map(({ name, conflictDefault }) => [name, conflictDefault])).toEqual(
      fields.map(({ name }) => [name, name === 'email' ? late : undefined]),
    );
  });

  test('left out means that a conflict waits for a person', () => {
    const { fields } = edited(['contact.yaml', DEFAULT, '']).policy.person;
    expect(fields.every(({ conflictDefault }) => conflictDefault === undefined)).toBe(true);
  });

  test('may stand in deal.yaml, for stage, amount and close date too', () => {
    const { deal } = edited([
      'deal.yaml',
      '  stage: { policy: two-way, conflict: salesforce,',
      '  conflict-default: { after: 1 business day, to: newest }\n  stage: { policy: two-way, conflict: ask,',
    ]).policy;
    expect(deal.stage.conflictDefault).toEqual({ after: { amount: 1, unit: 'business days' }, to: 'newest' });
    expect(deal.amount?.conflictDefault).toBeUndefined();
  });

  test.each([
    ['{ after: 16 business hours, to: ask }', '"to" must be one of hubspot, salesforce, newest'],
    ['{ after: soon, to: salesforce }', '"after" must be a duration'],
  ])('%s is refused', (written, fault) => {
    const line = ['contact.yaml', '{ after: 16 business hours, to: salesforce }', written] as const;
    expect(faultsOf(line)).toContainEqual(expect.stringContaining(fault));
  });
});

describe('against the two systems', () => {
  const field = (name: string, type: FieldSchema['type'], writable = true): FieldSchema => ({
    name,
    label: name,
    type,
    writable,
    requiredOnCreate: false,
    unique: false,
  });
  const schemas = (hubspot: FieldSchema, salesforce: FieldSchema): readonly ObjectSchema[] => [
    { system: 'hubspot', object: 'contacts', fields: [hubspot] },
    { system: 'salesforce', object: 'Lead', fields: [salesforce] },
  ];
  /** What is said of one line's two fields. */
  const faults = (line: string, hubspot: FieldSchema, salesforce: FieldSchema) =>
    checkPolicyAgainst(edited(titleAs(line)).policy, schemas(hubspot, salesforce))
      .map(({ message }) => message)
      .filter((message) => message.includes('`jobtitle`') || message.includes('`Title`'));

  test('an opt-out that HubSpot keeps to itself is no fault of the mapping; one that Salesforce will not take is', () => {
    const kept = field('jobtitle', 'boolean', false);
    expect(faults('policy: stricter', kept, field('Title', 'boolean'))).toEqual([]);
    expect(faults('policy: stricter', kept, field('Title', 'boolean', false))).toHaveLength(1);
  });

  test('several choices are compared as such, or the order of the choices would look like an edit', () => {
    const both = [field('jobtitle', 'multipicklist'), field('Title', 'multipicklist')] as const;
    expect(faults('policy: hubspot', ...both)).toEqual([
      '`jobtitle` takes several choices, whose order is no difference. Write as: multi.',
    ]);
    expect(faults('policy: hubspot, as: multi', ...both)).toEqual([]);
  });

  test('an instant and a day are one kind where the line says that days are compared', () => {
    const both = [field('jobtitle', 'datetime'), field('Title', 'date')] as const;
    expect(faults('policy: hubspot', ...both)).toHaveLength(1);
    expect(faults('policy: hubspot, as: date', ...both)).toEqual([]);
  });
});
