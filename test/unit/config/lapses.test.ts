import { describe, expect, test } from 'vitest';
import { edited, faultsOf, type Replacement } from './written.ts';

const LAPSE = 'lapse: { task: urgent } # 過ぎたら、';

/** The shipped first contact with these lines in the place of its lapse. */
function written(lines: string): Replacement {
  return ['agreement.yaml', LAPSE, `${lines} #`];
}

function firstContact(lines: string) {
  return edited(written(lines)).policy.agreement.deadlines.find(({ name }) => name === 'first-contact');
}

describe('a lapse', () => {
  test('climbs a ladder, of which each rung names a word, a role or an address', () => {
    const escalate =
      '[{ after: 1 business day, to: manager }, { after: 2 business days, to: deputy }, { after: 3 business days, to: sales-head }, { after: 4 business days, to: Boss@Example.co.jp }]';
    expect(firstContact(`lapse: { task: urgent, escalate: ${escalate}, ticked-off: ask }`)?.lapse).toEqual({
      task: 'urgent',
      escalate: [
        { after: { amount: 1, unit: 'business days' }, to: 'manager' },
        { after: { amount: 2, unit: 'business days' }, to: 'deputy' },
        { after: { amount: 3, unit: 'business days' }, to: 'sales-head' },
        { after: { amount: 4, unit: 'business days' }, to: 'boss@example.co.jp' },
      ],
      tickedOff: 'ask',
    });
    expect(firstContact('lapse: { task: normal, ticked-off: accept }')?.lapse).toEqual({ task: 'normal' });
  });

  test('may have a grace, and a reminder before it', () => {
    expect(
      firstContact('remind: 4 business hours before\n    grace: 2 hours\n    lapse: { task: urgent }'),
    ).toMatchObject({
      remind: { amount: 4, unit: 'business hours' },
      grace: { amount: 2, unit: 'hours' },
    });
  });

  test.each([
    ['an empty ladder', 'lapse: { task: urgent, escalate: [] }', 'must have one rung at least'],
    [
      'six rungs',
      `lapse: { task: urgent, escalate: [${Array.from({ length: 6 }, (_, nth) => `{ after: ${nth + 1} hours, to: manager }`).join(', ')}] }`,
      'must have at most 5 rungs',
    ],
    [
      'a rung to nobody',
      'lapse: { task: urgent, escalate: [{ after: 1 hour, to: managr }] }',
      '"managr" is neither a role of the agreement nor an e-mail address. Did you mean `manager`?',
    ],
    [
      'rungs that do not climb',
      'lapse: { task: urgent, escalate: [{ after: 2 hours, to: manager }, { after: 2 hours, to: sales-head }] }',
      'This rung comes no later than the one before it',
    ],
    ['a reminder without its "before"', 'remind: 1 business day\n    lapse: { task: urgent }', '1 business day before'],
    [
      'a reminder as long before as the deadline is',
      'remind: 3 business days before\n    lapse: { task: urgent }',
      'The reminder would come before the deadline starts',
    ],
    ['another word for a tick', 'lapse: { task: urgent, ticked-off: aks }', 'ask'],
  ])('with %s is refused', (_, lines, message) => {
    const faults = faultsOf(written(lines));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(message);
    expect(faults[0]).toMatch(/^mappings\/agreement\.yaml:\d+:\d+: /u);
  });
});

describe('the cap of Tasks', () => {
  test('is so many per day', () => {
    const policy = edited(['agreement.yaml', 'roles:', 'tasks: { at-most: 10 per day }\nroles:']).policy;
    expect(policy.agreement.tasksPerDay).toBe(10);
  });

  test.each(['0 per day', '10', '10 per week'])('is not "%s"', (text) => {
    const faults = faultsOf(['agreement.yaml', 'roles:', `tasks: { at-most: ${text} }\nroles:`]);
    expect(faults.join()).toContain('must be a number of tasks per day, such as 10 per day.');
  });
});

describe('ladder of owners.yaml', () => {
  const ladder = (text: string): Replacement => ['owners.yaml', 'teams:', `ladder: { ${text} }\nteams:`];

  test('names people above a team, by address or by role', () => {
    expect(edited(ladder('inside-sales: [Mio.Tanaka@example.co.jp, sales-head]')).policy.owners.ladder).toEqual({
      'inside-sales': ['mio.tanaka@example.co.jp', 'ken.takahashi@example.co.jp'],
    });
  });

  test.each([
    [
      'of a team that is not there',
      'inside-sale: [sales-head]',
      'There is no team "inside-sale". Did you mean `inside-sales`?',
    ],
    ['with nobody in it', 'inside-sales: []', 'must name one person at least'],
    ['that names nobody', 'inside-sales: [sales-hed]', '"sales-hed" is neither an e-mail address nor a role'],
  ])('%s is refused', (_, text, message) => {
    const faults = faultsOf(ladder(text));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(message);
  });
});
