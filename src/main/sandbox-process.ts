import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where the two emulated CRMs and their remote control listen. */
export type SandboxUrls = { readonly hubspot: string; readonly salesforce: string; readonly control: string };

export type SandboxProcess = {
  readonly urls: SandboxUrls;
  /** What the sandbox said of itself when it was ready: counts of people, rows that could not be loaded. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** Resolves when the process is gone, asked or not. */
  readonly gone: Promise<void>;
  stop(): Promise<void>;
};

/** The sandbox could not start, and has said why on standard error; this process ends as that one did. */
export class SandboxNotReady extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super(`The sandbox ended before it was ready (exit ${exitCode}). Its own message stands above.`);
    this.exitCode = exitCode;
  }
}

const RUN = fileURLToPath(new URL('../sandbox/run.ts', import.meta.url));

/**
 * The sandbox in a process of its own, as a CRM would be: what it computes is not booked on the worker's time and memory.
 *
 * It is in a process group of its own, so that Ctrl+C reaches us alone and we stop in order: first the worker, then its CRMs. The
 * channel between us tells it when we are gone, however we ended.
 */
export async function startSandboxProcess(args: readonly string[]): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [RUN, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true,
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = await firstLine(child);
  const urls = {
    hubspot: String(ready['hubspot']),
    salesforce: String(ready['salesforce']),
    control: String(ready['control']),
  };
  return {
    urls,
    ready,
    gone,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function firstLine(child: ChildProcess): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('error', reject);
    child.once('exit', (code) => reject(new SandboxNotReady(code ?? 1)));
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(JSON.parse(text.slice(0, end)) as Record<string, unknown>);
    });
  });
}
