import type { Field } from './schema/field.ts';
import type { SObject } from './schema/sobject.ts';
import type { Tables } from './store/tables.ts';

export type ObjectRight = 'Create' | 'Read' | 'Edit' | 'Delete';

/** What one user may see and change. `key` differs whenever the answers may differ, so plans can be cached by it. */
export type Access = {
  key: string;
  sees(object: SObject, field: Field): boolean;
  edits(object: SObject, field: Field): boolean;
  may(object: SObject, right: ObjectRight): boolean;
};

/** The screen's user is an administrator: field-level security does not bind them. */
export const FULL_ACCESS: Access = { key: 'all', sees: () => true, edits: () => true, may: () => true };

const GUARDED = new Set([
  'Lead',
  'Contact',
  'Account',
  'Task',
  'Event',
  'Opportunity',
  'Campaign',
  'Product2',
  'Pricebook2',
]);

/** Kinds without rights of their own: who may edit the parent may write them, who may read it may read them. */
const PARENT_RIGHTS: Readonly<Record<string, string>> = {
  OpportunityContactRole: 'Opportunity',
  OpportunityLineItem: 'Opportunity',
  OpportunityHistory: 'Opportunity',
  OpportunityFieldHistory: 'Opportunity',
  LeadHistory: 'Lead',
  ContactHistory: 'Contact',
  CampaignMember: 'Campaign',
  CampaignMemberStatus: 'Campaign',
  PricebookEntry: 'Pricebook2',
  EmailMessage: 'Task',
  EmailMessageRelation: 'Task',
};

/**
 * Reads a user's rights from the permission rows. Standard fields are open to all; a custom field is closed until a
 * permission set that the user holds opens it.
 */
export function accessOf(tables: Tables, userId: string, minimumAccess: boolean): Access {
  const sets = new Set<string>();
  for (const row of tables.get('PermissionSetAssignment').values()) {
    if (row['AssigneeId'] === userId) sets.add(row['PermissionSetId'] as string);
  }
  const seen = new Set<string>();
  const edited = new Set<string>();
  for (const row of tables.get('FieldPermissions').values()) {
    if (!sets.has(row['ParentId'] as string)) continue;
    if (row['PermissionsRead'] === true) seen.add(row['Field'] as string);
    if (row['PermissionsEdit'] === true) edited.add(row['Field'] as string);
  }
  const rights = new Set<string>();
  for (const row of tables.get('ObjectPermissions').values()) {
    if (!sets.has(row['ParentId'] as string)) continue;
    for (const right of ['Create', 'Read', 'Edit', 'Delete'] as const) {
      if (row[`Permissions${right}`] === true) rights.add(`${String(row['SobjectType'])}.${right}`);
    }
  }
  return {
    key: [...seen, '/', ...edited, '/', ...rights, minimumAccess].join(','),
    sees: (object, field) => !field.custom || seen.has(`${object.name}.${field.name}`),
    edits: (object, field) => !field.custom || edited.has(`${object.name}.${field.name}`),
    may: (object, right) => {
      const parent = PARENT_RIGHTS[object.name];
      const guard = parent ?? object.name;
      const needed = parent === undefined || right === 'Read' ? right : 'Edit';
      return !minimumAccess || !GUARDED.has(guard) || rights.has(`${guard}.${needed}`);
    },
  };
}
