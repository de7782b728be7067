import { link, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { LedgerInUse } from '../errors/errors.ts';
import { isAlive, ownIdentity, type ProcessIdentity } from './process-identity.ts';

/** The owner touches its lock this often, for those who cannot see its process (another container on the same volume). */
const TOUCH_MS = 5_000;
/** A lock whose owner cannot be looked up counts as abandoned after this silence. */
const SILENT_MS = 30_000;
const TRIES = 50;

/**
 * Takes a folder for this process alone, or throws `LedgerInUse` with the owner's pid. Returns how to give it back.
 *
 * The lock is a file that appears with its contents in one step (a hard link to a finished file), so nobody reads half of one. A
 * lock whose process is gone is taken over under a second lock, so that two takers cannot remove each other's.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'ledger.lock');
  const own = JSON.stringify(await ownIdentity());
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (await place(path, own)) return keep(path, own);
    const holder = await readLock(path);
    if (holder === null) continue; // it vanished between the two looks
    if (!(await isAbandoned(path, holder))) throw new LedgerInUse(folder, holder.pid);
    if (!(await removeAbandoned(path, own))) await wait(20); // somebody else is taking it over
  }
  throw new LedgerInUse(folder, (await readLock(path))?.pid ?? 0);
}

async function removeAbandoned(path: string, own: string): Promise<boolean> {
  const guard = `${path}.takeover`;
  if (!(await place(guard, own))) {
    const taker = await readLock(guard);
    if (taker !== null && (await isAbandoned(guard, taker))) await rm(guard, { force: true });
    return false;
  }
  try {
    const holder = await readLock(path);
    if (holder !== null && (await isAbandoned(path, holder))) await rm(path, { force: true });
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

/** Puts a file in place with its contents, or says that one is there already. */
async function place(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${process.pid}.${crypto.randomUUID()}`;
  await writeFile(draft, text);
  try {
    await link(draft, path);
    return true;
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw failure;
  } finally {
    await rm(draft, { force: true });
  }
}

async function keep(path: string, own: string): Promise<() => Promise<void>> {
  const touch = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), TOUCH_MS);
  touch.unref();
  let held = true;
  return async () => {
    if (!held) return; // another opener in this process writes the same words
    held = false;
    clearInterval(touch);
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === own) await rm(path, { force: true });
  };
}

async function isAbandoned(path: string, holder: ProcessIdentity): Promise<boolean> {
  const alive = await isAlive(holder);
  if (alive !== 'unknown') return !alive;
  const touched = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return Date.now() - touched > SILENT_MS;
}

async function readLock(path: string): Promise<ProcessIdentity | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ProcessIdentity;
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return null;
    // Not ours, or damaged: nobody to ask, so only silence frees it.
    if (failure instanceof SyntaxError) return { pid: 0, started: null, where: 'unreadable' };
    throw failure;
  }
}
