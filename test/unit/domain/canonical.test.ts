import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ValueKind } from '../../../src/domain/people/mapping.ts';
import { canonical, canonicalEmail, sameValue } from '../../../src/domain/values/canonical.ts';
import { canonicalMoney } from '../../../src/domain/values/money.ts';

const KINDS: readonly ValueKind[] = [
  'text',
  'email',
  'phone',
  'number',
  'boolean',
  'date',
  'datetime',
  'picklist',
  'multi',
];

describe('an e-mail address', () => {
  test.each([
    ['Taro.Suzuki@Example.co.jp', 'taro.suzuki@example.co.jp'],
    ['　ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ ', 'taro@example.co.jp'],
    ['taro @example.co.jp', 'taro@example.co.jp'],
  ])('%j is compared as %j', (text, expected) => {
    expect(canonicalEmail(text)).toBe(expected);
  });

  test.each([
    '',
    'なし',
    'taro@',
    '@example.co.jp',
    'taro@localhost',
    'a@x.jp, b@x.jp',
    'a@x.jp;b@x.jp',
    '太郎 <taro@x.jp>',
  ])('%j is no address, so it brings nobody together', (text) => {
    expect(canonicalEmail(text)).toBeNull();
  });
});

describe('a phone number', () => {
  test.each([
    '03-1234-5678',
    '+81 3 1234 5678',
    '+81-(0)3-1234-5678',
    '０３（１２３４）５６７８',
    '03−1234−5678',
    '03ー1234ー5678',
    'TEL: 03-1234-5678',
    '03-1234-5678(代表)',
    '010-81-3-1234-5678',
    '0081 3 1234 5678',
    '03.1234.5678',
    '電話 ０３−１２３４−５６７８(代)',
    '（03）1234-5678',
  ])('%j is the number 0312345678', (text) => {
    expect(canonical(text, 'phone')).toBe('0312345678');
  });

  test.each([
    '03-1234-5678 内線12',
    '０３−１２３４−５６７８（内線：１２）',
    '+81 3-1234-5678 (内線 12)',
    '03-1234-5678 ext. 12',
    '03-1234-5678 x12',
  ])('%j keeps its extension apart', (text) => {
    expect(canonical(text, 'phone')).toBe('0312345678;ext=12');
    expect(sameValue(text, '03-1234-5678', 'phone')).toBe(false);
  });

  test('a number of another country keeps its country code', () => {
    expect(canonical('+1 (415) 555-0100', 'phone')).toBe('+14155550100');
  });

  test('two numbers in one field are compared as they stand, so that none is lost', () => {
    expect(canonical('03-1111-2222 / 090-1111-2222', 'phone')).toBe('03-1111-2222 / 090-1111-2222');
  });

  test('a word is no number, and no empty field either', () => {
    expect(canonical('不明', 'phone')).toBe('不明');
  });
});

describe('a text', () => {
  test('outer spaces and the width of Latin letters and digits are no difference', () => {
    expect(sameValue('　ＡＢＣ１２株式会社 ', 'ABC12株式会社', 'text')).toBe(true);
  });

  test.each([
    ['髙橋', '高橋'],
    ['ｱｵｷ', 'アオキ'],
    ['(株)青木', '㈱青木'],
    ['山田太郎', '山田 太郎'],
    ['abc', 'ABC'],
  ])('%j is not %j: a name is left as its bearer writes it', (one, other) => {
    expect(sameValue(one, other, 'text')).toBe(false);
  });

  test('line ends of another system are no difference', () => {
    expect(sameValue('一行目\r\n二行目', '一行目\n二行目', 'text')).toBe(true);
  });
});

describe('other kinds', () => {
  test.each<[ValueKind, string, string | number | boolean]>([
    ['number', '1,200', 1200],
    ['number', '１２', 12],
    ['number', '1,5', '1,5'],
    ['boolean', 'true', true],
    ['boolean', 'False', false],
    ['date', '2026-11-21T00:00:00.000Z', '2026-11-21'],
    ['date', '2026-02-30', '2026-02-30'],
    ['date', '2026-11-21T09:30:00Z', '2026-11-21T09:30:00Z'],
    ['datetime', '2026-11-21T16:03:05.900+09:00', '2026-11-21T07:03:05.000Z'],
    ['datetime', '2026-11-21T07:03:05.000+0000', '2026-11-21T07:03:05.000Z'],
    ['datetime', '2026-11-21T07:03:05', '2026-11-21T07:03:05'],
    ['boolean', '1', true],
    ['boolean', 'TRUE ', true],
    ['boolean', '0', false],
    ['boolean', '０', false],
    ['boolean', 'ＴＲＵＥ', true],
    ['boolean', 'はい', 'はい'],
    ['picklist', ' 製造 ', ' 製造 '],
  ])('as %s, %j is compared as %j', (kind, text, expected) => {
    expect(canonical(text, kind)).toBe(expected);
  });

  test.each(KINDS)('empty text and null are the same %s', (kind) => {
    expect(sameValue('', null, kind)).toBe(true);
    expect(sameValue('　', null, kind)).toBe(true);
  });

  test('zero and false are not empty', () => {
    expect(canonical(0, 'number')).toBe(0);
    expect(canonical(-0, 'number')).toBe(0);
    expect(canonical(false, 'boolean')).toBe(false);
  });
});

describe('a multi-select', () => {
  test.each([
    ['製造;小売', '小売;製造'],
    ['製造;小売;製造', '小売;製造'],
    [' 小売 ; 製造 ;', '小売;製造'],
    [';製造;小売', '小売;製造'],
    ['製造', '製造'],
  ])('%j is compared as %j: order, doubles and HubSpot’s leading semicolon are no difference', (text, expected) => {
    expect(canonical(text, 'multi')).toBe(expected);
  });

  test.each([';', ' ; ;', ''])('%j is empty', (text) => {
    expect(canonical(text, 'multi')).toBeNull();
  });

  test('another choice is a difference', () => {
    expect(sameValue('製造;小売', '製造', 'multi')).toBe(false);
  });
});

describe('money', () => {
  test.each<[string | number | null, string, string | null]>([
    [1200000, 'JPY', '1200000 JPY'],
    ['1200000.00', 'JPY', '1200000 JPY'],
    ['1,200,000', 'jpy', '1200000 JPY'],
    ['１２０', 'JPY', '120 JPY'],
    [0.4, 'JPY', '0 JPY'],
    [99.499, 'USD', '99.5 USD'],
    [1.005, 'USD', '1.01 USD'],
    [1.2345, 'KWD', '1.235 KWD'],
    ['相談', 'JPY', '相談 JPY'],
    [null, 'JPY', null],
    [' ', 'JPY', null],
  ])('%j %s is compared as %j', (amount, currency, expected) => {
    expect(canonicalMoney(amount, currency)).toBe(expected);
  });

  test('the same number in another currency is another amount', () => {
    expect(canonicalMoney(100, 'JPY')).not.toBe(canonicalMoney(100, 'USD'));
  });
});

describe('law: a canonical form is its own canonical form', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[+0-9０-９ ()ー-]{0,20}(内線|ext)?[0-9]{0,4}$/),
    fc.stringMatching(/^[a-zＡ-Ｚ.]{1,8}@[a-z]{1,8}\.(jp|com)$/),
    fc.stringMatching(/^[2２]0[2２]6-[0０]1-[0０]1(T[0０]9:30:00(\.5)?Z)?$/),
    fc.stringMatching(/^[0０1１]$/),
  );
  test.each(KINDS)('%s', (kind) => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = canonical(text, kind);
        expect(canonical(once, kind)).toBe(once);
      }),
    );
  });
});
