import { describe } from 'vitest';
import { memoryLedger } from '../simulation/ledger/test-ledger.ts';
import { ledgerContract } from './ledger.ts';

describe('the ledger in memory, on which the simulation runs', () => ledgerContract(memoryLedger));
