import type { ObjectName } from '../../domain/people/record.ts';
import { CredentialsRejected } from '../../errors/errors.ts';
import { CallRefused } from './failures.ts';
import type { Gateway } from './gateway.ts';
import { queryRows } from './query.ts';
import { idOf } from './row.ts';
import { chunked, quoted } from './soql.ts';
import type { RowResult } from './verdict.ts';

type PermissionSet = { readonly name: string; readonly label: string; readonly description: string };

/** The permission set of our own user: removing it from the user takes away everything that `setup` gave. */
const OURS: PermissionSet = {
  name: 'Tasuki',
  label: 'Tasuki',
  description: 'Fields that Tasuki keeps. Made and kept by "tasuki setup".',
};
/** The one for people: which of them are to have it is for an admin to say. */
const FOR_PEOPLE: PermissionSet = {
  name: 'Tasuki_Sales',
  label: 'Tasuki(営業)',
  description: 'Fields in which sales answers. Made and kept by "tasuki setup"; assign it to the reps.',
};

export type Grant = { readonly object: ObjectName; readonly field: string };

/** Lets our own user read and edit these fields, through a permission set made once. */
export async function grantFields(gateway: Gateway, grants: readonly Grant[]): Promise<void> {
  await assign(gateway, await granting(OURS, gateway, grants));
}

/** Makes a permission set that lets people read and edit these fields, and gives it to nobody. */
export async function offerFields(gateway: Gateway, grants: readonly Grant[]): Promise<void> {
  if (grants.length > 0) await granting(FOR_PEOPLE, gateway, grants);
}

/** The id of a permission set with these fields in it, made and widened where need be. */
async function granting(wanted: PermissionSet, gateway: Gateway, grants: readonly Grant[]): Promise<string> {
  const set = await permissionSet(wanted, gateway);
  const soql = `SELECT Id, Field, PermissionsEdit FROM FieldPermissions WHERE ParentId = ${quoted(set)}`;
  const rows = await queryRows(gateway, 'query', soql);
  const held = new Map(
    rows.map((row) => [String(row['Field']), { id: idOf(row), edit: row['PermissionsEdit'] === true }]),
  );
  const missing = grants.filter(({ field }) => !held.has(field));
  await saveAll(
    gateway,
    'POST',
    missing.map(({ object, field }) =>
      row('FieldPermissions', { ParentId: set, SobjectType: object, Field: field, ...FULL }),
    ),
  );
  const readOnly = grants.flatMap(({ field }) => held.get(field) ?? []).filter(({ edit }) => !edit);
  await saveAll(
    gateway,
    'PATCH',
    readOnly.map(({ id }) => row('FieldPermissions', { id, ...FULL })),
  );
  return set;
}

const FULL = { PermissionsRead: true, PermissionsEdit: true };

async function permissionSet({ name, label, description }: PermissionSet, gateway: Gateway): Promise<string> {
  const find = async () => {
    const rows = await queryRows(gateway, 'query', `SELECT Id FROM PermissionSet WHERE Name = ${quoted(name)}`);
    return rows[0] === undefined ? undefined : idOf(rows[0]);
  };
  const found = await find();
  if (found !== undefined) return found;
  await saveAll(gateway, 'POST', [row('PermissionSet', { Name: name, Label: label, Description: description })]);
  const made = await find();
  if (made === undefined)
    throw new CredentialsRejected('salesforce', `The permission set ${name} cannot be seen; grant View Setup.`);
  return made;
}

async function assign(gateway: Gateway, set: string): Promise<void> {
  const user = await gateway.user();
  const soql = `SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = ${quoted(set)} AND AssigneeId = ${quoted(user)}`;
  if ((await queryRows(gateway, 'query', soql)).length > 0) return;
  await saveAll(gateway, 'POST', [row('PermissionSetAssignment', { PermissionSetId: set, AssigneeId: user })]);
}

function row(type: string, fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { attributes: { type }, ...fields };
}

/** Two set-ups at once make the same rows: the second one's duplicate is what was wanted. */
async function saveAll(
  gateway: Gateway,
  method: 'POST' | 'PATCH',
  records: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  for (const chunk of chunked(records, 200)) {
    const results = await gateway.write('setup', (connection) =>
      connection.request<readonly RowResult[]>({
        method,
        url: '/composite/sobjects',
        body: JSON.stringify({ allOrNone: false, records: chunk }),
        headers: { 'content-type': 'application/json' },
      }),
    );
    const errors = results.flatMap(({ errors }) => errors ?? []);
    const real = errors.find(
      ({ statusCode }) => statusCode !== 'DUPLICATE_VALUE' && statusCode !== 'DUPLICATE_DEVELOPER_NAME',
    );
    if (real !== undefined) {
      const code = real.statusCode ?? 'UNKNOWN';
      throw new CallRefused(code, `Salesforce refused a permission: ${code}: ${real.message ?? ''}`, real.fields ?? []);
    }
  }
}
