import { afterEach, describe, expect, inject, test } from 'vitest';
import { startWorking } from '../../src/cli/start.ts';
import { readOptions } from '../../src/config/options.ts';
import { signAsBothHeads } from '../../src/main/demo-sign.ts';
import { openWorkshop, type WiredWorkshop } from '../../src/main/wire.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { setUp } from '../../src/steps/set-up.ts';
import { environmentFor } from '../support/company.ts';
import { compareCrms } from '../support/compare-crms.ts';
import { newDatabase } from '../support/ledgers.ts';
import { booksOverHttp } from '../support/read-crms.ts';

/** The shape of production: two workers, one PostgreSQL, one Redis. */
describe.skipIf(inject('postgresUrl') === null || inject('redisUrl') === null)(
  'two workers on one PostgreSQL and one Redis',
  () => {
    let sandbox: Sandbox;
    const workers: WiredWorkshop[] = [];
    afterEach(async () => {
      for (const worker of workers.splice(0)) await worker.close();
      await sandbox.close();
    });

    test('share the work: everybody is put in step once, and no record is made twice', async () => {
      sandbox = await startSandbox({ people: 200, seed: 3, start: Date.parse('2026-11-04T10:00:00+09:00') });
      const embedded = readOptions(environmentFor(sandbox, 'unused'));
      const options = { ...embedded, databaseUrl: await newDatabase(), redisUrl: inject('redisUrl')! };
      workers.push(await openWorkshop(options, 'queue'), await openWorkshop(options, 'queue'));
      const [first, second] = workers as [WiredWorkshop, WiredWorkshop];
      await setUp(first.works);
      await signAsBothHeads(first, options.mappings, 'test');
      await Promise.all([startWorking(first, 3_600_000), startWorking(second, 3_600_000)]);
      for (const { queue } of workers) {
        await queue.ring({ job: 'pull-changes', system: 'hubspot' });
        await queue.ring({ job: 'pull-changes', system: 'salesforce' });
      }
      await first.queue.quiet();
      await second.queue.quiet();

      const { people, changes } = await first.works.ledger.counts();
      expect(people).toBeGreaterThan(200);
      // Superseded ones never left: while one planner's deal was being made, the other had planned its people again.
      const settled = ['acknowledged', 'confirmed', 'superseded'];
      expect(Object.keys(changes).filter((state) => !settled.includes(state))).toEqual([]);
      const keys = sandbox.org.records('Lead').flatMap((row) => (row['Tasuki_Key__c'] ? [row['Tasuki_Key__c']] : []));
      expect(new Set(keys).size).toBe(keys.length);
      expect((await compareCrms(booksOverHttp(sandbox))).differences).toEqual([]);
    });
  },
);
