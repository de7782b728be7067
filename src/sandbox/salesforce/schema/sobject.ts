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

/** The columns of an object at one time; a change makes new ones, so that orgs may share those that Salesforce ships. */
type Columns = {
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
  readonly keys: readonly Field[];
};

function columnsOf(fields: readonly Field[]): Columns {
  const named = fields.flatMap((field) => [[field.name, field] as const, [field.name.toLowerCase(), field] as const]);
  return { fields, byName: new Map(named), keys: fields.filter(isLookedUp) };
}

/** One kind of record: its columns, found by name whatever the case, and what may be done to it. */
export class SObject {
  readonly name: string;
  readonly traits: SObjectTraits;
  readonly #standard: Columns;
  #columns: Columns;

  constructor(name: string, traits: SObjectTraits, standard: readonly Field[] | Columns) {
    this.name = name;
    this.traits = traits;
    this.#standard = 'byName' in standard ? standard : columnsOf(standard);
    this.#columns = this.#standard;
  }

  /** The same object in an org of its own, without what was added here. */
  copy(): SObject {
    return new SObject(this.name, this.traits, this.#standard);
  }

  /** Forgets every field that was added since the org was made. */
  reset(): void {
    this.#columns = this.#standard;
  }

  add(field: Field): void {
    this.#columns = columnsOf([...this.#columns.fields, field]);
  }

  /** Puts a field in the place of its namesake. */
  replace(field: Field): void {
    this.remove(field.name);
    this.add(field);
  }

  remove(name: string): void {
    this.#columns = columnsOf(this.#columns.fields.filter((field) => field.name !== name));
  }

  field(name: string): Field | undefined {
    const { byName } = this.#columns;
    return byName.get(name) ?? byName.get(name.toLowerCase());
  }

  /** Finds the lookup behind `Owner` in `Owner.Name`. */
  relationship(name: string): Field | undefined {
    const wanted = name.toLowerCase();
    return this.#columns.fields.find((field) => field.relationshipName?.toLowerCase() === wanted);
  }

  get fields(): readonly Field[] {
    return this.#columns.fields;
  }

  /** The fields that the table keeps an index of: keys, and what is searched for by value all day. */
  get keys(): readonly Field[] {
    return this.#columns.keys;
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
