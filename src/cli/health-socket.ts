import { createHash } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Log } from '../ports/log.ts';
import { type Health, healthOf, type Pulse } from './pulse.ts';

/** A process that works answers in milliseconds, even between two large batches. */
const PATIENCE_MS = 3_000;

/**
 * Where the worker of this folder answers: a socket in the file system, so that no port is open. It lies in the machine's temporary
 * folder and not beside the ledger, because replicas may share a volume and must not answer for each other.
 */
export function healthSocket(folder: string): string {
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 12);
  return join(tmpdir(), `tasuki-${name}.sock`);
}

/**
 * Answers whoever asks for this worker's health, until it is closed. It asks nothing of the ledger, so the embedded one keeps its one
 * owner.
 *
 * A socket that a killed worker left behind is replaced. If another worker answers there already, or the place cannot be written,
 * this one works without: the health check will say so, and that is better than work left undone.
 */
export async function serveHealth(folder: string, read: () => Pulse, log: Log): Promise<() => void> {
  const path = healthSocket(folder);
  const server = createServer((socket) => {
    socket.unref(); // whoever asks and never hangs up keeps no worker from ending
    socket.on('error', () => undefined); // or has gone
    socket.end(JSON.stringify(read()));
  });
  server.unref();
  try {
    if ((await ask(path, PATIENCE_MS)) === 'silent') await rm(path, { force: true });
    await listening(server, path);
    await chmod(path, 0o600);
  } catch (error) {
    log.warn(
      { path, cause: error instanceof Error ? error.message : String(error) },
      'nobody can ask for the health of this worker; it works all the same',
    );
  }
  return () => void server.close();
}

/** The health of the worker of this folder, whatever became of it. Never throws, never waits longer than told. */
export async function askHealth(folder: string, patienceMs: number = PATIENCE_MS): Promise<Health> {
  const answer = await ask(healthSocket(folder), patienceMs);
  return typeof answer === 'string' ? { state: answer } : healthOf(answer);
}

function ask(path: string, patienceMs: number): Promise<Pulse | 'hung' | 'silent'> {
  const { promise, resolve: answered } = Promise.withResolvers<Pulse | 'hung' | 'silent'>();
  const socket = createConnection(path).setEncoding('utf8');
  const late = setTimeout(() => answered('hung'), patienceMs);
  let text = '';
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  socket.once('end', () => answered(pulseIn(text)));
  socket.once('error', () => answered('silent'));
  return promise.finally(() => {
    clearTimeout(late);
    socket.destroy();
  });
}

/** A worker that dies in the middle of a word is no longer there. */
function pulseIn(text: string): Pulse | 'silent' {
  try {
    return JSON.parse(text) as Pulse;
  } catch {
    return 'silent';
  }
}

function listening(server: Server, path: string): Promise<void> {
  const { promise, resolve: ready, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(path, ready);
  return promise;
}
