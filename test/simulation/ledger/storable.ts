import type { Value, Values } from '../../../src/domain/values/value.ts';

/** As PostgreSQL would keep it: a NUL or half an emoji becomes U+FFFD. The same object where there is none, which is nearly always. */
export function storableValues(values: Values): Values {
  const isWhole = Object.values(values).every((value) => storable(value) === value);
  if (isWhole) return values;
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, storable(value)]));
}

export function storable(value: Value): Value {
  if (typeof value !== 'string' || (value.isWellFormed() && !value.includes('\u0000'))) return value;
  return value.toWellFormed().replaceAll('\u0000', '\uFFFD');
}
