import { describe } from 'vitest';
import { embeddedLedger } from '../support/ledgers.ts';
import { ledgerContract } from './ledger.ts';
import { sqlContract } from './ledger-sql.ts';

describe('the ledger on PGlite', () => {
  ledgerContract(embeddedLedger);
  sqlContract(embeddedLedger);
});
