import { audit, type Field, flag, lookup, text } from './field.ts';
import { SObject } from './sobject.ts';

const fixed = { updateable: false } as const;

const SYSTEM_PERMISSIONS = [
  'ApiEnabled',
  'ViewSetup',
  'ModifyMetadata',
  'CustomizeApplication',
  'ManageUsers',
  'EditTask',
  'EditEvent',
  'TransferAnyLead',
  'ViewAllUsers',
  'ViewAllData',
  'ModifyAllData',
];
const systemPermissions = (): Field[] => SYSTEM_PERMISSIONS.map((name) => flag(`Permissions${name}`, name));

const objectRights = (): Field[] =>
  ['Create', 'Read', 'Edit', 'Delete', 'ViewAllRecords', 'ModifyAllRecords'].map((name) =>
    flag(`Permissions${name}`, name),
  );

/** Who may do and see what. A new field is seen by nobody until rows of these objects say so. */
export function permissionObjects(): SObject[] {
  return [
    new SObject('PermissionSet', { label: '権限セット', prefix: '0PS' }, [
      ...audit(false),
      text('Name', 'API 参照名', 80, { required: true, unique: true }),
      text('Label', '表示ラベル', 80, { required: true }),
      text('Description', '説明', 255),
      lookup('ProfileId', 'プロファイル ID', ['Profile'], { createable: false, updateable: false }),
      flag('IsOwnedByProfile', 'プロファイル所有', { createable: false, updateable: false }),
      flag('IsCustom', 'カスタム', { createable: false, updateable: false }),
      ...systemPermissions(),
    ]),
    new SObject('FieldPermissions', { label: '項目権限', prefix: '01k' }, [
      field18(),
      lookup('ParentId', '親 ID', ['PermissionSet'], { ...fixed, required: true }),
      text('SobjectType', 'sObject 種別', 40, { ...fixed, required: true }),
      text('Field', '項目', 80, { ...fixed, required: true }),
      flag('PermissionsRead', '参照'),
      flag('PermissionsEdit', '編集'),
      stamp(),
    ]),
    new SObject('ObjectPermissions', { label: 'オブジェクト権限', prefix: '110' }, [
      field18(),
      lookup('ParentId', '親 ID', ['PermissionSet'], { ...fixed, required: true }),
      text('SobjectType', 'sObject 種別', 40, { ...fixed, required: true }),
      ...objectRights(),
      stamp(),
    ]),
    new SObject('PermissionSetAssignment', { label: '権限セットの割り当て', prefix: '0Pa', updateable: false }, [
      field18(),
      lookup('AssigneeId', '割り当て先 ID', ['User'], { ...fixed, required: true }),
      lookup('PermissionSetId', '権限セット ID', ['PermissionSet'], { ...fixed, required: true }),
      stamp(),
    ]),
    new SObject('CustomField', { label: 'カスタム項目', prefix: '00N', tooling: true }, [
      ...audit(false),
      text('DeveloperName', '開発者名', 40),
      text('TableEnumOrId', 'オブジェクト', 40),
      text('FullName', 'フルネーム', 255, { required: true }),
      text('ManageableState', '管理状態', 40),
      text('NamespacePrefix', '名前空間プレフィックス', 15),
      text('Metadata', 'メタデータ', 100_000, { filterable: false }),
    ]),
  ];
}

function field18(): Field {
  return { ...text('Id', 'ID', 18), type: 'id', createable: false, updateable: false };
}

function stamp(): Field {
  return { ...text('SystemModstamp', 'システム更新日時', 0), type: 'datetime', createable: false, updateable: false };
}
