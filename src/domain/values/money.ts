import { asNumber } from './canonical.ts';
import type { Value } from './value.ts';

/**
 * An amount with its currency as one value, rounded to the decimals that the currency has: `1200000 JPY`, `99.5 USD`. `null` when
 * there is no amount. An amount that is no number is compared as it stands.
 *
 *     canonicalMoney('1200000.00', 'JPY')  // => '1200000 JPY'
 *     canonicalMoney('１,200,000', 'jpy')    // => '1200000 JPY'
 *     canonicalMoney(0, 'JPY')             // => '0 JPY'
 */
export function canonicalMoney(amount: Value, currency: string): string | null {
  if (amount === null || String(amount).trim() === '') return null;
  const code = currency.trim().toUpperCase();
  const number = asNumber(String(amount));
  if (number === null || !Number.isFinite(number)) return `${String(amount)} ${code}`;
  return `${rounded(number, code)} ${code}`;
}

/** In the currency's own decimals: yen have none (ISO 4217, as the runtime's ICU data has it). */
export function rounded(amount: number, currency: string): number {
  const digits = decimalsOf(currency);
  // Through text: 1.005 * 100 is 100.49999999999999.
  return Number(`${Math.round(Number(`${amount}e${digits}`))}e-${digits}`) + 0;
}

/** By currency: the runtime's own table, which it takes long to open. */
const DECIMALS = new Map<string, number>();

function decimalsOf(currency: string): number {
  const known = DECIMALS.get(currency);
  if (known !== undefined) return known;
  try {
    const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    DECIMALS.set(currency, maximumFractionDigits);
    return maximumFractionDigits;
  } catch {
    return 2; // no ISO code: whoever made it up meant something with cents
  }
}
