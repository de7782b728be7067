import type { Instant } from '../../domain/values/value.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** A text as a SOQL literal. jsforce escapes the quote only, so a trailing backslash would open the string again. */
export function quoted(text: string): string {
  return `'${text.replaceAll(/[\\'\n\r\t\b\f]/g, (char) => ESCAPES[char] ?? char)}'`;
}

/** An instant as a SOQL literal. Stamps are kept and compared to the second. */
export function instantLiteral(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** `ID` + headers may take 16,384 bytes before Salesforce answers 414 or 431; the rest is for what stands around the list. */
const LIST_BYTES = 11_000;

/**
 * Cuts a list of literals into pieces that fit into the URL of a query: at most `most` of them, and never too many bytes once
 * percent-encoded, which a Japanese key reaches at a ninth of the length of a Latin one.
 */
export function chunksForUrl(literals: readonly string[], most: number): readonly (readonly string[])[] {
  const chunks: string[][] = [];
  let bytes = 0;
  for (const literal of literals) {
    const size = encodeURIComponent(`${literal},`).length;
    const last = chunks.at(-1);
    if (last === undefined || last.length >= most || bytes + size > LIST_BYTES) {
      chunks.push([literal]);
      bytes = size;
    } else {
      last.push(literal);
      bytes += size;
    }
  }
  return chunks;
}

export function chunked<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
