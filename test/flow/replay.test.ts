import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadProposed } from '../../src/config/load.ts';
import type { Replay } from '../../src/reconcile/replay/replay.ts';
import { replay } from '../../src/steps/replay.ts';
import { DAY } from '../support/company.ts';
import { aSale, type Sale } from '../support/sale.ts';

/** A proposal is tried on what the worker has read of both systems, while both CRMs stand still. */
describe('a proposed agreement over what the worker remembers', () => {
  let folder: string;
  let sale: Sale;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tasuki-replay-'));
    sale = await aSale({ people: 40 });
  });
  afterEach(async () => {
    await sale.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('lets in whom a lower threshold lets in, on the day on which their score rose; the one in force gives what was lived', async () => {
    const { company } = sale;
    const contact = sale.contact('kisaragi@example.co.jp');
    await sale.settle();
    await sale.nextDay();
    const rose = sale.kernelNow();
    sale.edit('hubspot', 'contacts', contact, { leadscore: '75' });
    const other = sale.contact('yayoi@example.co.jp', { leadscore: '95', lastname: '弥生' });
    await sale.settle();

    const calls = company.sandbox.kernel.log.list().length;
    const told = await over(70, rose);
    expect(company.sandbox.kernel.log.list().length).toBe(calls);
    const mine = told.newly.people.find(({ name }) => name === '如月');
    expect(mine).toMatchObject({ stage: 'MQL', met: { found: 75 }, unmet: { truth: false } });
    expect(Math.abs(mine!.at - rose)).toBeLessThan(DAY);
    expect(told.dropped).toEqual({ count: 0, people: [] });

    const lived = await company.shop.works.ledger.person(other);
    expect(lived?.stages.at(-1)).toMatchObject({ stage: 'MQL', by: 'rule' });
    const same = await over(80, rose);
    expect(same).toMatchObject({ newly: { count: 0 }, dropped: { count: 0 }, earlier: 0, later: 0 });
    expect(same.inForce?.months).toEqual(same.happened);
  }, 180_000);

  async function over(threshold: number, day: number): Promise<Replay> {
    const { shop, options } = sale.company;
    const file = join(folder, 'proposed.yaml');
    const text = await readFile(join(options.mappings, 'agreement.yaml'), 'utf8');
    await writeFile(file, text.replace('at-least: 80', `at-least: ${threshold}`));
    const works = await shop.worksNow();
    return replay(works.ledger, {
      proposed: loadProposed(options.mappings, file).policy,
      inForce: works.policy(),
      period: { from: day - 5 * 60_000, until: day + 2 * DAY },
      now: works.clock.now(),
    });
  }
});
