import { isoText } from '../time-texts.ts';

export type PropertyType =
  | 'bool'
  | 'date'
  | 'datetime'
  | 'enumeration'
  | 'number'
  | 'string'
  | 'phone_number'
  | 'object_coordinates'
  | 'json';

export type PropertyOption = {
  label: string;
  value: string;
  displayOrder: number;
  hidden: boolean;
  description?: string;
};

/** Never changed in place: accounts of the same day share the definitions that HubSpot ships, and a change puts a new one. */
export type PropertyDefinition = {
  readonly name: string;
  readonly label: string;
  readonly type: PropertyType;
  readonly fieldType: string;
  readonly groupName: string;
  readonly description: string;
  readonly options: readonly PropertyOption[];
  readonly displayOrder: number;
  readonly calculated: boolean;
  readonly externalOptions: boolean;
  readonly referencedObjectType?: string;
  readonly hasUniqueValue: boolean;
  readonly hidden: boolean;
  readonly formField: boolean;
  readonly hubspotDefined: boolean;
  /** Writes of a value are refused. `calculated` does not tell: see `notes_last_contacted`. */
  readonly readOnlyValue: boolean;
  readonly readOnlyDefinition: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly archivedAt: number | undefined;
};

/** What it takes to define a property; the rest follows from the type. */
export type NewProperty = Pick<PropertyDefinition, 'name' | 'label' | 'type'> &
  Partial<Omit<PropertyDefinition, 'name' | 'label' | 'type' | 'archivedAt' | 'updatedAt'>>;

const USUAL_FIELD_TYPE: Record<PropertyType, string> = {
  bool: 'booleancheckbox',
  date: 'date',
  datetime: 'date',
  enumeration: 'select',
  number: 'number',
  string: 'text',
  phone_number: 'phonenumber',
  object_coordinates: 'text',
  json: 'text',
};

const YES_NO: readonly PropertyOption[] = [
  { label: 'はい', value: 'true', displayOrder: 0, hidden: false },
  { label: 'いいえ', value: 'false', displayOrder: 1, hidden: false },
];

export function completeDefinition(given: NewProperty, at: number): PropertyDefinition {
  return {
    fieldType: USUAL_FIELD_TYPE[given.type],
    groupName: 'contactinformation',
    description: '',
    options: given.type === 'bool' ? YES_NO : [],
    displayOrder: -1,
    calculated: false,
    externalOptions: false,
    hasUniqueValue: false,
    hidden: false,
    formField: false,
    hubspotDefined: false,
    readOnlyValue: false,
    readOnlyDefinition: given.hubspotDefined ?? false,
    createdAt: at,
    ...given,
    updatedAt: at,
    archivedAt: undefined,
  };
}

export function presentDefinition(definition: PropertyDefinition): Record<string, unknown> {
  const { readOnlyValue, readOnlyDefinition, hubspotDefined, createdAt, updatedAt, archivedAt, ...plain } = definition;
  return {
    updatedAt: isoText(updatedAt),
    createdAt: isoText(createdAt),
    ...plain,
    ...(hubspotDefined ? { hubspotDefined } : {}),
    archived: archivedAt !== undefined,
    ...(archivedAt === undefined ? {} : { archivedAt: isoText(archivedAt) }),
    modificationMetadata: { archivable: !hubspotDefined, readOnlyDefinition, readOnlyValue },
    dataSensitivity: 'non_sensitive',
  };
}
