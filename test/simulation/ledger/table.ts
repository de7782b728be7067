/** Takes back one move of one table; the journal of a method holds them in the order of the moves. */
export type Undo = () => void;

/**
 * Rows by key, and by what they are looked up by. Rows are never written into, only replaced, so that whoever was handed one keeps what
 * they were handed, and taking back a move is putting the old row in the new one's place.
 *
 * No order comes from here: whoever needs one sorts, as a statement would.
 */
export interface Table<Row, Index extends string> {
  get(key: string): Row | undefined;
  all(): readonly Row[];
  /** The rows that this index files under `value`. */
  by(index: Index, value: string): readonly Row[];
  size(): number;
  /** Inserts, or replaces the row of the same key. */
  put(row: Row): void;
  drop(key: string): void;
  /** A table with the same rows, whose moves are told to another journal. */
  copy(journal: Undo[]): Table<Row, Index>;
}

/** What an index files a row under: one value, several, or `null` for not at all. */
type Filed = string | readonly string[] | null;

/** How the rows of a table are told apart and found. */
export type Shape<Row, Index extends string> = {
  readonly key: (row: Row) => string;
  readonly indexes: Readonly<Record<Index, (row: Row) => Filed>>;
};

/** The rows that an index files under one value; listed once for all who look until one of them moves. */
type File<Row> = { readonly rows: Map<string, Row>; list: readonly Row[] | null };

export function table<Row, Index extends string>(shape: Shape<Row, Index>, journal: Undo[]): Table<Row, Index> {
  const rows = new Map<string, Row>();
  const filed = Object.keys(shape.indexes).map((name) => ({
    name,
    valueOf: shape.indexes[name as Index],
    files: new Map<string, File<Row>>(),
  }));
  const filedBy = new Map(filed.map(({ name, files }) => [name, files]));

  const set = (key: string, row: Row | undefined): Row | undefined => {
    const before = rows.get(key);
    for (const { valueOf, files } of filed) {
      const from = before === undefined ? null : valueOf(before);
      const to = row === undefined ? null : valueOf(row);
      if (from !== to) takeOut(files, key, from);
      if (row !== undefined) putIn(files, key, row, to);
    }
    if (row === undefined) rows.delete(key);
    else rows.set(key, row);
    return before;
  };
  const move = (key: string, row: Row | undefined) => {
    const before = set(key, row);
    journal.push(() => void set(key, before));
  };

  return {
    get: (key) => rows.get(key),
    all: () => [...rows.values()],
    by: (index, value) => {
      const file = filedBy.get(index)?.get(value);
      if (file === undefined) return [];
      file.list ??= [...file.rows.values()];
      return file.list;
    },
    size: () => rows.size,
    put: (row) => move(shape.key(row), row),
    drop: (key) => {
      if (rows.has(key)) move(key, undefined);
    },
    copy: (other) => {
      const copied = table(shape, other);
      for (const row of rows.values()) copied.put(row);
      return copied;
    },
  };
}

function takeOut<Row>(files: Map<string, File<Row>>, key: string, from: Filed): void {
  for (const value of valuesIn(from)) {
    const file = files.get(value);
    if (file === undefined) continue;
    file.rows.delete(key);
    file.list = null;
    if (file.rows.size === 0) files.delete(value);
  }
}

function putIn<Row>(files: Map<string, File<Row>>, key: string, row: Row, to: Filed): void {
  for (const value of valuesIn(to)) {
    const file = files.get(value);
    if (file === undefined) files.set(value, { rows: new Map([[key, row]]), list: null });
    else {
      file.rows.set(key, row);
      file.list = null;
    }
  }
}

function valuesIn(filed: Filed): readonly string[] {
  if (filed === null) return [];
  return typeof filed === 'string' ? [filed] : filed;
}
