import { once } from 'node:events';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { healthExit, healthText } from '../../../src/cli/health.ts';
import { askHealth, healthSocket, serveHealth } from '../../../src/cli/health-socket.ts';
import { healthOf, openHeart, STUCK_AFTER_MS } from '../../../src/cli/pulse.ts';
import type { Lane } from '../../../src/ports/bell.ts';
import { quietLog } from '../../support/quiet-log.ts';

const SWEEP: Lane = { job: 'sweep-stragglers' };
const PULL: Lane = { job: 'pull-changes', system: 'hubspot' };
const MINUTE = 60_000;

describe('a worker is stuck', () => {
  let now = 0;
  const heartAt = (start: number) => {
    now = start;
    return openHeart(() => now);
  };

  test('once no lane was answered for five minutes, counted from its start while none was', () => {
    const heart = heartAt(1_000);
    now += STUCK_AFTER_MS;
    expect(healthOf(heart.read()).state).toBe('working');
    now += 1;
    expect(healthOf(heart.read()).state).toBe('stuck');
  });

  test('no longer, once a lane has been answered, well or ill', async () => {
    const heart = heartAt(0);
    const answer = heart.listen(async (lane) => {
      if (lane.job === 'pull-changes') throw new Error('away');
    });
    now += STUCK_AFTER_MS + MINUTE;
    await expect(answer(PULL)).rejects.toThrow('away');
    now += MINUTE;
    expect(healthOf(heart.read())).toMatchObject({
      state: 'working',
      pulse: { idleMs: MINUTE, upMs: STUCK_AFTER_MS + 2 * MINUTE, failing: ['pull-changes hubspot'] },
    });
  });

  test('and a lane that has failed is no longer named once it is answered well', async () => {
    const heart = heartAt(0);
    let away = true;
    const answer = heart.listen(async () => {
      if (away) throw new Error('away');
    });
    await expect(answer(SWEEP)).rejects.toThrow('away');
    away = false;
    await answer(SWEEP);
    expect(heart.read().failing).toEqual([]);
  });
});

describe('whoever asks for the health of a folder’s worker', () => {
  const folder = join(tmpdir(), `tasuki-health-${crypto.randomUUID()}`);
  const read = openHeart(() => 0).read;
  const closers: (() => void)[] = [];
  afterEach(() => {
    for (const close of closers.splice(0)) close();
    rmSync(healthSocket(folder), { force: true });
  });

  test('hears that nobody is there, then what it says, then again nobody', async () => {
    expect(await askHealth(folder)).toEqual({ state: 'silent' });
    const close = await serveHealth(folder, read, quietLog);
    expect(await askHealth(folder)).toEqual({ state: 'working', pulse: read() });
    expect(await askHealth(`${folder}-other`)).toEqual({ state: 'silent' });
    close();
    expect(await askHealth(folder)).toEqual({ state: 'silent' });
    expect(existsSync(healthSocket(folder))).toBe(false);
  });

  test('must be the same user', async () => {
    closers.push(await serveHealth(folder, read, quietLog));
    expect(statSync(healthSocket(folder)).mode & 0o777).toBe(0o600);
  });

  test('is not held up by one who is there and does not answer', async () => {
    const mute = createServer(() => undefined).listen(healthSocket(folder));
    await once(mute, 'listening');
    closers.push(() => mute.close());
    expect(await askHealth(folder, 20)).toEqual({ state: 'hung' });
  });

  test('takes half an answer for none', async () => {
    const dying = createServer((socket) => socket.end('{"pid":')).listen(healthSocket(folder));
    await once(dying, 'listening');
    closers.push(() => dying.close());
    expect(await askHealth(folder)).toEqual({ state: 'silent' });
  });

  test('finds the new worker behind what a dead one left', async () => {
    writeFileSync(healthSocket(folder), '');
    closers.push(await serveHealth(folder, read, quietLog));
    expect(await askHealth(folder)).toMatchObject({ state: 'working' });
  });

  test('hears the first of two workers; the second goes on without', async () => {
    closers.push(await serveHealth(folder, () => ({ ...read(), pid: 1 }), quietLog));
    const closeSecond = await serveHealth(folder, () => ({ ...read(), pid: 2 }), quietLog);
    closeSecond();
    expect(await askHealth(folder)).toMatchObject({ pulse: { pid: 1 } });
  });
});

test('only a worker that works is healthy, and each state is told in both languages', () => {
  const pulse = { pid: 1, upMs: 0, idleMs: 7 * MINUTE, failing: ['pull-changes hubspot'] };
  const states = ['working', 'stuck', 'hung', 'silent'] as const;
  expect(states.map((state) => healthExit({ state }))).toEqual([0, 1, 1, 1]);
  expect(healthText({ state: 'stuck', pulse }, 'ja')).toBe(
    '応答はありますが、7 分間、処理が 1 つも終わっていません。 再試行中の処理: pull-changes hubspot',
  );
  expect(new Set(states.flatMap((state) => [healthText({ state }, 'ja'), healthText({ state }, 'en')])).size).toBe(8);
});
