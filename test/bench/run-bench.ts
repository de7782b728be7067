import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LedgerCounts } from '../../src/ports/ledger.ts';
import type { BareStep } from './bare.ts';
import { startCompany } from './company-process.ts';
import { type Databases, EMBEDDED, onServer } from './databases.ts';
import { fewestToAsk } from './fewest.ts';
import type { Step } from './record-steps.ts';
import type { Tally } from './requests.ts';
import { IDLE, type Story, tellIdle, tellStory } from './scenario.ts';
import { openWorker } from './worker.ts';

export type BenchOptions = {
  readonly people: number;
  readonly limits: boolean;
  readonly profile: string | null;
  /** `null`: the embedded ledger. `databaseUrl: null`: a server of our own. */
  readonly server: { readonly databaseUrl: string | null } | null;
};

export type Report = {
  readonly people: number;
  readonly ledger: 'embedded' | 'PostgreSQL';
  readonly limits: boolean;
  readonly machine: {
    readonly node: string;
    readonly cores: number;
    readonly loadBefore: number;
    readonly loadAfter: number;
  };
  readonly rows: Story['rows'];
  readonly edited: Story['edited'];
  readonly steps: readonly Step[];
  readonly counts: LedgerCounts;
  /** Calls of an idle pass, by number of people. */
  readonly idle: Readonly<Record<number, readonly Tally[]>>;
  /** Is an idle pass, at both sizes, one question to each object and nothing else? */
  readonly idleIsLeast: boolean;
  readonly bare: readonly BareStep[];
};

const BENCH = fileURLToPath(new URL('bench.ts', import.meta.url));

export async function runBench({ people, limits, profile, server }: BenchOptions): Promise<Report> {
  const loadBefore = loadavg()[0] ?? 0;
  const folder = await mkdtemp(join(tmpdir(), 'tasuki-bench-'));
  const tape = join(folder, 'tape.json');
  const databases = server === null ? EMBEDDED : await onServer(server.databaseUrl);
  try {
    const story = await ofCompany({ people, limits, databases }, async (worker) => {
      const told = await tellStory(worker, profile);
      await worker.company.ask({ ask: 'tape', file: tape });
      return told;
    });
    const fewer = Math.ceil(people / 10);
    const small = await ofCompany({ people: fewer, limits, databases }, tellIdle);
    const idle = { [fewer]: callsOf(small), [people]: callsOf(story.steps) };
    const bare = await bareLibraries(tape, { people, limits });
    return {
      people,
      ledger: server === null ? 'embedded' : 'PostgreSQL',
      limits,
      machine: {
        node: process.version,
        cores: availableParallelism(),
        loadBefore,
        loadAfter: loadavg()[0] ?? 0,
      },
      ...story,
      idle,
      idleIsLeast: Object.values(idle).every(isLeast),
      bare,
    };
  } finally {
    await databases.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Size = { readonly people: number; readonly limits: boolean };

async function ofCompany<T>(
  { databases, ...size }: Size & { readonly databases: Databases },
  tell: (worker: Awaited<ReturnType<typeof openWorker>>) => Promise<T>,
): Promise<T> {
  const worker = await openWorker({ ...size, databaseUrl: await databases.next() });
  try {
    return await tell(worker);
  } finally {
    await worker.close();
  }
}

function callsOf(steps: readonly Step[]): readonly Tally[] {
  return steps.find(({ step }) => step === IDLE)?.calls ?? [];
}

function isLeast(calls: readonly Tally[]): boolean {
  const { hubspot, salesforce } = fewestToAsk({});
  const made = new Map(calls.map((tally) => [`${tally.system} ${tally.kind}`, tally.calls]));
  return made.size === 2 && made.get('hubspot ask') === hubspot.ask && made.get('salesforce ask') === salesforce.ask;
}

/** The same calls by the bare libraries, in a process of their own, on a company that nobody has touched. */
async function bareLibraries(tape: string, size: Size): Promise<readonly BareStep[]> {
  const company = await startCompany(size);
  try {
    const args = ['--as', 'bare', '--tape', tape, '--urls', JSON.stringify(company.urls)];
    const child = fork(BENCH, args, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    return await new Promise((resolve, reject) => {
      child.once('message', (steps) => resolve(steps as readonly BareStep[]));
      child.once('exit', (code) => reject(new Error(`The bare libraries ended without a word (${code}).`)));
    });
  } finally {
    await company.stop();
  }
}
