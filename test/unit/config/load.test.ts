import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadMappings, restoreMappings } from '../../../src/config/load.ts';
import { ConfigInvalid } from '../../../src/errors/errors.ts';
import { defaults, type Edit, edited, faultsOf, type Replacement } from './written.ts';

describe('the default mappings', () => {
  const { policy } = defaults();

  test('are valid and mean what the files say', () => {
    expect(policy.agreement.stages[0]).toEqual({
      stage: 'MQL',
      department: 'marketing',
      when: { score: 'total', test: { atLeast: 80 } },
      handOff: { to: 'inside-sales' },
    });
    expect(policy.agreement.deadlines.slice(0, 2)).toEqual([
      {
        name: 'first-contact',
        department: 'sales',
        who: 'owner',
        starts: { handedOff: 'inside-sales' },
        ends: { contact: ['call', 'email', 'meeting'], by: 'team' },
        within: { amount: 3, unit: 'business days' },
        lapse: { task: 'urgent' },
      },
      {
        name: 'convert',
        department: 'sales',
        who: 'owner',
        starts: { deal: 'waiting' },
        ends: { converted: true },
        within: { amount: 2, unit: 'business days' },
        lapse: { task: 'urgent' },
      },
    ]);
    expect(policy.agreement.stages.slice(-2)).toEqual([
      { stage: 'opportunity', department: 'sales', when: { deal: 'open' } },
      { stage: 'customer', department: 'sales', when: { deal: 'won' } },
    ]);
    expect(policy.agreement.startsAt).toBe('first-run');
    expect(policy.person.createInSalesforce).toMatchObject({ stage: 'MQL', as: 'Lead', with: { LeadSource: 'Web' } });
    expect(policy.owners.unmatched).toBe('IS_Queue');
    expect(policy.owners.teams['inside-sales']?.members).toHaveLength(4);
  });

  test('map eight fields, each with its line', () => {
    expect(policy.person.fields.map(({ name, policy: how, kind }) => [name, how, kind])).toEqual([
      ['email', 'two-way', 'email'],
      ['lastname', 'salesforce', 'text'],
      ['firstname', 'salesforce', 'text'],
      ['phone', 'two-way', 'phone'],
      ['jobtitle', 'two-way', 'text'],
      ['company', 'two-way', 'text'],
      ['industry', 'fill-blank', 'picklist'],
      ['hs_email_optout', 'stricter', 'boolean'],
    ]);
    expect(policy.person.fields[5]?.salesforce).toEqual({ Lead: 'Company' });
    for (const { at } of policy.person.fields) expect(at).toMatch(/^mappings\/contact\.yaml:\d+$/u);
  });

  test('a behaviour score of 80 needs no attribute, and attributes alone never reach it', () => {
    const most = policy.agreement.score.attribute.reduce((sum, { points }) => sum + points, 0);
    expect(most).toBe(10);
  });
});

describe('what the ledger keeps', () => {
  test('can be loaded again, to the same policy, without the folder', () => {
    const { policy, text, hash } = defaults();
    const again = restoreMappings(text);
    expect(again.policy).toEqual(policy);
    expect(again.hash).toBe(hash);
    expect(again.text).toBe(text);
  });

  test('a comment changes nothing, a number does', () => {
    const { hash } = defaults();
    expect(edited(['agreement.yaml', 'version:', '# 注記\nversion:']).hash).toBe(hash);
    expect(edited(['agreement.yaml', 'at-least: 80', 'at-least: 70']).hash).not.toBe(hash);
  });
});

test.each<[string, Edit]>([
  ['a tab', ['owners.yaml', '    queue:', '\t  queue:']],
  ['a line indented too far', ['owners.yaml', '    queue:', '       queue:']],
  ['a line indented too little', ['owners.yaml', '    queue:', '   queue:']],
  ['a colon without its space', ['calendar.yaml', 'zone: Asia/Tokyo', 'zone:Asia/Tokyo']],
])('%s is one fault, not a list of its echoes', (_, edit) => {
  expect(faultsOf(edit)).toHaveLength(1);
});

describe('every fault names file, line and column, what is wrong and what to do', () => {
  test.each<[string, Edit, string]>([
    [
      'an unknown key',
      ['contact.yaml', 'policy: salesforce', 'polcy: salesforce'],
      'mappings/contact.yaml:39:50: "polcy" is not known here. Did you mean `policy`?',
    ],
    [
      'an unknown word',
      ['contact.yaml', 'conflict: newest', 'conflict: newset'],
      '"conflict" must be one of hubspot, salesforce, newest, ask. Did you mean `newest`?',
    ],
    [
      'a missing key',
      ['agreement.yaml', '    within: 3 business days\n', ''],
      '"within" is missing. It must be a duration: 3 business days',
    ],
    ['an empty key', ['agreement.yaml', 'within: 3 business days', 'within:'], '"within" is empty.'],
    [
      'a wrong duration',
      ['agreement.yaml', '3 business days', '3 weeks'],
      'mappings/agreement.yaml:58:13: "within" must be a duration',
    ],
    ['a duration of nothing', ['agreement.yaml', '3 business days', '0 business days'], '"within" must be a duration'],
    [
      'a number for a name',
      ['agreement.yaml', '"2026-11"', '1.10'],
      '"version" must be a name for this version, such as 2026-10 (in quotes, if it looks like a number).',
    ],
    [
      'a day that does not exist',
      ['agreement.yaml', 'effective: 2026-11-01', 'effective: 2026-02-30'],
      '"effective" must be a date that exists',
    ],
    ['no e-mail address', ['owners.yaml', '- taro.suzuki@example.co.jp', '- taro.suzuki'], 'must be an e-mail address'],
    [
      'a key that stands twice',
      ['owners.yaml', '  match: email', '  match: email\n  match: email'],
      'mappings/owners.yaml:7:3: This key stands twice in the same block.',
    ],
    ['a tab', ['owners.yaml', '    queue:', '\t  queue:'], 'A tab stands where YAML wants spaces.'],
    [
      'a colon without its space',
      ['calendar.yaml', 'zone: Asia/Tokyo', 'zone:Asia/Tokyo'],
      'There is no space after the colon. Write a half-width colon and a space',
    ],
    [
      'a full-width colon',
      ['calendar.yaml', 'zone: Asia/Tokyo', 'zone：Asia/Tokyo'],
      'A full-width colon (：) stands here. Write a half-width colon and a space',
    ],
    [
      'a full-width space',
      ['calendar.yaml', 'zone: Asia/Tokyo', 'zone:　Asia/Tokyo'],
      'A full-width space stands here. Write half-width spaces, and a half-width colon and a space',
    ],
    [
      'a line indented too far',
      ['owners.yaml', '    queue:', '       queue:'],
      'mappings/owners.yaml:20:9: The indentation of this line or the next does not fit the lines around it',
    ],
    [
      'a bracket left open',
      ['contact.yaml', '[Lead, Contact]', '[Lead, Contact'],
      'A bracket or brace before this line is left open',
    ],
    ['an unknown zone', ['calendar.yaml', 'Asia/Tokyo', 'Asia/Tokio'], '"zone" must be a time zone that exists'],
    ['no such weekday', ['calendar.yaml', 'mon-fri', 'mon-fry'], '"mon-fry" names no weekdays.'],
    [
      'a weekday named twice',
      ['calendar.yaml', '"09:00-18:00"', '"09:00-18:00", fri: "09:00-17:00"'],
      '"fri" repeats a weekday',
    ],
    [
      'office hours backwards',
      ['calendar.yaml', '09:00-18:00', '18:00-09:00'],
      '"18:00-09:00" is no span of office hours.',
    ],
    ['a closure backwards', ['calendar.yaml', 'to: 2027-08-16', 'to: 2027-08-01'], 'is no span of days'],
    [
      'a closure half dated',
      ['calendar.yaml', 'to: 01-03', 'to: 2027-01-03'],
      'mixes a yearly closure with a dated one',
    ],
    [
      'a team that does not exist',
      ['agreement.yaml', 'hand-off: { to: inside-sales }', 'hand-off: { to: inside-sale }'],
      'owners.yaml has no team "inside-sale". Did you mean `inside-sales`?',
    ],
    [
      'a deadline that cannot start',
      ['agreement.yaml', '    hand-off: { to: inside-sales }', ''],
      'this deadline would never start',
    ],
    [
      'a stage that does not exist',
      ['agreement.yaml', '      lead: lead', '      Leed: lead'],
      '"Leed" is no stage. Did you mean `lead`?',
    ],
    ['a Lead without an owner', ['contact.yaml', 'stage: MQL', 'stage: SQL'], 'so it would have no owner'],
    [
      'a person nobody knows',
      ['owners.yaml', 'manager: mio.tanaka@example.co.jp', 'manager: sales-hed'],
      '"sales-hed" is neither an e-mail address nor a role of the agreement (roles: marketing-head, sales-head). Did you mean `sales-head`?',
    ],
    [
      'turns among nobody',
      ['owners.yaml', 'teams:\n', 'teams:\n  field-sales: { assign: round-robin }\n'],
      'takes turns among "members", and there are none',
    ],
    [
      'a queue without a name',
      ['owners.yaml', 'teams:\n', 'teams:\n  field-sales: { assign: queue }\n'],
      'assign: queue needs "queue"',
    ],
    ['a member named twice', ['owners.yaml', 'aya.ito@', 'Taro.Suzuki@'], 'taro.suzuki@example.co.jp stands twice'],
    [
      'an unknown placeholder',
      ['contact.yaml', '{company|', '{compny|'],
      '{compny} is no mapped field. Did you mean `company`?',
    ],
    [
      'a field mapped twice',
      ['contact.yaml', 'hubspot: firstname', 'hubspot: lastname'],
      'HubSpot lastname is mapped already at mappings/contact.yaml:39',
    ],
    [
      'a field of Tasuki itself',
      ['contact.yaml', 'hubspot: firstname', 'hubspot: tasuki_stage'],
      'tasuki_stage is a field of Tasuki itself; it cannot be mapped.',
    ],
    [
      'the owner as a mapped field',
      ['contact.yaml', 'salesforce: FirstName', 'salesforce: OwnerId'],
      'OwnerId is the owner',
    ],
    [
      'a two-way field without a referee',
      ['contact.yaml', 'policy: two-way, first: ask, conflict: ask', 'policy: two-way'],
      'A two-way field needs "conflict"',
    ],
    [
      'a one-way field with two masters',
      ['contact.yaml', 'policy: salesforce,', 'policy: salesforce, conflict: hubspot,'],
      '"conflict: hubspot" contradicts it',
    ],
    [
      'a fill-blank field that overwrites',
      ['contact.yaml', 'policy: fill-blank', 'policy: fill-blank\n      conflict: newest'],
      'A fill-blank field never overwrites',
    ],
    [
      'two values for one',
      ['contact.yaml', 'BANKING: 金融', 'BANKING: 製造'],
      '"製造" already stands for MANUFACTURING',
    ],
    [
      'a condition without a test',
      ['agreement.yaml', 'score: total, at-least: 80', 'score: total'],
      'A condition on "score" has one test: at-least, at-most. Here: none.',
    ],
    [
      'a condition on two things',
      ['agreement.yaml', 'score: total, at-least: 80', 'score: total, field: hubspot.jobtitle, at-least: 80'],
      'A condition asks about one thing: all, any, not, score, field, action, bant, deal or answer. Here: score and field.',
    ],
    [
      'a score compared with a word',
      ['agreement.yaml', 'score: total, at-least: 80', 'score: total, is: 80'],
      'A score is compared with at-least or at-most.',
    ],
    [
      'points that depend on the score',
      [
        'agreement.yaml',
        'field: hubspot.jobtitle, contains-any: [部長, 課長, 取締役, 代表, 社長]',
        'score: total, at-least: 1',
      ],
      'it would depend on itself',
    ],
    [
      'a start that is no instant',
      ['agreement.yaml', 'first-run\n', 'someday\n'],
      '"someday" must be first-run, a date',
    ],
    [
      'a bad HubSpot owner',
      ['owners.yaml', '  # table: { "HubSpot 4471"', '  table: { "HubSpot x"'],
      '"HubSpot x" is no HubSpot owner.',
    ],
    ['an empty file', ['calendar.yaml', 'calendar:', '# calendar:'], 'mappings/calendar.yaml'],
  ])('%s', (_, edit, message) => {
    const faults = faultsOf(edit);
    expect(faults.join('\n')).toContain(message);
    for (const fault of faults) expect(fault).toMatch(/^mappings\/\w+\.yaml:\d+:\d+: /u);
  });

  test.each<Replacement>([
    ['agreement.yaml', 'roles:', 'reminders: { by: message }\nroles:'],
    ['agreement.yaml', 'field: hubspot.industry', 'field: deal.amount'],
    ['contact.yaml', '  fields:', '  opt-out: { hubspot: subscriptions }\n  fields:'],
  ])('%s: %s → %s is refused as not yet supported, rather than ignored', (...edit) => {
    const faults = faultsOf(edit);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('not yet supported in this version');
  });

  test('all faults of all files are told at once, in the order of their lines', () => {
    const faults = faultsOf(
      ['contact.yaml', 'policy: salesforce', 'polcy: salesforce'],
      ['contact.yaml', 'ambiguous: ask', 'ambiguous: guess'],
      ['agreement.yaml', '3 business days', '3 weeks'],
      ['owners.yaml', '- taro.suzuki@example.co.jp', '- taro.suzuki'],
      ['calendar.yaml', 'mon-fri', 'mon-fry'],
    );
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'mappings/agreement.yaml',
      'mappings/calendar.yaml',
      'mappings/contact.yaml',
      'mappings/contact.yaml',
      'mappings/contact.yaml',
      'mappings/owners.yaml',
    ]);
    const lines = faults.filter((fault) => fault.includes('contact')).map((fault) => Number(fault.split(':')[1]));
    expect(lines).toEqual(lines.toSorted((one, other) => one - other));
  });

  test('a folder without files names each file that is missing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tasuki-mappings-'));
    try {
      expect(() => loadMappings(folder)).toThrow(ConfigInvalid);
      expect(() => loadMappings(folder)).toThrow(
        /agreement\.yaml[\s\S]*calendar\.yaml[\s\S]*contact\.yaml[\s\S]*owners\.yaml/u,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('what may be written otherwise', () => {
  test('a date as the go-live line is midnight in the office', () => {
    const { policy } = edited(['agreement.yaml', 'first-run\n', '2026-10-01\n']);
    expect(policy.agreement.startsAt).toBe(Date.UTC(2026, 8, 30, 15));
  });

  test('an instant with its zone is taken as it is', () => {
    const { policy } = edited(['agreement.yaml', 'first-run\n', '2026-10-01T09:00+09:00\n']);
    expect(policy.agreement.startsAt).toBe(Date.UTC(2026, 9, 1));
  });

  test('a role may stand for a person', () => {
    const { policy } = edited(['owners.yaml', 'manager: mio.tanaka@example.co.jp', 'manager: sales-head']);
    expect(policy.owners.teams['inside-sales']?.manager).toBe('ken.takahashi@example.co.jp');
  });

  test('an owner table takes the id with or without its system', () => {
    const { policy } = edited([
      'owners.yaml',
      '  # table: { "HubSpot 4471":',
      '  table: { "77": Mio.Tanaka@example.co.jp, "HubSpot 4471":',
    ]);
    expect(policy.owners.table).toEqual({ '77': 'mio.tanaka@example.co.jp', '4471': 'taro.suzuki@example.co.jp' });
  });

  test('conditions nest, and a scope limits who is touched', () => {
    const scope =
      '  scope: { not: { any: [{ field: hubspot.lifecyclestage, is: other }, { field: hubspot.email, blank: true }] } }\n  fields:';
    const { policy } = edited(['contact.yaml', '  fields:', scope]);
    expect(policy.person.scope).toEqual({
      not: {
        any: [
          { field: 'hubspot.lifecyclestage', test: { is: 'other' } },
          { field: 'hubspot.email', test: { blank: true } },
        ],
      },
    });
  });

  test('what a field leaves out is what loses nothing', () => {
    const { policy } = edited([
      'contact.yaml',
      'policy: two-way, first: newest, conflict: newest, clears: keep, as: phone',
      'policy: two-way, conflict: ask',
    ]);
    expect(policy.person.fields[3]).toMatchObject({ first: 'ask', conflict: 'ask', clears: 'keep', kind: 'phone' });
  });

  test('a yearly closure runs over New Year, a dated one stands once', () => {
    const { closures } = defaults().policy.calendar;
    expect(['2026-12-28', '2026-12-29', '2027-01-03', '2027-01-04'].map((day) => closures.has(day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(closures.get('2027-08-12')).toBe('夏季休業');
    expect(closures.has('2028-08-12')).toBe(false);
  });
});
