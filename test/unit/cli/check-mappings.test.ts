import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkVerb } from '../../../src/cli/check-mappings.ts';
import type { VerbContext } from '../../../src/cli/verb.ts';
import { readOptions } from '../../../src/config/options.ts';
import { ConfigInvalid } from '../../../src/errors/errors.ts';
import { MAPPINGS } from '../config/written.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tasuki-check-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function never(): never {
  throw new Error('this verb opens nothing');
}

async function check(within: string, locale: 'ja' | 'en') {
  const mappings = join(folder, 'mappings');
  cpSync(MAPPINGS, mappings, { recursive: true });
  const agreement = join(mappings, 'agreement.yaml');
  writeFileSync(agreement, readFileSync(agreement, 'utf8').replace('3 business days', within));
  const seen = { text: '', value: null as unknown };
  const context: VerbContext = {
    options: { ...readOptions({}, {}), mappings },
    terminal: {
      json: false,
      locale,
      say: never,
      asks: never,
      result: (value, text) => void Object.assign(seen, { value, text }),
    },
    open: never,
    openLedger: never,
    stopAsked: never,
  };
  return { exit: await checkVerb.run(context, { flags: {} }), ...seen };
}

describe('tasuki check', () => {
  test.each([
    ['ja', '設定に誤りはありません(合意 2026-11)。'],
    ['en', 'Nothing is wrong with the mappings (agreement 2026-11).'],
  ] as const)('has nothing to say of good files (%s)', async (locale, text) => {
    expect(await check('3 business days', locale)).toMatchObject({ exit: 0, text });
  });

  test.each([
    ['ja', /確かめたいところが 1 か所あります。\n {2}mappings\/agreement\.yaml:\d+:\d+: 24 営業時間は/u],
    ['en', /1 thing to look at\.\n {2}mappings\/agreement\.yaml:\d+:\d+: 24 business hours are/u],
  ] as const)('asks about what may not be meant, with its line, and ends well (%s)', async (locale, text) => {
    const { exit, ...told } = await check('24 business hours', locale);
    expect(exit).toBe(0);
    expect(told.text).toMatch(text);
    expect(told.value).toMatchObject({ warnings: [{ at: expect.stringContaining('agreement.yaml') }] });
  });

  test('refuses bad files like everything else', async () => {
    await expect(check('3 weeks', 'ja')).rejects.toThrow(ConfigInvalid);
  });
});
