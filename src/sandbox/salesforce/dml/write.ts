import type { ObjectRight } from '../access.ts';
import { RowFault } from '../failure.ts';
import type { Cell, Row } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import type { OrgState } from '../state.ts';
import type { Table } from '../store/table.ts';
import type { Actor } from './actor.ts';
import { assignedOwner } from './assignment.ts';
import { derive, missing } from './derive.ts';
import { runDuplicateRules, runValidationRules } from './hooks.ts';
import { afterPermissionWrite, checkPermissionRow } from './permission-rows.ts';
import { type Body, type Changes, prepare } from './prepare.ts';
import { checkReference, convertedLead } from './references.ts';
import { lockedRow, touchPeople } from './ripples.ts';
import { checkUnique } from './unique.ts';

const ACTIVITIES = new Set(['Task', 'Event']);
const PERMISSIONS = new Set(['PermissionSet', 'FieldPermissions', 'ObjectPermissions', 'PermissionSetAssignment']);

/** Creates one record and returns its id, or throws the fault that refuses it. */
export function createRecord(state: OrgState, table: Table, body: Body, actor: Actor): string {
  const { object } = table;
  demand(object, 'Create', actor);
  if (!actor.screen && 'Id' in body) {
    throw new RowFault('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
  }
  return state.tables.transaction(() => {
    const given = prepare(state, object, body, 'create', actor);
    const changes = { ...defaults(object, actor.userId), ...withoutNulls(given) };
    const owner = assignedOwner(state, object.name, actor);
    if (owner !== undefined) changes['OwnerId'] = owner;
    const id = state.tables.mint.mint(object.traits.prefix);
    const now = state.now();
    const row = { ...changes, ...stamps(object, now, actor.userId), Id: id };
    save(state, table, { row, before: undefined, changed: Object.keys(changes), actor });
    return id;
  });
}

/** Changes one record. Every save moves the stamps, even one that changes nothing. */
export function updateRecord(state: OrgState, table: Table, id: string, body: Body, actor: Actor): void {
  const { object } = table;
  demand(object, 'Edit', actor);
  const before = table.get(id);
  if (before === undefined) throw gone();
  if (before['IsDeleted'] === true) throw new RowFault('ENTITY_IS_DELETED', 'entity is deleted');
  checkLock(state, id, actor);
  if (before['IsConverted'] === true && !actor.screen) throw convertedLead();
  state.tables.transaction(() => {
    const changes = prepare(state, object, body, 'update', actor);
    const owner = assignedOwner(state, object.name, actor);
    if (owner !== undefined) changes['OwnerId'] = owner;
    const now = state.now();
    const row = {
      ...before,
      ...changes,
      LastModifiedDate: now,
      LastModifiedById: actor.userId,
      SystemModstamp: now,
    };
    save(state, table, { row, before, changed: Object.keys(changes), actor });
  });
}

type Save = { row: Row; before: Row | undefined; changed: readonly string[]; actor: Actor };

function save(state: OrgState, table: Table, { row: bare, before, changed, actor }: Save): void {
  const { object } = table;
  const absent = object.fields
    .filter((field) => field.required && field.type !== 'id' && !field.calculated && !isFilled(field.name, bare))
    .map((field) => field.name);
  if (absent.length > 0) throw missing(absent);
  for (const name of changed) {
    const field = object.field(name);
    const value = bare[name];
    if (field?.type === 'reference' && typeof value === 'string' && value !== before?.[name]) {
      checkReference(state, object, field, value, actor.past);
    }
  }
  const row = derive(state, object.name, bare, before);
  if (PERMISSIONS.has(object.name)) checkPermissionRow(state, object.name, row);
  runDuplicateRules(state, object, row, actor);
  runValidationRules(state, object, row, before);
  checkUnique(state, object, row, changed);
  table.put(row);
  if (ACTIVITIES.has(object.name)) touchPeople(state, row, before);
  if (PERMISSIONS.has(object.name)) afterPermissionWrite(state);
}

/** Person names and audit columns are the platform's own business. */
function isFilled(name: string, row: Row): boolean {
  return (row[name] !== null && row[name] !== undefined) || name === 'Name' || name === 'IsDeleted';
}

export function stamps(object: SObject, now: number, userId: string): Changes {
  const all: Changes = {
    IsDeleted: false,
    CreatedDate: now,
    CreatedById: userId,
    LastModifiedDate: now,
    LastModifiedById: userId,
    SystemModstamp: now,
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => object.field(name) !== undefined));
}

function defaults(object: SObject, userId: string): Changes {
  const changes: Changes = {};
  for (const field of object.fields) {
    const chosen: Cell | undefined = field.picklist?.find((value) => value.isDefault === true)?.value;
    if (chosen !== undefined) changes[field.name] = chosen;
    else if (field.type === 'boolean') changes[field.name] = false;
    else if (field.name === 'OwnerId') changes[field.name] = userId;
  }
  return changes;
}

function withoutNulls(changes: Changes): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null));
}

export function gone(): RowFault {
  return new RowFault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
}

export function demand(object: SObject, right: ObjectRight, actor: Actor): void {
  const { createable = true, updateable = true, deletable = true } = object.traits;
  const possible = { Create: createable, Edit: updateable, Delete: deletable, Read: true }[right];
  if (actor.screen || (possible && actor.access.may(object, right))) return;
  if (right === 'Create' || !possible) {
    throw new RowFault(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      `entity type ${object.name} does not support ${right.toLowerCase()}`,
    );
  }
  throw new RowFault('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}

export function checkLock(state: OrgState, id: string, actor: Actor): void {
  const { lockedIds, lockChance } = state.switches;
  if (state.tables.isHeld(id) && !actor.screen) throw lockedRow(id);
  if (lockedIds.some((locked) => locked.slice(0, 15) === id.slice(0, 15))) throw lockedRow(id);
  if (lockChance > 0 && !actor.screen && state.kernel.random.chance(lockChance)) throw lockedRow(id);
}
