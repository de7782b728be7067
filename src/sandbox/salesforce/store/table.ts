import type { Cell, Field, Row } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';

export type Compare = (left: Row, right: Row) => number;
type Journal = (table: Table, id: string, before: Row | undefined) => void;

/** How a unique or external-id value is looked up: case counts only where the field says so. */
export function keyOf(field: Field, value: Cell): string {
  return field.caseSensitive ? String(value) : String(value).toLowerCase();
}

/**
 * All records of one object, the deleted ones included until they are purged.
 *
 * Rows are never changed in place: an update puts a new row, so a query page or a rollback may keep the old one.
 */
export class Table {
  readonly object: SObject;
  readonly #journal: Journal;
  #rows = new Map<string, Row>();
  #keys = new Map<string, Map<string, Set<string>>>();
  #version = 0;
  #orders = new Map<string, { version: number; rows: readonly Row[] }>();

  constructor(object: SObject, journal: Journal) {
    this.object = object;
    this.#journal = journal;
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  values(): Iterable<Row> {
    return this.#rows.values();
  }

  /** Grows with every write. */
  get version(): number {
    return this.#version;
  }

  get size(): number {
    return this.#rows.size;
  }

  put(row: Row): void {
    const id = row['Id'] as string;
    const before = this.#rows.get(id);
    this.#journal(this, id, before);
    this.restore(id, row, before);
  }

  drop(id: string): void {
    const before = this.#rows.get(id);
    if (before === undefined) return;
    this.#journal(this, id, before);
    this.restore(id, undefined, before);
  }

  /** Sets a row without a note in the journal: for the journal's own rollback and for late commits. */
  restore(id: string, row: Row | undefined, current = this.#rows.get(id)): void {
    this.#version++;
    if (current !== undefined) this.#unindex(current);
    if (row === undefined) this.#rows.delete(id);
    else {
      this.#rows.set(id, row);
      this.#index(row);
    }
  }

  /** The live records that hold this value in a unique or external-id field. */
  idsByKey(field: Field, value: Cell): ReadonlySet<string> {
    return this.#keys.get(field.name)?.get(keyOf(field, value)) ?? NONE;
  }

  /** A field became a key after rows existed. */
  reindex(): void {
    this.#keys.clear();
    for (const row of this.#rows.values()) this.#index(row);
  }

  /**
   * Every row in the given order. A pull asks for the same order page after page, so the sorted list is kept until
   * the next write.
   */
  ordered(name: string, compare: Compare): readonly Row[] {
    const known = this.#orders.get(name);
    if (known?.version === this.#version) return known.rows;
    // The old list is nearly in order already, but it may hold rows that were replaced since.
    const rows = [...this.#rows.values()].sort(compare);
    if (this.#orders.size > 8) this.#orders.clear();
    this.#orders.set(name, { version: this.#version, rows });
    return rows;
  }

  clear(): void {
    this.#rows.clear();
    this.#keys.clear();
    this.#orders.clear();
    this.#version++;
  }

  #index(row: Row): void {
    if (row['IsDeleted'] === true) return;
    for (const field of this.object.keys) {
      const value = row[field.name];
      if (value === undefined || value === null) continue;
      let column = this.#keys.get(field.name);
      if (column === undefined) this.#keys.set(field.name, (column = new Map()));
      const key = keyOf(field, value);
      const ids = column.get(key);
      if (ids === undefined) column.set(key, new Set([row['Id'] as string]));
      else ids.add(row['Id'] as string);
    }
  }

  #unindex(row: Row): void {
    for (const field of this.object.keys) {
      const value = row[field.name];
      if (value === undefined || value === null) continue;
      const column = this.#keys.get(field.name);
      const key = keyOf(field, value);
      const ids = column?.get(key);
      ids?.delete(row['Id'] as string);
      if (ids?.size === 0) column?.delete(key);
    }
  }
}

const NONE: ReadonlySet<string> = new Set();
