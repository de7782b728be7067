import { inPlainWidth } from './plain-width.ts';

/** An extension, as people write it: 内線123, (内)123, ext. 123, x123, #123. */
const EXTENSION = /[(（]?\s*(?:内線|\(内\)|extension|ext|内|x|#|;ext=)\s*[.:：]?\s*(\d{1,6})\s*[)）]?$/iu;

/** Words that stand before or behind a number and say nothing about which number it is. */
const LABELS = /^(?:tel|telephone|phone|電話|直通|代表)\s*[.:：]?|[(（]?\s*(?:代表|代|直通|直)\s*[)）]?$/giu;

/** What may stand between digits: spaces, brackets, dots, and the dozen dashes of Japanese keyboards. */
const SEPARATORS = /[\s().・\-‐‑‒–—―−ー－~〜～]/gu;

/** Digits with nothing but dashes between them. */
const BARE = /^\d(?:-*\d){2,}-*$/u;

const COUNTRY = '+81';
const TRUNK = '0';

/**
 * The digits of a phone number with its extension kept apart; `null` when the text is not one phone number (two numbers, a name,
 * a word), which is then compared as it stands.
 *
 * Japan's country code and the leading 0 are two ways to write one number, so the national form stands for both. Other countries
 * keep `+` and their code.
 *
 *     canonicalPhone('+81 (0)3-1234-5678 内線12')  // => '0312345678;ext=12'
 *     canonicalPhone('０３（１２３４）５６７８')       // => '0312345678'
 *     canonicalPhone('03-1111-2222 / 090-1111-2222')  // => null
 */
export function canonicalPhone(text: string): string | null {
  if (BARE.test(text)) return inNationalForm(text.replaceAll('-', '')); // as nearly all are written
  const plain = inPlainWidth(text).trim();
  const extension = EXTENSION.exec(plain)?.[1];
  const body = extension === undefined ? plain : plain.replace(EXTENSION, '').replace(/[;,、]\s*$/u, '');
  const digits = body.trim().replace(LABELS, '').replace(SEPARATORS, '');
  if (!/^\+?\d{3,}$/u.test(digits)) return null;
  const national = inNationalForm(digits);
  return extension === undefined ? national : `${national};ext=${extension}`;
}

function inNationalForm(digits: string): string {
  const international = digits.replace(/^(?:010|00)81(?=\d{9,})/u, COUNTRY);
  if (!international.startsWith(COUNTRY)) return international;
  const rest = international.slice(COUNTRY.length);
  return rest.startsWith(TRUNK) ? rest : TRUNK + rest;
}
