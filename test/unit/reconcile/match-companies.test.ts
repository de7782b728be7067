import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Link, Sighting } from '../../../src/domain/people/record.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import { heldFinding, matchRecords } from '../../../src/reconcile/match.ts';
import { aContact, linkTo } from '../../support/people.ts';
import { LEFT_ALONE, matched } from './told-verdicts.ts';

const sighting = (record: Sighting['record'], values: Values): Sighting => ({ ...aContact(), record, values });
const company = (id: string, values: Values = {}) =>
  sighting({ system: 'hubspot', object: 'companies', id }, { name: '青空', domain: null, ...values });
const account = (id: string, values: Values = {}) =>
  sighting({ system: 'salesforce', object: 'Account', id }, { Name: '青空', Website: null, ...values });
const match = (records: readonly Sighting[], links: readonly Link[] = []) => matched('company', records, links);

describe('by domain', () => {
  test('one record on each side is one company, whatever its names', () => {
    expect(
      match([company('1', { domain: 'aozora.jp' }), account('a', { Website: 'http://www.aozora.jp', Name: '夕焼け' })]),
    ).toEqual(['company-hubspot-1 new: 1 current domain, a current domain']);
  });

  test('a host that many share brings nobody together', () => {
    expect(
      match([company('1', { domain: 'gmail.com' }), account('a', { Website: 'gmail.com', Name: '夕焼け' })]),
    ).toEqual(['company-hubspot-1 new: 1 current alone', 'company-salesforce-a new: a current alone']);
  });

  test('several in Salesforce are held, and the company in HubSpot is told of its rivals', () => {
    const site = { Website: 'aozora.jp' };
    expect(match([company('1', { domain: 'aozora.jp' }), account('a', site), account('b', site)])).toEqual([
      'company-hubspot-1 new: 1 current alone rivals a b',
      'held several-candidates: a b',
    ]);
  });

  test('a newcomer takes the empty seat of a known company, and is a duplicate where it is taken', () => {
    const known = company('1', { domain: 'aozora.jp' });
    const newcomer = account('a', { Website: 'aozora.jp', Name: '夕焼け' });
    const links = [linkTo(known, 'p1')];
    expect(match([known, newcomer], links)).toEqual(['p1: a current domain']);
    const late = account('b', { Website: 'aozora.jp' });
    expect(match([known, newcomer, late], [...links, linkTo(newcomer, 'p1')])).toEqual(['p1: b duplicate domain']);
  });

  test('counts before the name', () => {
    const records = [
      company('1', { domain: 'aozora.jp' }),
      account('a', { Website: 'aozora.jp', Name: '夕焼け' }),
      account('b'),
    ];
    expect(match(records)).toEqual([
      'company-hubspot-1 new: 1 current domain, a current domain',
      'company-hubspot-1: b duplicate name',
    ]);
  });
});

describe('by key', () => {
  test('counts before domain and name, and a cloned one is held', () => {
    const records = [
      company('1', { tasuki_key: 'p1', domain: 'aozora.jp' }),
      account('a', { Tasuki_Key__c: 'p1', Website: 'yuyake.jp', Name: '夕焼け' }),
    ];
    expect(match(records)).toEqual(['p1 new: 1 current key, a current key']);
    expect(match([...records, company('2', { tasuki_key: 'p1' })])).toContain('held key-held-twice: 1 2');
  });
});

describe('by name', () => {
  test.each(['株式会社青空', '㈱青空', '青空（株）', '青　空', '青空 Co., Ltd.'])('%s is 青空', (written) => {
    expect(match([company('1', { name: written }), account('a')])).toEqual([
      'company-hubspot-1 new: 1 current name, a current name',
    ]);
  });

  test('one domain is no contradiction', () => {
    expect(match([company('1', { domain: 'aozora.jp' }), account('a')])).toEqual([
      'company-hubspot-1 new: 1 current name, a current name',
    ]);
    expect(match([company('1'), account('a', { Website: 'aozora.jp' })])).toHaveLength(1);
  });

  test('names that name nobody, and person accounts, bring nobody together', () => {
    expect(match([company('1', { name: '(会社名未入力)' }), account('a', { Name: '（会社名未入力）' })])).toHaveLength(
      2,
    );
    expect(match([company('1'), account('a', { IsPersonAccount: true })])).toEqual([
      'company-hubspot-1 new: 1 current alone',
      'company-salesforce-a new: a current alone',
    ]);
  });

  test('two domains that differ are held and reported, with both records named', () => {
    const records = [company('1', { domain: 'aozora.jp' }), account('a', { Website: 'aozora.com' })];
    expect(match(records)).toEqual(['held domains-differ: 1 a']);
    expect(matchRecords({ kind: 'company', records, links: [] }, LEFT_ALONE).flatMap(heldFinding)).toEqual([
      {
        code: 'COMPANY_NAMES_DIFFER',
        subject: 'hubspot:companies:1',
        detail: { records: 'hubspot:companies:1 salesforce:Account:a', count: 2, domains: 'aozora.jp aozora.com' },
      },
    ]);
  });

  test('a newcomer whose domain differs from the known company’s is held, and the finding names that one too', () => {
    const known = company('1', { domain: 'aozora.jp' });
    const records = [known, account('a', { Website: 'aozora.com' })];
    const links = [linkTo(known, 'p1')];
    expect(match(records, links)).toEqual(['held domains-differ: a against 1']);
    expect(matchRecords({ kind: 'company', records, links }, LEFT_ALONE).flatMap(heldFinding)).toMatchObject([
      { subject: 'hubspot:companies:1', detail: { count: 2 } },
    ]);
  });

  test('companies of one name and two domains in one system are two: nobody could be meant for them', () => {
    const two = [company('1', { domain: 'aozora.jp' }), company('2', { domain: 'aozora.com' })];
    expect(match(two)).toEqual(['company-hubspot-1 new: 1 current alone', 'company-hubspot-2 new: 2 current alone']);
    const links = [linkTo(two[0]!, 'p1')];
    expect(match(two, links)).toEqual(['company-hubspot-2 new: 2 current alone']);
    const links2 = [...links, linkTo(two[1]!, 'p2')];
    expect(match([...two, account('a')], links2)).toEqual(['held several-candidates: a']);
  });

  test('a second one where the known company has no domain is its duplicate: nothing tells them apart', () => {
    const records = [company('1'), company('2', { domain: 'aozora.jp' })];
    expect(match(records, [linkTo(company('1'), 'p1')])).toEqual(['p1: 2 duplicate name']);
  });

  test('several of one name are held', () => {
    expect(match([company('1'), account('a'), account('b')])).toEqual([
      'company-hubspot-1 new: 1 current alone rivals a b',
      'held several-candidates: a b',
    ]);
    expect(match([company('1'), company('2'), account('a')])).toEqual(['held several-candidates: 1 2 a']);
    expect(match([company('1', { domain: 'aozora.jp' }), company('2')])).toEqual(['held several-candidates: 1 2']);
  });

  test('names that only look alike stay apart', () => {
    expect(match([company('1', { name: '東京電機' }), account('a', { Name: '東京電気' })])).toHaveLength(2);
  });
});

describe('a company', () => {
  test('whose record is on its way out lets nobody in, and turns nobody away', () => {
    const gone = { ...company('1', { domain: 'aozora.jp' }), deleted: true };
    const own = account('a', { Website: 'aozora.jp' });
    const links = [linkTo(gone, 'p1'), linkTo(own, 'p1')];
    expect(match([gone, own, company('2', { domain: 'aozora.jp' })], links)).toEqual([]);
    expect(match([gone, own, company('2')], links)).toEqual([]);
    expect(match([gone, own, company('2', { domain: 'aozora.com' })], links)).toEqual([
      'held domains-differ: 2 against a',
    ]);
  });

  test('that is linked stays linked', () => {
    const links = [linkTo(company('1'), 'p1'), linkTo(account('a'), 'p1')];
    expect(match([company('1', { domain: 'b.jp', name: 'B' }), account('a', { Website: 'c.jp' })], links)).toEqual([]);
  });
});

describe('deals', () => {
  const deal = (id: string, key: string | null = null) =>
    sighting({ system: 'hubspot', object: 'deals', id }, { dealname: '青空', tasuki_key: key });
  const opportunity = (id: string, key: string | null = null) =>
    sighting({ system: 'salesforce', object: 'Opportunity', id }, { Name: '青空', Tasuki_Key__c: key });

  test('are one by key alone, and each its own otherwise, however alike', () => {
    expect(matched('deal', [deal('9'), opportunity('006')])).toEqual([
      'deal-hubspot-9 new: 9 current alone',
      'deal-salesforce-006 new: 006 current alone',
    ]);
    expect(
      matched('deal', [deal('9'), opportunity('006', 'deal-hubspot-9')], [linkTo(deal('9'), 'deal-hubspot-9')]),
    ).toEqual(['deal-hubspot-9: 006 current key']);
    expect(matched('deal', [deal('9', 'd'), deal('8', 'd')])).toEqual(['held key-held-twice: 8 9']);
  });
});

const some = fc.record({
  side: fc.constantFrom('hubspot', 'salesforce'),
  key: fc.constantFrom(null, null, null, 'p1'),
  domain: fc.constantFrom(null, 'a.jp', 'b.jp', 'www.a.jp', 'gmail.com'),
  name: fc.constantFrom('青空', '㈱青空', '夕焼け', null),
  linked: fc.constantFrom(null, null, null, 'p1', 'p3'),
  deleted: fc.constantFrom(false, false, false, true),
});
const world = fc.array(some, { maxLength: 7 }).map((companies) => {
  const seats = new Set<string>();
  const records = companies.map(({ side, key, domain, name, deleted }, nth) => ({
    ...(side === 'hubspot'
      ? company(`${nth}`, { tasuki_key: key, domain, name })
      : account(`a${nth}`, { Tasuki_Key__c: key, Website: domain, Name: name })),
    deleted,
  }));
  const links = companies.flatMap(({ linked, side }, nth) => {
    if (linked === null || seats.has(`${linked}${side}`)) return [];
    seats.add(`${linked}${side}`);
    return [linkTo(records[nth]!, linked)];
  });
  return { records, links };
});

test('the order of companies never changes the verdicts', () => {
  fc.assert(
    fc.property(world, fc.infiniteStream(fc.nat()), ({ records, links }, luck) => {
      const shuffled = records
        .map((record) => [luck.next().value ?? 0, record] as const)
        .toSorted((a, b) => a[0] - b[0])
        .map(([, record]) => record);
      expect(match(shuffled, links)).toEqual(match(records, links));
    }),
    { numRuns: 500 },
  );
});

test('no seat is taken twice, no record decided twice, and no two domains are joined but by key', () => {
  fc.assert(
    fc.property(world, ({ records, links }) => {
      const verdicts = matchRecords({ kind: 'company', records, links }, LEFT_ALONE);
      const decided = verdicts.flatMap((verdict) => {
        if (verdict.kind === 'united') throw new Error('companies are not united');
        return (verdict.kind === 'joined' ? verdict.links : verdict.records).map(({ record }) => record.id);
      });
      expect(decided).toHaveLength(new Set(decided).size);
      const made = verdicts.flatMap((verdict) =>
        verdict.kind === 'joined' ? verdict.links.map((link) => ({ ...link, entity: verdict.entity })) : [],
      );
      const current = [...links, ...made].filter(({ role }) => role === 'current');
      const seats = current.map(({ entity, record }) => `${entity} ${record.system}`);
      expect(seats).toHaveLength(new Set(seats).size);
      for (const { entity, record, evidence } of made.filter(({ role }) => role === 'current')) {
        const partner = current.find((link) => link.entity === entity && link.record.system !== record.system);
        const domains = [record.id, partner?.record.id].map((id) =>
          domainIn(records.find((one) => one.record.id === id)),
        );
        const isDecidedByKey =
          evidence === 'key' || made.some((link) => link.record.id === partner?.record.id && link.evidence === 'key');
        if (!isDecidedByKey && domains[0] !== null && domains[1] !== null) expect(domains[0]).toBe(domains[1]);
      }
    }),
    { numRuns: 1000 },
  );
});

function domainIn(one: Sighting | undefined): string | null {
  const written = one?.values['domain'] ?? one?.values['Website'] ?? null;
  return written === null || written === 'gmail.com' ? null : String(written).replace('www.', '');
}
