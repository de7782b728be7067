import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onceGone, printed } from './child.ts';

/** PostgreSQL refuses to run as root, so it is given to one of these. */
const UNPRIVILEGED = ['postgres', 'nobody'];
/** Where distributions put the programs that `initdb` and `postgres` are, when they are not on the PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** Starts PostgreSQL on a socket in a temporary folder: no port, no password, no durability. */
export async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const owner = unprivileged();
  const root = mkdtempSync(join(tmpdir(), 'tasuki-postgres-'));
  if (owner !== null) chownSync(root, owner.uid, owner.gid);
  const path = [process.env['PATH'], ...debianFolders()].join(delimiter);
  const options = { ...owner, cwd: root, env: { PATH: path, LC_ALL: 'C.UTF-8', HOME: root } };
  const folder = join(root, 'data');
  try {
    execFileSync(
      'initdb',
      [
        '-D',
        folder,
        '-U',
        'postgres',
        '-A',
        'trust',
        '-E',
        'UTF8',
        '--locale=C.UTF-8',
        '--no-sync',
        '--no-instructions',
      ],
      {
        ...options,
        stdio: 'ignore',
      },
    );
    const child = spawn('postgres', ['-D', folder, '-k', root, '-h', '', '-F', ...settings()], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await printed(child, /ready to accept connections/);
    return { url: `postgres://postgres@/postgres?host=${encodeURIComponent(root)}`, stop: () => stop(child, root) };
  } catch (failure) {
    rmSync(root, { recursive: true, force: true });
    throw failure;
  }
}

function settings(): readonly string[] {
  const chosen = { full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200', timezone: 'Asia/Tokyo' };
  return Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function stop(child: ChildProcess, root: string): Promise<void> {
  child.kill('SIGINT');
  await onceGone(child);
  rmSync(root, { recursive: true, force: true });
}

function debianFolders(): readonly string[] {
  try {
    return readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin'));
  } catch {
    return [];
  }
}

function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const user of UNPRIVILEGED) {
    try {
      const [uid, gid] = ['-u', '-g'].map((what) =>
        Number(execFileSync('id', [what, user], { stdio: ['ignore', 'pipe', 'ignore'] })),
      );
      if (uid !== undefined && gid !== undefined) return { uid, gid };
    } catch {
      continue;
    }
  }
  throw new Error('there is no unprivileged user to run it as');
}
