import { invalid, Refusal } from '../refusal.ts';
import type { NewProperty, PropertyDefinition, PropertyOption, PropertyType } from './definition.ts';
import type { PropertyRegistry } from './property-registry.ts';

type Given = Readonly<Record<string, unknown>>;

const TYPES = ['bool', 'date', 'datetime', 'enumeration', 'number', 'string', 'phone_number'];
const FIELD_TYPES = [
  'booleancheckbox',
  'calculation_equation',
  'checkbox',
  'date',
  'file',
  'html',
  'number',
  'phonenumber',
  'radio',
  'select',
  'text',
  'textarea',
];
const MOST_UNIQUE = 10;

/**
 * What `POST /properties` does, or what is wrong with the request. A name that was archived may be used again, and the
 * values that records still hold under it come back.
 */
export function createProperty(registry: PropertyRegistry, body: Given, at: number): PropertyDefinition {
  const given = readDefinition(registry, body);
  if (registry.get(given.name) !== undefined) {
    throw new Refusal(409, {
      message: `A property named '${given.name}' already exists.`,
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    });
  }
  const uniqueAlready = registry.live().filter(({ hasUniqueValue }) => hasUniqueValue);
  if (given.hasUniqueValue && uniqueAlready.length >= MOST_UNIQUE) {
    throw invalid(`At most ${MOST_UNIQUE} properties of an object can have unique values`);
  }
  return registry.define(given, at);
}

function readDefinition(registry: PropertyRegistry, body: Given): NewProperty {
  for (const key of ['name', 'label', 'type', 'fieldType', 'groupName']) {
    if (typeof body[key] !== 'string' || body[key] === '') throw invalid(`Some required fields were not set: [${key}]`);
  }
  const { name, label, type, fieldType, groupName } = body as Record<string, string>;
  if (!/^[a-z][a-z0-9_]*$/.test(name ?? '')) {
    throw invalid(
      `Property name ${name} must start with a letter and contain only lowercase letters, numbers and underscores`,
    );
  }
  if (!TYPES.includes(type ?? '')) throw invalid(`Invalid property type: ${type}`);
  if (!FIELD_TYPES.includes(fieldType ?? '')) throw invalid(`Invalid property field type: ${fieldType}`);
  if (registry.group(groupName ?? '') === undefined) throw invalid(`Property group ${groupName} does not exist`);
  const options = readOptions(body['options']);
  if (type === 'enumeration' && options.length === 0) throw invalid(`Enumeration property ${name} needs options`);
  const unique = body['hasUniqueValue'] === true;
  if (unique && !['string', 'number'].includes(type ?? ''))
    throw invalid('Only text and numbers can have unique values');
  return {
    name: name ?? '',
    label: label ?? '',
    type: type as PropertyType,
    fieldType: fieldType ?? '',
    groupName: groupName ?? '',
    ...(type === 'bool' && options.length === 0 ? {} : { options }),
    description: typeof body['description'] === 'string' ? body['description'] : '',
    hasUniqueValue: unique,
    hidden: body['hidden'] === true,
    formField: body['formField'] === true,
    displayOrder: typeof body['displayOrder'] === 'number' ? body['displayOrder'] : -1,
  };
}

/** Changes label, group, options (the whole list) and the like; never the name or uniqueness. */
export function changeProperty(
  registry: PropertyRegistry,
  definition: PropertyDefinition,
  body: Given,
  at: number,
): PropertyDefinition {
  if (
    definition.readOnlyDefinition &&
    ['label', 'type', 'fieldType', 'groupName'].some((key) => body[key] !== undefined)
  ) {
    throw invalid(`The definition of property ${definition.name} is read only`);
  }
  const { label, description, groupName, hidden, formField, displayOrder, fieldType } = body;
  if (typeof groupName === 'string' && registry.group(groupName) === undefined)
    throw invalid(`Property group ${groupName} does not exist`);
  if (typeof fieldType === 'string' && !FIELD_TYPES.includes(fieldType))
    throw invalid(`Invalid property field type: ${fieldType}`);
  const changed: PropertyDefinition = {
    ...definition,
    ...(typeof groupName === 'string' ? { groupName } : {}),
    ...(typeof fieldType === 'string' ? { fieldType } : {}),
    ...(typeof label === 'string' ? { label } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...(typeof hidden === 'boolean' ? { hidden } : {}),
    ...(typeof formField === 'boolean' ? { formField } : {}),
    ...(typeof displayOrder === 'number' ? { displayOrder } : {}),
    ...(body['options'] === undefined ? {} : { options: readOptions(body['options']) }),
    updatedAt: at,
  };
  registry.put(changed);
  return changed;
}

function readOptions(given: unknown): PropertyOption[] {
  const options = Array.isArray(given) ? (given as Given[]) : [];
  const read = options.map(({ label, value, displayOrder, hidden, description }, place): PropertyOption => {
    if (typeof label !== 'string' || typeof value !== 'string') throw invalid('Every option needs a label and a value');
    const order = typeof displayOrder === 'number' ? displayOrder : place;
    const told = typeof description === 'string' ? { description } : {};
    return { label, value, displayOrder: order, hidden: hidden === true, ...told };
  });
  const values = new Set(read.map((option) => option.value));
  if (values.size < read.length) throw invalid('Option values must be unique');
  return read;
}

export function unknownProperty(name: string): Refusal {
  return new Refusal(404, { message: `Property "${name}" does not exist`, category: 'OBJECT_NOT_FOUND' });
}
