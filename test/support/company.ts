import { rmSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PassResult, passOnce } from '../../src/cli/once.ts';
import { type Options, readOptions } from '../../src/config/options.ts';
import { openPglite } from '../../src/ledger/open-pglite.ts';
import { signAsBothHeads } from '../../src/main/demo-sign.ts';
import { openWorkshop, type WiredWorkshop } from '../../src/main/wire.ts';
import { type FaultRule } from '../../src/sandbox/kernel/faults.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { setUp } from '../../src/steps/set-up.ts';

/** A company with both CRMs emulated and a worker beside them: what a flow test tells its story about. */
export type Company = {
  readonly sandbox: Sandbox;
  readonly shop: WiredWorkshop;
  readonly options: Options;
  /** One whole pass, as `tasuki once` does it. */
  pass(): Promise<PassResult>;
  /** Lets time pass in both systems and for the worker; five minutes unless told, enough for HubSpot's search index. */
  later(ms?: number): Promise<void>;
  trouble(rule: FaultRule): void;
  close(): Promise<void>;
};

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Monday, 2 November 2026, 10:00 in Tokyo; Tuesday is 文化の日. */
const MONDAY_MORNING = Date.parse('2026-11-02T10:00:00+09:00');

export async function aCompany(
  given: SandboxOptions & {
    readonly mappings?: string;
    readonly setUp?: boolean;
    /** Have both heads signed the agreement? They have, unless told otherwise. */
    readonly signed?: boolean;
    /** Settings that differ from those of `environmentFor`. */
    readonly settings?: Partial<Options>;
  } = {},
): Promise<Company> {
  const { mappings, setUp: wantsSetUp = true, signed: isSigned = true, settings = {}, ...world } = given;
  const sandbox = await startSandbox({ people: 60, seed: 7, start: MONDAY_MORNING, ...world });
  // On a clock that stands still no window of an allowance ever passes.
  if (world.frozen === true)
    Object.assign(sandbox.portal.switches, {
      searchPerSecondLimit: 1e6,
      tenSecondlyLimit: 1e6,
      associationTenSecondlyLimit: 1e6,
    });
  const folder = await mkdtemp(join(tmpdir(), 'tasuki-flow-'));
  await cp(await emptyData(), folder, { recursive: true });
  const options = { ...optionsFor(sandbox, folder, mappings), ...settings };
  const shop = await openWorkshop(options, 'inline');
  if (wantsSetUp) await setUp(shop.works);
  if (isSigned) await signAsBothHeads(shop, options.mappings, 'test');
  return {
    sandbox,
    shop,
    options,
    pass: () => {
      shop.newRun();
      return passOnce(shop);
    },
    later: async (ms = 5 * MINUTE) => {
      sandbox.kernel.clock.advance(ms);
      await shop.refreshClock();
    },
    trouble: (rule) => sandbox.kernel.faults.add(rule),
    close: async () => {
      await shop.close();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let made: Promise<string> | undefined;

/** A data folder without a table in it: PostgreSQL takes seconds to make one, which a copy spares every company but the first. */
function emptyData(): Promise<string> {
  made ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tasuki-flow-empty-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    await (await openPglite({ folder })).close();
    return folder;
  })();
  return made;
}

/** The environment a worker beside this sandbox would be started with. */
export function environmentFor(
  sandbox: Pick<Sandbox, 'hubspot' | 'salesforce' | 'control'>,
  folder: string,
  mappings = 'mappings',
): Record<string, string> {
  return {
    HUBSPOT_BASE_URL: sandbox.hubspot,
    HUBSPOT_ACCESS_TOKEN: 'pat-na1-sandbox',
    HUBSPOT_CALLS_PER_10_SECONDS: '180',
    SALESFORCE_LOGIN_URL: sandbox.salesforce,
    SALESFORCE_CLIENT_ID: 'tasuki-sandbox',
    SALESFORCE_CLIENT_SECRET: 'sandbox-secret',
    TASUKI_CLOCK_URL: sandbox.control,
    TASUKI_FOLDER: folder,
    TASUKI_MAPPINGS: mappings,
    TASUKI_LOG_LEVEL: 'error',
    // A small company in a test changes as a whole; what waits for a person has tests of its own.
    TASUKI_FIRST_RUN: 'go',
    TASUKI_BREAKER_CHANGES: '1000000',
    TASUKI_BREAKER_PERCENT: '100',
  };
}

function optionsFor(sandbox: Sandbox, folder: string, mappings?: string): Options {
  return readOptions(environmentFor(sandbox, folder, mappings));
}
