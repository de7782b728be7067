import type { Kernel } from '../kernel/kernel.ts';
import { screenActor } from './dml/actor.ts';
import { type Conversion, type Converted, convertLead } from './dml/convert.ts';
import { mergeRecords, undeleteRecord } from './dml/life.ts';
import { removeRecord } from './dml/remove.ts';
import { createRecord, updateRecord } from './dml/write.ts';
import { asApiFailure, RowFault } from './failure.ts';
import { to18 } from './ids.ts';
import { Tokens } from './oauth/tokens.ts';
import { DEFAULT_OPTIONS, type OrgOptions } from './options.ts';

import { noteCustomField } from './rest/tooling.ts';
import { CUSTOMER_FIELDS } from './schema/customer-fields.ts';
import type { Field } from './schema/field.ts';
import { tablesOfEntity } from './schema/schema.ts';
import { type Planted, plantOrg, plantQueue, plantUser, type QueueSeed, type UserSeed } from './seeds.ts';
import { Cursors } from './soql/cursors.ts';
import { printCell } from './soql/render.ts';
import { OrgState } from './state.ts';
import { cellOf } from './store/cell.ts';
import type { Table } from './store/table.ts';
import type { Switches, ValidationRule } from './switches.ts';

export type { OrgOptions } from './options.ts';

/**
 * An emulated Salesforce org without HTTP: its records, its rules, and the doors by which tests and the sandbox act as
 * people who use its screen.
 */
export class SalesforceOrg {
  readonly options: OrgOptions;
  readonly state: OrgState;
  readonly tokens: Tokens;
  readonly cursors: Cursors;
  #planted: Planted;

  constructor(kernel: Kernel, options: Partial<OrgOptions> = {}) {
    this.options = { ...DEFAULT_OPTIONS, ...options };
    this.state = new OrgState(kernel);
    this.tokens = new Tokens(this.state, this.options.organizationId);
    this.cursors = new Cursors(this.state);
    this.#planted = plantOrg(this.state, this.options);
    this.#addCustomerFields();
  }

  get switches(): Switches {
    return this.state.switches;
  }

  /** Rules that a customer's administrator wrote; push one to make saves fail with its text. */
  get validationRules(): ValidationRule[] {
    return this.state.validationRules;
  }

  get integrationUserId(): string {
    return this.#planted.integrationUserId;
  }

  /** The user that the active lead assignment rule gives every lead to. */
  get defaultOwnerId(): string {
    return this.#planted.defaultOwnerId;
  }

  get administratorId(): string {
    return this.#planted.administratorId;
  }

  reset(): void {
    this.state.reset();
    this.tokens.clear();
    this.cursors.clear();
    this.#planted = plantOrg(this.state, this.options);
    this.#addCustomerFields();
  }

  seedUser(user: UserSeed): string {
    return plantUser(this.state, { ...user, profileId: this.#planted.standardProfileId });
  }

  seedQueue(queue: QueueSeed): string {
    return plantQueue(this.state, queue, this.#planted.administratorId);
  }

  /** Puts a record into the past: stamped `at`, free of today's rules about owners who have left since. */
  seed(sobject: string, fields: Record<string, unknown>, { at, by }: { at: number; by?: string }): string {
    const userId = this.#user(by);
    return this.#act(() =>
      this.state.at(at, () => createRecord(this.state, this.#table(sobject), fields, screenActor(userId, 'past'))),
    );
  }

  /** A person or an automation inside Salesforce changes a record now. */
  touch(sobject: string, id: string, fields: Record<string, unknown>, { by }: { by?: string } = {}): void {
    const actor = screenActor(this.#user(by));
    this.#act(() => updateRecord(this.state, this.#table(sobject), this.#id(id), fields, actor));
  }

  remove(sobject: string, id: string, { by }: { by?: string } = {}): void {
    const actor = screenActor(this.#user(by));
    this.#act(() => removeRecord(this.state, this.#table(sobject), this.#id(id), actor));
  }

  /**
   * What the screen's convert button does; the REST interface has none. A chosen account or contact keeps what it holds
   * and gets the rest; `opportunity: null` makes no deal.
   */
  convertLead(id: string, { by, ...conversion }: Conversion & { by?: string } = {}): Converted {
    const actor = screenActor(this.#user(by));
    const { accountId, contactId } = conversion;
    const chosen = {
      ...conversion,
      ...(accountId === undefined ? {} : { accountId: this.#id(accountId) }),
      ...(contactId === undefined ? {} : { contactId: this.#id(contactId) }),
    };
    return this.#act(() => convertLead(this.state, this.#id(id), chosen, actor));
  }

  merge(sobject: string, ids: { winner: string; loser: string }, { by }: { by?: string } = {}): void {
    const actor = screenActor(this.#user(by));
    const both = { winner: this.#id(ids.winner), loser: this.#id(ids.loser) };
    this.#act(() => mergeRecords(this.state, this.#table(sobject), both, actor));
  }

  undelete(sobject: string, id: string, { by }: { by?: string } = {}): void {
    const actor = screenActor(this.#user(by));
    this.#act(() => undeleteRecord(this.state, this.#table(sobject), this.#id(id), actor));
  }

  /** Only SystemModstamp moves, as when a picklist value is renamed or a roll-up is recalculated. */
  systemTouch(sobject: string, id: string): void {
    const table = this.#table(sobject);
    const row = table.get(this.#id(id));
    if (row === undefined) throw new Error(`${sobject} ${id} does not exist`);
    table.put({ ...row, SystemModstamp: this.state.now() });
  }

  /**
   * Adds a field of the customer's own. `granted` says what the profile gives every user; without it the field is as
   * invisible as a field that an integration has just created.
   */
  defineField(entity: string, field: Field, granted?: 'read' | 'edit'): void {
    const custom = { ...field, custom: true };
    this.state.addField(entity, custom);
    const developerName = field.name.replace(/__c$/, '');
    const made = {
      entity,
      developerName,
      metadata: { label: field.label, type: field.type },
      userId: this.administratorId,
    };
    noteCustomField(this.state, made);
    if (granted === undefined) return;
    for (const table of tablesOfEntity(entity)) {
      const grant = {
        ParentId: this.#planted.profilePermissionsId,
        SobjectType: table,
        Field: `${table}.${field.name}`,
        PermissionsRead: true,
        PermissionsEdit: granted === 'edit',
      };
      createRecord(this.state, this.#table('FieldPermissions'), grant, screenActor(this.administratorId));
    }
  }

  expireTokens(): void {
    this.tokens.expireAll();
  }

  userByName(username: string): string | undefined {
    const users = this.#table('User');
    const field = users.object.field('Username') as Field;
    const [id] = users.idsByKey(field, username);
    return id;
  }

  /** All records of an object with all fields, or `only` these, deleted ones included, printed as the REST interface prints them. */
  records(sobject: string, only?: readonly string[]): Record<string, unknown>[] {
    this.state.keepHouse();
    const table = this.#table(sobject);
    const { object } = table;
    const fields = only === undefined ? object.fields : only.flatMap((name) => object.field(name) ?? []);
    return Array.from(table.values(), (row) => {
      const printed: Record<string, unknown> = {};
      for (const field of fields) printed[field.name] = printCell(field, cellOf(this.state.tables, field, row));
      return printed;
    });
  }

  /** What the customer's administrator had added before anybody of ours came. */
  #addCustomerFields(): void {
    for (const { entity, field, granted } of CUSTOMER_FIELDS) this.defineField(entity, field, granted);
  }

  #user(by: string | undefined): string {
    return by ?? this.#planted.administratorId;
  }

  #table(sobject: string): Table {
    return this.state.tables.get(sobject);
  }

  #id(id: string): string {
    const id18 = to18(id);
    if (id18 === undefined) throw new Error(`${id} is not a record id`);
    return id18;
  }

  #act<T>(work: () => T): T {
    this.state.applyFeatures();
    this.state.endHeldTransaction();
    try {
      const { holdTransaction } = this.switches;
      return holdTransaction ? this.state.tables.hold(work, this.state.now()) : work();
    } catch (error) {
      // The reason is worth more to a test's author than a class name.
      throw error instanceof RowFault
        ? new Error(`${error.code}: ${asApiFailure(error).message}`, { cause: error })
        : error;
    }
  }
}
