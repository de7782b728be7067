import type { AssociationType, AssociationTypes } from './association-types.ts';

export type RecordRef = { readonly object: string; readonly id: string };

type Types = readonly AssociationType[];
type Links = ReadonlyMap<string, Types>;

const NO_LINKS: Links = new Map();
const NO_TYPES: Types = [];

/**
 * Which records belong together, seen from both sides. A pair has a set of types; the many pairs with the same set share
 * it, which keeps an account of 100,000 contacts small.
 */
export class AssociationStore {
  readonly types: AssociationTypes;
  /** By `from>to`, then by the id on either side. */
  readonly #tables = new Map<string, Map<string, Map<string, Types>>>();
  readonly #sets = new Map<string, Types>();
  /** Changes whenever an answer could. */
  generation = 0;

  constructor(types: AssociationTypes) {
    this.types = types;
  }

  /** The records of another object that belong to this one, with their types. */
  from(record: RecordRef, to: string): Links {
    return this.#tables.get(`${record.object}>${to}`)?.get(record.id) ?? NO_LINKS;
  }

  between(from: RecordRef, to: RecordRef): Types {
    return this.from(from, to.object).get(to.id) ?? NO_TYPES;
  }

  /** The main company of a contact or a deal. */
  primaryOf(record: RecordRef): string | undefined {
    for (const [id, types] of this.from(record, 'companies')) {
      if (types.some(({ role }) => role === 'primary')) return id;
    }
    return undefined;
  }

  /** Gives a pair exactly these types, in both directions; none of them ends it. */
  set(from: RecordRef, to: RecordRef, types: Types): void {
    this.generation += 1;
    this.#put(from, to, types);
    this.#put(
      to,
      from,
      types.map((type) => this.types.inverse(type)),
    );
  }

  /** Every pair that a record is part of. */
  *of(record: RecordRef): Generator<{ to: RecordRef; types: Types }> {
    const prefix = `${record.object}>`;
    for (const [key, table] of this.#tables) {
      if (!key.startsWith(prefix)) continue;
      const object = key.slice(prefix.length);
      for (const [id, types] of table.get(record.id) ?? NO_LINKS) yield { to: { object, id }, types };
    }
  }

  /** Every pair, in both directions. */
  *all(): Generator<{ from: RecordRef; to: RecordRef; types: Types }> {
    for (const [key, table] of this.#tables) {
      const [object = '', other = ''] = key.split('>');
      for (const [id, links] of table) {
        for (const [otherId, types] of links) yield { from: { object, id }, to: { object: other, id: otherId }, types };
      }
    }
  }

  forget(record: RecordRef): void {
    for (const { to } of this.of(record).toArray()) this.set(record, to, []);
  }

  #put(from: RecordRef, to: RecordRef, types: Types): void {
    const key = `${from.object}>${to.object}`;
    let table = this.#tables.get(key);
    if (table === undefined) this.#tables.set(key, (table = new Map()));
    let links = table.get(from.id);
    if (types.length === 0) {
      links?.delete(to.id);
      if (links?.size === 0) table.delete(from.id);
      return;
    }
    if (links === undefined) table.set(from.id, (links = new Map()));
    links.set(to.id, this.#shared(key, types));
  }

  /** In the order in which HubSpot tells them: its own before the account's, then by number. */
  #shared(key: string, types: Types): Types {
    const sorted = [...new Set(types)].sort(
      (left, right) => left.category.localeCompare(right.category) || left.typeId - right.typeId,
    );
    const name = `${key} ${sorted.map(({ category, typeId }) => `${category}${typeId}`).join()}`;
    const known = this.#sets.get(name);
    if (known === undefined) this.#sets.set(name, sorted);
    return known ?? sorted;
  }
}
