import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalCompanyName, canonicalDomain } from '../../../src/domain/values/company.ts';
import { encodePunycode } from '../../../src/domain/values/punycode.ts';

describe('a company’s name', () => {
  test.each([
    '株式会社アオゾラテック',
    'アオゾラテック株式会社',
    '㈱アオゾラ・テック',
    '㍿アオゾラテック',
    '（株）アオゾラ　テック',
    'アオゾラテック(株)',
    '【株】アオゾラテック',
    'ｱｵｿﾞﾗﾃｯｸ 株式会社',
    '株 式 会 社　アオゾラテック',
    'カ）アオゾラテック',
    'アオゾラテック（カ',
    'カブシキガイシャ アオゾラテック',
    '有限会社アオゾラテック',
    '㈲アオゾラテック',
    '合同会社アオゾラテック',
    '一般社団法人アオゾラテック',
    'アオゾラテック Inc.',
    'アオゾラテックInc.',
  ])('%s is アオゾラテック', (written) => {
    expect(canonicalCompanyName(written)).toBe('アオゾラテック');
  });

  test.each([
    'Aozora Tech',
    'AOZORA TECH CO., LTD.',
    'Aozora Tech Co.,Ltd',
    'Ａｏｚｏｒａ　Ｔｅｃｈ　Ｉｎｃ．',
    'Aozora Tech K.K.',
    'K.K. Aozora Tech',
    'Aozora Tech Kabushiki Kaisha',
    'Aozora Tech, LLC',
    'Aozora Tech Co. Inc.',
    'Aozora Tech Company Limited',
  ])('%s is aozoratech', (written) => {
    expect(canonicalCompanyName(written)).toBe('aozoratech');
  });

  test.each([
    ['東京電機', '東京電気'],
    ['髙橋商店', '高橋商店'],
    ['コンピュータ工業', 'コンピューター工業'],
    ['ビル商会', 'ビール商会'],
    ['アオゾラ', 'あおぞら'],
    ['アオゾラ株式会社 東京支店', 'アオゾラ株式会社'],
    ['Tiffany & Co.', 'Tiffany &'],
    ['Nokiaco', 'Nokia'],
    ['Zinc', 'Z'],
    ['セブン-イレブン', 'セブンイレブン'],
  ])('%s is not %s', (one, other) => {
    expect(canonicalCompanyName(one)).not.toBe(canonicalCompanyName(other));
  });

  test('a branch is one, however the company before it is written', () => {
    expect(canonicalCompanyName('アオゾラ(株)東京支店')).toBe('アオゾラ東京支店');
    expect(canonicalCompanyName('アオゾラ株式会社 東京支店')).toBe('アオゾラ東京支店');
  });

  test.each([
    '株式会社',
    '㈱',
    'カ）',
    'Co., Ltd.',
    'K.K.',
    '(会社名未入力)',
    '未定',
    '個人',
    '[not provided]',
    'N/A',
    '-',
    '＊＊＊',
    '',
  ])('%s names nobody', (written) => {
    expect(canonicalCompanyName(written)).toBeNull();
  });

  const name = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '株式会社',
          '㈱',
          '(株)',
          '（有）',
          'カ)',
          '(カ',
          '株 式会社',
          ' Co., Ltd.',
          'Inc',
          ' & Co',
          'k.k.',
        ),
        fc.constantFrom(
          'アオゾラ',
          'ｱｵｿﾞﾗ',
          'か',
          '゛',
          'Tech',
          'ＡＢＣ',
          '電機',
          '・',
          '.',
          ' ',
          '　',
          'İ',
          'ß',
          '-',
          'ー',
        ),
        fc.string({ maxLength: 3, unit: 'grapheme' }),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(''));

  test('is its own canonical form', () => {
    fc.assert(
      fc.property(name, (written) => {
        const once = canonicalCompanyName(written);
        fc.pre(once !== null);
        expect(canonicalCompanyName(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  test('is the same in any width', () => {
    fc.assert(
      fc.property(name, (written) => {
        const wide = written.replace(/[!-~]/gu, (plain) => String.fromCharCode(plain.charCodeAt(0) + 0xfee0));
        expect(canonicalCompanyName(wide)).toBe(canonicalCompanyName(written));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a company’s domain', () => {
  test.each([
    ['example.co.jp', 'example.co.jp'],
    ['www.Example.co.jp', 'example.co.jp'],
    ['ＨＴＴＰＳ：／／ＷＷＷ．Example.co.jp/company/?x=1#y', 'example.co.jp'],
    ['//example.co.jp.', 'example.co.jp'],
    ['http://user:secret@example.co.jp:8080', 'example.co.jp'],
    ['info@example.co.jp', 'example.co.jp'],
    ['shop.example.co.jp', 'shop.example.co.jp'],
    ['日本語.jp', 'xn--wgv71a119e.jp'],
    ['日本語。ｊｐ', 'xn--wgv71a119e.jp'],
    ['XN--WGV71A119E.jp', 'xn--wgv71a119e.jp'],
    ['www.jp', 'www.jp'],
    ['max.com', 'max.com'],
  ])('%s is %s', (written, host) => {
    expect(canonicalDomain(written)).toBe(host);
  });

  test.each([
    'gmail.com',
    'yahoo.co.jp',
    'docomo.ne.jp',
    'https://aozora.wixsite.com/home',
    'https://sites.google.com/view/aozora',
    'https://www.facebook.com/aozora',
    'x.com',
    'co.jp',
    'www.co.jp',
    'localhost',
    '192.168.0.1',
    'example.co.jp, example.com',
    'なし',
    'https://',
    '-example.com',
    '日 本語.jp',
    'www.日本\u2028.jp',
    '',
  ])('%s is nobody’s', (written) => {
    expect(canonicalDomain(written)).toBeNull();
  });

  test('is its own canonical form', () => {
    const label = fc.oneof(
      fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
      fc.constantFrom('日本語', 'ａ', 'www', 'xn--a'),
    );
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 4 }), (labels) => {
        const once = canonicalDomain(`${labels.join('.')}.jp`);
        fc.pre(once !== null);
        expect(canonicalDomain(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  test('written in Japanese is as the DNS has it', () => {
    const letters = 'あいうえお日本語会社電機アー漢字äöü'.split('');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...letters, 'a', '7'), { minLength: 1, maxLength: 10 }), (chosen) => {
        const label = chosen.join('').normalize('NFKC');
        const [host] = new URL(`http://${label}.jp`).hostname.split('.');
        expect(/^[a-z0-9]+$/u.test(label) ? label : `xn--${encodePunycode(label)}`).toBe(host);
      }),
      { numRuns: 1000 },
    );
  });
});
