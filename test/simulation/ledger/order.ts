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

/** Is this the same in JSON? What PostgreSQL calls equal jsonb is; a key without a value is no key. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((each, place) => isSameJson(each, other[place]));
  }
  const [here, there] = [one as Readonly<Record<string, unknown>>, other as Readonly<Record<string, unknown>>];
  for (const key in there) if (there[key] !== undefined && here[key] === undefined) return false;
  for (const key in here) if (!isSameJson(here[key], there[key])) return false;
  return true;
}

/** JSON with its keys in order: what PostgreSQL calls equal jsonb has equal text here. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });
}
