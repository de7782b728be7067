import type { Field } from './field.ts';

/** What an org has only after its administrator asked for it. */
export type Feature = 'multiCurrency' | 'personAccounts';

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
  /** Deleted by itself it leaves no trace; only the deletion of its parent leaves a row that says so. */
  leavesNoTrace?: boolean;
  /** Exists only while this switch of the org is on. */
  feature?: Feature;
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
  #keys: Field[] = [];

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
    this.#keys = [];
    for (const field of this.#standard) this.add(field);
  }

  add(field: Field): void {
    this.#fields.push(field);
    this.#byName.set(field.name, field);
    this.#byName.set(field.name.toLowerCase(), field);
    if (isLookedUp(field)) this.#keys.push(field);
  }

  /** Puts a field in the place of its namesake. */
  replace(field: Field): void {
    this.remove(field.name);
    this.add(field);
  }

  remove(name: string): void {
    this.#fields = this.#fields.filter((field) => field.name !== name);
    this.#keys = this.#keys.filter((field) => field.name !== name);
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

  /** The fields that the table keeps an index of: keys, and what is searched for by value all day. */
  get keys(): readonly Field[] {
    return this.#keys;
  }

  /** A deleted record stays readable by queryAll and getDeleted for a while. */
  get hasBin(): boolean {
    const { undeletable = false, replicateable = false, leavesNoTrace = false } = this.traits;
    return (undeletable || replicateable) && !leavesNoTrace;
  }
}

const PARENTS = new Set([
  'WhoId',
  'WhatId',
  'AccountId',
  'ContactId',
  'LeadId',
  'OpportunityId',
  'CampaignId',
  'EmailMessageId',
]);

function isLookedUp(field: Field): boolean {
  return field.unique || field.externalId || field.type === 'email' || PARENTS.has(field.name);
}
