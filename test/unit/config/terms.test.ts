import { describe, expect, test } from 'vitest';
import { type Edit, edited, faultsOf, type Replacement } from './written.ts';

const add = (text: string): Replacement => ['agreement.yaml', 'roles:', `${text}\nroles:`];
const MQL = 'when: { score: total, at-least: 80 }';
const SQL = 'SQL: { department: sales }';
const mql = (when: string): Replacement => ['agreement.yaml', MQL, `when: ${when}`];
const sql = (when: string): Replacement => ['agreement.yaml', SQL, `SQL: { department: sales, when: ${when} }`];
const ACTIONS = add('actions: { download: { hubspot-form: ホワイトペーパー }, tour: { hubspot-page: /tour } }');
const RULES: Replacement = [
  'agreement.yaml',
  'behaviour: { hubspot: leadscore }',
  'behaviour: [{ action: download, points: 15, at-most: 45 }, { action: tour, points: 5, at-most: 5 }]',
];

describe('the terms of the agreement', () => {
  test('are kept: registration, review, targets and reasons', () => {
    const { agreement } = edited(
      add(
        'registration: { MQL: { required: [person.phone, company.name] }, status-updates: { within: 3 business days } }',
      ),
      add('review: { every: quarter, next: 2026-12-15, tasks-for: [marketing-head, sales-head] }'),
      add('targets: { mql-to-sql: 25%, neglected: 2.5% }'),
      add('answers: { reject-reasons: { bad-fit: 対象外, not-ready: 時期尚早 } }'),
      [
        'agreement.yaml',
        SQL,
        `${SQL}\n  recycled: { reasons: { timing: 時期が先 } }\n  disqualified: { reasons: { student: 学生 } }`,
      ],
    ).policy;
    expect(agreement.registration).toEqual({
      required: { MQL: ['person.phone', 'company.name'] },
      statusUpdates: { amount: 3, unit: 'business days' },
    });
    expect(agreement.review).toEqual({
      every: 'quarter',
      next: '2026-12-15',
      tasksFor: ['marketing-head', 'sales-head'],
    });
    expect(agreement.targets).toEqual([
      { name: 'mql-to-sql', percent: 25 },
      { name: 'neglected', percent: 2.5 },
    ]);
    expect(agreement.reasons).toEqual({
      rejected: { 'bad-fit': '対象外', 'not-ready': '時期尚早' },
      recycled: { timing: '時期が先' },
      disqualified: { student: '学生' },
    });
    expect(agreement.stages.map(({ stage }) => stage)).not.toContain('recycled');
  });

  test.each<[string, Edit, string]>([
    ['a registration without fields', add('registration: { MQL: { required: [] } }'), 'must name one field at least.'],
    [
      'a registration of a field that is not mapped',
      add('registration: { MQL: { required: [person.phon] } }'),
      'contact.yaml maps no field `phon`. Did you mean `phone`?',
    ],
    [
      'a task for nobody',
      add('review: { every: quarter, next: 2026-12-15, tasks-for: [sales-hed] }'),
      '"sales-hed" is no role of this agreement. Did you mean `sales-head`?',
    ],
    [
      'a cycle that is none',
      add('review: { every: quarterly, next: 2026-12-15, tasks-for: [sales-head] }'),
      'Did you mean `quarter`?',
    ],
    [
      'a share above all',
      add('targets: { mql-to-sql: 101% }'),
      '"mql-to-sql" must be a share from 0% to 100%, such as 25%.',
    ],
    ['a share without %', add('targets: { mql-to-sql: 25 }'), '"mql-to-sql" must be a share, such as 25%.'],
    [
      'seven reasons',
      add('answers: { reject-reasons: { a: あ, b: い, c: う, d: え, e: お, f: か, g: き } }'),
      '"reject-reasons" has 7 reasons; it must be at most 6.',
    ],
    [
      'a code that cannot be stored as one',
      add('answers: { reject-reasons: { 対象外: 対象外 } }'),
      'a code is made of small letters, digits and hyphens: no-budget.',
    ],
  ])('%s is told', (_, edit, message) => {
    const faults = faultsOf(edit);
    expect(faults.join('\n')).toContain(message);
    for (const fault of faults) expect(fault).toMatch(/^mappings\/\w+\.yaml:\d+:\d+: /u);
  });
});

describe('what cannot have been meant is told', () => {
  test.each<[string, readonly Edit[], string]>([
    [
      'an SQL that is easier than an MQL',
      [sql('{ score: total, at-least: 60 }')],
      'mappings/agreement.yaml:33:35: Whoever meets the criteria of MQL meets these, too, so nobody would ever stay MQL.',
    ],
    [
      'an SQL that asks for less of the same',
      [
        ACTIONS,
        mql('{ all: [{ score: total, at-least: 80 }, { action: download, at-least: 3, within: 90 days }] }'),
        sql('{ action: download, at-least: 2 }'),
      ],
      'nobody would ever stay MQL',
    ],
    [
      'a score that nobody can have',
      [ACTIONS, RULES],
      'No more than 60 is possible ("score total at-least 80"), so this stage would never be reached. Write at-least: 60 or less, or give more points.',
    ],
    [
      'five of four BANT items',
      [
        add(
          'bant: { budget: { hubspot: a }, authority: { hubspot: b }, need: { hubspot: c }, timeline: { hubspot: d } }',
        ),
        sql('{ bant: confirmed, at-least: 5 }'),
      ],
      'No more than 4 is possible',
    ],
    [
      'a test and its opposite',
      [mql('{ all: [{ score: total, at-least: 80 }, { all: [{ not: { score: total, at-least: 70 } }] }] }')],
      'Nobody can meet both "score total at-least 80" and "not(score total at-least 70)"',
    ],
    [
      'two values of one field',
      [mql('{ all: [{ field: person.industry, is: BANKING }, { field: person.industry, is-any: [RETAIL] }] }')],
      'so this stage would never be reached',
    ],
  ])('%s', (_, edits, message) => {
    expect(faultsOf(...edits).join('\n')).toContain(message);
  });

  test.each<[string, readonly Edit[]]>([
    ['an SQL that asks for more', [sql('{ score: total, at-least: 90 }')]],
    ['an SQL that asks for something else', [sql('{ field: person.jobtitle, blank: false }')]],
    ['HubSpot’s own score, which may be anything', [mql('{ score: total, at-least: 100000 }')]],
    [
      'what may be impossible beside something else',
      [ACTIONS, RULES, mql('{ any: [{ score: total, at-least: 80 }, { score: total, at-least: 50 }] }')],
    ],
    ['points without a cap', [ACTIONS, [RULES[0], RULES[1], RULES[2].replace(', at-most: 45', '')]]],
  ])('but not %s', (_, edits) => {
    expect(faultsOf(...edits)).toEqual([]);
  });

  test('an action that nothing uses is asked about, and obeyed', () => {
    const { doubts } = edited(ACTIONS, mql('{ action: download, at-least: 1 }')).policy;
    expect(doubts).toEqual([
      {
        at: expect.stringMatching(/^mappings\/agreement\.yaml:13:\d+$/u),
        message: {
          ja: expect.stringContaining('行動「tour」は、スコアにも条件にも使われていません。'),
          en: expect.stringContaining('No score and no criterion uses the action "tour".'),
        },
      },
    ]);
    expect(edited().policy.doubts).toBeUndefined();
  });
});
