import { afterAll, beforeAll, describe } from 'vitest';
import { type OpenLedger, openLedger } from '../../src/ledger/open.ts';
import { openQueue } from '../../src/queue/open-queue.ts';
import { ledgerSnapshot } from '../support/ledgers.ts';
import { quietLog } from '../support/quiet-log.ts';
import { queueContract } from './queue.ts';

describe('the queue on the embedded ledger', () => {
  let under: OpenLedger;
  beforeAll(async () => {
    under = await openLedger({ memory: true, snapshot: await ledgerSnapshot() });
  });
  afterAll(() => under.ledger.close());

  queueContract(
    async () => {
      const pool = await under.engine.openPool('bullmq');
      await pool.query('drop schema bullmq cascade');
      return openQueue({ engine: under.engine, log: quietLog });
    },
    { repeats: true },
  );
});
