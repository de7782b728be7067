import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where the two emulated CRMs and their remote control listen. */
export type SandboxUrls = { readonly hubspot: string; readonly salesforce: string; readonly control: string };

export type SandboxProcess = {
  readonly urls: SandboxUrls;
  /** What the sandbox said of itself when it was ready: counts of people, rows that could not be loaded. */
  readonly ready: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
  /** Lets the process live on after ours. */
  detach(): void;
};

const RUN = fileURLToPath(new URL('../sandbox/run.ts', import.meta.url));

/** The sandbox in a process of its own, as a CRM would be: what it computes is not booked on the worker's time and memory. */
export async function startSandboxProcess(args: readonly string[]): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [RUN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = await firstLine(child);
  const urls = { hubspot: String(ready['hubspot']), salesforce: String(ready['salesforce']), control: String(ready['control']) };
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    urls,
    ready,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
    detach: () => {
      child.stdout?.destroy();
      child.unref();
    },
  };
}

function firstLine(child: ChildProcess): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`The sandbox ended before it was ready (exit ${code}). Its own message stands above.`)));
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(JSON.parse(text.slice(0, end)) as Record<string, unknown>);
    });
  });
}
