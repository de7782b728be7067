import { stripCorporateForms } from './corporate-form.ts';
import { encodePunycode } from './punycode.ts';
import { isRegistry, isShared } from './shared-domains.ts';

/** `https://`, or the `//` that stands for it. */
const SCHEME = /^(?:[a-z][a-z0-9+.-]*:)?\/\//u;
/** What may stand before a host: `user@`, a mailbox. */
const USER = /^[^@/?#]*@/u;
/** What may come after a host: a port, a path, a question. */
const REST = /[:/?#\\].*$/su;

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/u;
const TOP_LEVEL = /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/u;
const NOT_PLAIN = /[^\p{ASCII}]/u;
/** No host has a space or a line break in it, of whatever script. */
const NOT_IN_A_HOST = /[\p{C}\p{Z}]/u;

/** Full stops of Japanese keyboards, which a browser takes for dots. NFKC makes one of `｡` and `．`. */
const DOTS = /。/gu;

/**
 * The host by which two companies are one: plain width, lower case, without `www.`, a name in Japanese letters as the DNS has it. `null`
 * when the text names no host, or one that many share (see `shared-domains.ts`).
 *
 * Names below a company's own are left as they are: `shop.example.co.jp` may be another company's, so that is not guessed.
 *
 *     canonicalDomain('ＨＴＴＰＳ://www.Example.co.jp/company/')  // => 'example.co.jp'
 *     canonicalDomain('https://日本語.jp')                      // => 'xn--wgv71a119e.jp'
 *     canonicalDomain('https://aozora.wixsite.com/home')       // => null
 */
export function canonicalDomain(text: string): string | null {
  const plain = text.normalize('NFKC').trim().toLowerCase().replace(SCHEME, '');
  const written = plain.replace(USER, '').replace(REST, '').replace(DOTS, '.').replace(/\.$/u, '');
  const labels = written.replace(/^(?:www\.)+(?=.+\.)/u, '').split('.');
  const host = labels.map((label) => (NOT_PLAIN.test(label) ? `xn--${encodePunycode(label)}` : label));
  const isHost =
    host.length > 1 &&
    !NOT_IN_A_HOST.test(written) &&
    host.every((label) => LABEL.test(label)) &&
    TOP_LEVEL.test(host.at(-1)!);
  const domain = host.join('.');
  return isHost && !isShared(domain) && !isRegistry(domain) ? domain : null;
}

/** Spaces, and marks between the words of a name that one typist sets and another leaves out. Dashes stay: ー is a letter, and - is taken for it. */
const BETWEEN = /[\s・·•.,'’]/gu;

/** What forms put in the field that Salesforce insists on. */
const NO_NAME: ReadonlySet<string> = new Set(
  `
    会社名未入力 会社名未定 会社名なし 会社名不明 未入力 未設定 未登録 未定 不明 不詳 該当なし なし 無し 無 個人
    個人事業 個人事業主 フリーランス 自営業 無職 学生 主婦 非公開 テスト テスト会社 サンプル notprovided unknown
    none null na n/a nocompany individual personal selfemployed self-employed self freelance freelancer private test
    tbd company student other その他`
    .trim()
    .split(/\s+/u),
);

/**
 * The form in which two company names are one: plain width, lower case, without the corporate form (株式会社, (株), カ), Co., Ltd. …) and
 * without what stands between words. `null` when nothing is left that names a company.
 *
 * Nothing is read into a name: 東京電機 is not 東京電気, 髙橋 is not 高橋, and ー is a letter (ビル is not ビール), so コンピュータ and
 * コンピューター are left for a person to say.
 *
 *     canonicalCompanyName('㈱アオゾラ・テック')            // => 'アオゾラテック'
 *     canonicalCompanyName('ｱｵｿﾞﾗﾃｯｸ 株式会社')             // => 'アオゾラテック'
 *     canonicalCompanyName('Aozora Tech Co., Ltd.')      // => 'aozoratech'
 *     canonicalCompanyName('(会社名未入力)')                // => null
 */
export function canonicalCompanyName(text: string): string | null {
  let name = text;
  // A form may come to light only when what stood in it is gone: "株 式 会 社". Each round shortens the name or is the last.
  for (let before = null as string | null; before !== name; ) {
    before = name;
    name = stripCorporateForms(name.normalize('NFKC').toLowerCase().normalize('NFKC').trim()).replace(BETWEEN, '');
  }
  if (!/[\p{L}\p{N}]/u.test(name)) return null;
  const bare = name.replace(/[()[\]【】〔〕<>《》「」*-]/gu, '');
  return NO_NAME.has(name) || NO_NAME.has(bare) ? null : name;
}
