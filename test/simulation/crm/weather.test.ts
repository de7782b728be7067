import { beforeEach, describe, expect, it } from 'vitest';
import type { Effect, Outcome } from '../../../src/domain/people/change.ts';
import type { ObjectName, Sighting, System } from '../../../src/domain/people/record.ts';
import { RateLimited, RemoteUnavailable } from '../../../src/errors/errors.ts';
import type { Crm, CursorState } from '../../../src/ports/crm.ts';
import { simulateCrms } from './simulated-crms.ts';
import { openSmallCompany, type SmallCompany } from './small-company.ts';
import { FINE, type Sky, type Weather } from './weather.ts';

const START = Date.parse('2026-11-02T10:00:00+09:00');
const MINUTE = 60_000;
const PEOPLE = {
  hubspot: { object: 'contacts', field: 'jobtitle' },
  salesforce: { object: 'Lead', field: 'Title' },
} as const;
const WRITES = /^(?:batch-update|collections-update)$/;

describe('under every sky', () => {
  let company: SmallCompany;
  let crm: Readonly<Record<System, Crm>>;
  let skies: Sky[];
  let waits: number[];
  let ids: Readonly<Record<System, readonly string[]>>;

  beforeEach(() => {
    company = openSmallCompany(3, START, 20);
    skies = [];
    waits = [];
    crm = open({ call: (_system, kind) => (WRITES.test(kind) ? (skies.shift() ?? FINE) : FINE) });
    ids = {
      hubspot: company.portal
        .records('contacts')
        .map(({ id }) => id)
        .slice(0, 3),
      salesforce: company.org
        .records('Lead')
        .map((row) => String(row['Id']))
        .slice(0, 3),
    };
  });

  const open = (weather: Weather) =>
    simulateCrms({ ...company, weather: { ...weather, wait: (_system, ms) => void waits.push(ms) } });
  const effects = (system: System): readonly Effect[] =>
    ids[system].map((id) => {
      const { object, field } = PEOPLE[system];
      return { change: id, kind: 'update', object, id, key: null, values: { [field]: '新しい役職' } };
    });
  const write = async (system: System): Promise<readonly Outcome['kind'][]> => {
    const outcomes = await crm[system].write(effects(system));
    return ids[system].map((id) => outcomes.find(({ change }) => change === id)!.kind);
  };
  /** How many of them hold the new value. */
  const standing = (system: System): number => {
    const { field } = PEOPLE[system];
    const values =
      system === 'hubspot'
        ? company.portal.records('contacts').map(({ properties }) => properties[field])
        : company.org.records('Lead').map((row) => row[field]);
    return values.filter((value) => value === '新しい役職').length;
  };

  const ALL = ['written', 'written', 'written'] as const;
  const UNSURE = ['unsure', 'unsure', 'unsure'] as const;
  it.each([
    ['hubspot', { kind: 'rate-limited' }, ALL, 3, [10_000]],
    ['hubspot', { kind: 'rate-limited', retryAfterMs: 7_000 }, ALL, 3, [7_000]],
    ['hubspot', { kind: 'failed-before-commit' }, UNSURE, 0, []],
    ['hubspot', { kind: 'failed-after-commit' }, UNSURE, 3, []],
    ['hubspot', { kind: 'timed-out-after-commit' }, UNSURE, 3, []],
    ['hubspot', { kind: 'partial', rows: [1] }, ['written', 'refused', 'written'], 2, []],
    ['hubspot', { kind: 'row-locked', rows: [0] }, ALL, 3, [2_000]],
    ['salesforce', { kind: 'failed-before-commit' }, UNSURE, 0, []],
    ['salesforce', { kind: 'failed-after-commit' }, UNSURE, 3, []],
    ['salesforce', { kind: 'timed-out-after-commit' }, UNSURE, 3, []],
    ['salesforce', { kind: 'partial', rows: [1] }, ['written', 'refused', 'written'], 2, []],
    ['salesforce', { kind: 'row-locked', rows: [0] }, ['deferred', 'written', 'written'], 2, []],
    ['salesforce', { kind: 'row-locked', rows: [0, 1, 2] }, ['deferred', 'deferred', 'deferred'], 0, []],
  ] as const)('a write to %s under %o ends as the connector tells it', async (system, sky, kinds, stand, waited) => {
    skies = [sky];
    expect(await write(system)).toEqual(kinds);
    expect(standing(system)).toBe(stand);
    // A call takes a moment of the wait.
    expect(waits.map((ms) => Math.round(ms / 100) * 100)).toEqual(waited);
  });

  it.each([
    ['hubspot', { kind: 'rate-limited', retryAfterMs: MINUTE }, MINUTE],
    ['hubspot', { kind: 'quota-exhausted' }, 60 * MINUTE],
    ['salesforce', { kind: 'rate-limited' }, MINUTE],
    ['salesforce', { kind: 'rate-limited', retryAfterMs: 5_000 }, 5_000],
    ['salesforce', { kind: 'quota-exhausted' }, 15 * MINUTE],
  ] as const)('a write to %s under %o is put off, and nothing is written', async (system, sky, waitMs) => {
    skies = [sky];
    const failure: unknown = await crm[system].write(effects(system)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RateLimited);
    expect(failure).toMatchObject({ waitMs });
    expect(standing(system)).toBe(0);
  });

  it('a batch that stays locked at HubSpot is deferred after three waits', async () => {
    skies = Array.from({ length: 4 }, () => ({ kind: 'row-locked', rows: [0] }));
    expect(await write('hubspot')).toEqual(['deferred', 'deferred', 'deferred']);
    expect(waits).toEqual([2_000, 4_000, 6_000]);
  });

  it.each(['hubspot', 'salesforce'] as const)(
    'a read of %s is tried again, and given up in the end',
    async (system) => {
      let failures = 1;
      crm = open({ call: () => ({ kind: (failures -= 1) >= 0 ? 'failed-before-commit' : 'fine' }) });
      await expect(crm[system].directory()).resolves.not.toEqual([]);
      expect(waits).toHaveLength(1);
      failures = Number.POSITIVE_INFINITY;
      await expect(crm[system].directory()).rejects.toThrow(RemoteUnavailable);
    },
  );

  it('one of several queries in a call may fail by itself, and its object is read in the next', async () => {
    let first = true;
    crm = open({
      call: (_system, kind) => {
        const sky: Sky = first && kind === 'composite-query' ? { kind: 'partial', rows: [1] } : FINE;
        if (kind === 'composite-query') first = false;
        return sky;
      },
    });
    const objects = (await pulled('salesforce', ['Lead', 'Contact'])).map(({ record }) => record.object);
    expect(new Set(objects)).toEqual(new Set(['Lead', 'Contact']));
    expect(crm.salesforce.calls()['composite-query']).toBe(2);
  });

  it.each(['hubspot', 'salesforce'] as const)('a kill during a write to %s is no lost answer', async (system) => {
    const death = new Error('killed');
    let calls = 0;
    crm = open({
      call: (_system, kind) => {
        calls += 1;
        if (WRITES.test(kind)) throw death;
        return FINE;
      },
    });
    await expect(crm[system].write(effects(system))).rejects.toBe(death);
    expect(standing(system)).toBe(0);
    const before = calls;
    await expect(crm[system === 'hubspot' ? 'salesforce' : 'hubspot'].directory()).rejects.toBe(death);
    await expect(pulled(system, [PEOPLE[system].object])).rejects.toBe(death);
    expect(calls).toBe(before);
    crm = open({ call: () => FINE });
    expect(await write(system)).toEqual(ALL);
  });

  it('search shows an edit only after its lag, and no pull loses it', async () => {
    Object.assign(company.portal.switches.searchLag, { minMs: 20_000, maxMs: 20_000 });
    const cursors = new Map<ObjectName, CursorState>();
    await pulled('hubspot', ['contacts'], cursors);
    company.clock.advance(10 * MINUTE);
    const id = ids.hubspot[0]!;
    company.portal.touch('contacts', id, { jobtitle: '編集' }, { source: 'CRM_UI', userId: 1 });
    company.clock.advance(19_000);
    expect((await pulled('hubspot', ['contacts'], cursors)).map(({ record }) => record.id)).not.toContain(id);
    company.clock.advance(2_000);
    expect((await pulled('hubspot', ['contacts'], cursors)).map(({ record }) => record.id)).toContain(id);
  });

  it('a row of Salesforce that is seen later than it was stamped is lost to no pull', async () => {
    const cursors = new Map<ObjectName, CursorState>();
    company.org.switches.holdTransaction = true;
    company.org.touch('Lead', ids.salesforce[0]!, { Title: '編集' });
    company.clock.advance(9 * MINUTE);
    const titles = async () => (await pulled('salesforce', ['Lead'], cursors)).map(({ values }) => values['Title']);
    expect(await titles()).not.toContain('編集');
    company.org.switches.holdTransaction = false;
    expect(await titles()).toContain('編集');
  });

  async function pulled(
    system: System,
    objects: readonly ObjectName[],
    cursors = new Map<ObjectName, CursorState>(),
  ): Promise<readonly Sighting[]> {
    const fields = [PEOPLE[system].field];
    const streams = objects.map((object) => ({ object, fields, cursor: cursors.get(object) }));
    const found: Sighting[] = [];
    for await (const page of crm[system].changesSince(streams, company.clock.now())) {
      cursors.set(page.object, page.cursor);
      found.push(...page.sightings);
    }
    return found;
  }
});
