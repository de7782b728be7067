import { describe, expect, test } from 'vitest';
import { edited, faultsOf, type Replacement } from './written.ts';

const assign = (text: string): Replacement => ['owners.yaml', 'assign: round-robin', text];
const BY_INDUSTRY =
  'assign: { by: person.industry, table: { MANUFACTURING: [mio.tanaka@example.co.jp, New.Rep@example.co.jp] }, otherwise: [aya.ito@example.co.jp] }';
const IS = 'inside-sales';

describe('who receives', () => {
  test('may weigh more than others, and have a limit of their own beside that of the team', () => {
    const team = edited(assign('assign: round-robin\n    capacity: 20 per day'), [
      'owners.yaml',
      '- taro.suzuki@example.co.jp\n',
      '- { who: Taro.Suzuki@example.co.jp, weight: 3, capacity: 5 per day }\n',
    ]).policy.owners.teams[IS];
    expect(team?.members[0]).toBe('taro.suzuki@example.co.jp');
    expect(team?.weights).toEqual({ 'taro.suzuki@example.co.jp': 3 });
    expect(team?.capacities).toEqual({
      'taro.suzuki@example.co.jp': 5,
      'aya.ito@example.co.jp': 20,
      'shota.watanabe@example.co.jp': 20,
      'mio.tanaka@example.co.jp': 20,
    });
  });

  test('may be told by a table; whoever stands in it is of the team', () => {
    const team = edited(assign(BY_INDUSTRY)).policy.owners.teams[IS];
    expect(team).toMatchObject({
      assign: 'territory',
      territories: {
        by: 'person.industry',
        table: { MANUFACTURING: ['mio.tanaka@example.co.jp', 'new.rep@example.co.jp'] },
        otherwise: ['aya.ito@example.co.jp'],
      },
    });
    expect(team?.members).toContain('new.rep@example.co.jp');
  });

  test('goes by the team alone where that is written', () => {
    expect(edited(assign('assign: round-robin\n    existing-owner: team')).policy.owners.teams[IS]?.existingOwner).toBe(
      'team',
    );
    expect(edited().policy.owners.teams[IS]).not.toHaveProperty('existingOwner');
  });

  test.each<[string, Replacement, string]>([
    [
      'a word that is none',
      assign('assign: roundrobin'),
      '"assign" must be one of round-robin, queue. Did you mean `round-robin`?',
    ],
    [
      'a table by a field that is not mapped',
      assign(BY_INDUSTRY.replace('industry', 'prefecture')),
      'contact.yaml maps no field `prefecture`',
    ],
    [
      'a table by a field of nobody',
      assign(BY_INDUSTRY.replace('person.', 'deal.')),
      '"deal.industry" is no field by which people can be told apart',
    ],
    [
      'one value in two spellings',
      assign('assign: { by: person.industry, table: { IT: [aya.ito@example.co.jp], it: [mio.tanaka@example.co.jp] } }'),
      'read the same',
    ],
    ['a value for nobody', assign('assign: { by: person.industry, table: { IT: [] } }'), '"IT" must name somebody.'],
    [
      'somebody twice in a line',
      assign('assign: { by: person.industry, table: { IT: [aya.ito@example.co.jp, Aya.Ito@example.co.jp] } }'),
      'stands twice in this list',
    ],
    [
      'a limit that is no number a day',
      assign('assign: round-robin\n    capacity: 20'),
      'must be so many a day, such as 20 per day',
    ],
    [
      'a limit where a queue receives',
      assign('assign: queue\n    capacity: 20 per day'),
      '"capacity" and "weight" would do nothing',
    ],
    [
      'a weight of nothing',
      ['owners.yaml', '- taro.suzuki@example.co.jp\n', '- { who: taro.suzuki@example.co.jp, weight: 0 }\n'],
      '"weight" must be a whole number from 1 to 10.',
    ],
  ])('%s is refused, with what to write instead', (_, edit, message) => {
    expect(faultsOf(edit).join('\n')).toContain(message);
  });
});
