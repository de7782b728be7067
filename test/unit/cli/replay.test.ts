import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replayVerb } from '../../../src/cli/replay.ts';
import type { Terminal, VerbContext } from '../../../src/cli/verb.ts';
import { loadMappings } from '../../../src/config/load.ts';
import { readOptions } from '../../../src/config/options.ts';
import type { Locale } from '../../../src/domain/policy.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import { policyOnRecord } from '../../../src/main/policy.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { dump } from '../../simulation/ledger/dump.ts';
import { openMemoryLedger } from '../../simulation/ledger/memory-ledger.ts';
import { contact, meet } from '../../support/ledger-cast.ts';
import { tokyo } from '../../support/people.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { signByBoth } from '../../support/sign.ts';
import { MAPPINGS } from '../config/written.ts';

const AUTUMN = { from: '2026-08-01', to: '2026-10-31' };
const HOSTILE = `<img src=x onerror="alert('1')">\u001b[2J&`;

describe('tasuki replay', () => {
  let folder: string;
  let proposed: string;
  let ledger: Ledger;
  let locale: Locale;
  let json: boolean;
  const now = tokyo('2026-11-10 10:00');
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'tasuki-replay-')), 'mappings');
    cpSync(MAPPINGS, folder, { recursive: true });
    proposed = join(folder, '..', 'proposed.yaml');
    propose(['at-least: 80', 'at-least: 70'], ['version: "2026-11"', 'version: "2026-12"']);
    ledger = openMemoryLedger();
    locale = 'ja';
    json = false;
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  async function run(flags: Readonly<Record<string, unknown>> = AUTUMN) {
    let told: { readonly value: unknown; readonly text: string } = { value: null, text: '' };
    const said: string[] = [];
    const terminal: Terminal = {
      json,
      locale,
      say: (line) => void said.push(line),
      asks: async () => null,
      result: (value, text) => {
        told = { value, text };
      },
    };
    const options = { ...readOptions({ TASUKI_MAPPINGS: folder }), locale };
    const context: Partial<VerbContext> = {
      terminal,
      options,
      openLedger: async () => {
        const policy = () => policyOnRecord({ options, ledger, now }, quietLog);
        return { ledger, clock: { now: () => now }, policy, close: async () => undefined };
      },
    };
    const exit = await replayVerb.run(context as VerbContext, { flags });
    return { exit, ...told, said: said.join('\n') };
  }
  const lower = () => run({ ...AUTUMN, agreement: proposed });
  function propose(...changes: readonly (readonly [string, string])[]): void {
    const text = readFileSync(join(folder, 'agreement.yaml'), 'utf8');
    writeFileSync(
      proposed,
      changes.reduce((so, [find, put]) => so.replace(find, () => put), text),
    );
  }

  /** Somebody whose score came to this in September; everything else was empty from the first day on. */
  async function meetScored(id: string, score: number, values: Values = {}): Promise<void> {
    const createdAt = tokyo('2026-08-03 10:00');
    const empty = { jobtitle: null, leadscore: 0, industry: null, numemployees: null };
    const person = contact(id, { email: `p${id}@example.co.jp`, ...empty, ...values, leadscore: score }, { createdAt });
    await meet(ledger, person);
    const told = (field: string, value: Values[string], at: number) =>
      ({
        record: person.record,
        field,
        value: value ?? null,
        at,
        by: 'person',
        source: `${id} ${field} ${at}`,
      }) as const;
    await ledger.noteHistory([
      ...Object.entries(empty).map(([field, value]) => told(field, value, createdAt)),
      told('leadscore', score, tokyo('2026-09-08 10:00')),
    ]);
  }
  const sign = () => signByBoth(loadMappings(folder), ledger, tokyo('2026-11-02 09:00'));

  test('with a threshold of 70 names who would newly qualify, when and why, and writes nothing', async () => {
    await sign();
    await meetScored('1', 75, { lastname: '鈴木', firstname: '太郎', company: '株式会社みなと商事' });
    await meetScored('2', 60);
    const held = dump(ledger);
    const told = await lower();
    expect(told).toMatchObject({
      exit: 0,
      value: {
        people: 2,
        recorded: 2,
        newly: { count: 1, people: [{ stage: 'MQL', at: tokyo('2026-09-08 10:00'), company: '株式会社みなと商事' }] },
        dropped: { count: 0 },
        inForce: { version: '2026-11' },
        proposed: { version: '2026-12', hits: { mqls: 1 } },
      },
    });
    expect(told.text).toContain('合意 2026-12 の試算(2026-08-01 から 2026-10-31 まで)');
    expect(told.text).toMatch(
      /2026年9月8日\(火\) 10:00 .*鈴木 太郎 .*スコア: 70 以上\(当時 75\).*× スコア: 80 以上\(当時 75\)/u,
    );
    expect(told.text).toContain('20 人に満たない');
    expect(dump(ledger)).toEqual(held);
  });

  test('says the same in English', async () => {
    locale = 'en';
    await sign();
    await meetScored('1', 75);
    const { text } = await lower();
    expect(text).toMatch(
      /Would newly qualify: 1[^]*hubspot-1 .*score: at least 70 \(then 75\) \/ in force: × score: at least 80 \(then 75\)/u,
    );
    expect(text).toContain('fewer than 20');
    expect(text).not.toMatch(/[ぁ-ん]/u);
  });

  test('of the folder’s own agreement, which is in force, finds no difference', async () => {
    await sign();
    await meetScored('1', 85);
    expect(await run()).toMatchObject({ value: { newly: { count: 0 }, dropped: { count: 0 }, earlier: 0, later: 0 } });
  });

  test('without an agreement in force compares with none', async () => {
    await meetScored('1', 85);
    const told = await run();
    expect(told).toMatchObject({ exit: 0, value: { inForce: null, newly: { count: 1 } } });
    expect(told.text).toContain('有効な合意がないため');
  });

  test('on a page escapes whatever comes from a CRM, and runs nothing', async () => {
    await sign();
    await meetScored('1', 75, { lastname: HOSTILE, company: HOSTILE });
    const { text } = await run({ ...AUTUMN, agreement: proposed, html: true });
    expect(text).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; [2J&amp;');
    expect(text).not.toMatch(/<img|<script|\p{Cc}(?<!\n)|https?:/u);
    expect(text).toMatch(/^<!doctype html>\n<html lang="ja">/u);
  });

  test.each([
    ['as text', {}, false, /^合意 2026-12/u],
    ['as a page', { html: true }, false, /^<!doctype html>/u],
    ['as JSON', {}, true, /^\{"from":/u],
  ])('puts it into a file %s', async (_, flags, asJson, start) => {
    json = asJson;
    await sign();
    await meetScored('1', 75);
    const out = join(folder, '..', 'replay.out');
    const { said } = await run({ ...AUTUMN, agreement: proposed, out, ...flags });
    expect(readFileSync(out, 'utf8')).toMatch(start);
    expect(said).toContain(out);
  });

  test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ['without days', {}, /--from: .*\n--to: /u],
    ['of a day that does not exist', { ...AUTUMN, to: '2026-02-30' }, /--to: 「2026-02-30」/u],
    ['from after to', { from: '2026-10-31', to: '2026-08-01' }, /--from: .*2026-10-31.*2026-08-01/u],
    ['of a file that is not there', { ...AUTUMN, agreement: '/nowhere.yaml' }, /nowhere\.yaml: /u],
    ['into a place that is not there', { ...AUTUMN, out: '/nowhere/at/all' }, /--out: /u],
  ])('is refused %s', async (_, flags, fault) => {
    await meetScored('1', 75);
    await expect(run(flags)).rejects.toMatchObject({
      code: 'SYNC_CONFIG_INVALID',
      message: expect.stringMatching(fault),
    });
  });

  test('names the place of a fault in the proposed file', async () => {
    propose(['at-least: 80', 'at-lest: 80']);
    await expect(lower()).rejects.toThrow(/proposed\.yaml:\d+:\d+: /u);
  });

  test.each<[string, () => Promise<void>, string, RegExp]>([
    ['nobody', async () => undefined, 'ledger-empty', /まだ誰もいません/u],
    ['nothing of the period', () => meetScored('1', 75), 'no-history', /この期間の記録/u],
  ])('says so where the ledger has %s', async (_, given, because, text) => {
    await given();
    const told = await run({ from: '2020-01-01', to: '2020-12-31' });
    expect(told).toMatchObject({ exit: 1, value: { replay: null, because } });
    expect(told.text).toMatch(text);
  });
});
