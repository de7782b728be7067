import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Absence, Team } from '../../../src/domain/people/mapping.ts';
import type { DirectoryEntry } from '../../../src/domain/people/record.ts';
import type { PlanContext } from '../../../src/reconcile/context.ts';
import { planBatch } from '../../../src/reconcile/plan-batch.ts';
import { aContact, aContext, aPerson, aPolicy, NOW, tokyo } from '../../support/people.ts';
import { aDirectory, PEOPLE_AT_WORK } from '../../support/systems.ts';

const NEW = { createdAt: NOW } as const;
const [mori, kato] = ['aoi.mori@example.co.jp', 'ren.kato@example.co.jp'];
const DEPUTY = 'yui.ono@example.co.jp';

/** The team of the builders otherwise, everybody else as they are. */
function teamed(team: Partial<Team>, absences: readonly Absence[] = [], rest: Partial<PlanContext> = {}): PlanContext {
  const { owners, ...policy } = aPolicy();
  const teams = { 'inside-sales': { ...owners.teams['inside-sales']!, ...team } };
  return aContext({ ...rest, policy: { ...policy, owners: { ...owners, absences, teams } } });
}

const newcomers = (count: number, values = {}) =>
  Array.from({ length: count }, (_, nth) =>
    aPerson([aContact({ hubspotscore: 60, ...values }, NEW)], { id: `p${nth}` }),
  );

/** Who receives each of them, by name, and what is left in the counts. */
function given(count: number, context: PlanContext, rotation = {}, values = {}) {
  const batch = planBatch(newcomers(count, values), rotation, context);
  const names = batch.plans.map(({ changes }) => {
    const owner = changes.flatMap(({ steps }) => steps.flat()).find(({ field }) => field === 'OwnerId');
    return context.directory.byId.salesforce.get(String(owner?.after))?.name ?? null;
  });
  return { names, rotation: batch.rotation, findings: batch.plans.flatMap(({ openFindings }) => openFindings) };
}

describe('turns by weight', () => {
  test('give whoever has more of them more, spread over the round', () => {
    expect(given(6, teamed({ weights: { [mori]: 2 } })).names).toEqual([
      '森 葵',
      '加藤 蓮',
      '森 葵',
      '森 葵',
      '加藤 蓮',
      '森 葵',
    ]);
  });
});

describe('a limit for the day', () => {
  const limited = { capacities: { [mori]: 1, [kato]: 2 } };

  test('passes over whoever has had theirs; when all have, the queue receives at once, and it is said', () => {
    const { names, findings } = given(5, teamed(limited));
    expect(names).toEqual(['森 葵', '加藤 蓮', '加藤 蓮', 'インサイドセールス', 'インサイドセールス']);
    expect(new Set(findings.map(({ code, subject }) => `${code} ${subject}`))).toEqual(
      new Set(['TEAM_FULL owners:inside-sales:2026-11-24']),
    );
  });

  test('is one of the day, not of the batch: the next batch goes on where this one ended, the next day begins anew', () => {
    const { rotation } = given(3, teamed(limited));
    expect(given(1, teamed(limited), rotation).names).toEqual(['インサイドセールス']);
    const tomorrow = given(1, teamed(limited, [], { now: tokyo('2026-11-25 00:01') }), rotation);
    expect(tomorrow.names).toEqual(['森 葵']);
  });

  test('does not take somebody from who has them already, and counts them', () => {
    const { names } = given(2, teamed(limited), {}, { hubspot_owner_id: '71' });
    expect(names).toEqual(['森 葵', '森 葵']);
    const { rotation } = given(1, teamed(limited), {}, { hubspot_owner_id: '71' });
    expect(given(2, teamed(limited), rotation).names).toEqual(['加藤 蓮', '加藤 蓮']);
  });

  test('is said once a person is given to the queue, and not of a Lead that waits with its owner', () => {
    const context = teamed({ capacities: { [mori]: 1, [kato]: 0 } });
    const first = planBatch(newcomers(1), {}, context);
    expect(first.plans[0]?.openFindings).toEqual([]);
  });
});

describe('a table of territories', () => {
  const table: Partial<Team> = {
    assign: 'territory',
    members: [mori, kato],
    territories: { by: 'person.industry', table: { MANUFACTURING: [kato] }, otherwise: [mori] },
  };
  const byIndustry = (industry: string | null, context = teamed(table)) => given(1, context, {}, { industry }).names;

  test('gives by the value, however it is spelt, and everybody else to whoever takes the rest', () => {
    expect(byIndustry('MANUFACTURING')).toEqual(['加藤 蓮']);
    expect(byIndustry('manufacturing')).toEqual(['加藤 蓮']);
    expect(byIndustry('FINANCE')).toEqual(['森 葵']);
    expect(byIndustry(null)).toEqual(['森 葵']);
  });

  test('where its people are away or full goes on to whoever takes the rest, and then to the queue', () => {
    const away = [{ who: kato, from: '2026-11-24', to: '2026-11-24', deputy: DEPUTY }];
    expect(byIndustry('MANUFACTURING', teamed(table, away))).toEqual(['森 葵']);
    const onlyKato = { ...table, territories: { ...table.territories!, otherwise: [] } };
    expect(byIndustry('MANUFACTURING', teamed(onlyKato, away))).toEqual(['インサイドセールス']);
  });

  test('has turns of its own in each territory', () => {
    const two = { ...table, territories: { by: 'person.industry', table: { FINANCE: [mori, kato] }, otherwise: [] } };
    const { names, rotation } = given(3, teamed(two), {}, { industry: 'FINANCE' });
    expect(names).toEqual(['森 葵', '加藤 蓮', '森 葵']);
    expect(rotation).toEqual({ 'inside-sales/FINANCE': 3 });
  });
});

test("HubSpot's owner keeps a person only where they are of the team, if that is agreed", () => {
  const strangers = PEOPLE_AT_WORK.map((one) => (one.id === '72' ? { ...one, email: 'left@example.co.jp' } : one)).map(
    (one) => (one.email === 'left@example.co.jp' ? { ...one, active: true } : one),
  );
  const directory = aDirectory(strangers);
  const owned = { hubspot_owner_id: '72' };
  expect(given(1, teamed({}, [], { directory }), {}, owned).names).toEqual(['退職 者']);
  expect(given(1, teamed({ existingOwner: 'team' }, [], { directory }), {}, owned).names).toEqual(['森 葵']);
});

describe('laws of assignment', () => {
  const people = Array.from(
    { length: 6 },
    (_, nth): DirectoryEntry => ({
      system: 'salesforce',
      kind: 'user',
      id: `00500000000010${nth}AAA`,
      name: `rep ${nth}`,
      email: `rep${nth}@example.co.jp`,
      active: true,
    }),
  );
  const emails = people.map(({ email }) => email!);
  const directory = aDirectory([...PEOPLE_AT_WORK, ...people]);
  const world = fc.record({
    weights: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 6, maxLength: 6 }),
    limits: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 6, maxLength: 6 }),
    away: fc.subarray(emails),
    isLimited: fc.boolean(),
    crowd: fc.integer({ min: 1, max: 40 }),
    cut: fc.integer({ min: 0, max: 40 }),
    start: fc.integer({ min: 0, max: 100 }),
  });
  type World = typeof world extends fc.Arbitrary<infer T> ? T : never;
  const contextOf = ({ weights, limits, away, isLimited }: World) => {
    const byEmail = (numbers: readonly number[]) =>
      Object.fromEntries(emails.map((email, nth) => [email, numbers[nth]!]));
    const absences = away.map((who) => ({ who, from: '2026-11-24', to: '2026-11-24', deputy: DEPUTY }));
    const team = { members: emails, weights: byEmail(weights), ...(isLimited ? { capacities: byEmail(limits) } : {}) };
    return teamed(team, absences, { directory });
  };

  test('nobody receives more than their day, nobody who is away receives anything, and nobody is lost', () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const context = contextOf(drawn);
        const { names } = given(drawn.crowd, context, { 'inside-sales': drawn.start });
        const had = (nth: number) => names.filter((name) => name === `rep ${nth}`).length;
        emails.forEach((email, nth) => {
          if (drawn.isLimited) expect(had(nth)).toBeLessThanOrEqual(drawn.limits[nth]!);
          if (drawn.away.includes(email)) expect(had(nth)).toBe(0);
        });
        expect(names).not.toContain(null);
        const room = emails.reduce(
          (sum, email, nth) => sum + (drawn.away.includes(email) ? 0 : drawn.isLimited ? drawn.limits[nth]! : Infinity),
          0,
        );
        const queued = names.filter((name) => name === 'インサイドセールス').length;
        expect(queued).toBe(Math.max(0, drawn.crowd - room));
      }),
      { numRuns: 100 },
    );
  });

  test('the same in one batch as in two, and the same again: plan and run agree', () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const context = contextOf(drawn);
        const start = { 'inside-sales': drawn.start };
        const crowd = newcomers(drawn.crowd);
        const whole = planBatch(crowd, start, context);
        const first = planBatch(crowd.slice(0, drawn.cut), start, context);
        const second = planBatch(crowd.slice(drawn.cut), first.rotation, context);
        expect([...first.plans, ...second.plans]).toEqual(whole.plans);
        expect(second.rotation).toEqual(whole.rotation);
        expect(planBatch(crowd, start, context)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  test('with nobody away and no limit, everybody has their weight after each whole round', () => {
    fc.assert(
      fc.property(world, ({ weights, start }) => {
        const context = contextOf({ weights, limits: [], away: [], isLimited: false, crowd: 0, cut: 0, start });
        const whole = weights.reduce((sum, weight) => sum + weight, 0);
        const { names } = given(whole, context, { 'inside-sales': start });
        weights.forEach((weight, nth) => expect(names.filter((name) => name === `rep ${nth}`)).toHaveLength(weight));
      }),
      { numRuns: 60 },
    );
  });
});
