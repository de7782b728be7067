import { afterEach, describe, inject } from 'vitest';
import { type OpenLedger, openLedger } from '../../src/ledger/open.ts';
import { openQueue } from '../../src/queue/open-queue.ts';
import { newDatabase } from '../support/ledgers.ts';
import { quietLog } from '../support/quiet-log.ts';
import { queueContract } from './queue.ts';

describe.skipIf(inject('postgresUrl') === null)('the queue on PostgreSQL', () => {
  let under: OpenLedger;
  afterEach(() => under.ledger.close());

  queueContract(
    async () => {
      under = await openLedger({ url: await newDatabase() });
      return openQueue({ engine: under.engine, log: quietLog });
    },
    { repeats: true },
  );
});
