import {
  type Property,
  type PropertyCreate,
  PropertyCreateTypeEnum as Type,
  PropertyCreateFieldTypeEnum as Widget,
} from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import type { FieldSchema, ObjectName, ObjectSchema } from '../../domain/people/record.ts';
import type { NewField } from '../../ports/crm.ts';

/** The group that holds our own properties, so that an admin finds them in one place. */
export const GROUP = { name: 'tasuki', label: 'Tasuki', displayOrder: -1 };

const TEXT_LIMIT = 65_536;

export function schemaOf(object: ObjectName, properties: readonly Property[]): ObjectSchema {
  return { system: 'hubspot', object, fields: properties.filter(({ archived }) => archived !== true).map(fieldOf) };
}

/**
 * One property as the mapping check needs it. Whether it can be written stands in `readOnlyValue`: many properties that HubSpot
 * keeps for itself are not marked as calculated.
 */
function fieldOf(property: Property): FieldSchema {
  const known = FIELDS.get(property);
  if (known !== undefined) return known;
  const field = fieldFrom(property);
  FIELDS.set(property, field);
  return field;
}

/** What is told of hundreds of properties is understood once, however often the telling is handed over. */
const FIELDS = new WeakMap<Property, FieldSchema>();

function fieldFrom(property: Property): FieldSchema {
  const type = typeOf(property);
  const options = (property.options ?? []).map(({ value, label, hidden }) => ({ value, label, active: !hidden }));
  const isReadOnly = property.modificationMetadata?.readOnlyValue === true;
  const closed = (type === 'picklist' || type === 'multipicklist') && options.length > 0;
  return {
    name: property.name,
    label: property.label,
    type,
    writable: !isReadOnly,
    ...(property.calculated === true || isReadOnly ? { calculated: true } : {}),
    ...(type === 'string' ? { maxLength: TEXT_LIMIT } : {}),
    ...(closed ? { options, restricted: true } : {}),
    requiredOnCreate: false,
    unique: property.hasUniqueValue === true || property.name === 'email',
  };
}

/** Owners, companies and other records are told by id; an id is text, whatever type HubSpot files it under. */
function typeOf(property: Property): FieldSchema['type'] {
  const { name, type, fieldType, externalOptions, referencedObjectType } = property;
  if (name === 'hs_object_id') return 'id';
  if (name === 'hubspot_owner_id' || (externalOptions === true && referencedObjectType !== undefined))
    return 'reference';
  switch (type) {
    case 'number':
    case 'date':
    case 'datetime':
      return type;
    case 'bool':
      return 'boolean';
    case 'enumeration':
      return fieldType === 'checkbox' ? 'multipicklist' : 'picklist';
    default:
      return 'string';
  }
}

const SHAPES = {
  text: { type: Type.String, fieldType: Widget.Text },
  'long-text': { type: Type.String, fieldType: Widget.Textarea },
  datetime: { type: Type.Datetime, fieldType: Widget.Date },
  picklist: { type: Type.Enumeration, fieldType: Widget.Select },
} as const;

/** The request that creates a field of ours. */
export function creationOf(field: NewField): PropertyCreate {
  const options = optionsOf(field);
  return {
    name: field.name,
    label: field.label,
    description: field.description,
    groupName: GROUP.name,
    ...SHAPES[field.type],
    ...(options.length === 0 ? {} : { options }),
    ...(field.key === true ? { hasUniqueValue: true } : {}),
  };
}

export function optionsOf(field: NewField): { value: string; label: string; hidden: boolean; displayOrder: number }[] {
  return (field.options ?? []).map(({ value, label }, displayOrder) => ({ value, label, hidden: false, displayOrder }));
}

/** Why a property that is already there cannot serve as `field`; `undefined` when it can. */
export function misfit(field: NewField, there: Property): string | undefined {
  const wanted: string = SHAPES[field.type].type;
  if (there.type !== wanted) return `it is of type ${there.type}, Tasuki needs ${wanted}`;
  if (field.key === true && there.hasUniqueValue !== true)
    return 'its values are not unique, and HubSpot cannot change that';
  return undefined;
}
