import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { LedgerUnavailable } from '../../src/errors/errors.ts';
import { type OpenLedger, openLedger } from '../../src/ledger/open.ts';
import { contact, intend, LEASE, matchAll, meet, NOON, planFor, update } from '../support/ledger-cast.ts';
import { newDatabase } from '../support/ledgers.ts';

/** What only several replicas on one server can get wrong. */
describe.skipIf(inject('postgresUrl') === null)('two replicas on one PostgreSQL', () => {
  let replicas: readonly OpenLedger[];
  let url: string;
  beforeEach(async () => {
    url = await newDatabase();
    replicas = await Promise.all([openLedger({ url }), openLedger({ url })]);
  });
  afterEach(() => Promise.all(replicas.map(({ ledger }) => ledger.close())));
  const [one, two] = [() => replicas[0]!.ledger, () => replicas[1]!.ledger];

  it('migrate one after the other when they start at once', () => {
    expect(replicas).toHaveLength(2);
  });

  it('never plan one person twice, and hand out every turn once', async () => {
    await meet(one(), ...Array.from({ length: 60 }, (_, nth) => contact(`${nth}`, { email: `p${nth}@example.co.jp` })));
    const planned: string[] = [];
    const planAll = async (ledger: OpenLedger['ledger']) => {
      for (;;) {
        const batch = await ledger.plan('run-1', 7, NOON, ({ entities, rotation }) => {
          planned.push(...entities.map(({ id }) => id));
          return {
            plans: entities.map((facts) => planFor(facts)),
            rotation: { team: (rotation['team'] ?? 0) + entities.length },
          };
        });
        if (batch === null) return;
      }
    };
    await Promise.all([planAll(one()), planAll(two()), planAll(one()), planAll(two())]);
    expect(planned).toHaveLength(60);
    expect(new Set(planned).size).toBe(60);
    await one().wakeEveryone();
    await one().plan('run-1', 1, NOON, ({ rotation }) => {
      expect(rotation).toEqual({ team: 60 });
      return { plans: [], rotation };
    });
  });

  it('never claim one change twice', async () => {
    const people = Array.from({ length: 30 }, (_, nth) => contact(`${nth}`, { email: `p${nth}@example.co.jp` }));
    await meet(one(), ...people);
    await intend(one(), 'hubspot-0', ...people.map((person, nth) => update(`c${nth}`, person, { jobtitle: '部長' })));
    const batches = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => (nth % 2 ? one() : two()).claim('hubspot', 4, NOON, LEASE)),
    );
    const claimed = batches.flat().map(({ id }) => id);
    expect(new Set(claimed).size).toBe(claimed.length);
  });

  it('a sighting that arrives while a plan is being made keeps its person dirty', async () => {
    const taro = contact('1', { jobtitle: '課長' });
    await meet(one(), taro);
    let noted: Promise<unknown> = Promise.resolve();
    await one().plan('run-1', 10, NOON, ({ entities, rotation }) => {
      noted = two().noteSightings([contact('1', { jobtitle: '部長' }, { seenAt: NOON + 1 })], []);
      return { plans: entities.map((facts) => planFor(facts)), rotation };
    });
    await noted;
    expect((await one().waiting()).dirty).toBe(1);
  });

  it('meet the same strangers and make one person of each', async () => {
    await Promise.all(
      [one(), two()].map((ledger) =>
        ledger.noteSightings(
          [contact('1', { email: 'a@example.co.jp' }), contact('2', { email: 'b@example.co.jp' })],
          [],
        ),
      ),
    );
    await Promise.all([matchAll(one()), matchAll(two())]);
    expect((await one().counts()).people).toBe(2);
  });

  it('a server that does not answer is a ledger that is away, not a bug', async () => {
    await expect(openLedger({ url: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toThrow(LedgerUnavailable);
  });
});
