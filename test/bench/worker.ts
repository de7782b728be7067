import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PassResult, passOnce } from '../../src/cli/once.ts';
import { readOptions } from '../../src/config/options.ts';
import { signAsBothHeads } from '../../src/main/demo-sign.ts';
import { openWorkshop, type WiredWorkshop } from '../../src/main/wire.ts';
import { environmentFor } from '../support/company.ts';
import { type CompanyProcess, startCompany } from './company-process.ts';

/** A company in its own process, and the worker beside it, in this one. */
export type Worker = {
  readonly company: CompanyProcess;
  readonly shop: WiredWorkshop;
  pass(): Promise<PassResult>;
  /** Time passes for both systems and for the worker. */
  later(minutes: number): Promise<void>;
  close(): Promise<void>;
};

export type WorkerOptions = { readonly people: number; readonly limits: boolean; readonly databaseUrl: string | null };

const MINUTE_MS = 60_000;
const UNLIMITED = 1_000_000;

export async function openWorker({ people, limits, databaseUrl }: WorkerOptions): Promise<Worker> {
  const company = await startCompany({ people, limits });
  const folder = await mkdtemp(join(tmpdir(), 'tasuki-bench-'));
  const read = readOptions(environmentFor(company.urls, folder));
  const hubspotCallsPerTenSeconds = limits ? read.hubspotCallsPerTenSeconds : UNLIMITED;
  const options = { ...read, hubspotCallsPerTenSeconds, databaseUrl };
  const clear = async (): Promise<void> => {
    await company.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const shop = await openWorkshop(options, 'inline').catch(async (error: unknown) => {
    await clear();
    throw error;
  });
  await signAsBothHeads(shop, options.mappings, 'bench');
  return {
    company,
    shop,
    pass: () => {
      shop.newRun();
      return passOnce(shop);
    },
    later: async (minutes) => {
      await company.ask({ ask: 'advance', ms: minutes * MINUTE_MS });
      await shop.refreshClock();
    },
    close: async () => {
      await shop.close();
      await clear();
    },
  };
}
