import type { Field } from './field.ts';

export type SObjectTraits = {
  label: string;
  labelPlural?: string;
  prefix: string;
  createable?: boolean;
  updateable?: boolean;
  deletable?: boolean;
  /** Takes part in getUpdated and getDeleted. */
  replicateable?: boolean;
  /** Deleted rows go to the bin first; objects without one lose the row at once. */
  undeletable?: boolean;
  mergeable?: boolean;
  /** Served under /tooling only. */
  tooling?: boolean;
};

/** One kind of record: its columns, found by name whatever the case, and what may be done to it. */
export class SObject {
  readonly name: string;
  readonly traits: SObjectTraits;
  readonly #standard: readonly Field[];
  #fields: Field[] = [];
  #byName = new Map<string, Field>();
  #uniques: Field[] = [];

  constructor(name: string, traits: SObjectTraits, fields: readonly Field[]) {
    this.name = name;
    this.traits = traits;
    this.#standard = fields;
    this.reset();
  }

  /** Forgets every field that was added since the org was made. */
  reset(): void {
    this.#fields = [];
    this.#byName = new Map();
    this.#uniques = [];
    for (const field of this.#standard) this.add(field);
  }

  add(field: Field): void {
    this.#fields.push(field);
    this.#byName.set(field.name, field);
    this.#byName.set(field.name.toLowerCase(), field);
    if (field.unique || field.externalId) this.#uniques.push(field);
  }

  remove(name: string): void {
    this.#fields = this.#fields.filter((field) => field.name !== name);
    this.#uniques = this.#uniques.filter((field) => field.name !== name);
    this.#byName.delete(name);
    this.#byName.delete(name.toLowerCase());
  }

  field(name: string): Field | undefined {
    return this.#byName.get(name) ?? this.#byName.get(name.toLowerCase());
  }

  /** Finds the lookup behind `Owner` in `Owner.Name`. */
  relationship(name: string): Field | undefined {
    const wanted = name.toLowerCase();
    return this.#fields.find((field) => field.relationshipName?.toLowerCase() === wanted);
  }

  get fields(): readonly Field[] {
    return this.#fields;
  }

  /** Unique and external-id fields: the ones that the table keeps an index of. */
  get keys(): readonly Field[] {
    return this.#uniques;
  }

  get hasBin(): boolean {
    return this.traits.undeletable ?? false;
  }
}
