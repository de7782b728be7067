import type { Kernel } from '../kernel/kernel.ts';
import { type Access, accessOf } from './access.ts';
import { AccountLocks } from './account-locks.ts';
import { archiveOld } from './archive.ts';
import { plantFeature } from './feature-rows.ts';
import { FEATURE_FIELDS } from './schema/features.ts';
import type { Field } from './schema/field.ts';
import { createSchema, tablesOfEntity } from './schema/schema.ts';
import type { Feature, SObject } from './schema/sobject.ts';
import { DAY_MS, toSecond } from './stamps.ts';
import { Tables } from './store/tables.ts';
import { defaultSwitches, type Switches, type ValidationRule } from './switches.ts';
import { ApiUsage } from './usage.ts';

const BIN_DAYS = 15;

/** All that the org knows, and its clock. What may be done with it lives in dml, soql and rest. */
export class OrgState {
  readonly kernel: Kernel;
  readonly tables = new Tables(createSchema());
  readonly switches: Switches = defaultSwitches();
  readonly validationRules: ValidationRule[] = [];
  readonly usage = new ApiUsage();
  readonly locks = new AccountLocks();
  #pinned: number | undefined;
  #schemaChangedAt = 0;
  #schemaVersion = 0;
  #rights = new Map<string, Access>();
  #bin: { object: string; id: string; since: number }[] = [];
  #archivedOn = '';
  #features = new Set<Feature>();

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.#schemaChangedAt = this.now();
  }

  /** The org's own time, in milliseconds: what it dates its answers and tokens by. */
  clock(): number {
    return this.kernel.clock.now() + this.switches.clockAheadMs;
  }

  /** The same in whole seconds, as it stamps records. */
  now(): number {
    return toSecond(this.#pinned ?? this.clock());
  }

  /** Runs `work` as if it happened at that instant: for the history of a seeded world. */
  at<T>(instant: number, work: () => T): T {
    this.#pinned = instant;
    try {
      return work();
    } finally {
      this.#pinned = undefined;
    }
  }

  object(name: string): SObject | undefined {
    return this.tables.find(name)?.object;
  }

  /** Columns changed: compiled queries and cached describes are stale. */
  get schemaVersion(): number {
    return this.#schemaVersion;
  }

  get schemaChangedAt(): number {
    return this.#schemaChangedAt;
  }

  /** Objects of a feature that is off do not exist. */
  has(object: SObject): boolean {
    return object.traits.feature === undefined || this.switches[object.traits.feature];
  }

  /** Gives the org the fields of a feature that was turned on since. Real orgs have no way back, and so has this one. */
  applyFeatures(): void {
    for (const feature of ['multiCurrency', 'personAccounts'] as const) {
      if (!this.switches[feature] || this.#features.has(feature)) continue;
      this.#features.add(feature);
      for (const [object, field] of FEATURE_FIELDS[feature]()) this.tables.get(object).object.replace(field);
      plantFeature(this.tables, feature, this.now());
      this.#noteSchemaChange();
    }
  }

  addField(entity: string, field: Field): void {
    for (const name of tablesOfEntity(entity)) this.tables.get(name).object.add(field);
    this.#noteSchemaChange();
  }

  /** The same field, defined otherwise. */
  changeField(entity: string, field: Field): void {
    for (const name of tablesOfEntity(entity)) {
      this.tables.get(name).object.replace(field);
      this.tables.get(name).reindex();
    }
    this.#noteSchemaChange();
  }

  removeField(entity: string, name: string): void {
    for (const table of tablesOfEntity(entity)) {
      this.tables.get(table).object.remove(name);
      this.tables.get(table).reindex();
    }
    this.#noteSchemaChange();
  }

  access(userId: string): Access {
    const key = `${userId}/${this.switches.minimumAccess}/${this.#rightsVersion()}`;
    const known = this.#rights.get(key);
    if (known !== undefined) return known;
    const access = accessOf(this.tables, userId, this.switches.minimumAccess);
    if (this.#rights.size > 100) this.#rights.clear();
    this.#rights.set(key, access);
    return access;
  }

  notePermissionChange(): void {
    this.#noteSchemaChange();
  }

  noteDeleted(object: string, id: string, at: number): void {
    this.#bin.push({ object, id, since: at });
  }

  /**
   * What the platform does by itself as days pass: empties the bin, archives old activities, ends a long transaction
   * whose switch was turned off. Called before each request, so that time only needs to be moved, never waited for.
   */
  keepHouse(): void {
    this.applyFeatures();
    this.endHeldTransaction();
    const now = this.now();
    while (this.#bin[0] !== undefined && this.#bin[0].since < now - BIN_DAYS * DAY_MS) {
      const { object, id, since } = this.#bin.shift() as { object: string; id: string; since: number };
      const row = this.tables.get(object).get(id);
      // An undeleted or deleted-again row has another stamp and its own place in the queue.
      if (row?.['IsDeleted'] === true && row['SystemModstamp'] === since) this.tables.get(object).drop(id);
    }
    this.#archivedOn = archiveOld(this.tables, now, this.#archivedOn);
  }

  /** Commits the long transaction once its switch is off. */
  endHeldTransaction(): void {
    if (!this.switches.holdTransaction && this.tables.heldSince !== undefined) this.tables.commitHeld();
  }

  reset(): void {
    for (const table of this.tables.all()) table.object.reset();
    this.tables.clear();
    this.#features.clear();
    this.locks.clear();
    this.usage.clear();
    this.#bin = [];
    this.#rights.clear();
    this.#archivedOn = '';
    this.validationRules.length = 0;
    Object.assign(this.switches, defaultSwitches());
    this.#noteSchemaChange();
  }

  /** Grants may be rolled back with the request that made them, so the cache asks the tables themselves. */
  #rightsVersion(): number {
    const tables = ['PermissionSetAssignment', 'FieldPermissions', 'ObjectPermissions'];
    return tables.reduce((total, name) => total + this.tables.get(name).version, 0);
  }

  #noteSchemaChange(): void {
    this.#schemaVersion++;
    this.#schemaChangedAt = this.now();
  }
}
