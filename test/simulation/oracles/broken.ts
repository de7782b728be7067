/** The twelve things that hold in every seed, by their number in the README. */
export type Oracle = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;

/** One oracle that did not hold, and what was seen. */
export type Broken = { readonly oracle: Oracle; readonly line: string };

export function brokenBy(oracle: Oracle, lines: readonly string[]): readonly Broken[] {
  return lines.map((line) => ({ oracle, line }));
}
