import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, jsonOf, startTasuki, tasuki } from '../support/cli.ts';

type DemoResult = {
  readonly people: number;
  readonly deals: number;
  readonly companies: number;
  readonly changes: Readonly<Record<string, number>>;
  readonly stages: Readonly<Record<string, number>>;
};

/** A folder for temporary files of its own, so that what is left behind can be seen. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tasuki-demo-test-'));
  await mkdir(join(folder, 'tmp'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const environment = () => ({ TMPDIR: join(folder, 'tmp') });

describe('the demo', () => {
  let told: Ended;
  let result: DemoResult;
  beforeAll(async () => {
    told = await tasuki(['demo', '--json', '--people', '120'], environment());
    result = jsonOf(told) as DemoResult;
  });

  test('prints one JSON object of exactly the agreed shape', () => {
    expect(told.exit).toBe(0);
    expect(result).toEqual({
      people: expect.any(Number),
      deals: expect.any(Number),
      companies: expect.any(Number),
      pulled: expect.any(Number),
      changes: {
        planned: expect.any(Number),
        acknowledged: expect.any(Number),
        written: expect.any(Number),
        confirmed: expect.any(Number),
        refused: 0,
      },
      stages: expect.any(Object),
      tasks: { opened: 1, closed: 1 },
      secondPass: { planned: 0 },
      ms: expect.any(Number),
    });
    expect(result.people).toBeGreaterThan(100);
    expect(result.deals).toBeGreaterThanOrEqual(5);
    expect(result.companies).toBeGreaterThanOrEqual(5);
    expect(result.changes['written']).toBeGreaterThan(100);
    // A write that a person overtook before it was seen (the Lead was converted) is settled, not confirmed.
    expect(result.changes['written']! - result.changes['confirmed']!).toBeLessThanOrEqual(2);
  });

  test('counts every person in one stage', () => {
    const counted = Object.values(result.stages).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(result.people);
  });

  test('tells its story on standard error: the plan, the Task and whose it is, why, one person’s whole way, and the second pass', () => {
    const { stderr } = told;
    const scenes = [
      /最初の計画/u,
      /MQL になり/u,
      /ToDo を 1 件だけ/u,
      /件名: 【期限超過】/u,
      /勤労感謝の日/u,
      /なぜそうなったのか/u,
      /「完了」/u,
      /フォーム「導入ガイドのダウンロード」を送信/u,
      /MQL になり/u,
      /取引を開始しました/u,
      /HubSpot に取引 \d+ を作成し/u,
      /商談を受注しました/u,
      /結果「受注」とライフサイクルステージ「顧客」/u,
      /なぜそうなったのか/u,
      /計画された変更は 0 件/u,
    ];
    let from = 0;
    for (const scene of scenes) {
      const found = stderr.slice(from).search(scene);
      expect({ scene, found: found >= 0 }).toEqual({ scene, found: true });
      from += found;
    }
  });

  test('leaves nothing behind', async () => {
    expect(await readdir(environment().TMPDIR)).toEqual([]);
  });
});

test('the demo leaves out whom sales already knows under the same address in full-width letters', async () => {
  const told = await tasuki(['demo', '--json', '--people', '60'], environment());
  expect(told.exit).toBe(0);
  expect(jsonOf(told)).toMatchObject({ tasks: { opened: 1, closed: 1 }, secondPass: { planned: 0 } });
});

describe('the demo on an export', () => {
  test('tells the same story of the people in the files', async () => {
    const load = join(folder, 'export');
    await mkdir(load);
    await writeExport(load, 200);
    const words = ['demo', '--json', '--locale', 'en', '--load', load, '--with', 'src/sandbox/loads/olist.yaml'];
    const told = await tasuki(words, environment());
    expect(told.stderr).toContain('Changes planned: 0.');
    expect(told.exit).toBe(0);
    expect(jsonOf(told)).toMatchObject({
      people: 200,
      deals: 20,
      companies: 20,
      tasks: { opened: 1, closed: 1 },
      changes: { refused: 0 },
      secondPass: { planned: 0 },
    });
  });

  test('ends as the sandbox does when the files cannot be loaded', async () => {
    const { exit, stdout, stderr } = await tasuki(['demo', '--load', join(folder, 'nowhere')], environment());
    expect({ exit, stdout }).toEqual({ exit: 78, stdout: '' });
    expect(stderr).toContain('nowhere');
    expect(stderr).not.toMatch(/^ {4}at /mu);
  });
});

describe('a demo that goes wrong', () => {
  test('ends with the exit code of what made a lane give up in the middle of the story', async () => {
    const port = await freePort();
    const demo = startTasuki(['demo', '--people', '60', '--control-port', String(port)], environment());
    await demo.says(/最初の計画/u);
    const body = {
      status: 401,
      body: { status: 'error', message: 'The token was revoked.', category: 'INVALID_AUTHENTICATION' },
    };
    const rule = { system: 'hubspot', times: 'always', fault: { kind: 'status', ...body } };
    const headers = { 'content-type': 'application/json' };
    await fetch(`http://127.0.0.1:${port}/faults`, { method: 'POST', headers, body: JSON.stringify(rule) });
    const { exit, stdout, stderr } = await demo.ended;
    expect({ exit, stdout }).toEqual({ exit: 77, stdout: '' });
    expect(stderr).toMatch(/SYNC_CREDENTIALS_REJECTED: HubSpot refused the token: The token was revoked\./u);
  });
});

describe('a demo that is left', () => {
  test('keeps running with --keep, so that another Tasuki can look on, until Ctrl+C', async () => {
    const demo = startTasuki(['demo', '--keep', '--json', '--people', '30', '--locale', 'en'], environment());
    const words = await demo.says(/TASUKI_FOLDER=\S+/u);
    const exported = Object.fromEntries(
      [...words.matchAll(/export (\w+)=(\S+)/gu)].map(([, name, value]) => [name!, value!]),
    );
    const control = exported['TASUKI_CLOCK_URL']!;
    expect((await fetch(`${control}/clock`)).ok).toBe(true);
    const onlooker = await tasuki(['plan', '--json'], { ...exported, TASUKI_FOLDER: join(folder, 'onlooker') });
    expect({ exit: onlooker.exit, stderr: onlooker.stderr.includes('SYNC_') }).toEqual({ exit: 0, stderr: false });
    expect(jsonOf(onlooker)).toHaveProperty('changes');
    demo.kill('SIGINT');
    const ended = await demo.ended;
    expect(ended.exit).toBe(0);
    expect(jsonOf(ended)).toHaveProperty('secondPass.planned', 0);
    await expect(fetch(`${control}/clock`)).rejects.toThrow();
  });

  test('in the middle of the story it lets go of everything', async () => {
    const demo = startTasuki(['demo', '--people', '60'], environment());
    await demo.says(/最初の計画/u);
    demo.kill('SIGTERM');
    expect((await demo.ended).exit).toBe(128 + 15);
    expect(await readdir(environment().TMPDIR)).toEqual([]);
  });

  test('a sandbox whose starter was killed does not stay', async () => {
    const starter = startTasuki(['sandbox', '--json', '--people', '5']);
    const { control } = JSON.parse(await starter.says(/\n/u)) as { control: string };
    expect((await fetch(`${control}/clock`)).ok).toBe(true);
    starter.kill('SIGKILL');
    await starter.ended;
    await expect
      .poll(
        () =>
          fetch(`${control}/clock`).then(
            () => 'there',
            () => 'gone',
          ),
        { timeout: 20_000 },
      )
      .toBe('gone');
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** An export in the shape of the marketing funnel that the plan in `src/sandbox/loads` reads; every row is invented. */
async function writeExport(into: string, people: number): Promise<void> {
  const origins = ['organic_search', 'paid_search', 'social', 'email', 'referral', 'unknown', ''];
  const id = (kind: string, number: number) => `${kind}${String(number).padStart(30, '0')}`;
  const day = (number: number) => `2018-0${1 + (number % 5)}-${String(1 + (number % 27)).padStart(2, '0')}`;
  const leads = Array.from(
    { length: people },
    (_, n) => `${id('ab', n)},${day(n)},${id('cd', n % 9)},${origins[n % origins.length]!}`,
  );
  const won = Array.from({ length: people / 10 }, (_, n) =>
    [
      id('ab', n * 10),
      id('ef', n),
      id('12', n % 4),
      id('34', n % 3),
      `${day(n)} 12:00:00`,
      'pet',
      'online_medium',
      'cat',
      '',
      '',
      '',
      'reseller',
      '',
      '0.0',
    ].join(','),
  );
  const wonColumns =
    'mql_id,seller_id,sdr_id,sr_id,won_date,business_segment,lead_type,lead_behaviour_profile,has_company,has_gtin,average_stock,business_type,declared_product_catalog_size,declared_monthly_revenue';
  const file = (name: string, columns: string, rows: readonly string[]) =>
    writeFile(join(into, name), `${[columns, ...rows].join('\n')}\n`);
  await file('olist_marketing_qualified_leads_dataset.csv', 'mql_id,first_contact_date,landing_page_id,origin', leads);
  await file('olist_closed_deals_dataset.csv', wonColumns, won);
}
