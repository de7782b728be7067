import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SandboxProcess, startSandboxProcess } from '../../src/main/sandbox-process.ts';
import { jsonOf, type Running } from '../support/cli.ts';
import { HEADS } from '../support/sign.ts';
import { buildApp, readRecipe } from './build-image.ts';
import { deadImports, developmentPaths, sandboxPackages, unneededByOthers } from './contents.ts';
import { wholeOf } from './dockerfile.ts';
import { type Container, endHard, furnish, inventory, openContainer, type Places, unlock } from './in-image.ts';

const recipe = readRecipe();
let folder: string;
let places: Places;
let container: Container;
const started: Running[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tasuki-image-'));
  places = furnish(folder, await buildApp(recipe, 'runtime', folder));
  container = openContainer(wholeOf(recipe.targets, 'runtime'), places);
});
afterAll(async () => {
  for (const running of started) await endHard(running);
  if (places !== undefined) unlock(places.app);
  rmSync(folder, { recursive: true, force: true });
});

function start(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const running = container.start(words, environment);
  started.push(running);
  return running;
}

const filesOf = (...path: readonly string[]) =>
  readdirSync(join(places.app, ...path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(places.app.length + 1));

describe('the production image holds', () => {
  test('the product, its mappings and its packages, and nothing else', () => {
    expect(readdirSync(places.app).sort()).toEqual(['jobs', 'mappings', 'node_modules', 'package.json', 'src']);
    expect(filesOf('src').length).toBeGreaterThan(100);
    expect(filesOf('mappings')).toContain('mappings/agreement.yaml');
  });

  test('no sandbox, no demo, no test, no page of documentation', () => {
    const all = [...filesOf('src'), ...filesOf('jobs'), ...filesOf('mappings')];
    expect(all.filter((path) => /sandbox\/|(^|\/)demo|\.test\.|\.md$|\.env|tsconfig/u.test(path))).toEqual([]);
  });

  test('no package of development or of the sandbox', () => {
    const unwanted = [...developmentPaths(), ...unneededByOthers(sandboxPackages())];
    expect(unwanted).toEqual(expect.arrayContaining(['node_modules/vitest', 'node_modules/@faker-js/faker']));
    expect(unwanted.filter((path) => existsSync(join(places.app, path)))).toEqual([]);
  });

  test('whatever its sources import, but for the demo, which is looked for before it is loaded', () => {
    const paths = [...filesOf('src'), ...filesOf('jobs')].filter((path) => path.endsWith('.ts'));
    const files = paths.map((path) => ({ path, text: readFileSync(join(places.app, path), 'utf8') }));
    expect(deadImports(places.app, files)).toEqual(['src/main/sandbox-verbs.ts imports ./demo.ts']);
    expect(deadImports(places.app, [{ path: 'src/x.ts', text: "import { x } from './gone.ts';" }])).toHaveLength(1);
    expect(deadImports(places.app, [{ path: 'src/x.ts', text: "import { test } from 'vitest';" }])).toHaveLength(1);
  });
});

describe('without a sandbox in the image', () => {
  test.each([
    ['demo', 'ja', 'このイメージは本番用で、サンドボックスを含みません'],
    ['demo', 'en', 'This image is for production and has no sandbox'],
    ['sandbox', 'en', 'docker build --target demo'],
  ])('%s says so in words (%s), and ends with 69', async (verb, locale, words) => {
    const { exit, stdout, stderr } = await start([verb, '--people', '30', '--locale', locale]).ended;
    expect({ exit, stdout }).toEqual({ exit: 69, stdout: '' });
    expect(stderr).toContain(words);
  });

  test('help names every verb, and says of those two that they are elsewhere', async () => {
    const { exit, stdout } = await start(['--help']).ended;
    expect(exit).toBe(0);
    expect(stdout).toMatch(/start [^]*once [^]*plan [^]*doctor [^]*health /u);
    expect(stdout.match(/not\s+in\s+this\s+image/gu)).toHaveLength(2);
  });

  test('the health check says that nobody works', async () => {
    expect(await container.checkHealth()).toMatchObject({ exit: 1, stdout: '稼働中の Tasuki が見つかりません。\n' });
  });
});

describe('as the user of the image, who may write to /data and /tmp alone', () => {
  let sandbox: SandboxProcess;
  let environment: Readonly<Record<string, string>>;
  let before: readonly string[];

  beforeAll(async () => {
    before = inventory(places.app);
    sandbox = await startSandboxProcess(['--people', '30', '--seed', '7', '--start', '2026-11-02T10:00:00+09:00']);
    environment = {
      HUBSPOT_BASE_URL: sandbox.urls.hubspot,
      HUBSPOT_ACCESS_TOKEN: 'pat-na1-sandbox',
      HUBSPOT_CALLS_PER_10_SECONDS: '180',
      SALESFORCE_LOGIN_URL: sandbox.urls.salesforce,
      SALESFORCE_CLIENT_ID: 'tasuki-sandbox',
      SALESFORCE_CLIENT_SECRET: 'sandbox-secret',
      TASUKI_CLOCK_URL: sandbox.urls.control,
    };
  });
  afterAll(() => sandbox?.stop());

  test('set-up and doctor find everything they need', async () => {
    expect(await start(['setup'], environment).ended).toMatchObject({ exit: 0 });
    for (const [role, who] of Object.entries(HEADS)) {
      const words = ['agreement', 'sign', '--as', role, '--who', who, '--yes'];
      expect(await start(words, environment).ended).toMatchObject({ exit: 0 });
    }
    const { exit, stdout } = await start(['doctor'], environment).ended;
    expect({ exit, wrong: stdout.match(/^✗.*$/gmu) }).toEqual({ exit: 0, wrong: null });
  });

  test('a first pass reads both systems and writes nothing; once it is approved, the next one writes', async () => {
    expect(jsonOf(await start(['once', '--json'], environment).ended)).toMatchObject({ written: 0 });
    expect(await start(['approve', '--yes'], environment).ended).toMatchObject({ exit: 0 });
    const ended = await start(['once', '--json'], environment).ended;
    expect(ended.exit).toBe(0);
    expect(jsonOf(ended)).toMatchObject({ refused: 0, parked: 0 });
    expect((jsonOf(ended) as { written: number }).written).toBeGreaterThan(0);
  });

  test('the health check holds while a worker works, and fails when it hangs, when it is killed and when it has stopped', async () => {
    const worker = start(['start'], environment);
    await worker.says(/稼働を始めました/u);
    expect(await container.checkHealth()).toMatchObject({ exit: 0, stdout: expect.stringContaining('稼働しています') });

    worker.kill('SIGSTOP');
    expect(await container.checkHealth()).toMatchObject({ exit: 1, stdout: expect.stringContaining('応答しません') });
    worker.kill('SIGCONT');
    expect(await container.checkHealth()).toMatchObject({ exit: 0 });

    await endHard(worker);
    expect(await container.checkHealth()).toMatchObject({ exit: 1, stdout: expect.stringContaining('見つかりません') });

    const next = start(['start'], environment);
    await next.says(/稼働を始めました/u);
    expect(await container.checkHealth()).toMatchObject({ exit: 0 }); // past the socket that the dead one left behind
    next.kill('SIGTERM');
    expect(await next.ended).toMatchObject({ exit: 0 });
    expect(await container.checkHealth()).toMatchObject({ exit: 1 });
  });

  test('nothing of the image was touched', () => {
    expect(inventory(places.app)).toEqual(before);
  });
});
