/**
 * The same reading of the same rows, made once. A row is replaced and never written into, and a listing is another as soon as one of its
 * rows has moved (`table.ts`): so either is known by itself.
 */
export function remembered<Rows extends object, Read>(read: (rows: Rows) => Read): (rows: Rows) => Read {
  const known = new WeakMap<Rows, { readonly read: Read }>();
  return (rows) => {
    const before = known.get(rows);
    if (before !== undefined) return before.read;
    const now = { read: read(rows) };
    known.set(rows, now);
    return now.read;
  };
}
