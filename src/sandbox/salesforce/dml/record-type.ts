import { RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';

/** A type must be active and of this object; any other is as unknown as an invented id. */
export function checkRecordType(state: OrgState, object: string, id: string): void {
  const type = state.tables.get('RecordType').get(id);
  if (type?.['IsActive'] === true && type['SobjectType'] === object) return;
  const message = `Record Type ID: this ID value isn't valid for the user: ${id.slice(0, 15)}`;
  throw new RowFault('INVALID_CROSS_REFERENCE_KEY', message, ['RecordTypeId']);
}

/** What the profile gives a record whose creator names no type: the first active one. */
export function usualRecordType(state: OrgState, object: string): string | undefined {
  return recordTypesOf(state, object).find((type) => type['IsActive'] === true)?.['Id'] as string | undefined;
}

export function recordTypesOf(state: OrgState, object: string): Row[] {
  return [...state.tables.get('RecordType').values()].filter((type) => type['SobjectType'] === object);
}

/** The type that makes an Account a person, while the org has person accounts. */
export function personType(state: OrgState): string | undefined {
  return recordTypesOf(state, 'Account').find((type) => type['IsPersonType'] === true)?.['Id'] as string | undefined;
}
