import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LedgerInUse } from '../../src/errors/errors.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { onceGone, printed } from '../support/child.ts';
import { MINUTE, NOON } from '../support/ledger-cast.ts';
import { ledgerSnapshot } from '../support/ledgers.ts';

describe('an embedded ledger’s folder', () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tasuki-folder-'));
    const { ledger } = await openLedger({ folder, snapshot: await ledgerSnapshot() });
    await ledger.close();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  function worker(how: 'work' | 'hold'): ChildProcess {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../support/ledger-child.ts'), folder, how], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    return child;
  }

  it('belongs to one process: a second one is refused with the owner’s pid, and let in once the owner was killed', async () => {
    const owner = worker('hold');
    await printed(owner, /open/);
    await expect(openLedger({ folder })).rejects.toThrow(LedgerInUse);
    await expect(openLedger({ folder })).rejects.toMatchObject({ pid: owner.pid, exitCode: 69 });
    owner.kill('SIGKILL');
    await onceGone(owner);
    await (await openLedger({ folder })).ledger.close();
  });

  it('belongs to one opener even within a process', async () => {
    const { ledger } = await openLedger({ folder });
    await expect(openLedger({ folder })).rejects.toMatchObject({ pid: process.pid });
    await ledger.close();
    await (await openLedger({ folder })).ledger.close();
  });

  it.each([1, 2, 3])(
    'kill -9 in the middle of planning and claiming loses nothing that was acknowledged (%i)',
    async () => {
      const child = worker('work');
      let heard = '';
      child.stdout?.on('data', (chunk: Buffer) => (heard += chunk.toString()));
      await printed(child, new RegExp(`round ${round}\\n`));
      child.kill('SIGKILL');
      await onceGone(child);
      const { ledger, engine } = await openLedger({ folder });
      const pool = await engine.openPool('public');
      const stored = await pool.query('select id, state, attempts from tasuki.change');
      const states = new Map(stored.rows.map(({ id, state }) => [id, state]));
      for (const line of heard.split('\n').slice(0, -1)) {
        const [deed, id] = line.split(' ');
        if (deed === 'planned') expect(states.has(id)).toBe(true);
        if (deed === 'claimed') expect(states.get(id)).toBe('sending');
      }
      const sending = stored.rows.filter(({ state }) => state === 'sending').length;
      expect(await ledger.expireLeases(NOON, true)).toBe(sending);
      const half = (
        await pool.query(
          'select count(*)::int as n from tasuki.person p where dirty_version = planned_version and not exists (select 1 from tasuki.change c where c.person = p.id and c.id = p.id || $1 || p.planned_version)',
          ['@'],
        )
      ).rows[0];
      expect(half).toEqual({ n: 0 });
      expect(await ledger.claim('hubspot', 1, NOON, MINUTE)).toHaveLength(0);
      await pool.end();
      await ledger.close();
    },
  );
});
