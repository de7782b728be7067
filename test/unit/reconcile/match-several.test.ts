import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Link, recordName, type Sighting } from '../../../src/domain/people/record.ts';
import { chosenAmong, type Standing } from '../../../src/reconcile/match-choice.ts';
import { aContact, aLead, linkTo, tokyo } from '../../support/people.ts';
import { matched } from './told-verdicts.ts';

const EMAIL = 'taro.suzuki@example.co.jp';
const contact = (id: string, values: Sighting['values'] = {}) =>
  aContact({ email: EMAIL, ...values }, { record: { system: 'hubspot', object: 'contacts', id } });
const record = (
  object: 'Lead' | 'Contact',
  id: string,
  values: Sighting['values'] = {},
  created = '2026-10-01 10:00',
) => aLead({ Email: EMAIL, ...values }, { record: { system: 'salesforce', object, id }, createdAt: tokyo(created) });

const IDLE: Standing = { openDeal: false, newestActivity: null };
const standing = (sighting: Sighting, rest: Partial<Standing>) =>
  [recordName(sighting.record), { ...IDLE, ...rest }] as const;

describe('several records of one person on one side, under the rule', () => {
  const early = tokyo('2026-11-01 10:00');
  const late = tokyo('2026-11-02 10:00');
  const oldLead = record('Lead', 'a', {}, '2026-01-01 10:00');
  const newLead = record('Lead', 'b', {}, '2026-02-01 10:00');
  const person = record('Contact', 'c', {}, '2026-03-01 10:00');
  const newPerson = record('Contact', 'd', {}, '2026-04-01 10:00');

  test.each<[string, readonly Sighting[], readonly (readonly [string, Standing])[], string]>([
    [
      'an open opportunity before everything else',
      [oldLead, person, newPerson],
      [standing(newPerson, { openDeal: true })],
      'd',
    ],
    [
      'even before a Contact with newer activity',
      [newLead, person],
      [standing(newLead, { openDeal: true }), standing(person, { newestActivity: late })],
      'b',
    ],
    [
      'a Contact before a Lead, however active the Lead',
      [oldLead, person],
      [standing(oldLead, { newestActivity: late })],
      'c',
    ],
    [
      'of two Contacts the one with the newest activity',
      [person, newPerson],
      [standing(person, { newestActivity: early }), standing(newPerson, { newestActivity: late })],
      'd',
    ],
    ['any activity before none', [oldLead, newLead], [standing(newLead, { newestActivity: early })], 'b'],
    ['the oldest where nothing else tells', [newLead, oldLead], [], 'a'],
  ])('%s', (_, records, standings, chosen) => {
    expect(chosenAmong(records, new Map(standings))?.record.id).toBe(chosen);
  });

  test.each([
    ['00Q000000000002AAA', '00Q000000000001AAA', '00Q000000000001AAA'],
    ['900', '1000', '900'],
  ])('of %s and %s, as old as each other, the smaller id stands', (one, other, chosen) => {
    expect(chosenAmong([record('Lead', one), record('Lead', other)], new Map())?.record.id).toBe(chosen);
  });

  test('are one person: the others are its duplicates, and nobody is asked', () => {
    expect(matched('person', [contact('1'), oldLead, person], [], { several: 'rule' })).toEqual([
      'hubspot-1 new: 1 current email, c current email',
      'hubspot-1: a duplicate email',
    ]);
  });

  test('take the empty seat of a known person in the same way', () => {
    const links = [linkTo(contact('1'), 'p1')];
    expect(matched('person', [contact('1'), oldLead, newLead], links, { several: 'rule' })).toEqual([
      'p1: a current email',
      'p1: b duplicate email',
    ]);
  });

  test('never unseat who sits there already, though they would be chosen', () => {
    const links = [linkTo(contact('1'), 'p1'), linkTo(newLead, 'p1')];
    expect(matched('person', [contact('1'), newLead, person], links, { several: 'rule' })).toEqual([
      'p1: c duplicate email',
    ]);
  });

  test('without anybody on the other side are one person as well', () => {
    expect(matched('person', [oldLead, newLead], [], { several: 'rule' })).toEqual([
      'salesforce-a new: a current alone',
      'salesforce-a: b duplicate email',
    ]);
  });

  test('with two names may be two people who share an address: they are left alone', () => {
    const hanako = record('Lead', 'b', { FirstName: '花子' });
    expect(matched('person', [contact('1'), oldLead, hanako], [], { several: 'rule' })).toEqual([
      'hubspot-1 new: 1 current alone rivals a b',
      'held several-candidates: a b',
    ]);
  });

  test('that share no one address, but hang together through each other, are left alone', () => {
    const between = contact('1', { email: 'x@example.jp', hs_additional_emails: 'y@example.jp' });
    const records = [
      between,
      record('Lead', 'a', { Email: 'x@example.jp' }),
      record('Lead', 'b', { Email: 'y@example.jp' }),
    ];
    expect(matched('person', records, [], { several: 'rule' })).toEqual([
      'hubspot-1 new: 1 current alone rivals a b',
      'held several-candidates: a b',
    ]);
  });

  test('whom two known people claim are left alone', () => {
    const links = [linkTo(contact('1'), 'p1'), linkTo(oldLead, 'p2')];
    expect(matched('person', [contact('1'), oldLead, newLead], links, { several: 'rule' })).toEqual([
      'held several-candidates: b',
    ]);
  });
});

describe('an address that several people read', () => {
  const INFO = 'info@example.co.jp';
  const shared = { sharedMailboxes: ['info'] };
  const match = (one: Sighting['values'], other: Sighting['values'], links: readonly Link[] = []) =>
    matched(
      'person',
      [contact('1', { email: INFO, ...one }), record('Lead', 'a', { Email: INFO, ...other })],
      links,
      shared,
    );
  const TOGETHER = ['hubspot-1 new: 1 current email, a current email'];
  const APART = ['hubspot-1 new: 1 current alone', 'salesforce-a new: a current alone'];

  test.each<[string, Sighting['values'], Sighting['values'], readonly string[]]>([
    ['the same name', {}, {}, TOGETHER],
    ['the same name in one field, with a space', {}, { LastName: '鈴木\u3000太郎', FirstName: null }, TOGETHER],
    [
      'the same name in another width and case',
      { lastname: 'ＳＵＺＵＫＩ', firstname: 'ﾀﾛｳ' },
      { LastName: 'Suzuki', FirstName: 'タロウ' },
      TOGETHER,
    ],
    ['another given name', {}, { FirstName: '花子' }, APART],
    ['another way of writing a name', { lastname: '髙橋' }, { LastName: '高橋' }, APART],
    ['no given name on one side', {}, { FirstName: null }, APART],
    ['no name at all', { lastname: null, firstname: null }, { LastName: '', FirstName: null }, APART],
  ])('makes two records one person only by name: %s', (_, one, other, verdicts) => {
    expect(match(one, other)).toEqual(verdicts);
  });

  test('is so by its left side as a whole, or as a whole address', () => {
    const others = [
      contact('1', { email: 'info.taro@example.co.jp' }),
      record('Lead', 'a', { Email: 'info.taro@example.co.jp', FirstName: '花子' }),
    ];
    expect(matched('person', others, [], shared)).toEqual(TOGETHER);
    const written = { sharedMailboxes: [EMAIL] };
    expect(matched('person', [contact('1'), record('Lead', 'a', { FirstName: '花子' })], [], written)).toEqual(APART);
  });

  test('does not make a duplicate of a known person out of a colleague', () => {
    const links = [linkTo(contact('1'), 'p1'), linkTo(record('Lead', 'b'), 'p1')];
    expect(match({}, { FirstName: '花子' }, links)).toEqual(['salesforce-a new: a current alone']);
  });
});

test('under the rule too the order of records never changes the verdicts, and no seat is taken twice', () => {
  const some = fc.record({
    object: fc.constantFrom('contacts', 'Lead', 'Contact'),
    email: fc.constantFrom('a@x.jp', 'b@x.jp', 'info@x.jp', null),
    more: fc.constantFrom(null, 'b@x.jp', 'c@x.jp'),
    native: fc.constantFrom(null, '00Q000000000001AAA', '00Q000000000002AAA'),
    first: fc.constantFrom('太郎', '花子'),
    linked: fc.constantFrom(null, null, 'p1', 'p2'),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 7 }), fc.infiniteStream(fc.nat()), (people, luck) => {
      const seats = new Set<string>();
      const records = people.map(({ object, email, more, native, first }, nth) =>
        object === 'contacts'
          ? contact(`${nth}`, { email, hs_additional_emails: more, salesforceleadid: native, firstname: first })
          : record(object === 'Lead' ? 'Lead' : 'Contact', `00Q00000000000${nth}AAA`, {
              Email: email,
              FirstName: first,
            }),
      );
      const links = people.flatMap(({ linked, object }, nth) => {
        const seat = `${linked} ${object === 'contacts'}`;
        if (linked === null || seats.has(seat)) return [];
        seats.add(seat);
        return [linkTo(records[nth]!, linked)];
      });
      const shuffled = records
        .map((sighting) => [luck.next().value ?? 0, sighting] as const)
        .toSorted((a, b) => a[0] - b[0])
        .map(([, sighting]) => sighting);
      const rule = { several: 'rule', sharedMailboxes: ['info'] } as const;
      const verdicts = matched('person', records, links, rule);
      expect(matched('person', shuffled, links, rule)).toEqual(verdicts);
      const taken = links.map(({ entity, record: { id } }) => `${entity} ${id.length > 2}`);
      const made = verdicts.flatMap((line) =>
        [...line.matchAll(/(\S+) current/gu)].map(([, id]) => `${line.split(/ new:|:/u)[0]} ${(id ?? '').length > 2}`),
      );
      expect(new Set([...taken, ...made]).size).toBe(taken.length + made.length);
    }),
    { numRuns: 300 },
  );
});
