import { audit, flag, text } from './field.ts';
import { SObject } from './sobject.ts';

const READ_ONLY = { createable: false, updateable: false, deletable: false } as const;

/** The kinds that this customer tells apart. The first of an object is what a create gets that names none. */
export const RECORD_TYPES = [
  { object: 'Opportunity', developerName: 'New_Business', name: '新規商談' },
  { object: 'Opportunity', developerName: 'Existing_Business', name: '既存顧客商談' },
  { object: 'Lead', developerName: 'Corporate_Lead', name: '法人リード' },
  { object: 'Account', developerName: 'Business_Account', name: '法人取引先' },
] as const;

export const PERSON_TYPE = { object: 'Account', developerName: 'PersonAccount', name: '個人取引先' } as const;

export function recordTypeObject(): SObject {
  return new SObject('RecordType', { label: 'レコードタイプ', prefix: '012', ...READ_ONLY }, [
    ...audit(false),
    text('Name', 'レコードタイプ名', 80, { required: true, nameField: true }),
    text('DeveloperName', 'レコードタイプの開発者名', 80, { required: true }),
    text('NamespacePrefix', '名前空間プレフィックス', 15),
    text('Description', '説明', 255),
    text('SobjectType', 'sObject 種別', 40, { required: true }),
    flag('IsActive', '有効'),
  ]);
}
