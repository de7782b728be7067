import type { Cell } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import type { OrgState } from '../state.ts';
import type { Changes } from './prepare.ts';
import { usualRecordType } from './record-type.ts';

/** What a create gets without asking. */
export function defaults(state: OrgState, object: SObject, userId: string): Changes {
  const changes: Changes = {};
  for (const field of object.fields) {
    const chosen: Cell | undefined = field.picklist?.find((value) => value.isDefault === true)?.value;
    if (chosen !== undefined) changes[field.name] = chosen;
    else if (field.type === 'boolean') changes[field.name] = false;
    else if (field.name === 'OwnerId') changes[field.name] = userId;
  }
  const type = object.field('RecordTypeId') === undefined ? undefined : usualRecordType(state, object.name);
  return type === undefined ? changes : { ...changes, RecordTypeId: type };
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

export function withoutNulls(changes: Changes): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null));
}
