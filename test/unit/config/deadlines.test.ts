import { describe, expect, test } from 'vitest';
import { defaults, edited, faultsOf, type Replacement } from './written.ts';

const CONVERT = /starts: \{ deal: waiting \}\n {4}ends: \{ converted: true \}/u;

/** The shipped deadline `convert` with another start and another end. */
function written(starts: string, ends: string): Replacement {
  return ['agreement.yaml', CONVERT, `starts: { ${starts} }\n    ends: { ${ends} }`];
}

function deadlineOf(starts: string, ends: string) {
  return edited(written(starts, ends)).policy.agreement.deadlines.find(({ name }) => name === 'convert');
}

test('the shipped agreement asks for a deal or a meeting once somebody is an SQL', () => {
  expect(defaults().policy.agreement.deadlines.slice(2)).toEqual([
    {
      name: 'deal-set-up',
      department: 'sales',
      who: 'owner',
      starts: { entered: 'SQL' },
      ends: {
        any: [
          { deal: 'open', with: [] },
          { meeting: 'booked', by: 'owner' },
        ],
      },
      within: { amount: 5, unit: 'business days' },
      lapse: { task: 'normal' },
    },
  ]);
});

describe('a deadline', () => {
  test.each<[string, object]>([
    ['handed-off: inside-sales', { handedOff: 'inside-sales' }],
    ['criteria-met: MQL', { criteriaMet: 'MQL' }],
    ['entered: SQL', { entered: 'SQL' }],
    ['entered: MQL', { entered: 'MQL', team: 'inside-sales' }],
    ['met: first-contact', { met: 'first-contact', team: 'inside-sales' }],
  ])('starts with %s', (starts, meant) => {
    const ends = starts.startsWith('criteria-met') ? 'handed-off: inside-sales' : 'entered: opportunity';
    expect(deadlineOf(starts, ends)?.starts).toEqual(meant);
  });

  test.each<[string, object]>([
    ['entered: opportunity', { entered: 'opportunity' }],
    ['handed-off: inside-sales', { handedOff: 'inside-sales' }],
    ['deal: won', { deal: 'won', with: [] }],
    ['deal: open, with: [amount, close-date]', { deal: 'open', with: ['amount', 'close-date'] }],
    ['meeting: booked, by: owner', { meeting: 'booked', by: 'owner' }],
    ['meeting: booked, by: inside-sales', { meeting: 'booked', by: 'inside-sales' }],
    [
      'any: [{ deal: open }, { contact: [call], by: owner }]',
      {
        any: [
          { deal: 'open', with: [] },
          { contact: ['call'], by: 'owner' },
        ],
      },
    ],
  ])('ends with %s', (ends, meant) => {
    expect(deadlineOf('entered: SQL', ends)?.ends).toEqual(meant);
  });

  test('by the team goes by the team of the deadline before it', () => {
    expect(deadlineOf('met: first-contact', 'contact: [meeting], by: team')?.ends).toEqual({
      contact: ['meeting'],
      by: 'team',
    });
  });
});

test('a deadline that says neither who owes it nor what comes of it is owed by the owner, with one Task', () => {
  const rule = [
    'agreement.yaml',
    'deadlines:',
    `deadlines:\n  hand-over:\n    department: marketing\n    starts: { criteria-met: MQL }\n    ends: { handed-off: inside-sales }\n    within: 24 hours`,
  ] as const;
  expect(edited(rule).policy.agreement.deadlines[0]).toEqual({
    name: 'hand-over',
    department: 'marketing',
    who: 'owner',
    starts: { criteriaMet: 'MQL' },
    ends: { handedOff: 'inside-sales' },
    within: { amount: 24, unit: 'hours' },
    lapse: { task: 'normal' },
  });
});

describe('a deadline that nobody could keep or break', () => {
  test.each<[string, string, string, string]>([
    [
      'from criteria that there are none of',
      'criteria-met: SQL',
      'handed-off: inside-sales',
      'SQL has no criteria ("when"), so nobody would ever meet them',
    ],
    [
      'of marketing to what only sales could do',
      'criteria-met: MQL',
      'contact: [call], by: owner',
      'Until the hand-off nobody in sales has this person',
    ],
    [
      'after no other',
      'met: first-contract',
      'entered: SQL',
      'There is no deadline "first-contract". Did you mean `first-contact`?',
    ],
    ['after itself', 'met: convert', 'entered: SQL', 'none of them would ever start: convert → convert.'],
    [
      'from a stage that is none',
      'entered: SQLL',
      'deal: open',
      '"entered" must be one of MQL, SAL, SQL, opportunity, customer. Did you mean `SQL`?',
    ],
    [
      'to a stage beside the funnel',
      'entered: SQL',
      'entered: recycled',
      '"stages" has no recycled, so nobody would ever get there. Add "recycled: { reasons: { … } }".',
    ],
    ['to a team that is none', 'entered: SQL', 'handed-off: outside-sales', 'owners.yaml has no team "outside-sales".'],
    [
      'to a meeting of a team that is none',
      'entered: SQL',
      'meeting: booked, by: field-sales',
      'owners.yaml has no team "field-sales".',
    ],
    [
      'to where it starts',
      'entered: SQL',
      'entered: SQL',
      'Whoever has this deadline is SQL already, so SQL does not come after its start.',
    ],
    ['to a stage before its start', 'entered: SQL', 'entered: MQL', 'so MQL does not come after its start.'],
    [
      'to the stage of its hand-off',
      'handed-off: inside-sales',
      'entered: MQL',
      'Whoever has this deadline is MQL already',
    ],
    [
      'to the stage of the hand-off before it',
      'met: first-contact',
      'entered: MQL',
      'Whoever has this deadline is MQL already',
    ],
    [
      'to the hand-off of its start',
      'handed-off: inside-sales',
      'handed-off: inside-sales',
      'has been handed to inside-sales already',
    ],
    [
      'to what is no end in one of several',
      'entered: SQL',
      'any: [{ deal: open }, { entered: SAL }]',
      'so SAL does not come after its start.',
    ],
    [
      'to two things at once',
      'entered: SQL',
      'deal: open, entered: customer',
      'or any of several. Here: entered and deal.',
    ],
    [
      'to several and one more',
      'entered: SQL',
      'any: [{ deal: open }, { deal: won }], entered: customer',
      'Beside "any" nothing else can stand',
    ],
    ['to one of one', 'entered: SQL', 'any: [{ deal: open }]', 'must name two ends at least.'],
    ['to what is filled in nowhere', 'entered: SQL', 'entered: customer, with: [amount]', 'so it belongs to "deal"'],
    [
      'to a meeting of nobody',
      'entered: SQL',
      'meeting: booked',
      'A deadline that ends with a meeting says whose counts',
    ],
    [
      'to a stage by somebody',
      'entered: SQL',
      'entered: customer, by: owner',
      'That counts whoever does it. Remove "by".',
    ],
    [
      'to contact of a team by name',
      'handed-off: inside-sales',
      'contact: [call], by: inside-sales',
      '"by" of a contact must be one of team, owner',
    ],
    [
      'to contact of a team that has received nobody',
      'entered: SQL',
      'contact: [call], by: team',
      'no team has received the person, so "team" is nobody.',
    ],
    [
      'of a waiting deal that a stage would end',
      'deal: waiting',
      'entered: customer',
      'A deal waits until its person is no Lead any more',
    ],
  ])('%s', (_, starts, ends, fault) => {
    expect(faultsOf(written(starts, ends)).join('\n')).toContain(fault);
  });

  test('a stage that the agreement leaves out', () => {
    const gone: Replacement = ['agreement.yaml', '  SAL: { department: sales }\n', ''];
    expect(faultsOf(gone, written('entered: SAL', 'deal: open')).join('\n')).toContain('"stages" has no SAL');
  });

  test('two that wait for each other are told once each, with the way round', () => {
    const round: Replacement = ['agreement.yaml', 'starts: { handed-off: inside-sales }', 'starts: { met: convert }'];
    const faults = faultsOf(round, written('met: first-contact', 'entered: opportunity')).join('\n');
    expect(faults).toContain('first-contact → convert → first-contact');
    expect(faults).toContain('convert → first-contact → convert');
  });
});
