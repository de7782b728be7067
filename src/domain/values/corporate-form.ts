/** Words for what kind of company it is, as they stand before or behind its name. The longer before the shorter. */
const WORDS = `
  株式会社 株式會社 有限会社 有限會社 合同会社 合資会社 合資會社 合名会社 合名會社 相互会社 有限責任事業組合
  特例民法法人 一般社団法人 一般財団法人 公益社団法人 公益財団法人 社団法人 財団法人 特定非営利活動法人
  認定特定非営利活動法人 npo法人 学校法人 準学校法人 宗教法人 社会福祉法人 更生保護法人 社会医療法人社団
  社会医療法人財団 社会医療法人 医療法人社団 医療法人財団 医療法人 独立行政法人 地方独立行政法人 国立研究開発法人
  国立大学法人 公立大学法人 農事組合法人 弁護士法人 税理士法人 司法書士法人 行政書士法人 社会保険労務士法人
  土地家屋調査士法人 特許業務法人 弁理士法人 監査法人 カブシキガイシャ カブシキカイシャ かぶしきがいしゃ
  かぶしきかいしゃ ユウゲンガイシャ ユウゲンカイシャ ゆうげんがいしゃ ゆうげんかいしゃ ゴウドウガイシャ
  ゴウドウカイシャ ごうどうがいしゃ ごうどうかいしゃ`
  .trim()
  .split(/\s+/u)
  .toSorted((one, other) => other.length - one.length);

/** The same, short and in brackets: (株), 【有】. */
const SHORT = `
  株 有 同 資 名 相 一社 一財 公社 公財 社 財 特非 非 npo 学 宗 福 更 医社 医財 医 独 地独 大 農 弁 税 司 行 労 特業
  監`
  .trim()
  .split(/\s+/u);

/** As banks write it in katakana (Zengin), with one bracket or two: カ)アオゾラ, アオゾラ(カ, アオゾラ(カ)トウキヨウ. */
const KANA = `
  カ ユ メ シ ド ソ イ ザイ シヤ シャ シユウ シュウ ガク フク ホゴ トクヒ ドク チドク ベン チユウ チュウ ギヨ ギョ
  シホウ ゼイ ダイ ノウ カンリ ロウム`
  .trim()
  .split(/\s+/u);

/** Where the Latin letters of a form may begin: after a space or a mark, or right after a letter that is not Latin. Never after "&": Tiffany & Co. is a name. */
const LATIN_FORMS = String.raw`
  co[\s.,]*ltd company[\s,]*limited company co corporation corp incorporated inc limited ltd l\.?l\.?c l\.?l\.?p plc
  gmbh ag pte pty k\.?k g\.?k kabushiki[\s-]*[kg]aisha godo[\s-]*[kg]aisha yugen[\s-]*[kg]aisha`
  .trim()
  .split(/\s+/u);

const OPEN = '[([【〔<《「]';
const CLOSE = '[)\\]】〕>》」]';
const either = (parts: readonly string[]): string => `(?:${parts.join('|')})`;

const BRACKETED = new RegExp(`${OPEN}\\s*${either([...SHORT, ...WORDS, ...KANA])}\\s*${CLOSE}`, 'gu');
const KANA_BEFORE = new RegExp(`^${either(KANA)}\\s*\\)\\s*`, 'u');
const KANA_BEHIND = new RegExp(`\\s*\\(\\s*${either(KANA)}$`, 'u');
const WORD_BEFORE = new RegExp(`^${either(WORDS)}`, 'u');
const WORD_BEHIND = new RegExp(`${either(WORDS)}$`, 'u');
const WORD_BETWEEN = new RegExp(`(?<=\\s)${either(WORDS)}|${either(WORDS)}(?=\\s)`, 'gu');
const LATIN_BEHIND = new RegExp(
  `(?<!&\\s*|\\band\\s+)(?:(?<=[^\\p{Script=Latin}\\p{N}\\s.,&'’])|[\\s.,]+|^)${either(LATIN_FORMS)}\\.?$`,
  'u',
);
const LATIN_BEFORE = /^(?:k\.\s?k\.|g\.\s?k\.|kabushiki[\s-]*[kg]aisha|godo[\s-]*[kg]aisha)\s+/u;

/**
 * A company's name without its corporate form, wherever custom lets it stand; the text is expected in NFKC and lower case.
 *
 * Inside a name a form is taken out only where brackets or a space set it apart, as before a branch (アオゾラ株式会社 東京支店); run in,
 * it may be part of the name.
 */
export function stripCorporateForms(text: string): string {
  const shorter = stripOnce(text);
  // "Acme Co., Inc." has two.
  return shorter === text ? text : stripCorporateForms(shorter);
}

function stripOnce(text: string): string {
  return text
    .replace(BRACKETED, ' ')
    .trim()
    .replace(KANA_BEFORE, '')
    .replace(KANA_BEHIND, '')
    .replace(WORD_BETWEEN, ' ')
    .replace(WORD_BEFORE, '')
    .replace(WORD_BEHIND, '')
    .trim()
    .replace(LATIN_BEFORE, '')
    .replace(LATIN_BEHIND, '')
    .trim();
}
