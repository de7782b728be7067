/** One column of an sObject, described as the describe call describes it, and short ways to write one down. */

export type Cell = string | number | boolean | null;
export type Row = { readonly [field: string]: Cell };

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'combobox'
  | 'reference'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'anytype'
  | 'date'
  | 'datetime';

type PickValue = { value: string; isDefault?: boolean; active?: boolean };

export type Field = {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly length: number;
  /** A null is refused on create and on update. */
  readonly required: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  /** The platform fills it in when a create leaves it out. */
  readonly defaulted: boolean;
  readonly filterable: boolean;
  readonly picklist?: readonly PickValue[];
  readonly restricted: boolean;
  readonly referenceTo?: readonly string[];
  readonly relationshipName?: string;
  /** What the records that point here are called from the other side: `Contacts` of an Account. */
  readonly childName?: string;
  /** Worked out whenever it is read: that field of the record that this lookup points to. It moves no stamp. */
  readonly formula?: { readonly lookup: string; readonly field: string };
  externalId: boolean;
  unique: boolean;
  caseSensitive: boolean;
  calculated: boolean;
  custom: boolean;
  nameField: boolean;
  precision: number;
  scale: number;
};

const PLAIN: Omit<Field, 'name' | 'label' | 'type'> = {
  length: 0,
  required: false,
  createable: true,
  updateable: true,
  defaulted: false,
  filterable: true,
  restricted: false,
  externalId: false,
  unique: false,
  caseSensitive: false,
  calculated: false,
  custom: false,
  nameField: false,
  precision: 0,
  scale: 0,
};

export function field(name: string, label: string, type: FieldType, rest: Partial<Field> = {}): Field {
  return { ...PLAIN, name, label, type, ...rest };
}

/** Set by the platform only. */
const FIXED = { createable: false, updateable: false } as const;

export const text = (name: string, label: string, length: number, rest: Partial<Field> = {}): Field =>
  field(name, label, 'string', { length, ...rest });

export const longText = (name: string, label: string): Field =>
  field(name, label, 'textarea', { length: 32_000, filterable: false });

export const number = (
  name: string,
  label: string,
  type: 'int' | 'double' | 'currency' | 'percent',
  digits: number,
): Field => field(name, label, type, type === 'int' ? { length: digits } : { precision: digits + 2, scale: 2 });

export const flag = (name: string, label: string, rest: Partial<Field> = {}): Field =>
  field(name, label, 'boolean', { defaulted: true, ...rest });

export const lookup = (name: string, label: string, to: readonly string[], rest: Partial<Field> = {}): Field => {
  const relationshipName = name.endsWith('__c') ? `${name.slice(0, -1)}r` : name.replace(/Id$/, '');
  return field(name, label, 'reference', { length: 18, referenceTo: to, relationshipName, ...rest });
};

export const pick = (name: string, label: string, values: readonly string[], rest: Partial<Field> = {}): Field =>
  field(name, label, 'picklist', {
    length: 255,
    picklist: values.map((value) => ({ value })),
    restricted: true,
    ...rest,
  });

/** The same list with one value that a create gets when it names none. */
export const pickWithDefault = (name: string, label: string, values: readonly string[], chosen: string): Field =>
  pick(name, label, values, {
    picklist: values.map((value) => ({ value, isDefault: value === chosen })),
    required: true,
    defaulted: true,
  });

export const derived = (base: Field): Field => ({ ...base, ...FIXED });

/** Filled in with the object's usual type when a create names none. */
export const recordType = (): Field => lookup('RecordTypeId', 'レコードタイプ ID', ['RecordType'], { defaulted: true });

/** A field of the customer's own that shows what a parent record holds. */
export const formula = (name: string, label: string, lookupName: string, shown: string): Field =>
  derived(text(name, label, 1300, { calculated: true, formula: { lookup: lookupName, field: shown } }));

/** The columns that every record of every object carries. */
export function audit(withDeleted = true): Field[] {
  const fixed = { ...FIXED, defaulted: true, required: true };
  const user = { ...fixed, length: 18 };
  return [
    field('Id', 'レコード ID', 'id', { ...fixed, length: 18 }),
    ...(withDeleted ? [flag('IsDeleted', '削除', FIXED)] : []),
    field('CreatedDate', '作成日', 'datetime', fixed),
    lookup('CreatedById', '作成者 ID', ['User'], user),
    field('LastModifiedDate', '最終更新日', 'datetime', fixed),
    lookup('LastModifiedById', '最終更新者 ID', ['User'], user),
    field('SystemModstamp', 'システム更新日時', 'datetime', fixed),
  ];
}
