import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LedgerInUse } from '../../../src/errors/errors.ts';
import { lockFolder } from '../../../src/ledger/folder-lock.ts';
import { isAlive, ownIdentity } from '../../../src/ledger/process-identity.ts';

describe('the lock on a ledger’s folder', () => {
  let folder: string;
  const lockFile = () => join(folder, 'ledger.lock');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tasuki-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const leave = async (lock: unknown) => writeFile(lockFile(), JSON.stringify(lock));

  it('is taken by one of many who try at once', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is given back, and only by its holder', async () => {
    const unlock = await lockFolder(folder);
    await unlock();
    const again = await lockFolder(folder);
    await unlock();
    await expect(lockFolder(folder)).rejects.toThrow(LedgerInUse);
    await again();
  });

  it('of a process that is gone is taken over by one of many', async () => {
    await leave({ ...(await ownIdentity()), pid: 999_999_999 });
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toEqual(await ownIdentity());
  });

  it('does not count for a later process that was given the same number', async () => {
    await leave({ ...(await ownIdentity()), started: '1' });
    await (await lockFolder(folder))();
  });

  it('of a process that cannot be seen from here is respected as long as it is touched', async () => {
    await leave({ pid: 7, started: '1', where: 'another container' });
    await expect(lockFolder(folder)).rejects.toMatchObject({ pid: 7 });
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lockFile(), longAgo, longAgo);
    await (await lockFolder(folder))();
  });

  it('knows its own process as alive', async () => {
    expect(await isAlive(await ownIdentity())).toBe(true);
  });
});
