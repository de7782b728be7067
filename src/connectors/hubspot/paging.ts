/**
 * Where a list goes on. The marketing APIs put the token into their JSON as it stands in a URL (`MQ%3D%3D`), while whoever sends it
 * encodes it once more: so it is decoded first, and goes out as it does in the `link` beside it.
 */
export function nextAfter(paging: unknown): string | undefined {
  const next = (paging as { readonly next?: { readonly after?: unknown } } | null | undefined)?.next?.after;
  if (typeof next !== 'string' && typeof next !== 'number') return undefined;
  try {
    return decodeURIComponent(String(next));
  } catch {
    return String(next);
  }
}
