import { RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import type { Table } from '../store/table.ts';
import { type Actor, screenActor } from './actor.ts';
import { assignedOwner } from './assignment.ts';
import { defaults, stamps, withoutNulls } from './defaults.ts';
import { derive, missing } from './derive.ts';
import { checkLock, demand, liveRow } from './guards.ts';
import { noteHistory } from './history.ts';
import { runDuplicateRules, runValidationRules } from './hooks.ts';
import { afterPermissionWrite, checkPermissionRow, isPermissionRow } from './permission-rows.ts';
import { type Body, prepare } from './prepare.ts';
import { checkReference, convertedLead } from './references.ts';
import { lockAccount, touchPeople } from './ripples.ts';
import { ruleOf } from './rules.ts';
import type { Saving } from './saving.ts';
import { checkUnique } from './unique.ts';

/** Creates one record and returns its id, or throws the fault that refuses it. */
export function createRecord(state: OrgState, table: Table, body: Body, actor: Actor): string {
  const { object } = table;
  demand(object, 'Create', actor);
  if (!actor.screen && 'Id' in body) {
    throw new RowFault('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
  }
  return state.tables.transaction(() => {
    const given = prepare(state, object, body, 'create', actor);
    const changes = { ...defaults(state, object, actor.userId), ...withoutNulls(given) };
    const owner = assignedOwner(state, object.name, actor);
    if (owner !== undefined) changes['OwnerId'] = owner;
    const id = state.tables.mint.mint(object.traits.prefix);
    const now = state.now();
    const row = { ...changes, ...stamps(object, now, actor.userId), Id: id };
    save(table, savingOf(state, table, { row, before: undefined, changed: Object.keys(changes), actor }));
    return id;
  });
}

/** Changes one record. Every save moves the stamps, even one that changes nothing. */
export function updateRecord(state: OrgState, table: Table, id: string, body: Body, actor: Actor): void {
  const { object } = table;
  demand(object, 'Edit', actor);
  const before = liveRow(table, id);
  checkLock(state, id, actor);
  if (before['IsConverted'] === true && !actor.screen) throw convertedLead();
  state.tables.transaction(() => {
    const changes = prepare(state, object, body, 'update', actor);
    const owner = assignedOwner(state, object.name, actor);
    if (owner !== undefined) changes['OwnerId'] = owner;
    const now = state.now();
    const row = { ...before, ...changes, LastModifiedDate: now, LastModifiedById: actor.userId, SystemModstamp: now };
    save(table, savingOf(state, table, { row, before, changed: Object.keys(changes), actor }));
  });
}

function savingOf(state: OrgState, table: Table, parts: Pick<Saving, 'row' | 'before' | 'changed' | 'actor'>): Saving {
  const { userId, past } = parts.actor;
  const create = (name: string, fields: Body): string =>
    createRecord(state, state.tables.get(name), fields, screenActor(userId, past ? 'past' : 'now'));
  return { state, object: table.object, create, ...parts };
}

function save(table: Table, bare: Saving): void {
  const { state, object, before, changed, actor } = bare;
  const rule = ruleOf(object.name);
  const asked = { ...bare, row: rule.prepare?.(bare) ?? bare.row };
  checkRequired(asked);
  checkReferences(asked);
  const row = rule.derive?.(asked) ?? derive(state, object.name, asked.row, before);
  const saving = { ...asked, row };
  if (isPermissionRow(object.name)) checkPermissionRow(state, object.name, row);
  runDuplicateRules(state, object, row, actor);
  runValidationRules(state, object, row, before);
  checkUnique(state, object, row, changed);
  lockAccount(state, row, before);
  table.put(row);
  noteHistory(state, object.name, before, row, actor.userId);
  rule.after?.(saving);
  if (object.name === 'Task' || object.name === 'Event') touchPeople(state, row, before);
  if (isPermissionRow(object.name)) afterPermissionWrite(state);
}

/** Names that the platform puts together and audit columns are its own business. */
function checkRequired({ object, row }: Saving): void {
  const absent = object.fields
    .filter((field) => field.required && field.createable && (row[field.name] ?? null) === null)
    .map((field) => field.name);
  if (absent.length > 0) throw missing(absent);
}

function checkReferences({ state, object, row, before, changed, actor }: Saving): void {
  for (const name of changed) {
    const field = object.field(name);
    const value: Row[string] | undefined = row[name];
    if (field?.type === 'reference' && typeof value === 'string' && value !== before?.[name]) {
      checkReference(state, object, field, value, actor.past);
    }
  }
}
