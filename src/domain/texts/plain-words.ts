import type { Value } from '../values/value.ts';
import { clipped, printable } from './words.ts';

/**
 * Somebody else's words inside a text of ours: one line, of this length at most, without what is read and not seen, and without a sign at
 * the beginning that a spreadsheet would take for a formula.
 *
 *     plainWords('=HYPERLINK("http://x")\n', 60)  // => 'HYPERLINK("http://x")'
 */
export function plainWords(value: Value, length: number): string {
  const line = printable(value)
    .replace(/[\p{Cf}\p{Co}\u115F\u1160\u3164\uFFA0]+/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  return clipped(line.replace(/^[\s=+\-@\uFF1D\uFF0B\uFF0D\uFF20]+/u, ''), length);
}
