import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Link, Sighting } from '../../../src/domain/people/record.ts';
import { aContact, aLead, linkTo } from '../../support/people.ts';
import { matched } from './told-verdicts.ts';

const EMAIL = 'taro.suzuki@example.co.jp';
const contact = (id: string, values: Sighting['values'] = {}) =>
  aContact({ email: EMAIL, ...values }, { record: { system: 'hubspot', object: 'contacts', id } });
const lead = (id: string, values: Sighting['values'] = {}, rest: Partial<Sighting> = {}) =>
  aLead({ Email: EMAIL, ...values }, { record: { system: 'salesforce', object: 'Lead', id }, ...rest });
const match = (records: readonly Sighting[], links: readonly Link[] = []) => matched('person', records, links);

describe('by e-mail', () => {
  test('one record on each side is one person', () => {
    expect(match([contact('1'), lead('a')])).toEqual(['hubspot-1 new: 1 current email, a current email']);
  });

  test('width and case do not make two people', () => {
    expect(match([contact('1', { email: 'Ｔａｒｏ.Suzuki@example.co.jp' }), lead('a')])).toEqual([
      'hubspot-1 new: 1 current email, a current email',
    ]);
  });

  test('a record alone is a person alone', () => {
    expect(match([contact('1')])).toEqual(['hubspot-1 new: 1 current alone']);
    expect(match([lead('a')])).toEqual(['salesforce-a new: a current alone']);
  });

  test('two records without an address, or with words instead of one, are two people', () => {
    expect(match([contact('1', { email: null }), lead('a', { Email: null })])).toHaveLength(2);
    expect(match([contact('1', { email: '未入力' }), lead('a', { Email: '未入力' })])).toHaveLength(2);
  });

  test('several in Salesforce are held, and the person in HubSpot is told of its rivals', () => {
    expect(match([contact('1'), lead('a'), lead('b')])).toEqual([
      'hubspot-1 new: 1 current alone rivals a b',
      'held several-candidates: a b',
    ]);
  });

  test('two contacts in HubSpot that differ by case or width are held with everything that shares the address', () => {
    expect(match([contact('1'), contact('2', { email: 'TARO.SUZUKI@example.co.jp' }), lead('a')])).toEqual([
      'held several-candidates: 1 2 a',
    ]);
  });

  test('several in Salesforce alone are held', () => {
    expect(match([lead('a'), lead('b')])).toEqual(['held several-candidates: a b']);
  });

  test('a newcomer takes the empty seat of a known person', () => {
    expect(match([contact('1'), lead('a')], [linkTo(contact('1'), 'hubspot-1')])).toEqual([
      'hubspot-1: a current email',
    ]);
  });

  test('several newcomers for one empty seat are held, and the known person is told of its rivals', () => {
    expect(match([contact('1'), lead('a'), lead('b')], [linkTo(contact('1'), 'hubspot-1')])).toEqual([
      'hubspot-1:  rivals a b',
      'held several-candidates: a b',
    ]);
  });

  test('a late duplicate of a taken seat becomes a duplicate, and the link stays where it is', () => {
    const links = [linkTo(contact('1'), 'hubspot-1'), linkTo(lead('a'), 'hubspot-1')];
    expect(match([contact('1'), lead('a'), lead('b')], links)).toEqual(['hubspot-1: b duplicate email']);
  });

  test('a replacement waits while the holder of its seat is gone and not yet dismissed: it is neither let in nor a duplicate', () => {
    const links = [linkTo(contact('1'), 'hubspot-1'), linkTo(lead('a'), 'hubspot-1')];
    const deleted = lead('a', { Tasuki_Key__c: 'hubspot-1' }, { deleted: true });
    const converted = lead('a', { Tasuki_Key__c: 'hubspot-1', IsConverted: true });
    for (const gone of [deleted, converted]) {
      expect(match([contact('1'), gone, lead('b')], links)).toEqual([]);
      expect(match([contact('1'), gone, lead('b', { Tasuki_Key__c: 'hubspot-1' })], links)).toEqual([]);
    }
  });

  test('an address that two known people share says nothing about a third record', () => {
    const links = [linkTo(contact('1'), 'p1'), linkTo(lead('a'), 'p2')];
    expect(match([contact('1'), lead('a'), lead('b')], links)).toEqual(['held several-candidates: b']);
  });
});

describe('of whom each system knows one half', () => {
  const half = (one: Sighting, entity: string) => linkTo(one, entity);
  const halves = [half(contact('1'), 'hubspot-1'), half(lead('a'), 'salesforce-a')];

  test('are one person from the day on which an address is corrected', () => {
    expect(match([contact('1'), lead('a')], halves)).toEqual(['salesforce-a is hubspot-1 by email']);
  });

  test('stay apart while the addresses differ', () => {
    expect(match([contact('1'), lead('a', { Email: 'taro@example.co.jp' })], halves)).toEqual([]);
  });

  test('stay apart where one of them has a partner already: no link flips', () => {
    const partner = contact('2', { email: 'other@example.co.jp' });
    expect(match([contact('1'), lead('a'), partner], [...halves, half(partner, 'salesforce-a')])).toEqual([]);
  });

  test('stay apart beside a record that is nobody’s, and beside a second one of the same side', () => {
    expect(match([contact('1'), lead('a'), lead('b')], halves)).toEqual(['held several-candidates: b']);
    expect(match([contact('1'), lead('a'), lead('b')], [...halves, half(lead('b'), 'salesforce-b')])).toEqual([]);
  });

  test('stay apart while one of the two is gone', () => {
    expect(match([contact('1'), lead('a', {}, { deleted: true })], halves)).toEqual([]);
  });

  test('are united though one of them has a duplicate', () => {
    const twin = { ...half(lead('b'), 'salesforce-a'), role: 'duplicate' as const };
    expect(match([contact('1'), lead('a'), lead('b')], [...halves, twin])).toEqual([
      'salesforce-a is hubspot-1 by email',
    ]);
  });
});

describe('by a further address of a HubSpot contact', () => {
  const OTHER = 'taro@old-company.example.jp';

  test.each([
    ['the only one', OTHER],
    ['one of several, in another width and case', `a@example.jp;Ｔａｒｏ@Old-Company.example.jp; `],
  ])('%s is as good as the main one', (_, addresses) => {
    expect(match([contact('1', { hs_additional_emails: addresses }), lead('a', { Email: OTHER })])).toEqual([
      'hubspot-1 new: 1 current email, a current email',
    ]);
  });

  test('brings two records of the other side into one sight', () => {
    const records = [contact('1', { hs_additional_emails: OTHER }), lead('a'), lead('b', { Email: OTHER })];
    expect(match(records)).toEqual(['hubspot-1 new: 1 current alone rivals a b', 'held several-candidates: a b']);
  });

  test('words in the place of addresses bring nobody together', () => {
    expect(match([contact('1', { email: null, hs_additional_emails: '未入力;' }), lead('a', { Email: null })])).toEqual(
      ['hubspot-1 new: 1 current alone', 'salesforce-a new: a current alone'],
    );
  });
});

describe('by key', () => {
  test('the key counts before the address', () => {
    const records = [
      contact('1', { tasuki_key: 'p1' }),
      lead('a', { Tasuki_Key__c: 'p1', Email: 'other@example.co.jp' }),
      lead('b'),
    ];
    expect(match(records)).toEqual(['p1 new: 1 current key, a current key', 'p1: b duplicate email']);
  });

  test('a lost ledger finds its people again by their keys, and who is found takes in by address who has none', () => {
    expect(match([contact('1', { tasuki_key: 'p1' }), lead('a')])).toEqual([
      'p1 new: 1 current key',
      'p1: a current email',
    ]);
  });

  test('a cloned record bears a key that is taken: it is held', () => {
    const links = [linkTo(lead('a'), 'p1')];
    expect(match([lead('a', { Tasuki_Key__c: 'p1' }), lead('b', { Tasuki_Key__c: 'p1' })], links)).toEqual([
      'held key-held-twice: b',
    ]);
  });

  test('which of two records with one key is the copy is not guessed', () => {
    expect(
      match([
        contact('1', { tasuki_key: 'p1' }),
        contact('2', { tasuki_key: 'p1' }),
        lead('a', { Tasuki_Key__c: 'p1' }),
      ]),
    ).toEqual(['held key-held-twice: 1 2', 'p1 new: a current key']);
  });
});

describe('a link', () => {
  test('never flips: neither another key nor another address moves a linked record', () => {
    const links = [linkTo(contact('1'), 'p1'), linkTo(lead('a'), 'p1')];
    expect(match([contact('1', { email: 'new@example.co.jp' }), lead('a', { Tasuki_Key__c: 'p9' })], links)).toEqual(
      [],
    );
  });

  test('is not made with a deleted record or a converted Lead: they are no candidates', () => {
    expect(match([contact('1'), lead('a', { IsConverted: true }), lead('b', {}, { deleted: true })])).toEqual([
      'hubspot-1 new: 1 current alone',
    ]);
  });
});

const person = (id: string, values: Sighting['values'] = {}, rest: Partial<Sighting> = {}) =>
  aLead({ Email: EMAIL, ...values }, { record: { system: 'salesforce', object: 'Contact', id }, ...rest });
const converted = (id: string, into: string, values: Sighting['values'] = {}) =>
  lead(id, { IsConverted: true, ConvertedContactId: into, ...values });
const was = (sighting: Sighting, entity: string, role: Link['role']) => ({ ...linkTo(sighting, entity), role });

describe('by conversion', () => {
  test('the Contact is whoever its Lead was, whatever the e-mails say', () => {
    const links = [linkTo(contact('1'), 'hubspot-1'), was(lead('a'), 'hubspot-1', 'converted')];
    const other = contact('2', { email: 'other@example.co.jp' });
    const records = [contact('1'), other, converted('a', 'c'), person('c', { Email: 'other@example.co.jp' })];
    expect(match(records, [...links, linkTo(other, 'hubspot-2')])).toEqual(['hubspot-1: c current conversion']);
  });

  test('waits while the Lead still has its seat, and does not go to whoever has its address meanwhile', () => {
    const other = contact('2', { email: 'other@example.co.jp' });
    const links = [linkTo(contact('1'), 'hubspot-1'), linkTo(lead('a'), 'hubspot-1'), linkTo(other, 'hubspot-2')];
    const records = [contact('1'), other, converted('a', 'c'), person('c', { Email: 'other@example.co.jp' })];
    expect(match(records, links)).toEqual([]);
  });

  test('a Contact that is somebody’s already stays theirs: nothing is joined', () => {
    const links = [
      linkTo(contact('1'), 'hubspot-1'),
      linkTo(lead('a'), 'hubspot-1'),
      linkTo(person('c'), 'salesforce-c'),
    ];
    expect(match([contact('1'), converted('a', 'c'), person('c')], links)).toEqual([]);
  });

  test('two people’s Leads in one Contact: it goes to one of them, always the same', () => {
    const links = [was(lead('a'), 'p2', 'converted'), was(lead('b'), 'p1', 'converted')];
    expect(match([converted('a', 'c'), converted('b', 'c'), person('c')], links)).toEqual(['p1: c current conversion']);
  });

  test('whose own Lead became it comes before who only had a duplicate of it', () => {
    const links = [was(lead('a'), 'p2', 'converted'), was(lead('b'), 'p1', 'duplicate')];
    expect(match([converted('a', 'c'), converted('b', 'c'), person('c')], links)).toEqual(['p2: c current conversion']);
  });

  test('what a duplicate of the Lead became is a duplicate, where the seat is taken', () => {
    const links = [linkTo(lead('a'), 'p1'), was(lead('b'), 'p1', 'duplicate')];
    expect(match([lead('a'), converted('b', 'c'), person('c', { Email: 'other@example.co.jp' })], links)).toEqual([
      'p1: c duplicate conversion',
    ]);
  });

  test('a key counts before it', () => {
    const links = [was(lead('a'), 'p1', 'converted')];
    expect(match([converted('a', 'c'), person('c', { Tasuki_Key__c: 'p9' })], links)).toEqual([
      'p9 new: c current key',
    ]);
  });

  test('a Lead that was converted before we came is its Contact’s history, and lends it its address', () => {
    expect(match([contact('1'), converted('a', 'c'), person('c', { Email: null })])).toEqual([
      'hubspot-1 new: 1 current email, c current email',
      'hubspot-1: a converted conversion',
    ]);
    const links = [linkTo(person('c'), 'p1')];
    expect(match([contact('1'), converted('a', 'c'), person('c', { Email: 'other@example.co.jp' })], links)).toEqual([
      'p1: 1 current email',
      'p1: a converted conversion',
    ]);
  });

  test('two addresses that meet in one Contact make rivals of those who bear them', () => {
    const other = contact('2', { email: 'other@example.co.jp' });
    expect(match([contact('1'), other, converted('a', 'c'), person('c', { Email: 'other@example.co.jp' })])).toEqual([
      'held several-candidates: 1 2 c',
    ]);
  });

  test('a deleted Lead, or one whose Contact is held, says nothing', () => {
    const gone = { ...converted('a', 'c', { Email: null }), deleted: true };
    expect(match([gone, person('c')])).toEqual(['salesforce-c new: c current alone']);
    expect(match([converted('a', 'c'), person('c'), person('d')])).toEqual(['held several-candidates: c d']);
  });
});

test('the order of records never changes the verdicts', () => {
  const some = fc.record({
    side: fc.constantFrom('hubspot', 'salesforce'),
    key: fc.constantFrom(null, 'p1', 'p2'),
    email: fc.constantFrom('a@x.jp', 'Ａ@x.jp', 'b@x.jp', null),
    linked: fc.constantFrom(null, null, 'p1', 'p3'),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 7 }), fc.infiniteStream(fc.nat()), (people, luck) => {
      const seats = new Set<string>();
      const records = people.map(({ side, key, email }, nth) =>
        side === 'hubspot'
          ? contact(`${nth}`, { tasuki_key: key, email })
          : lead(`l${nth}`, { Tasuki_Key__c: key, Email: email }),
      );
      const links = people.flatMap(({ linked, side }, nth) => {
        if (linked === null || seats.has(`${linked}${side}`)) return [];
        seats.add(`${linked}${side}`);
        return [linkTo(records[nth]!, linked)];
      });
      const shuffled = records
        .map((record) => [luck.next().value ?? 0, record] as const)
        .toSorted((a, b) => a[0] - b[0])
        .map(([, record]) => record);
      expect(match(shuffled, links)).toEqual(match(records, links));
    }),
    { numRuns: 200 },
  );
});
