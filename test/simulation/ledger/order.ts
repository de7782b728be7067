type Sortable = string | number | boolean | null;

/** Compares rows column by column, as `order by` does: nothing before something never, `null` last. */
export function byColumns<Row>(...columns: readonly ((row: Row) => Sortable)[]): (one: Row, other: Row) => number {
  return (one, other) => {
    for (const column of columns) {
      const order = compare(column(one), column(other));
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compare(one: Sortable, other: Sortable): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other ? -1 : 1;
}

export function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

/** JSON with its keys in order: what PostgreSQL calls equal jsonb has equal text here. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });
}
