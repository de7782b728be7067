import { describe, expect, test } from 'vitest';
import { edited, faultsOf, type Replacement } from './written.ts';

const REASONS: Replacement = [
  'agreement.yaml',
  'deadlines:',
  'answers: { reject-reasons: { bad-fit: 対象外 } }\n\ndeadlines:',
];
const BACK: Replacement = [
  'agreement.yaml',
  '  shown-as:',
  '  recycled: { reasons: { timing: 時期が先 } }\n  disqualified: { reasons: { competitor: 競合 } }\n  shown-as:',
];
const SAL: Replacement = [
  'agreement.yaml',
  'SAL: { department: sales }',
  'SAL: { department: sales, when: { answer: accepted } }',
];

/** The deadline `answer`, with these lines beside what it starts with. */
function asking(...lines: readonly string[]): Replacement {
  const head = ['answer:', '  department: sales', '  who: owner', '  starts: { handed-off: inside-sales }'];
  const text = [...head, '  within: 1 business day', ...lines.map((line) => `  ${line}`)].map((line) => `  ${line}`);
  return ['agreement.yaml', 'deadlines:', `deadlines:\n${text.join('\n')}`];
}
const ANSWER = asking('ends: { answer: any }', 'otherwise: accepted');

const agreementOf = (...edits: readonly Replacement[]) => edited(...edits).policy.agreement;

describe('an agreement may ask sales for an answer', () => {
  test('to a hand-off: SAL is whom it accepted, and silence until the deadline counts as that', () => {
    const { stages, deadlines, reasons } = agreementOf(REASONS, BACK, SAL, ANSWER);
    expect(stages.find(({ stage }) => stage === 'SAL')?.when).toEqual({ answer: 'accepted' });
    expect(deadlines.find(({ name }) => name === 'answer')).toMatchObject({
      ends: { answer: 'any' },
      within: { amount: 1, unit: 'business days' },
      lapse: { task: 'none' },
      otherwise: 'accepted',
    });
    expect(reasons?.recycled).toEqual({ timing: '時期が先' });
  });

  test('and remind of it as of any other promise, where silence means nothing', () => {
    const rule = agreementOf(REASONS, asking('ends: { answer: any }', 'lapse: { task: normal }'));
    expect(rule.deadlines.find(({ name }) => name === 'answer')).not.toHaveProperty('otherwise');
  });

  test('and let a deadline end where the person is given back', () => {
    const ends = asking(
      'ends: { any: [{ entered: SQL }, { entered: recycled }, { entered: disqualified }] }',
      'lapse: { task: normal }',
    );
    expect(agreementOf(BACK, ends).deadlines.find(({ name }) => name === 'answer')?.ends).toEqual({
      any: [{ entered: 'SQL' }, { entered: 'recycled' }, { entered: 'disqualified' }],
    });
  });

  test('and say that customers go through it once more, and what a move by hand is worth', () => {
    const agreement = agreementOf([
      'agreement.yaml',
      'customer: { department: sales, when: { deal: won } }',
      'customer: { department: sales, when: { deal: won }, second-pass: true }\n  manual-edits: flag',
    ]);
    expect(agreement.stages.at(-1)).toMatchObject({ stage: 'customer', secondPass: true });
    expect(agreement.manualEdits).toBe('flag');
  });
});

describe('what cannot be meant is refused', () => {
  test.each<[string, readonly Replacement[], string]>([
    ['an answer that nobody can refuse', [SAL], 'Nobody is asked to answer: the agreement names no reasons to reject.'],
    ['a deadline for it, too', [ANSWER, SAL], 'Nobody is asked to answer'],
    [
      'silence that leads nowhere',
      [REASONS, ANSWER],
      'Silence is to count as accepted, but no stage is entered by that.',
    ],
    [
      'silence that means two things',
      [REASONS, SAL, asking('ends: { answer: any }', 'otherwise: accepted', 'lapse: { task: normal }')],
      'Silence counts as accepted ("otherwise"), so nothing is left to remind anybody of.',
    ],
    [
      'silence where something else is promised',
      [REASONS, SAL, asking('ends: { contact: [call], by: team }', 'otherwise: accepted')],
      '"otherwise: accepted" says what silence means, so this deadline ends with { answer: any } alone.',
    ],
    [
      'an answer to what was answered before',
      [
        REASONS,
        [
          'agreement.yaml',
          'starts: { entered: SQL }\n    ends: { any: [{ deal: open }, { meeting: booked, by: owner }] }',
          'starts: { entered: SQL }\n    ends: { answer: any }',
        ],
      ],
      'Whoever has this deadline is SQL already, so sales has answered.',
    ],
    [
      'a rejection as a criterion',
      [
        REASONS,
        ['agreement.yaml', 'SAL: { department: sales }', 'SAL: { department: sales, when: { answer: rejected } }'],
      ],
      'must be accepted',
    ],
    [
      'a second pass of somebody else',
      [['agreement.yaml', 'SQL: { department: sales }', 'SQL: { department: sales, second-pass: true }']],
      '"second-pass" is not known here',
    ],
    [
      'a status of no stage',
      [
        [
          'agreement.yaml',
          '    reset_lifecycle: false',
          '    reset_lifecycle: false\n    salesforce.Lead.Status: { MQl: 未対応 }',
        ],
      ],
      '"MQl" is no stage. Did you mean `MQL`?',
    ],
  ])('%s', (_, edits, fault) => {
    expect(faultsOf(...edits).join('\n')).toContain(fault);
  });
});
