import { describe, expect, it } from 'vitest';
import { InvariantBroken, LedgerUnavailable } from '../../../src/errors/errors.ts';
import { ledgerFailure } from '../../../src/ledger/failures.ts';
import { toJson } from '../../../src/ledger/json.ts';
import { instantFrom } from '../../../src/ledger/parsers.ts';

describe('what goes through the ledger’s doors', () => {
  it.each([
    ['2026-11-21 07:03:05+00', '2026-11-21T07:03:05.000Z'],
    ['2026-11-21 16:03:05.12+09', '2026-11-21T07:03:05.120Z'],
    ['2026-11-21 12:33:05.123+05:30', '2026-11-21T07:03:05.123Z'],
    ['2026-11-20 22:03:05.123456-09', '2026-11-21T07:03:05.123Z'],
  ])('reads the instant %s in any session’s zone', (text, iso) => {
    expect(new Date(instantFrom(text)).toISOString()).toBe(iso);
  });

  it('leaves alone what PostgreSQL can store, whole emoji included', () => {
    expect(JSON.parse(toJson({ a: '髙橋 👍\n', b: null }))).toEqual({ a: '髙橋 👍\n', b: null });
  });

  const postgresError = (code: string) =>
    Object.assign(new Error('duplicate key'), {
      code,
      detail: 'Key (email)=(taro@example.co.jp)',
      params: ['taro@example.co.jp'],
    });

  it.each(['57P01', '08006', '53300', 'ECONNREFUSED'])('%s means that the ledger is away', (code) => {
    expect(ledgerFailure(postgresError(code))).toBeInstanceOf(LedgerUnavailable);
  });

  it.each(['23505', '42601', '22P02'])('%s means a bug of ours', (code) => {
    expect(ledgerFailure(postgresError(code))).toBeInstanceOf(InvariantBroken);
  });

  it('takes no one’s data along in an error', () => {
    const failure = ledgerFailure(postgresError('23505')) as Error;
    const told = [failure, failure.cause].flatMap((error) =>
      Object.values(Object.getOwnPropertyDescriptors(error)).map(({ value }) => String(value)),
    );
    expect(told.join()).not.toContain('taro@');
  });
});
