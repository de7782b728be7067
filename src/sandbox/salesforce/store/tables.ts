import { IdMint, to18 } from '../ids.ts';
import type { Cell, Row } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import { Table } from './table.ts';

type Undo = { table: Table; id: string; before: Row | undefined };
type Held = { table: Table; id: string; before: Row | undefined; after: Row | undefined };

/** Every table of the org, with transactions over all of them. */
export class Tables {
  readonly mint = new IdMint();
  readonly #byName = new Map<string, Table>();
  readonly #byPrefix = new Map<string, Table[]>();
  #journal: Undo[] | undefined;
  #held = new Map<string, Held>();
  #heldSince: number | undefined;

  constructor(objects: readonly SObject[]) {
    for (const object of objects) {
      const table = new Table(object, (from, id, before) => this.#journal?.push({ table: from, id, before }));
      this.#byName.set(object.name, table);
      this.#byName.set(object.name.toLowerCase(), table);
      const { prefix } = object.traits;
      this.#byPrefix.set(prefix, [...(this.#byPrefix.get(prefix) ?? []), table]);
    }
  }

  find(name: string): Table | undefined {
    return this.#byName.get(name) ?? this.#byName.get(name.toLowerCase());
  }

  get(name: string): Table {
    const table = this.find(name);
    if (table === undefined) throw new Error(`The org has no object ${name}`);
    return table;
  }

  /** Some kinds share a prefix, as the field histories do: then the one that holds the record. */
  byId(id: string): Table | undefined {
    const tables = this.#byPrefix.get(id.slice(0, 3));
    return (tables?.length ?? 0) > 1 ? tables?.find((table) => table.get(id) !== undefined) : tables?.[0];
  }

  all(): Table[] {
    return [...new Set(this.#byName.values())];
  }

  /** The record behind a stored id, which is known to be in its long form. */
  stored(id: Cell | undefined): Row | undefined {
    return typeof id === 'string' ? this.byId(id)?.get(id) : undefined;
  }

  row(id: string | undefined): Row | undefined {
    const id18 = id === undefined ? undefined : to18(id);
    return id18 === undefined ? undefined : this.byId(id18)?.get(id18);
  }

  /** Runs `work`; whatever it wrote is taken back if it throws. May be nested: an inner failure undoes the inner part. */
  transaction<T>(work: () => T): T {
    const outer = this.#journal;
    const journal: Undo[] = [];
    this.#journal = journal;
    try {
      const result = work();
      outer?.push(...journal);
      return result;
    } catch (error) {
      rollBack(journal);
      throw error;
    } finally {
      this.#journal = outer;
    }
  }

  /**
   * Runs `work` inside one long transaction of somebody else: its rows carry the stamp of now, but nobody sees them
   * until `commitHeld`, and until then they are locked.
   */
  hold<T>(work: () => T, now: number): T {
    this.#heldSince ??= now;
    for (const held of this.#held.values()) held.table.restore(held.id, held.after);
    const journal: Undo[] = [];
    const outer = this.#journal;
    this.#journal = journal;
    try {
      const result = work();
      for (const { table, id, before } of journal) {
        const known = this.#held.get(id);
        this.#held.set(id, { table, id, before: known === undefined ? before : known.before, after: table.get(id) });
      }
      return result;
    } catch (error) {
      rollBack(journal);
      throw error;
    } finally {
      this.#journal = outer;
      for (const held of this.#held.values()) held.table.restore(held.id, held.before);
    }
  }

  commitHeld(): void {
    for (const held of this.#held.values()) held.table.restore(held.id, held.after);
    this.#held.clear();
    this.#heldSince = undefined;
  }

  /** When the open long transaction began, if there is one. */
  get heldSince(): number | undefined {
    return this.#heldSince;
  }

  isHeld(id: string): boolean {
    return this.#held.has(id);
  }

  clear(): void {
    this.#held.clear();
    this.#heldSince = undefined;
    for (const table of this.all()) table.clear();
    this.mint.reset();
  }
}

function rollBack(journal: readonly Undo[]): void {
  for (const { table, id, before } of journal.toReversed()) table.restore(id, before);
}
