import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { envExample } from '../../../src/config/env-example.ts';
import { OPTIONS } from '../../../src/config/option-table.ts';
import { type Environment, type Flags, missingCredentials, readOptions } from '../../../src/config/options.ts';
import { ConfigInvalid } from '../../../src/errors/errors.ts';
import { ROOT } from './written.ts';

function faultsOf(env: Environment, flags: Flags = {}, readSecret?: (path: string) => string): readonly string[] {
  try {
    readOptions(env, flags, readSecret);
    return [];
  } catch (error) {
    if (error instanceof ConfigInvalid) return error.message.split('\n');
    throw error;
  }
}

const missing = (env: Environment) => missingCredentials(readOptions(env)).map(({ at }) => at);

describe('options', () => {
  test('without any environment, the defaults of the table hold', () => {
    expect(readOptions({})).toMatchObject({
      hubspotAccessToken: null,
      hubspotBaseUrl: 'https://api.hubapi.com',
      hubspotApiFamily: 'v3',
      folder: '.tasuki',
      mappings: './mappings',
      locale: 'ja',
      logLevel: 'info',
      pullEverySeconds: 300,
      surveyEveryHours: 24,
      databaseUrl: null,
      redisUrl: null,
    });
  });

  test('a flag wins over the environment, the environment over the default', () => {
    expect(readOptions({ TASUKI_PULL_EVERY_SECONDS: '30' }).pullEverySeconds).toBe(30);
    expect(readOptions({ TASUKI_PULL_EVERY_SECONDS: '30' }, { pullEverySeconds: '10' }).pullEverySeconds).toBe(10);
  });

  test('an empty variable is as good as none', () => {
    expect(readOptions({ DATABASE_URL: '', TASUKI_LOCALE: '' })).toMatchObject({ databaseUrl: null, locale: 'ja' });
  });

  test('an address loses its trailing slash', () => {
    expect(readOptions({ HUBSPOT_BASE_URL: 'http://127.0.0.1:4001/' }).hubspotBaseUrl).toBe('http://127.0.0.1:4001');
  });

  test('a secret may be a file', () => {
    const files: Readonly<Record<string, string>> = { '/run/token': 'pat-na1-x\n', '/run/empty': '\n' };
    const read = (path: string) => {
      const text = files[path];
      if (text === undefined) throw new Error('ENOENT');
      return text;
    };
    expect(readOptions({ HUBSPOT_ACCESS_TOKEN_FILE: '/run/token' }, {}, read).hubspotAccessToken).toBe('pat-na1-x');
    expect(faultsOf({ HUBSPOT_ACCESS_TOKEN_FILE: '/run/empty' }, {}, read)).toEqual([
      'HUBSPOT_ACCESS_TOKEN_FILE: names /run/empty, which is empty.',
    ]);
    expect(faultsOf({ HUBSPOT_ACCESS_TOKEN_FILE: '/run/none' }, {}, read)[0]).toContain('cannot be read: ENOENT');
    expect(faultsOf({ HUBSPOT_ACCESS_TOKEN: 'x', HUBSPOT_ACCESS_TOKEN_FILE: '/run/token' }, {}, read)[0]).toContain(
      'is set twice',
    );
  });

  test('every fault is told at once, with what is allowed, and no secret is repeated', () => {
    const faults = faultsOf({
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      HUBSPOT_BASE_URL: 'http://api.hubapi.com',
      HUBSPOT_API_FAMILY: 'v4',
      TASUKI_LOCALE: 'fr',
      TASUKI_PULL_EVERY_SECONDS: '1.5',
      TASUKI_SURVEY_EVERY_HOURS: '169',
      TASUKI_MAPPING: '/etc/mappings',
    });
    expect(faults).toEqual([
      'TASUKI_MAPPING: is no option of Tasuki. Did you mean TASUKI_MAPPINGS?',
      'HUBSPOT_BASE_URL: must begin with https:// (plain http:// is accepted for 127.0.0.1 only).',
      'HUBSPOT_API_FAMILY: must be one of v3, 2026-09.',
      'DATABASE_URL: must be an address that begins with postgres:// or postgresql://.',
      'TASUKI_LOCALE: must be one of ja, en.',
      'TASUKI_PULL_EVERY_SECONDS: must be a whole number from 5 to 86400.',
      'TASUKI_SURVEY_EVERY_HOURS: must be a whole number from 1 to 168.',
    ]);
    expect(faults.join()).not.toContain('hunter2');
  });

  test('a fault in a flag names the flag', () => {
    expect(faultsOf({}, { locale: 'fr' })).toEqual(['--locale: must be one of ja, en.']);
  });

  test('a secret has no flag: a command line is visible to everybody on the machine', () => {
    for (const option of Object.values(OPTIONS)) expect('secret' in option && 'flag' in option).toBe(false);
  });
});

describe('credentials', () => {
  test('each missing one is named', () => {
    expect(missing({})).toEqual(['HUBSPOT_ACCESS_TOKEN', 'SALESFORCE_CLIENT_ID', 'SALESFORCE_CLIENT_SECRET']);
  });

  test('a key file needs the user name, and no secret', () => {
    const env = { HUBSPOT_ACCESS_TOKEN: 't', SALESFORCE_CLIENT_ID: 'c', SALESFORCE_JWT_KEY_FILE: '/run/key.pem' };
    expect(missing(env)).toEqual(['SALESFORCE_USERNAME']);
    expect(missing({ ...env, SALESFORCE_USERNAME: 'tasuki@example.co.jp' })).toEqual([]);
  });
});

test('.env.example is what the table of options says (npm run schema writes it)', () => {
  expect(readFileSync(join(ROOT, '.env.example'), 'utf8')).toBe(envExample());
  for (const { env } of Object.values(OPTIONS)) expect(envExample()).toMatch(new RegExp(`^(# )?${env}=`, 'mu'));
});
