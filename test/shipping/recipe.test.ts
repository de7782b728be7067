import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { OPTIONS } from '../../src/config/option-table.ts';
import { ROOT, readRecipe } from './build-image.ts';
import { manifest, sandboxPackages } from './contents.ts';
import { environmentOf, lastOf, readDockerfile, wholeOf } from './dockerfile.ts';
import { ignoring } from './ignored.ts';

const { targets, isIgnored } = readRecipe();
const runtime = wholeOf(targets, 'runtime');
const known = new Set(Object.values(OPTIONS).map(({ env }) => env));

describe('the Dockerfile', () => {
  test('makes the production image unless told otherwise', () => {
    expect(targets.at(-1)?.name).toBe('runtime');
  });

  test('ships the very Node that the tests run on', () => {
    const images = targets.filter(({ from }) => !targets.some(({ name }) => name === from)).map(({ from }) => from);
    expect(images).toEqual([`node:${manifest().devDependencies['node']}-bookworm-slim`]);
  });

  test.each(['runtime', 'demo'])('%s runs as a numbered user, not as root', (name) => {
    expect(lastOf(wholeOf(targets, name), 'USER')).toBe('1000:1000');
  });

  test('stops with the signal that start listens to, checks its health and sets nothing that is no option', () => {
    expect(lastOf(runtime, 'STOPSIGNAL')).toBe('SIGTERM');
    expect(lastOf(runtime, 'HEALTHCHECK')).toMatch(/--start-period=\d+s .*CMD \[/u);
    expect(
      Object.keys(environmentOf(runtime)).filter((name) => name.startsWith('TASUKI_') && !known.has(name)),
    ).toEqual([]);
  });

  test('takes away the packages that the sandbox alone imports: no more and no fewer', () => {
    const [, names = ''] = /npm uninstall ((?:\S+ ?)+)/u.exec(lastOf(wholeOf(targets, 'packages'), 'RUN') ?? '') ?? [];
    const taken = names.split(' ').filter((word) => !word.startsWith('--'));
    expect(taken.sort()).toEqual(sandboxPackages());
  });

  test.each(['ADD . /app', 'ONBUILD RUN x', 'FROM node:24', 'COPY . .'])(
    'a line like "%s" is refused by its reader',
    (line) => {
      const read = () => readDockerfile(`${line}\n`);
      expect(read).toThrow();
    },
  );
});

describe('the builder is given', () => {
  test.each(['package.json', 'package-lock.json', 'src/main/cli.ts', 'jobs/index.ts', 'mappings/agreement.yaml'])(
    '%s',
    (path) => {
      expect(isIgnored(path)).toBe(false);
    },
  );

  test.each([
    '.env',
    '.git/config',
    'node_modules/zod/package.json',
    'test/flow/cli.test.ts',
    'README.md',
    'src/README.md',
    'src/.env',
    '.tasuki/ledger',
  ])('never %s', (path) => {
    expect(isIgnored(path)).toBe(true);
  });

  test('the last line that speaks of a path decides', () => {
    const isKept = (path: string) => !ignoring('*\n!src\nsrc/old\n')(path);
    expect(['src/a.ts', 'src/old/a.ts', 'b.ts'].map(isKept)).toEqual([true, false, false]);
  });
});

describe('compose.yaml', () => {
  type Service = Readonly<Record<string, unknown>> & { readonly environment?: Readonly<Record<string, string>> };
  const { services, networks } = parse(readFileSync(join(ROOT, 'compose.yaml'), 'utf8')) as {
    readonly services: Readonly<Record<string, Service>>;
    readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  };

  test('builds the production image, and names options that there are', () => {
    expect(services['tasuki']).toMatchObject({ build: { target: 'runtime' }, env_file: '.env' });
    expect(Object.keys(services['tasuki']?.environment ?? {}).filter((name) => !known.has(name))).toEqual([]);
  });

  test('lets the worker write to memory and its volume alone, with no privilege at all', () => {
    expect(services['tasuki']).toMatchObject({
      read_only: true,
      tmpfs: [expect.stringMatching(/^\/tmp/u)],
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  test('publishes no port, and keeps the ledger and the queue from the outside', () => {
    expect(Object.entries(services).filter(([, service]) => 'ports' in service)).toEqual([]);
    expect(networks['inside']?.internal).toBe(true);
    for (const name of ['postgres', 'redis'])
      expect(services[name]).toMatchObject({ networks: ['inside'], read_only: true });
  });
});
