import { createHash } from 'node:crypto';

/** What happened in one seed, line by line: the same seed gives the same trace, byte for byte. */
export type Trace = {
  say(line: string): void;
  readonly lines: readonly string[];
  /** SHA-256 of all lines, in hexadecimal. */
  digest(): string;
};

export function openTrace(): Trace {
  const lines: string[] = [];
  return {
    say: (line) => void lines.push(line),
    lines,
    digest: () => createHash('sha256').update(lines.join('\n')).digest('hex'),
  };
}
