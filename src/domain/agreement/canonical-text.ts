/**
 * The one text of all files that say the same: keys in order, one value a line, no comments. The order of keys, quoting, blank lines and
 * comments change nothing; every word, number and list item does, and so does the order of a list. It is JSON, and so it is YAML: it
 * can be read again as the file it was made from.
 *
 * `content` is the file as data, as it was written. Defaults that a version of the program fills in are no part of it: an update would
 * else unsign what people have signed.
 */
export function canonicalText(content: unknown): string {
  return `${JSON.stringify(inOrder(content), null, 2)}\n`;
}

function inOrder(content: unknown): unknown {
  if (content === null || typeof content !== 'object') return content;
  if (Array.isArray(content)) return content.map(inOrder);
  const keys = Object.entries(content).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(keys.map(([key, value]) => [key, inOrder(value)]));
}
