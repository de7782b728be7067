import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { onceGone, printed } from '../support/child.ts';
import type { Ended, Running } from '../support/cli.ts';
import { environmentOf, type Instruction, lastOf, wordsOf } from './dockerfile.ts';

/** A container's places on this machine: /app, and the only two folders that can be written. */
export type Places = { readonly app: string; readonly data: string; readonly tmp: string };

export type Container = {
  /** `docker run IMAGE words…`: the entry point with these words for the command. */
  start(words: readonly string[], environment?: Readonly<Record<string, string>>): Running;
  /** The command of HEALTHCHECK, run as Docker does: in the same container, with the image's environment. */
  checkHealth(): Promise<Ended>;
};

/** `node` of the official image. Whoever runs the tests as somebody else than root stays who he is. */
const USER = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};

/** Starts what the image would start, as its user, with the image's environment and nothing of this machine's. */
export function openContainer(lines: readonly Instruction[], places: Places): Container {
  const inside = (text: string) => text.replace(/^\/(app|data|tmp)(?=\/|$)/u, (_, name: keyof Places) => places[name]);
  const image = Object.fromEntries(Object.entries(environmentOf(lines)).map(([name, value]) => [name, inside(value)]));
  const start = (words: readonly string[], environment: Readonly<Record<string, string>> = {}): Running => {
    const [program, ...rest] = words.map(inside);
    if (program !== 'node') throw new Error(`The image starts ${program}, which is not what is shipped.`);
    const child = spawn(process.execPath, rest, {
      ...USER,
      cwd: places.app,
      env: { PATH: '/usr/bin:/bin', TMPDIR: places.tmp, ...image, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const heard = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        heard[name] += chunk;
      });
    const { promise: ended, resolve, reject } = Promise.withResolvers<Ended>();
    child.once('error', reject);
    child.once('close', (exit, signal) => resolve({ exit, signal, ...heard }));
    return { child, ended, says: (pattern) => printed(child, pattern), kill: (signal) => void child.kill(signal) };
  };
  return {
    start: (words, environment) => start([...wordsOf(lastOf(lines, 'ENTRYPOINT')), ...words], environment),
    checkHealth: () => start(wordsOf(lastOf(lines, 'HEALTHCHECK'))).ended,
  };
}

/** Makes /data and /tmp for the image's user, and /app readable for everybody and writable for nobody. */
export function furnish(folder: string, app: string): Places {
  chmodSync(folder, 0o755); // the way to /app
  const places = { app, data: join(folder, 'data'), tmp: join(folder, 'tmp') };
  for (const path of [places.data, places.tmp]) {
    mkdirSync(path);
    chmodSync(path, 0o777);
  }
  execFileSync('chmod', ['-R', 'a+rX,a-w', app]);
  return places;
}

/** Gives the folders back to whoever removes them. */
export function unlock(app: string): void {
  execFileSync('chmod', ['-R', 'u+w', app]);
}

/** One line per file or folder, with what a write would change. Links are left out: here they are commands that nobody calls. */
export function inventory(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isSymbolicLink())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeMs, mode } = statSync(path);
      return `${path.slice(folder.length + 1)} ${size} ${mtimeMs} ${mode}`;
    });
}

export async function endHard({ child }: Running): Promise<void> {
  child.kill('SIGKILL');
  await onceGone(child);
}
