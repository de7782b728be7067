import type { ObjectRight } from '../access.ts';
import { RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import type { OrgState } from '../state.ts';
import type { Actor } from './actor.ts';
import { lockedRow } from './ripples.ts';

export function gone(): RowFault {
  return new RowFault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
}

/** The record, if it is there and not in the bin. */
export function liveRow(table: { get(id: string): Row | undefined }, id: string): Row {
  const row = table.get(id);
  if (row === undefined) throw gone();
  if (row['IsDeleted'] === true) throw new RowFault('ENTITY_IS_DELETED', 'entity is deleted');
  return row;
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
