import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

type Ready = {
  hubspot: string;
  salesforce: string;
  control: string;
  loaded?: unknown;
  rows?: unknown;
  badRows?: number;
};

const RUN = new URL('../../../src/sandbox/run.ts', import.meta.url).pathname;
const LEAN = ['--people', '8'];
let folder: string;
let started: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-'));
  started = [];
});

afterEach(async () => {
  for (const child of started) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

function start(...options: string[]): ChildProcess {
  const child = spawn(process.execPath, [RUN, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  return child;
}

async function ready(child: ChildProcess): Promise<Ready> {
  const lines = createInterface({ input: child.stdout as NonNullable<typeof child.stdout> });
  const [line] = (await once(lines, 'line')) as [string];
  return JSON.parse(line) as Ready;
}

async function ended(child: ChildProcess): Promise<{ code: number | null; errors: string }> {
  const errors = text(child.stderr as NonNullable<typeof child.stderr>);
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, errors: await errors };
}

describe('the sandbox as a process', () => {
  test('it says in one line where it listens, in the time that it was given', async () => {
    const child = start(...LEAN, '--start', '2026-04-01T09:00+09:00');
    const urls = await ready(child);
    expect([urls.hubspot, urls.salesforce, urls.control].every((url) => url.startsWith('http://127.0.0.1:'))).toBe(
      true,
    );
    const { iso } = (await (await fetch(`${urls.control}/clock`)).json()) as { iso: string };
    expect(iso).toMatch(/^2026-04-01T00:00:/);
    const contacts = (await (await fetch(`${urls.control}/state/hubspot/contacts`)).json()) as unknown[];
    expect(contacts).toHaveLength(8);
    const token = await fetch(`${urls.salesforce}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'tasuki-sandbox',
        client_secret: 'sandbox-secret',
      }),
    });
    expect(token.status).toBe(200);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s ends it cleanly, even with a request that will never be answered',
    async (signal) => {
      const child = start(...LEAN);
      const { hubspot, control } = await ready(child);
      await fetch(`${control}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ system: 'hubspot', fault: { kind: 'stall' } }),
      });
      const stalled = fetch(`${hubspot}/crm/v3/owners`).catch((error: Error) => error.message);
      const pending = async (): Promise<unknown> => (await fetch(`${control}/faults`)).json();
      await expect.poll(pending).toEqual([]);
      child.kill(signal);
      expect((await ended(child)).code).toBe(0);
      expect(await stalled).toBe('fetch failed');
    },
  );

  test('bad rows are named on standard error and counted in the line, the rest is loaded', async () => {
    await writeFile(
      join(folder, 'people.csv'),
      'id,mail\n1,a@example.com\n,b@example.com\n3,no address\n4,A@example.com\n',
    );
    await writeFile(
      join(folder, 'load.yaml'),
      'files: { people: { path: people.csv, key: id } }\nrecords: [{ into: hubspot.contacts, from: people, fields: { email: { column: mail } } }]\n',
    );
    const child = start('--load', folder);
    const line = await ready(child);
    child.kill('SIGTERM');
    const { errors } = await ended(child);
    expect(line).toMatchObject({ loaded: { 'hubspot.contacts': 1 }, rows: { people: 4 }, badRows: 3 });
    const named = errors
      .trim()
      .split('\n')
      .map((entry) => entry.replace(`${folder}/`, ''));
    expect(named[0]).toBe('people.csv:3: its key "id" is empty');
    expect(named[1]).toMatch(/^people\.csv:4: hubspot\.contacts refused it: .*INVALID_EMAIL/);
    expect(named[2]).toMatch(/^people\.csv:5: hubspot\.contacts refused it: .*already exists/);
  });

  test('a plan that cannot be followed ends it with 78 and every fault, wrong options with 64', async () => {
    await writeFile(join(folder, 'load.yaml'), 'zone: Edo\nfiles: {}\nrecords: []\n');
    const plan = await ended(start('--load', folder));
    expect(plan.code).toBe(78);
    expect(plan.errors).toContain('load.yaml:1:1: zone: wants a time zone');
    const option = await ended(start('--people', 'many'));
    expect([option.code, option.errors]).toEqual([
      64,
      expect.stringContaining('--people wants a whole number, not "many"'),
    ]);
    expect((await ended(start('--peeple', '3'))).code).toBe(64);
    expect((await ended(start('--start', '2026-04-01'))).code).toBe(64);
    expect((await ended(start('--with', 'x.yaml'))).code).toBe(64);
  });
});
