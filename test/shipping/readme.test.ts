import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OPTIONS, type Option } from '../../src/config/option-table.ts';
import { ROOT } from './build-image.ts';

const PAGES = ['README.md', 'README.ja.md'];
const page = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const options: readonly Option<unknown>[] = Object.values(OPTIONS);

/** `| `NAME` * | `default` | …`: the rows of the table of settings. */
function settingsOf(
  text: string,
): readonly { readonly env: string; readonly secret: boolean; readonly value: string }[] {
  return [...text.matchAll(/^\| `([A-Z][A-Z0-9_]+)`( \*)? *\| *(?:`([^`]*)`)?[^|]*\|/gmu)].map(
    ([, env = '', star, value = '']) => ({ env, secret: star !== undefined, value }),
  );
}

describe.each(PAGES)('%s', (name) => {
  test('names every option, with its default and whether a file may hold it, and no other', () => {
    const expected = options.map(({ env, secret, default: value }) => ({
      env,
      secret: secret === true,
      value: value === null ? '' : `${value as string | number}`,
    }));
    const byName = (one: { env: string }, other: { env: string }) => one.env.localeCompare(other.env);
    expect([...settingsOf(page(name))].sort(byName)).toEqual([...expected].sort(byName));
  });

  test('shows both commands that a newcomer types', () => {
    expect(page(name)).toMatch(/^npm ci && npm run demo .*\nnpm ci && npm test /mu);
  });
});

test('both pages ask HubSpot for the same scopes', () => {
  const scopes = PAGES.map((name) =>
    [...new Set(page(name).match(/`(?:crm\.[a-z_.]+|forms|sales-email-read)`/gu))].sort(),
  );
  expect(scopes[0]?.length).toBeGreaterThan(14);
  expect(scopes[1]).toEqual(scopes[0]);
});
