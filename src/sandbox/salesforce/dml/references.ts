import { RowFault } from '../failure.ts';
import type { Field, Row } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import type { OrgState } from '../state.ts';
import { checkRecordType } from './record-type.ts';

/** The record that a lookup points to must exist, be of a kind that the lookup allows, and be alive. */
export function checkReference(state: OrgState, object: SObject, field: Field, id: string, past: boolean): void {
  if (field.name === 'RecordTypeId') {
    checkRecordType(state, object.name, id);
    return;
  }
  const table = state.tables.byId(id);
  if (table === undefined || !(field.referenceTo ?? []).includes(table.object.name)) {
    throw new RowFault('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, [field.name]);
  }
  const row = table.get(id);
  if (row === undefined) throw new RowFault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);
  if (row['IsDeleted'] === true) throw new RowFault('ENTITY_IS_DELETED', 'entity is deleted', []);
  if (field.name === 'WhoId' && row['IsConverted'] === true) throw convertedLead();
  if (field.name === 'OwnerId' && !past) checkOwner(state, object, row);
}

export function convertedLead(): RowFault {
  return new RowFault('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', []);
}

const KEEPS_ACTIVE_OWNER = new Set(['Lead', 'Contact', 'Task', 'Event']);

function checkOwner(state: OrgState, object: SObject, owner: Row): void {
  const id = owner['Id'] as string;
  if (id.startsWith('00G')) {
    if (!queueServes(state, id, object.name)) {
      throw new RowFault('INVALID_OPERATION', 'Queue not associated with this SObject type', []);
    }
    return;
  }
  if (owner['UserType'] !== 'Standard') {
    throw new RowFault('OP_WITH_INVALID_USER_TYPE_EXCEPTION', 'Operation not valid for this user type', ['OwnerId']);
  }
  if (owner['IsActive'] !== true && KEEPS_ACTIVE_OWNER.has(object.name)) {
    const what = object.name === 'Task' || object.name === 'Event' ? 'activity' : object.name.toLowerCase();
    const message = `operation performed with inactive user [${id.slice(0, 15)}] as owner of ${what}`;
    throw new RowFault('INACTIVE_OWNER_OR_USER', message, ['OwnerId']);
  }
}

function queueServes(state: OrgState, queueId: string, object: string): boolean {
  for (const row of state.tables.get('QueueSobject').values()) {
    if (row['QueueId'] === queueId && row['SobjectType'] === object) return true;
  }
  return false;
}
