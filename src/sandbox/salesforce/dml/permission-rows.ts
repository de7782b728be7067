import { RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';

const SAME: Record<string, readonly string[]> = {
  FieldPermissions: ['ParentId', 'Field'],
  ObjectPermissions: ['ParentId', 'SobjectType'],
  PermissionSetAssignment: ['AssigneeId', 'PermissionSetId'],
};

const PERMISSIONS = new Set(['PermissionSet', ...Object.keys(SAME)]);

export function isPermissionRow(object: string): boolean {
  return PERMISSIONS.has(object);
}

/** Permission rows follow rules of their own: the field must exist and be grantable, and a pair is kept once. */
export function checkPermissionRow(state: OrgState, object: string, row: Row): void {
  if (object === 'FieldPermissions') checkField(state, row);
  if (object === 'ObjectPermissions' && state.object(String(row['SobjectType'])) === undefined) {
    throw new RowFault(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `sObject 種別: bad value for restricted picklist field: ${String(row['SobjectType'])}`,
      ['SobjectType'],
    );
  }
  const columns = SAME[object];
  if (columns === undefined) return;
  for (const other of state.tables.get(object).values()) {
    if (other['Id'] === row['Id'] || columns.some((column) => other[column] !== row[column])) continue;
    const id = String(other['Id']).slice(0, 15);
    throw new RowFault(
      'DUPLICATE_VALUE',
      `duplicate value found: ${columns.join(', ')} duplicates value on record with id: ${id}`,
    );
  }
}

function checkField(state: OrgState, row: Row): void {
  const [objectName = '', fieldName = ''] = String(row['Field']).split('.');
  const field = state.object(objectName)?.field(fieldName);
  if (field === undefined || objectName !== row['SobjectType']) {
    throw new RowFault(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `項目: bad value for restricted picklist field: ${String(row['Field'])}`,
      ['Field'],
    );
  }
  if (field.required) {
    throw new RowFault('FIELD_INTEGRITY_EXCEPTION', `field not permissionable: ${String(row['Field'])}`, ['Field']);
  }
  if (row['PermissionsEdit'] === true && row['PermissionsRead'] !== true) {
    throw new RowFault('FIELD_INTEGRITY_EXCEPTION', 'Edit permission requires read permission', ['PermissionsRead']);
  }
}

export function afterPermissionWrite(state: OrgState): void {
  state.notePermissionChange();
}
