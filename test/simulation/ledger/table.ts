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
  /** Every row; the same list until one of them moves. */
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
type File<Row> = { readonly value: string; readonly entries: Set<Entry<Row>>; list: readonly Row[] | null };

/** Where one index has filed a row. */
type Filing<Row> = { readonly under: Filed; readonly files: readonly File<Row>[] };

/** A row, and where each index has filed it: most rows are replaced by one that belongs into the same files, and nothing is moved then. */
type Entry<Row> = { row: Row; readonly filings: Filing<Row>[] };

/** One index: how it files, and its files by value. */
type Cabinet<Row> = { readonly valueOf: (row: Row) => Filed; readonly files: Map<string, File<Row>> };

export function table<Row, Index extends string>(shape: Shape<Row, Index>, journal: Undo[]): Table<Row, Index> {
  const entries = new Map<string, Entry<Row>>();
  const names = Object.keys(shape.indexes) as Index[];
  const cabinets = names.map((name): Cabinet<Row> => ({ valueOf: shape.indexes[name], files: new Map() }));
  const filesOf = new Map(names.map((name, place) => [name, cabinets[place]!.files]));

  let listed: readonly Row[] | null = null;

  const add = (key: string, row: Row): void => {
    const entry: Entry<Row> = { row, filings: [] };
    for (const cabinet of cabinets) entry.filings.push(fileIn(cabinet, cabinet.valueOf(row), entry));
    entries.set(key, entry);
  };
  const replace = (entry: Entry<Row>, row: Row): void => {
    entry.row = row;
    for (let place = 0; place < cabinets.length; place += 1) {
      const cabinet = cabinets[place]!;
      const filing = entry.filings[place]!;
      const under = cabinet.valueOf(row);
      if (isSame(filing.under, under)) for (const file of filing.files) file.list = null;
      else {
        takeOut(cabinet, filing, entry);
        entry.filings[place] = fileIn(cabinet, under, entry);
      }
    }
  };
  const remove = (key: string, entry: Entry<Row>): void => {
    for (const [place, filing] of entry.filings.entries()) takeOut(cabinets[place]!, filing, entry);
    entries.delete(key);
  };
  const set = (key: string, row: Row | undefined): void => {
    const entry = entries.get(key);
    listed = null;
    if (row === undefined) {
      if (entry !== undefined) remove(key, entry);
    } else if (entry === undefined) add(key, row);
    else replace(entry, row);
  };
  const move = (key: string, row: Row | undefined) => {
    const before = entries.get(key)?.row;
    set(key, row);
    journal.push(() => set(key, before));
  };

  return {
    get: (key) => entries.get(key)?.row,
    all: () => (listed ??= rowsIn(entries.values())),
    by: (index, value) => {
      const file = filesOf.get(index)?.get(value);
      if (file === undefined) return NONE;
      file.list ??= rowsIn(file.entries);
      return file.list;
    },
    size: () => entries.size,
    put: (row) => move(shape.key(row), row),
    drop: (key) => {
      if (entries.has(key)) move(key, undefined);
    },
    copy: (other) => {
      const copied = table(shape, other);
      for (const { row } of entries.values()) copied.put(row);
      return copied;
    },
  };
}

const NONE: readonly never[] = [];

function rowsIn<Row>(entries: Iterable<Entry<Row>>): readonly Row[] {
  return Array.from(entries, ({ row }) => row);
}

function isSame(one: Filed, other: Filed): boolean {
  if (one === other) return true;
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((value, place) => value === other[place]);
}

function takeOut<Row>({ files }: Cabinet<Row>, filing: Filing<Row>, entry: Entry<Row>): void {
  for (const file of filing.files) {
    file.entries.delete(entry);
    file.list = null;
    if (file.entries.size === 0) files.delete(file.value);
  }
}

function fileIn<Row>({ files }: Cabinet<Row>, under: Filed, entry: Entry<Row>): Filing<Row> {
  return { under, files: valuesIn(under).map((value) => addTo(files, value, entry)) };
}

function addTo<Row>(files: Map<string, File<Row>>, value: string, entry: Entry<Row>): File<Row> {
  let file = files.get(value);
  if (file === undefined) {
    file = { value, entries: new Set(), list: null };
    files.set(value, file);
  }
  file.entries.add(entry);
  file.list = null;
  return file;
}

function valuesIn(filed: Filed): readonly string[] {
  if (filed === null) return NONE;
  return typeof filed === 'string' ? [filed] : filed;
}
