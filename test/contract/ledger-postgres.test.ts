import { describe, inject } from 'vitest';
import { serverLedger } from '../support/ledgers.ts';
import { ledgerContract } from './ledger.ts';
import { sqlContract } from './ledger-sql.ts';

describe.skipIf(inject('postgresUrl') === null)('the ledger on PostgreSQL', () => {
  ledgerContract(serverLedger);
  sqlContract(serverLedger);
});
