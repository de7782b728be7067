import type { Random } from '../kernel/random.ts';

/** One number in many hands: how it is written depends on who typed it. */
export type PhoneWriting = 'hyphens' | 'wide' | 'international' | 'parentheses' | 'bare';

export const PHONE_WRITINGS: readonly PhoneWriting[] = ['hyphens', 'wide', 'international', 'parentheses', 'bare'];

export type Phone = readonly [area: string, exchange: string, line: string];

const AREAS: readonly (readonly [area: string, exchangeDigits: number])[] = [
  ['03', 4],
  ['06', 4],
  ['052', 3],
  ['011', 3],
  ['092', 3],
  ['045', 3],
  ['075', 3],
  ['080', 4],
  ['090', 4],
];

export function drawPhone(random: Random): Phone {
  const [area, digits] = random.pick(AREAS);
  // Exchanges never begin with 0 or 1, so the number is one that a phone field with a check accepts.
  const exchange = String(2 + random.int(8)) + digitsOf(random, digits - 1);
  return [area, exchange, digitsOf(random, 4)];
}

/**
 *     writePhone(['03', '1234', '5678'], 'international')   // => '+81 3 1234 5678'
 */
export function writePhone([area, exchange, line]: Phone, writing: PhoneWriting): string {
  if (writing === 'international') return `+81 ${area.slice(1)} ${exchange} ${line}`;
  if (writing === 'parentheses') return `${area}(${exchange})${line}`;
  if (writing === 'bare') return `${area}${exchange}${line}`;
  const plain = `${area}-${exchange}-${line}`;
  return writing === 'wide' ? wide(plain) : plain;
}

/** Every ASCII sign in its full-width form, a hyphen as the minus sign that Japanese keyboards give. */
export function wide(text: string): string {
  return text.replace(/[!-~]/g, (sign) =>
    sign === '-' ? '−' : String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0),
  );
}

function digitsOf(random: Random, count: number): string {
  return Array.from({ length: count }, () => String(random.int(10))).join('');
}
