import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agreementVerb } from '../../../src/cli/agreement.ts';
import type { Terminal, VerbContext } from '../../../src/cli/verb.ts';
import { loadMappings } from '../../../src/config/load.ts';
import { readOptions } from '../../../src/config/options.ts';
import type { Locale } from '../../../src/domain/policy.ts';
import { ConfigInvalid, LedgerInUse } from '../../../src/errors/errors.ts';
import { policyOnRecord } from '../../../src/main/policy.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { openMemoryLedger } from '../../simulation/ledger/memory-ledger.ts';
import { tokyo } from '../../support/people.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { aSignedRepository, type SignedRepository } from '../../support/signed-repository.ts';
import { MAPPINGS } from '../config/written.ts';

const HANAKO = 'hanako.sato@example.co.jp';
const KEN = 'ken.takahashi@example.co.jp';

describe('tasuki agreement', () => {
  let folder: string;
  let ledger: Ledger;
  let now: number;
  /** Who sits at the terminal, and what they answer; `null`: nobody. */
  let answer: boolean | null;
  let locale: Locale;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'tasuki-agreement-')), 'mappings');
    cpSync(MAPPINGS, folder, { recursive: true });
    ledger = openMemoryLedger();
    now = tokyo('2026-11-10 10:00');
    answer = null;
    locale = 'ja';
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  async function run(deed: string, flags: Readonly<Record<string, unknown>> = {}, isAway = false) {
    let told: { readonly value: unknown; readonly text: string } = { value: null, text: '' };
    const said: string[] = [];
    const terminal: Terminal = {
      json: false,
      locale,
      say: (line) => void said.push(line),
      asks: async (question) => {
        said.push(question);
        return answer;
      },
      result: (value, text) => {
        told = { value, text };
      },
    };
    const options = { ...readOptions({ TASUKI_MAPPINGS: folder }), locale };
    const context: Partial<VerbContext> = {
      terminal,
      options,
      openLedger: async () => {
        if (isAway) throw new LedgerInUse('.tasuki', 4711);
        const policy = () => policyOnRecord({ options, ledger, now }, quietLog);
        return { ledger, clock: { now: () => now }, policy, close: async () => undefined };
      },
    };
    const exit = await agreementVerb.run(context as VerbContext, { argument: deed, flags });
    return { exit, ...told, said: said.join('\n') };
  }
  const sign = (as: string, who: string) => run('sign', { as, who, yes: true });
  const signBoth = async () => [await sign('marketing-head', HANAKO), await sign('sales-head', KEN)];
  function edit(...changes: readonly (readonly [string | RegExp, string])[]): void {
    const path = join(folder, 'agreement.yaml');
    const text = changes.reduce((so, [find, put]) => so.replace(find, () => put), readFileSync(path, 'utf8'));
    writeFileSync(path, text);
  }
  function rewrite(file: string, find: string, put: string): void {
    writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replaceAll(find, put));
  }
  const proposeLower = () => edit(['version: "2026-11"', 'version: "2026-12"'], ['at-least: 80', 'at-least: 70']);

  test('signed by one head waits for the other, signed by both it is in force', async () => {
    const [first, second] = await signBoth();
    expect(first).toMatchObject({ exit: 0, value: { signed: true, missing: ['sales-head'], inForceFrom: null } });
    expect(first?.text).toContain('有効な合意はありません');
    expect(second).toMatchObject({ exit: 0, value: { signed: true, missing: [], inForceFrom: now } });
    const status = await run('status');
    expect(status.value).toMatchObject({
      inForce: {
        version: '2026-11',
        hash: loadMappings(folder).agreement.hash,
        signatures: [
          { role: 'marketing-head', who: HANAKO, how: 'command line', user: expect.any(String), at: now },
          { role: 'sales-head', who: KEN },
        ],
      },
      coming: [],
      proposed: null,
    });
    expect(status.text).toMatch(/有効な合意: 2026-11 \[\w{12}\][^]*営業責任者\(sales-head\): ken.*OS のユーザー/u);
  });

  test.each<[string, object, number, string]>([
    ['without a role', { who: HANAKO, yes: true }, 64, 'no-such-role'],
    ['as a role that does not sign', { as: 'ceo', who: HANAKO, yes: true }, 64, 'no-such-role'],
    ['by somebody who has another role', { as: 'sales-head', who: HANAKO, yes: true }, 1, 'not-theirs'],
    ['by nobody in particular', { as: 'sales-head', yes: true }, 1, 'nobody-to-ask'],
    ['where nobody can answer', { as: 'sales-head', who: KEN }, 1, 'nobody-to-ask'],
  ])('is not signed %s', async (_, flags, exit, because) => {
    expect(await run('sign', { ...flags })).toMatchObject({ exit, value: { signed: false, because } });
    expect(await ledger.agreements()).toEqual([]);
  });

  test('asks whoever sits there whether they are that head, and takes their word', async () => {
    answer = false;
    expect(await run('sign', { as: 'sales-head' })).toMatchObject({ exit: 0, value: { because: 'declined' } });
    answer = true;
    const { value, said } = await run('sign', { as: 'sales-head' });
    expect(value).toMatchObject({ signed: true, who: KEN });
    expect(said).toContain(`あなたは ${KEN} で、営業責任者(sales-head)として`);
    expect(said).toContain('stages.MQL.when.at-least: 80');
  });

  test('an address counts however it is written', async () => {
    expect(await sign('sales-head', 'Ken.Takahashi@Example.co.jp')).toMatchObject({
      value: { signed: true, who: KEN },
    });
  });

  test('is not signed twice by one role, and says who did', async () => {
    await sign('sales-head', KEN);
    const again = await sign('sales-head', KEN);
    expect(again).toMatchObject({ exit: 0, value: { signed: false, because: 'before' } });
    expect(again.text).toContain(KEN);
  });

  test('with a role that it gives to nobody cannot be signed, and check says what to write', async () => {
    edit([`sales-head: ${KEN}`, '# nobody']);
    expect(await sign('sales-head', KEN)).toMatchObject({ exit: 1, value: { because: 'nobody-named' } });
    const check = await run('check');
    expect(check).toMatchObject({ exit: 1, value: { signable: false } });
    expect(check.text).toContain('「sales-head: メールアドレス」');
  });

  test('with errors is neither signed nor compared: each is told with its place', async () => {
    edit(['at-least: 80', 'at-lest: 80']);
    for (const deed of ['sign', 'diff', 'check'])
      await expect(run(deed, { as: 'sales-head', who: KEN, yes: true })).rejects.toThrow(/agreement\.yaml:\d+:\d+: /u);
    expect(await ledger.agreements()).toEqual([]);
  });

  test('that names what a system does not have is not signed, as far as the systems are known', async () => {
    await ledger.noteSchema({ system: 'hubspot', object: 'contacts', fields: [] }, now);
    await expect(sign('sales-head', KEN)).rejects.toThrow(ConfigInvalid);
    await expect(sign('sales-head', KEN)).rejects.toThrow('agreement.yaml');
  });

  test('changed under a name that was signed is refused: it needs a new one', async () => {
    await signBoth();
    edit(['at-least: 80', 'at-least: 70']);
    const refused = await sign('sales-head', KEN);
    expect(refused).toMatchObject({ exit: 1, value: { signed: false, because: 'name-taken' } });
    expect(refused.text).toContain('version を新しい名前に');
    expect(await run('check')).toMatchObject({ exit: 1, value: { signable: false } });
  });

  test('changed is a proposal beside the one in force', async () => {
    await signBoth();
    proposeLower();
    const { value, text } = await run('status');
    expect(value).toMatchObject({
      inForce: { version: '2026-11' },
      proposed: { version: '2026-12', missing: ['marketing-head', 'sales-head'], nameTaken: false },
    });
    expect(text).toContain('agreement.yaml は提案です: 2026-12');
    locale = 'en';
    expect((await run('status')).text).toContain('agreement.yaml is a proposal: 2026-12');
  });

  test('signed for a later day says from when, and what is in force until then', async () => {
    await signBoth();
    edit(['version: "2026-11"', 'version: "2026-12"'], ['effective: 2026-11-01', 'effective: 2026-12-01']);
    const [, second] = await signBoth();
    expect(second?.text).toContain('2026年12月1日(火) 00:00 から有効');
    const { value, text } = await run('status');
    expect(value).toMatchObject({ inForce: { version: '2026-11' }, coming: [{ version: '2026-12' }] });
    expect(text).toMatch(/署名済み、これから有効: 2026-12 .*2026年12月1日\(火\) 00:00 から/u);
    now = tokyo('2026-12-01 00:00');
    expect((await run('status')).value).toMatchObject({ inForce: { version: '2026-12' }, coming: [] });
  });

  test('that is the first, and signed for a later day, binds nobody until then', async () => {
    edit(['effective: 2026-11-01', 'effective: 2026-12-01']);
    await signBoth();
    const { value, text } = await run('status');
    expect(value).toMatchObject({ inForce: null, coming: [{ version: '2026-11' }] });
    expect(text).toContain('それまでは対応表の項目だけを書き込みます');
  });

  test('diff tells what changes, against the one in force or any that was signed', async () => {
    expect((await run('diff')).text).toContain('有効な合意がないため');
    await signBoth();
    expect((await run('diff')).value).toMatchObject({ differences: [] });
    proposeLower();
    const { value, text } = await run('diff');
    expect(value).toMatchObject({
      from: { version: '2026-11' },
      differences: [
        { at: 'stages.MQL.when.at-least', before: '80', after: '70' },
        { at: 'version', before: '2026-11', after: '2026-12' },
      ],
    });
    expect(text).toContain(
      '  MQL の条件: 合計スコアが 80 点以上 → 合計スコアが 70 点以上\n    ~ stages.MQL.when.at-least: 80 → 70\n  ~ version: 2026-11 → 2026-12',
    );
    locale = 'en';
    expect((await run('diff')).text).toContain(
      '  criteria of MQL: a total score of at least 80 → a total score of at least 70',
    );
    locale = 'ja';
    await signBoth();
    expect((await run('diff')).value).toMatchObject({ differences: [] });
    expect((await run('diff', { from: '2026-11' })).value).toMatchObject({ from: { version: '2026-11' } });
    expect(await run('diff', { from: '2025-01' })).toMatchObject({ exit: 1, value: { because: 'no-such-version' } });
  });

  test('diff tells points and deadlines in words, with each place that differs below them', async () => {
    await signBoth();
    proposeLower();
    edit(['points: 6', 'points: 8'], ['within: 3 business days', 'within: 24 hours'], ['task: urgent', 'task: normal']);
    const { text } = await run('diff');
    expect(text).toMatch(/属性スコア: 役職に.*: 6 点 → 役職に.*: 8 点\n {4}~ score\.attribute\[1\]\.points: 6 → 8/u);
    expect(text).toMatch(
      /初回接触: - .*から 3 営業日以内に.*\n.*初回接触: \+ .*から 24 時間以内に.*\n.*\n {4}~ deadlines\.first-contact\.lapse\.task: urgent → normal\n {4}~ deadlines\.first-contact\.within/su,
    );
  });

  test('diff tells of a version that fits the other files no more, place by place', async () => {
    await signBoth();
    proposeLower();
    rewrite(
      'owners.yaml',
      'teams:',
      'teams:\n  is-team: { members: [taro.suzuki@example.co.jp], assign: round-robin }',
    );
    rewrite('agreement.yaml', 'inside-sales', 'is-team');
    await signBoth();
    const inWords = 'MQL の条件: 合計スコアが 80 点以上';
    expect((await run('diff', { from: '2026-11' })).text).toContain(inWords);
    rewrite('owners.yaml', 'inside-sales:', 'others:');
    const byPlace = (await run('diff', { from: '2026-11' })).text;
    expect(byPlace).toContain('\n  ~ stages.MQL.when.at-least: 80 → 70');
    expect(byPlace).not.toContain(inWords);
  });

  test('deliver lists everybody in owners.yaml with who has read it, and says that nothing is sent', async () => {
    expect(await run('deliver')).toMatchObject({ exit: 1, value: { people: [] } });
    expect(await run('acknowledge', { who: KEN })).toMatchObject({ exit: 1, value: { because: 'nothing-signed' } });
    await signBoth();
    const aya = 'aya.ito@example.co.jp';
    expect(await run('acknowledge', { who: aya })).toMatchObject({ exit: 0, value: { before: false } });
    expect(await run('acknowledge', { who: aya })).toMatchObject({ exit: 0, value: { before: true } });
    expect(await run('acknowledge', { who: 'dare@example.com' })).toMatchObject({
      exit: 1,
      value: { because: 'not-known' },
    });
    expect(await run('acknowledge')).toMatchObject({ exit: 64 });
    const { value, text } = await run('deliver');
    expect(value).toMatchObject({ sent: false, version: '2026-11' });
    const { people } = value as { readonly people: readonly { readonly who: string; readonly at: number | null }[] };
    expect(people.map(({ who }) => who)).toEqual(
      ['taro.suzuki', aya.split('@')[0], 'shota.watanabe', 'mio.tanaka'].map((name) => `${name}@example.co.jp`),
    );
    expect(people.filter(({ at }) => at !== null)).toEqual([{ who: aya, at: now }]);
    expect(text).toContain('未確認 3 人');
    expect(text).toContain('送りません');
  });

  test('check needs no ledger for the file itself, and says what it could not look up', async () => {
    const check = await run('check', {}, true);
    expect(check).toMatchObject({ exit: 0, value: { version: '2026-11', signable: true } });
    expect(check.text).toContain('署名の状況は確認していません');
    expect((await run('check')).text).toContain('有効な合意はありません');
  });

  test('render shows the one in force, whatever the folder proposes, and the folder where that is asked for', async () => {
    expect((await run('render')).text).toContain('これは提案です');
    await signBoth();
    proposeLower();
    const inForce = await run('render');
    expect(inForce).toMatchObject({ exit: 0, value: { version: '2026-11', standing: 'in-force', format: 'md' } });
    expect(inForce.text).toContain('| スコア閾値 | 合計スコアが 80 点以上 |');
    expect(inForce.text).toContain(`| 営業責任者 | ${KEN} | 2026年11月10日(火) 10:00`);
    const proposed = await run('render', { proposed: true });
    expect(proposed).toMatchObject({ value: { version: '2026-12', standing: 'not-in-force' } });
    expect(proposed.text).toContain('| スコア閾値 | 合計スコアが 70 点以上 |');
    locale = 'en';
    expect((await run('render')).text).toContain('| score threshold | a total score of at least 80 |');
  });

  test('render tells of a proposal beside a worker that has the ledger to itself, without its signatures', async () => {
    const { value, text } = await run('render', { proposed: true }, true);
    expect(value).toMatchObject({ version: '2026-11', standing: 'unknown' });
    expect(text).toContain('| 営業責任者 | ken.takahashi@example.co.jp | 未確認 |');
    await expect(run('render', {}, true)).rejects.toThrow(LedgerInUse);
  });

  test('render writes a file of its own kind, and never over agreement.yaml', async () => {
    const file = join(folder, 'agreement.html');
    expect(await run('render', { html: true, out: file })).toMatchObject({ exit: 0, value: { format: 'html', file } });
    expect(readFileSync(file, 'utf8')).toContain('<!doctype html>');
    const over = { out: join(folder, 'agreement.yaml') };
    expect(await run('render', over)).toMatchObject({ exit: 64, value: { because: 'not-that-kind-of-file' } });
    expect(await run('render', { out: file })).toMatchObject({ exit: 64 });
    expect(loadMappings(folder).agreement.version).toBe('2026-11');
    const nowhere = join(folder, 'gone', 'agreement.md');
    await expect(run('render', { out: nowhere })).rejects.toThrow(ConfigInvalid);
    expect(existsSync(nowhere)).toBe(false);
  });

  test('an unknown deed is wrong usage', async () => {
    expect(await run('rendr')).toMatchObject({ exit: 64, said: expect.stringContaining('status') });
  });

  test.each<[Locale, string, string]>([
    [
      'ja',
      'リードの取引開始: なくなりますが、進行中の 1 件は元の期日のまま、終わるまで続きます',
      '初回接触: 変わりますが、進行中の 2 件は期日も条件も元のままです',
    ],
    [
      'en',
      'conversion of the lead: struck; 1 open deadline keeps its old date and runs to the end',
      'first contact: changed; 2 open deadlines keep their old date and conditions',
    ],
  ])('diff and sign tell how many open deadlines keep their old date, in %s', async (language, struck, changed) => {
    await signBoth();
    locale = language;
    const openDeadlines = async () => [
      { kind: 'convert', version: '2026-11', count: 1 },
      { kind: 'deal-set-up', version: '2026-11', count: 5 },
      { kind: 'first-contact', version: '2026-11', count: 2 },
    ];
    ledger = { ...ledger, openDeadlines };
    edit(['version: "2026-11"', 'version: "2026-12"'], ['within: 3 business days', 'within: 1 business day']);
    edit([/ {2}convert:\n(?: {4}.*\n)*/u, '']);
    const diff = await run('diff');
    expect(diff.text).toContain(struck);
    expect(diff.text).toContain(changed);
    expect(diff.text).not.toMatch(/5 件|5 open/u);
    expect((await sign('sales-head', KEN)).said).toContain(struck);
  });

  describe('signed by a commit', () => {
    const byCommit = (as: string, commit: string, { signers }: SignedRepository) =>
      run('sign', { as, commit, allowedSigners: signers });

    test('counts as that of whom git vouches for: each head signs a commit with this text', async () => {
      const repository = aSignedRepository(folder, join(folder, '..'));
      for (const head of [HANAKO, KEN]) repository.trust(head);
      const commits = [repository.commit(HANAKO), repository.commit(KEN)];
      expect(await byCommit('marketing-head', commits[0]!, repository)).toMatchObject({
        exit: 0,
        value: { signed: true, who: HANAKO, missing: ['sales-head'] },
      });
      expect(await byCommit('sales-head', 'HEAD', repository)).toMatchObject({ value: { inForceFrom: now } });
      const [version] = await ledger.agreements();
      expect(version?.signatures.map(({ who, how, user }) => [who, how, user])).toEqual([
        [HANAKO, 'commit', commits[0]],
        [KEN, 'commit', commits[1]],
      ]);
      expect((await run('status')).text).toContain(`署名付きコミット ${commits[1]?.slice(0, 12)}`);
    }, 30_000);

    test('does not count where it is unsigned, unknown, by somebody else, or of another text', async () => {
      const repository = aSignedRepository(folder, join(folder, '..'));
      const because = async (as: string, commit: string) => (await byCommit(as, commit, repository)).value;
      expect(await because('sales-head', repository.commit(null))).toMatchObject({ because: 'not-signed' });
      const ofKen = repository.commit(KEN);
      expect(await because('sales-head', ofKen)).toMatchObject({ because: 'not-trusted' });
      repository.trust(KEN);
      expect(await because('marketing-head', ofKen)).toMatchObject({ because: 'not-theirs' });
      for (const commit of ['v1.0', '--help', 'HEAD:agreement.yaml'])
        expect(await because('sales-head', commit)).toMatchObject({ because: 'no-such-commit' });
      proposeLower();
      expect(await because('sales-head', ofKen)).toMatchObject({ because: 'other-text' });
      expect(await ledger.agreements()).toEqual([]);
    }, 30_000);

    test('does not count outside a repository', async () => {
      expect(await run('sign', { as: 'sales-head', commit: 'HEAD' })).toMatchObject({
        exit: 1,
        value: { because: 'no-such-commit' },
      });
    });
  });
});
