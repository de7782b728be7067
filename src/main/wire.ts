import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { runLane } from '../../jobs/index.ts';
import { budgetRules, gateRules } from '../cli/gate.ts';
import type { LedgerDesk, MappingsUse, Workshop } from '../cli/verb.ts';
import { missingCredentials, type Options } from '../config/options.ts';
import { knownOffsets } from '../config/zone-offsets.ts';
import { machineWatch, type Watch } from '../connectors/http/remote-clock.ts';
import { openHubSpot } from '../connectors/hubspot/hubspot.ts';
import { openSalesforce } from '../connectors/salesforce/open-salesforce.ts';
import type { SalesforceAuth } from '../connectors/salesforce/options.ts';
import { ConfigInvalid, LedgerUnavailable } from '../errors/errors.ts';
import { type OpenLedger, openLedger } from '../ledger/open.ts';
import type { Clock } from '../ports/clock.ts';
import type { Crm } from '../ports/crm.ts';
import type { Log } from '../ports/log.ts';
import { openInlineQueue, openQueue } from '../queue/open-queue.ts';
import type { Works } from '../steps/works.ts';
import { type FollowedClock, followClock, machineClock } from './clocks.ts';
import { listenForFailures } from './lane-failures.ts';
import { openLog } from './log.ts';
import { followPolicy, policyInUse, policyOnRecord } from './policy.ts';

const HOUR_MS = 60 * 60 * 1000;

/** A workshop whose runs can be told apart, whose borrowed clock can be asked again, and whose `works` can take up what was signed since. */
export type WiredWorkshop = Workshop & {
  newRun(): string;
  refreshClock(): Promise<void>;
  refreshPolicy(): Promise<void>;
};

type Ground = OpenLedger & { readonly clock: Clock; readonly followed: FollowedClock | null };

/** Opens everything a worker needs, in the order in which it is needed, and hands it to the steps. The only place that knows all of it. */
export async function openWorkshop(
  options: Options,
  how: 'inline' | 'queue',
  use: MappingsUse = 'take-up',
): Promise<WiredWorkshop> {
  const missing = missingCredentials(options);
  if (missing.length > 0) throw new ConfigInvalid(missing);
  const log = openLog(options.logLevel);
  const { ledger, engine, clock, followed } = await openGround(options);
  const closers: (() => Promise<void>)[] = [() => ledger.close()];
  try {
    // Virtual time is moved by hand: it is its own measure.
    const now = () => clock.now();
    const watch = followed === null ? machineWatch : { now, steady: now };
    const ground = { options, ledger, now: clock.now() };
    const inUse = await policyInUse(ground, use, { tolerant: how === 'queue', log });
    const { proposal } = inUse;
    let { policy } = inUse;
    const crm = { hubspot: hubSpot(options, log, watch), salesforce: await salesforce(options, log, watch) };
    closers.unshift(
      () => crm.hubspot.close(),
      () => crm.salesforce.close(),
    );
    const queue = how === 'inline' ? openInlineQueue() : await openQueue({ redisUrl: options.redisUrl, engine, log });
    closers.unshift(() => queue.close());
    let run = newRunId();
    const works: Works = {
      ledger,
      crm,
      clock,
      bell: queue,
      log,
      policy: () => policy,
      gate: gateRules(options),
      budget: budgetRules(options),
      offsetsOf: knownOffsets,
      surveyEveryMs: options.surveyEveryHours * HOUR_MS,
      run: () => run,
    };
    const inForce = followPolicy({ ledger, locale: options.locale, started: policy, now, log });
    const failures = listenForFailures((lane) => runLane(lane, works));
    await queue.start(failures.runLane, []);
    return {
      works,
      worksNow: async () => {
        const now = await inForce();
        return { ...works, policy: () => now };
      },
      proposal,
      queue,
      alone: options.databaseUrl === null,
      gaveUp: failures.gaveUp,
      newRun: () => {
        run = newRunId();
        return run;
      },
      refreshClock: async () => followed?.refresh(),
      refreshPolicy: async () => {
        policy = await inForce();
      },
      close: () => closeAll(closers, followed),
    };
  } catch (error) {
    await closeAll(closers, followed);
    throw error;
  }
}

/** The ledger alone, for verbs that speak to no CRM; it asks for no credentials. */
export async function openLedgerDesk(options: Options): Promise<LedgerDesk> {
  const { ledger, clock, followed } = await openGround(options);
  return {
    ledger,
    clock,
    policy: () => policyOnRecord({ options, ledger, now: clock.now() }, openLog(options.logLevel)),
    close: () => closeAll([() => ledger.close()], followed),
  };
}

async function openGround(options: Options): Promise<Ground> {
  const followed = options.clockUrl === null ? null : await followClock(options.clockUrl);
  try {
    const { databaseUrl, folder } = options;
    const opened = await openLedger(databaseUrl === null ? { folder } : { url: databaseUrl });
    return { ...opened, clock: followed ?? machineClock, followed };
  } catch (error) {
    followed?.stop();
    throw options.databaseUrl === null ? folderTrouble(options.folder, error) : error;
  }
}

/** What the operating system says about the folder is for whoever chose the folder. */
function folderTrouble(folder: string, error: unknown): unknown {
  const cause = error instanceof LedgerUnavailable ? error.cause : error;
  if (!(cause instanceof Error) || !('syscall' in cause || /^E[A-Z]+: /u.test(cause.message))) return error;
  const message = `${folder} cannot be used for the embedded ledger: ${cause.message}.`;
  return new ConfigInvalid([{ at: 'TASUKI_FOLDER', message }]);
}

function newRunId(): string {
  return `run-${randomUUID()}`;
}

function hubSpot(options: Options, log: Log, watch: Watch): Crm {
  return openHubSpot({
    token: options.hubspotAccessToken!,
    baseUrl: options.hubspotBaseUrl,
    family: options.hubspotApiFamily,
    budget: { perTenSeconds: options.hubspotCallsPerTenSeconds },
    log,
    watch,
  });
}

async function salesforce(options: Options, log: Log, watch: Watch): Promise<Crm> {
  const clientId = options.salesforceClientId!;
  const { salesforceJwtKeyFile: keyFile, salesforceUsername: username } = options;
  const auth: SalesforceAuth =
    keyFile === null
      ? { kind: 'client-credentials', clientId, clientSecret: options.salesforceClientSecret! }
      : { kind: 'jwt', clientId, username: username!, privateKeyPem: await readKey(keyFile) };
  const onInvisibleField = (object: string, field: string) =>
    log.warn(
      { object, field },
      'Salesforce does not show this field to the integration user; run "tasuki setup" or grant it',
    );
  return openSalesforce({
    loginUrl: options.salesforceLoginUrl,
    auth,
    log,
    onInvisibleField,
    now: () => watch.now(),
    watch,
  });
}

async function readKey(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `names ${path}, which cannot be read: ${why}.`;
    throw new ConfigInvalid([{ at: 'SALESFORCE_JWT_KEY_FILE', message }]);
  }
}

/** Everything is let go of, whatever fails on the way. */
async function closeAll(closers: readonly (() => Promise<void>)[], followed: FollowedClock | null): Promise<void> {
  followed?.stop();
  const failures: unknown[] = [];
  for (const close of closers) await close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
