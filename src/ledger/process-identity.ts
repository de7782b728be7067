import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

/** A process, told apart from a later one that was given the same number. */
export type ProcessIdentity = {
  readonly pid: number;
  /** Start time in clock ticks since boot; `null` where the system does not tell. */
  readonly started: string | null;
  /** Machine, boot and pid namespace: a pid means nothing outside of them. */
  readonly where: string;
};

export async function ownIdentity(): Promise<ProcessIdentity> {
  return { pid: process.pid, started: await startOf(process.pid), where: await here() };
}

/** `unknown` when the process lives where its pid cannot be looked up (another container, another machine). */
export async function isAlive({ pid, started, where }: ProcessIdentity): Promise<boolean | 'unknown'> {
  if (where !== (await here())) return 'unknown';
  if (!exists(pid)) return false;
  const now = await startOf(pid);
  return now === null || started === null || started === now; // else the number was given to another process
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Field 22 of /proc/PID/stat, counted from behind the command name, which may itself hold spaces and brackets. A zombie has
 * ended already and is given a start that nothing equals.
 */
async function startOf(pid: number): Promise<string | null> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [state, ...fields] = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? 'ended' : (fields[18] ?? null);
}

async function here(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return [hostname(), boot.trim(), namespace].join(' ');
}
