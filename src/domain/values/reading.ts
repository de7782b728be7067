import { inPlainWidth } from './plain-width.ts';
import type { Value } from './value.ts';

/** A value as a search reads it: width and case do not matter, outer spaces neither. */
export function searchable(value: Value): string {
  return inPlainWidth(String(value ?? ''))
    .trim()
    .toLowerCase();
}

/** The number a value says, where it says one. HubSpot stores numbers as text. */
export function parseNumber(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(inPlainWidth(value).trim());
  return Number.isFinite(number) ? number : null;
}
