import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LedgerInUse } from '../../src/errors/errors.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { onceGone, printed } from '../support/child.ts';
import { NOON } from '../support/ledger-cast.ts';
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
    'kill -9 in the middle of planning and claiming loses nothing that was acknowledged (round %i)',
    async (round) => {
      const child = worker('work');
      let heard = '';
      child.stdout?.on('data', (chunk: Buffer) => (heard += chunk.toString()));
      await printed(child, new RegExp(`round ${round}\\n`));
      child.kill('SIGKILL');
      await onceGone(child);

      const { ledger, engine } = await openLedger({ folder });
      const pool = await engine.openPool('public');
      const stored = (await pool.query('select id, state from tasuki.change')).rows;
      const states = new Map(stored.map(({ id, state }) => [id, state]));
      const told = heard
        .slice(0, heard.lastIndexOf('\n'))
        .split('\n')
        .map((line) => line.split(' '));
      expect(told.filter(([deed]) => deed === 'claimed').length).toBeGreaterThan(10);
      for (const [deed, id] of told) {
        if (deed === 'planned') expect(states.has(id)).toBe(true);
        if (deed === 'claimed') expect(states.get(id)).toBe('sending');
      }
      expect((await pool.query(CLEARED_WITHOUT_PLAN)).rows).toEqual([{ n: 0 }]);
      const sending = stored.filter(({ state }) => state === 'sending').length;
      expect(await ledger.expireLeases(NOON, true)).toBe(sending);
      await pool.end();
      await ledger.close();
    },
  );
});

/** A plan is one transaction: nobody is marked as planned whose change was not stored with it. */
const CLEARED_WITHOUT_PLAN = `select count(*)::int as n from tasuki.entity p
  where p.planned_version > 0 and not exists (select 1 from tasuki.change c where c.id = p.id || '@' || p.planned_version)`;
