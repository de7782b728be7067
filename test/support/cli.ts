import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onceGone, printed } from './child.ts';

const CLI = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How a process of the command line ended, and all it said. */
export type Ended = {
  readonly exit: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** A process of the command line that is still at work. */
export type Running = {
  readonly child: ChildProcess;
  /** Resolves when it has printed this, on either stream. */
  says(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Starts `tasuki …` as a person would, in a process of its own, with this environment and nothing else of ours. */
export function startTasuki(words: readonly string[], environment: Environment = {}): Running {
  const child = spawn(process.execPath, [CLI, ...words], {
    cwd: ROOT,
    env: { ...withoutOurs(process.env), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      heard[name] += chunk;
    });
  }
  const { promise: ended, resolve, reject } = Promise.withResolvers<Ended>();
  child.once('error', reject);
  child.once('close', (exit, signal) => resolve({ exit, signal, ...heard }));
  return { child, ended, says: (pattern) => printed(child, pattern), kill: (signal) => void child.kill(signal) };
}

/** Runs `tasuki …` to its end. */
export function tasuki(words: readonly string[], environment: Environment = {}): Promise<Ended> {
  return startTasuki(words, environment).ended;
}

/** The one JSON value that `--json` prints; anything beside it is an error. */
export function jsonOf({ stdout, stderr, exit }: Ended): unknown {
  if (stdout.trim() === '') throw new Error(`It printed nothing, ended with ${exit} and said: ${stderr}`);
  return JSON.parse(stdout);
}

/** Kills a process as a power cut would, and waits until it is gone. */
export async function killHard({ child }: Running): Promise<void> {
  child.kill('SIGKILL');
  await onceGone(child);
}

/** Whoever runs the tests may have an account of their own in the environment; it stays out of this. */
function withoutOurs(environment: Environment): Environment {
  const ours = /^(TASUKI_|HUBSPOT_|SALESFORCE_|DATABASE_URL|REDIS_URL|NODE_OPTIONS|VITEST)/u;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ours.test(name)));
}
