import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { runLane } from '../../jobs/index.ts';
import type { Workshop } from '../cli/verb.ts';
import { missingCredentials, type Options } from '../config/options.ts';
import { openHubSpot } from '../connectors/hubspot/hubspot.ts';
import { openSalesforce } from '../connectors/salesforce/open-salesforce.ts';
import type { SalesforceAuth } from '../connectors/salesforce/options.ts';
import { ConfigInvalid } from '../errors/errors.ts';
import { openLedger } from '../ledger/open.ts';
import type { Clock } from '../ports/clock.ts';
import type { Crm } from '../ports/crm.ts';
import type { Log } from '../ports/log.ts';
import { openInlineQueue, openQueue } from '../queue/open-queue.ts';
import type { Works } from '../steps/works.ts';
import { type FollowedClock, followClock, machineClock } from './clocks.ts';
import { openLog } from './log.ts';
import { policyInForce } from './policy.ts';

/** A workshop whose runs can be told apart, and whose borrowed clock can be asked again. */
export type WiredWorkshop = Workshop & {
  newRun(): string;
  refreshClock(): Promise<void>;
};

/** Opens everything a worker needs, in the order in which it is needed, and hands it to the steps. The only place that knows all of it. */
export async function openWorkshop(options: Options, how: 'inline' | 'queue'): Promise<WiredWorkshop> {
  const missing = missingCredentials(options);
  if (missing.length > 0) throw new ConfigInvalid(missing);
  const log = openLog(options.logLevel);
  const followed = options.clockUrl === null ? null : await followClock(options.clockUrl);
  const clock: Clock = followed ?? machineClock;
  const { ledger, engine } = await openLedger(options.databaseUrl === null ? { folder: options.folder } : { url: options.databaseUrl });
  const closers: (() => Promise<void>)[] = [() => ledger.close()];
  try {
    const policy = await policyInForce(options, ledger, clock.now(), { tolerant: how === 'queue', log });
    const crm = { hubspot: hubSpot(options, log), salesforce: await salesforce(options, log, clock) };
    closers.unshift(() => crm.hubspot.close(), () => crm.salesforce.close());
    const queue = how === 'inline' ? openInlineQueue() : await openQueue({ redisUrl: options.redisUrl, engine, log });
    closers.unshift(() => queue.close());
    let run = newRunId();
    const works: Works = { ledger, crm, clock, bell: queue, log, policy: () => policy, run: () => run };
    await queue.start((lane) => runLane(lane, works), []);
    return {
      works,
      queue,
      alone: options.databaseUrl === null,
      newRun: () => {
        run = newRunId();
        return run;
      },
      refreshClock: async () => followed?.refresh(),
      close: () => closeAll(closers, followed),
    };
  } catch (error) {
    await closeAll(closers, followed);
    throw error;
  }
}

function newRunId(): string {
  return `run-${randomUUID()}`;
}

function hubSpot(options: Options, log: Log): Crm {
  return openHubSpot({
    token: options.hubspotAccessToken!,
    baseUrl: options.hubspotBaseUrl,
    family: options.hubspotApiFamily,
    budget: { perTenSeconds: options.hubspotCallsPerTenSeconds },
    log,
  });
}

async function salesforce(options: Options, log: Log, clock: Clock): Promise<Crm> {
  const clientId = options.salesforceClientId!;
  const auth: SalesforceAuth =
    options.salesforceJwtKeyFile === null
      ? { kind: 'client-credentials', clientId, clientSecret: options.salesforceClientSecret! }
      : { kind: 'jwt', clientId, username: options.salesforceUsername!, privateKeyPem: await readFile(options.salesforceJwtKeyFile, 'utf8') };
  const onInvisibleField = (object: string, field: string) =>
    log.warn({ object, field }, 'Salesforce does not show this field to the integration user; run "tasuki setup" or grant it');
  return openSalesforce({ loginUrl: options.salesforceLoginUrl, auth, log, onInvisibleField, now: () => clock.now() });
}

/** Everything is let go of, whatever fails on the way. */
async function closeAll(closers: readonly (() => Promise<void>)[], followed: FollowedClock | null): Promise<void> {
  followed?.stop();
  const failures: unknown[] = [];
  for (const close of closers) await close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
