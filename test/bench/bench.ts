import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from '@hubspot/api-client';
import { passOnce } from '../../src/cli/once.ts';
import { rehearse } from '../../src/cli/plan.ts';
import { readOptions } from '../../src/config/options.ts';
import { startSandboxProcess } from '../../src/main/sandbox-process.ts';
import { openWorkshop } from '../../src/main/wire.ts';
import { pullChanges } from '../../src/steps/pull.ts';
import { setUp } from '../../src/steps/set-up.ts';
import { environmentFor } from '../support/company.ts';

/**
 * Pull, plan and write of a company of any size, with calls by kind beside the fewest that the two APIs would allow, CPU and peak
 * memory of the worker alone (both CRMs run in another process). Times are for ratios within one run; machines differ.
 */
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20000' },
    json: { type: 'boolean', default: false },
    /** A PostgreSQL server in the place of the embedded ledger. */
    'database-url': { type: 'string' },
  },
});
const people = Number(values.people);

type Row = {
  readonly step: string;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly detail: Readonly<Record<string, unknown>>;
};
const rows: Row[] = [];

async function measure<T>(
  step: string,
  work: () => Promise<T>,
  detail: (result: T) => Record<string, unknown> = () => ({}),
): Promise<T> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  const row = {
    step,
    ms: Math.round(performance.now() - started),
    cpuMs: Math.round((user + system) / 1000),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    detail: detail(result),
  };
  rows.push(row);
  process.stderr.write(
    `${row.step.padEnd(34)} ${String(row.ms).padStart(7)} ms  cpu ${String(row.cpuMs).padStart(7)} ms  peak ${row.peakMb} MB  ${JSON.stringify(row.detail)}\n`,
  );
  return result;
}

const folder = await mkdtemp(join(tmpdir(), 'tasuki-bench-'));
const sandbox = await measure('sandbox starts', () => startSandboxProcess(['--people', String(people)]));
// The bench asks what our own work costs, so HubSpot's allowances are out of the way; its searches keep their real pace of 4 a second.
const lifted = await fetch(`${sandbox.urls.control}/switches/hubspot`, {
  method: 'PATCH',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ tenSecondlyLimit: 1_000_000, dailyLimit: 100_000_000 }),
});
if (!lifted.ok) throw new Error(`The sandbox kept its limits: ${await lifted.text()}`);
const databaseUrl = values['database-url'] ?? null;
const options = {
  ...readOptions(environmentFor(sandbox.urls, folder)),
  hubspotCallsPerTenSeconds: 1_000_000,
  databaseUrl,
};
const shop = await measure('ledger and connectors open', () => openWorkshop(options, 'inline'));
try {
  await setUp(shop.works);
  const { crm } = shop.works;
  const calls = () => ({ hubspot: { ...crm.hubspot.calls() }, salesforce: { ...crm.salesforce.calls() } });

  await measure('bare client lists all contacts', bareList, (listed) => ({ listed, calls: Math.ceil(listed / 100) }));
  await measure('pull HubSpot', () => pullChanges('hubspot', shop.works));
  await measure(
    'pull Salesforce',
    () => pullChanges('salesforce', shop.works),
    () => calls(),
  );
  await measure(
    'plan (rehearsed)',
    () => rehearse(shop.works),
    ({ changes }) => ({ changes: changes.length }),
  );
  shop.newRun();
  const first = await measure(
    'first pass (plan, write, confirm)',
    () => passOnce(shop),
    (result) => ({ ...result }),
  );
  shop.newRun();
  await measure(
    'second pass',
    () => passOnce(shop),
    ({ planned }) => ({ planned }),
  );
  const counts = await shop.works.ledger.counts();
  const fewest = {
    'HubSpot list': Math.ceil(people / 100),
    'HubSpot writes': Math.ceil(people / 100),
    'HubSpot read back': Math.ceil(people / 100),
    'Salesforce writes': Math.ceil((first.planned - people) / 200),
  };
  const report = { people: counts.people, rows, calls: calls(), fewest };
  process.stdout.write(`${JSON.stringify(report, null, values.json ? 0 : 2)}\n`);
} finally {
  await shop.close();
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
}

/** What the client library does by itself: page after page, kept nowhere. */
async function bareList(): Promise<number> {
  const client = new Client({ accessToken: 'pat-na1-sandbox', basePath: sandbox.urls.hubspot });
  let listed = 0;
  for (let after: string | undefined; ; ) {
    const page = await client.crm.contacts.basicApi.getPage(100, after, [
      'email',
      'lastname',
      'firstname',
      'phone',
      'jobtitle',
      'company',
      'industry',
      'leadscore',
    ]);
    listed += page.results.length;
    after = page.paging?.next?.after;
    if (after === undefined) return listed;
  }
}
