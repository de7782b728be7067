import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Ended, jsonOf, startTasuki, tasuki } from '../support/cli.ts';
import { environmentFor } from '../support/company.ts';
import { signOnCommandLine } from '../support/sign.ts';

const MINUTE = 60_000;
const MONDAY_MORNING = Date.parse('2026-11-02T10:00:00+09:00');
const VERBS =
  'start once plan agreement explain due check pause resume undo retry setup doctor migrate sandbox demo'.split(' ');
const WRONG = 'a-wrong-secret';
const SECRETS = ['pat-na1-sandbox', 'sandbox-secret', WRONG];

type Changes = readonly { readonly kind: string; readonly person: string; readonly steps: readonly unknown[] }[];
type Told = {
  readonly person: { readonly id: string };
  readonly history: readonly { kind: string; change?: { state: string } }[];
};

/** Everything that any process of this file has printed, for the last test. */
let printed = '';
async function run(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const ended = await tasuki(words, environment);
  printed += ended.stdout + ended.stderr;
  return ended;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tasuki-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('whoever has only just met it', () => {
  test('finds examples under --help of every verb', async () => {
    const asked = await Promise.all(VERBS.map((verb) => run([verb, '--help'])));
    for (const [index, { exit, stdout, stderr }] of asked.entries()) {
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
      expect(stdout).toContain(`Examples:\n  `);
      expect(stdout.split('Examples:')[1]).toContain(`tasuki ${VERBS[index]!}`);
    }
  });

  test('sees the options of the verb itself before those of every verb', async () => {
    const { stdout } = await run(['plan', '--help']);
    expect(stdout).toMatch(/--limit <n>[^]*Options of every verb:[^]*--folder <path>[^]*DATABASE_URL, REDIS_URL/u);
  });

  test.each([
    ['an unknown verb', ['plann'], 'plann'],
    ['an unknown option', ['plan', '--limitt', '3'], '--limitt'],
    ['a missing argument', ['explain'], 'who'],
    ['a word where a number belongs', ['plan', '--limit', 'many'], 'whole number'],
    ['no verb at all', [], 'Commands:'],
  ])('%s ends with 64, and says what is wrong', async (_, words, says) => {
    const { exit, stdout, stderr } = await run(words);
    expect({ exit, stdout }).toEqual({ exit: 64, stdout: '' });
    expect(stderr).toContain(says);
  });

  test('is told of every missing credential at once, and where it comes from', async () => {
    const { exit, stdout, stderr } = await run(['once', '--json'], { TASUKI_FOLDER: folder });
    expect({ exit, stdout }).toEqual({ exit: 78, stdout: '' });
    expect(stderr).toMatch(/^SYNC_CONFIG_INVALID: /u);
    for (const [name, remedy] of [
      ['HUBSPOT_ACCESS_TOKEN', 'private app'],
      ['SALESFORCE_CLIENT_ID', 'consumer key'],
      ['SALESFORCE_CLIENT_SECRET', 'SALESFORCE_JWT_KEY_FILE'],
    ]) {
      expect(stderr).toMatch(new RegExp(`${name!}: .*${remedy!}`, 'u'));
    }
  });

  test('a key file, a folder or a sandbox that is not there is configuration too', async () => {
    const base = {
      HUBSPOT_ACCESS_TOKEN: 'x',
      SALESFORCE_CLIENT_ID: 'x',
      SALESFORCE_USERNAME: 'x',
      TASUKI_FOLDER: folder,
    };
    const noKey = await run(['once'], { ...base, SALESFORCE_JWT_KEY_FILE: '/nowhere/key.pem' });
    expect(noKey.exit).toBe(78);
    expect(noKey.stderr).toContain('SALESFORCE_JWT_KEY_FILE: names /nowhere/key.pem');
    const noFolder = await run(['migrate'], { TASUKI_FOLDER: '/dev/null/nowhere' });
    expect(noFolder.exit).toBe(78);
    expect(noFolder.stderr).toContain('TASUKI_FOLDER: /dev/null/nowhere cannot be used');
    const noClock = await run(['migrate'], { ...base, TASUKI_CLOCK_URL: 'http://127.0.0.1:9' });
    expect(noClock.exit).toBe(78);
    expect(noClock.stderr).toContain('TASUKI_CLOCK_URL: No sandbox answers at http://127.0.0.1:9');
  });

  test('the demo refuses any address that is not this machine', async () => {
    const { exit, stderr } = await run(['demo'], { HUBSPOT_BASE_URL: 'https://api.eu1.example.com' });
    expect(exit).toBe(78);
    expect(stderr).toContain('HUBSPOT_BASE_URL: https://api.eu1.example.com is not on this machine');
  });

  test('verbs that speak to no CRM need no credentials', async () => {
    const ledger = { TASUKI_FOLDER: join(folder, 'bare') };
    expect(jsonOf(await run(['migrate', '--json'], ledger))).toEqual({ migrated: true });
    const nobody = await run(['explain', 'nobody@example.co.jp'], ledger);
    expect(nobody).toMatchObject({ exit: 1, stdout: '' });
    expect(jsonOf(await run(['explain', 'nobody@example.co.jp', '--json'], ledger))).toBeNull();
    expect(nobody.stderr).toContain('nobody@example.co.jp');
  });
});

describe('beside two CRMs', () => {
  let sandbox: Sandbox;
  let environment: Readonly<Record<string, string>>;
  const later = () => sandbox.kernel.clock.advance(5 * MINUTE);
  const writes = () =>
    sandbox.kernel.log
      .list()
      .filter(({ method, path }) => method !== 'GET' && !/oauth2|\/search$|\/batch\/read$|\/composite$/u.test(path));

  beforeAll(async () => {
    sandbox = await startSandbox({ people: 40, seed: 7, start: MONDAY_MORNING });
    environment = { ...environmentFor(sandbox, join(folder, 'ledger')), TASUKI_LOG_LEVEL: 'debug' };
  });
  afterAll(() => sandbox.close());

  test('before set-up the doctor names the remedy, and a run refuses to start', async () => {
    const doctor = await run(['doctor', '--json'], environment);
    expect(doctor.exit).toBe(1);
    const checks = jsonOf(doctor) as { ok: boolean; says: string; remedy?: string }[];
    expect(checks.filter(({ ok }) => !ok)).toMatchObject([
      { says: expect.stringContaining('Lead.Tasuki_Key__c'), remedy: 'tasuki setup' },
      { says: expect.stringContaining('有効な合意はありません'), remedy: 'tasuki agreement sign' },
    ]);
    const once = await run(['once', '--json'], environment);
    expect(once).toMatchObject({ exit: 78, stdout: '' });
    expect(once.stderr).toContain('tasuki setup');
  });

  test('set-up shows first, makes each field once, and makes nothing the second time', async () => {
    const dry = jsonOf(await run(['setup', '--dry-run', '--json'], environment)) as {
      needed: string[];
      missing: string[];
    };
    expect(dry.missing).toEqual(dry.needed);
    expect(writes()).toEqual([]);
    const views = { made: [{ object: 'Lead', name: 'Tasuki_Due' }, { object: 'Contact' }], refused: [] };
    expect(jsonOf(await run(['setup', '--json'], environment))).toMatchObject({ made: dry.needed, views });
    const nothing = { made: [], views: { made: [], refused: [] } };
    expect(jsonOf(await run(['setup', '--json'], environment))).toEqual(nothing);
  });

  test('while nobody has signed, the plan says so and names nobody to hand over; once both heads have, the doctor is content', async () => {
    const unsigned = await run(['plan', '--locale', 'en'], environment);
    expect(unsigned.stdout).toMatch(/^No agreement is in force: only mapped fields are written/u);
    expect(unsigned.stdout).not.toMatch(/tasuki_stage|^ *\+ /imu);
    await signOnCommandLine(environment);
    const status = await run(['agreement', 'status', '--locale', 'en'], environment);
    expect(status.stdout).toMatch(/^In force: agreement 2026-11 [^]*marketing head[^]*sales head/u);
    const doctor = await run(['doctor', '--locale', 'en'], environment);
    expect(doctor.stdout).not.toContain('✗');
    expect(doctor.exit).toBe(0);
  });

  test.each([
    ['HubSpot', 'ja', { HUBSPOT_ACCESS_TOKEN: WRONG }, /HubSpot refused the token[^]*HUBSPOT_ACCESS_TOKEN の値/u],
    ['HubSpot', 'en', { HUBSPOT_ACCESS_TOKEN: WRONG }, /HubSpot refused the token[^]*Check HUBSPOT_ACCESS_TOKEN/u],
    [
      'Salesforce',
      'ja',
      { SALESFORCE_CLIENT_SECRET: WRONG },
      /Salesforce refused the login[^]*SALESFORCE_CLIENT_SECRET/u,
    ],
    [
      'Salesforce',
      'en',
      { SALESFORCE_CLIENT_SECRET: WRONG },
      /Salesforce refused the login[^]*Check SALESFORCE_CLIENT_ID/u,
    ],
  ])('wrong credentials of %s end with 77 and words (%s), and nothing is written', async (_, locale, wrong, says) => {
    sandbox.kernel.log.clear();
    const verb = locale === 'ja' ? 'once' : 'start';
    const ended = await run([verb, '--locale', locale], { ...environment, ...wrong });
    expect(ended).toMatchObject({ exit: 77, stdout: '', stderr: expect.stringMatching(says) });
    expect(writes()).toEqual([]);
  });

  test('a Salesforce that does not answer is named with its address and the option that holds it', async () => {
    const nowhere = { ...environment, SALESFORCE_LOGIN_URL: 'http://127.0.0.1:9' };
    const { exit, stdout } = await run(['doctor', '--locale', 'en'], nowhere);
    expect(exit).toBe(1);
    expect(stdout).toMatch(/✗ Connection Salesforce: .*http:\/\/127\.0\.0\.1:9 .*SALESFORCE_LOGIN_URL/u);
  });

  test('a slip in a mapping is shown with its file, line and what was meant', async () => {
    const slips = [
      ['contact.yaml', 'hubspot: jobtitle', 'hubspot: jobtitel', /contact\.yaml:\d+.*jobtitel.*jobtitle/u],
      ['contact.yaml', /^( *)policy:/mu, '$1polciy:', /contact\.yaml:\d+:\d+: .*polciy.*policy/u],
      ['agreement.yaml', /^(\S+:)/mu, '\t$1', /agreement\.yaml:\d+:1: A tab/u],
    ] as const;
    for (const [index, [file, what, slip, says]] of slips.entries()) {
      const mappings = join(folder, `mappings-${index}`);
      await cp('mappings', mappings, { recursive: true });
      const text = await readFile(join(mappings, file), 'utf8');
      expect(text).toMatch(what);
      await writeFile(join(mappings, file), text.replace(what, slip));
      const { exit, stderr } = await run(['plan'], {
        ...environment,
        TASUKI_MAPPINGS: mappings,
        TASUKI_FOLDER: join(folder, 'slips'),
      });
      expect(stderr).toMatch(says);
      expect(exit).toBe(78);
    }
  });

  test('a plan is one JSON value or text in Japanese or English, and touches nothing; the run writes what it showed', async () => {
    sandbox.kernel.log.clear();
    const ja = await run(['plan'], environment);
    expect(ja.stdout).toMatch(/HubSpot コンタクト[^]*変更 \d+ 件/u);
    const en = await run(['plan', '--locale', 'en', '--limit', '1'], environment);
    expect(en.stdout).toMatch(/… and \d+ more[^]*\d+ changes: \d+ new records in Salesforce/u);
    const { changes } = jsonOf(await run(['plan', '--json'], environment)) as { changes: Changes };
    expect(changes.length).toBeGreaterThan(20);
    expect(writes()).toEqual([]);
    const { TASUKI_LOG_LEVEL: _, ...unasked } = environment as Record<string, string>;
    expect((await run(['plan'], unasked)).stderr).not.toContain('{"level"');
    const once = await run(['once', '--json'], environment);
    expect(once.exit).toBe(0);
    // Not all is read back at once: what nobody waits to see, such as a deal's key, the next pull confirms.
    expect(jsonOf(once)).toMatchObject({ planned: changes.length, written: changes.length, refused: 0 });
  });

  test('explain finds a person by e-mail, by Lead id and by person id', async () => {
    const lead = sandbox.org.records('Lead').find((row) => typeof row['Tasuki_Key__c'] === 'string')!;
    const byMail = jsonOf(await run(['explain', String(lead['Email']), '--json'], environment)) as Told;
    for (const handle of [String(lead['Id']), byMail.person.id]) {
      expect(jsonOf(await run(['explain', handle, '--json'], environment))).toEqual(byMail);
    }
    const { stdout } = await run(['explain', String(lead['Email']), '--locale', 'en'], environment);
    expect(stdout).toContain(String(lead['Id']));
    expect(stdout).toMatch(/^Stages$/mu);
    const ja = await run(['explain', String(lead['Email'])], environment);
    expect(ja.stdout).not.toMatch(/\((?:current|rule|history)\b|  confirmed$|T\d\d:\d\d:\d\d\.\d{3}Z/mu);
    expect(ja.stdout).toMatch(/Salesforce リード \S+\(有効、/u);
  });

  test('explain of a contact, or of a Lead that it may be, says that they cannot be told apart', async () => {
    const onlyHere = sandbox.portal
      .records('contacts')
      .find(({ properties }) => properties['tasuki_sfa_state'] === 'none')!;
    const Email = onlyHere.properties['email'];
    const seen = { at: sandbox.kernel.clock.now() };
    const twins = ['甲', '乙'].map((LastName) =>
      sandbox.org.seed('Lead', { LastName, Company: '双子商事', Email }, seen),
    );
    later();
    await run(['once'], environment);
    const told = await run(['explain', onlyHere.id], environment);
    expect(told.stdout).toMatch(/⚠ 同じメールアドレスのレコードが複数/u);
    expect((await run(['explain', twins[0]!], environment)).stderr).toContain(twins[1]!);
  });

  test('while paused, changes wait; after resume they are written', async () => {
    const [{ contact, lead }] = onBothSides() as [{ contact: string; lead: string }];
    const title = () => sandbox.org.records('Lead').find((row) => row['Id'] === lead)!['Title'];
    expect(jsonOf(await run(['pause', '--by', 'hanako', '--why', '移行', '--json'], environment))).toEqual({
      paused: true,
      by: 'hanako',
      why: '移行',
    });
    sandbox.portal.touch('contacts', contact, { jobtitle: '待機役' }, { source: 'CRM_UI', userId: 1 });
    later();
    const doctor = await run(['doctor'], environment);
    expect(doctor.stdout).toContain('hanako が停止しました(理由: 移行)');
    expect(jsonOf(await run(['once', '--json'], environment))).toMatchObject({ planned: 1, written: 0, parked: 1 });
    expect(title()).not.toBe('待機役');
    expect(jsonOf(await run(['resume', '--json'], environment))).toEqual({ paused: false, waited: 1 });
    expect(jsonOf(await run(['once', '--json'], environment))).toMatchObject({ planned: 0, parked: 0 });
    expect(title()).toBe('待機役');
  });

  test('a reader who stops reading does no harm', async () => {
    for (const words of [['plan', '--json'], ['doctor'], ['once', '--json'], ['once', '--help']]) {
      const running = startTasuki(words, environment);
      running.child.stdout?.destroy();
      const { exit, stderr } = await running.ended;
      expect({ words, exit }).toEqual({ words, exit: words[0] === 'doctor' ? expect.any(Number) : 0 });
      expect(stderr).not.toContain('EPIPE');
    }
  });

  test('start works until SIGTERM, finishes what runs, keeps others off its folder, and can be started again', async () => {
    const working = { ...environment, TASUKI_PULL_EVERY_SECONDS: '5', TASUKI_LOG_LEVEL: 'info', TASUKI_LOCALE: 'en' };
    const first = startTasuki(['start'], working);
    await first.says(/Working\./u);
    const second = await run(['plan'], environment);
    expect(second.exit).toBe(69);
    expect(second.stderr).toMatch(new RegExp(`SYNC_LEDGER_IN_USE: .* process ${first.child.pid}\\b`, 'u'));

    const [{ contact, lead }] = onBothSides() as [{ contact: string; lead: string }];
    const title = () => sandbox.org.records('Lead').find((row) => row['Id'] === lead)!['Title'];
    sandbox.kernel.faults.add({
      system: 'salesforce',
      method: 'PATCH',
      path: '/composite/sobjects',
      fault: { kind: 'stall', ms: 1_500, when: 'after' },
    });
    sandbox.portal.touch('contacts', contact, { jobtitle: '常務' }, { source: 'CRM_UI', userId: 1 });
    later();
    await expect.poll(title, { timeout: 60_000 }).toBe('常務');
    first.kill('SIGTERM'); // Salesforce has it, and its answer is still on the way
    const ended = await first.ended;
    printed += ended.stdout + ended.stderr;
    expect(ended).toMatchObject({ exit: 0, stderr: expect.stringContaining('SIGTERM') });
    const { history } = jsonOf(await run(['explain', lead, '--json'], environment)) as Told;
    const last = history.findLast(({ kind }) => kind === 'change')!;
    expect(last.change?.state).toMatch(/^(?:acknowledged|confirmed)$/u);

    const again = startTasuki(['start'], working);
    await again.says(/Working\./u);
    again.kill('SIGINT');
    expect((await again.ended).exit).toBe(0);
    later();
    expect(jsonOf(await run(['once', '--json'], environment))).toMatchObject({ planned: 0, refused: 0 });
  });

  test('no secret has been printed by any of this, not even at debug level', () => {
    expect(printed).toContain('"level":20');
    for (const secret of SECRETS) expect(printed).not.toContain(secret);
    expect(printed).not.toMatch(/Bearer |00D\w+!/u);
  });

  function onBothSides(): readonly { contact: string; lead: string }[] {
    const leads = new Map(
      sandbox.org
        .records('Lead')
        .filter((row) => row['Tasuki_Key__c'])
        .map((row) => [row['Tasuki_Key__c'], String(row['Id'])]),
    );
    return sandbox.portal.records('contacts').flatMap(({ id, properties }) => {
      const lead = leads.get(properties['tasuki_key'] ?? '');
      return lead === undefined ? [] : [{ contact: id, lead }];
    });
  }
});
