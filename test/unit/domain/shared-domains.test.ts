import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isShared } from '../../../src/domain/values/shared-domains.ts';

const source = readFileSync(new URL('../../../src/domain/values/shared-domains.ts', import.meta.url), 'utf8');
const listed = [...source.matchAll(/: `\n([^`]*)`,/gu)].flatMap(([, hosts]) => (hosts ?? '').trim().split(/\s+/u));

describe('hosts that many share', () => {
  test('are written once, in the form that is compared', () => {
    expect(listed.length).toBeGreaterThan(200);
    expect(listed.filter((host) => !/^(?:[a-z0-9-]+\.)+[a-z]{2,}$/u.test(host))).toEqual([]);
    expect(listed.filter((host, nth) => listed.indexOf(host) !== nth)).toEqual([]);
  });

  test('are not written where a host above them stands already', () => {
    expect(listed.filter((host) => isShared(host.split('.').slice(1).join('.')))).toEqual([]);
  });

  test('are shared by what is below them, and by nothing that merely ends alike', () => {
    expect(isShared('aozora.wixsite.com')).toBe(true);
    expect(isShared('notwixsite.com')).toBe(false);
    expect(isShared('google.com')).toBe(false);
  });
});
