import type { FieldSchema, ObjectName, ObjectSchema } from '../../domain/people/record.ts';
import type { Gateway } from './gateway.ts';
import { queryRows } from './query.ts';
import type { DescribedField, Schemas } from './schemas.ts';

const TYPES: Readonly<Record<string, FieldSchema['type']>> = {
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  picklist: 'picklist',
  multipicklist: 'multipicklist',
  reference: 'reference',
  id: 'id',
};
const PICKLISTS: ReadonlySet<string> = new Set(['picklist', 'multipicklist']);

/** Which values of a status end the matter. Their names are the customer's own (完了, …), so only Salesforce can tell. */
const CLOSING: Readonly<Partial<Record<ObjectName, string>>> = {
  Task: 'SELECT ApiName FROM TaskStatus WHERE IsClosed = true',
  Lead: 'SELECT ApiName FROM LeadStatus WHERE IsConverted = true',
};

/** One object as our user may see and write it. */
export async function describeObject(gateway: Gateway, schemas: Schemas, object: ObjectName): Promise<ObjectSchema> {
  const described = await schemas.fresh(object);
  const soql = CLOSING[object];
  const closing = soql === undefined ? [] : await queryRows(gateway, 'query', soql);
  const closed = new Set(closing.map((row) => String(row['ApiName'])));
  const fields = [...described.values()].map((field) =>
    toFieldSchema(field, field.name === 'Status' ? closed : undefined),
  );
  return { system: 'salesforce', object, fields };
}

function toFieldSchema(field: DescribedField, closed: ReadonlySet<string> | undefined): FieldSchema {
  const type = TYPES[field.type] ?? 'string';
  const options = PICKLISTS.has(field.type) ? (field.picklistValues ?? []) : undefined;
  return {
    name: field.name,
    label: field.label,
    type,
    writable: field.updateable,
    ...(type === 'string' && field.length > 0 ? { maxLength: field.length } : {}),
    ...(options === undefined
      ? {}
      : {
          options: options.map(({ value, label, active }) => ({
            value,
            label: label ?? value,
            active,
            ...(closed?.has(value) ? { closed: true } : {}),
          })),
          restricted: field.restrictedPicklist === true,
        }),
    requiredOnCreate: field.createable && !field.nillable && !field.defaultedOnCreate,
    unique: field.unique === true || field.type === 'id',
  };
}
