/** One thing that two agreements say differently, by its place in the file: `stages.MQL.when.at-least`. A side without it is `undefined`. */
export type AgreementDifference = {
  readonly at: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/**
 * What has changed from one agreement to another, in the file's own words, in the order of places. Both are the data of files
 * (see `canonicalText`). A list of plain values is shown whole, since what it means lies in all of them.
 */
export function agreementDifferences(before: unknown, after: unknown): readonly AgreementDifference[] {
  const [old, now] = [placesOf(before, ''), placesOf(after, '')];
  const places = [...new Set([...old.keys(), ...now.keys()])].toSorted((one, other) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );
  return places
    .map((at) => ({ at, before: old.get(at), after: now.get(at) }))
    .filter((difference) => difference.before !== difference.after);
}

function placesOf(content: unknown, at: string): ReadonlyMap<string, string> {
  if (!isBranch(content)) return new Map([[at, written(content)]]);
  const parts = Array.isArray(content)
    ? content.map((item: unknown, nth) => [item, `${at}[${nth + 1}]`] as const)
    : Object.entries(content).map(([key, value]) => [value, at === '' ? key : `${at}.${key}`] as const);
  return new Map(parts.flatMap(([part, place]) => [...placesOf(part, place)]));
}

/** A block, or a list that has blocks in it; an empty one says something as it stands. */
function isBranch(content: unknown): content is object {
  if (content === null || typeof content !== 'object') return false;
  if (Array.isArray(content)) return content.some((item) => item !== null && typeof item === 'object');
  return Object.keys(content).length > 0;
}

function written(content: unknown): string {
  if (Array.isArray(content)) return `[${content.map(written).join(', ')}]`;
  return typeof content === 'string' ? content : JSON.stringify(content);
}
