import type { FieldSchema, ObjectName, ObjectSchema } from '../../domain/people/record.ts';
import type { DescribedField, RecordType } from './described.ts';
import type { Gateway } from './gateway.ts';
import { to18 } from './ids.ts';
import { queryRows } from './query.ts';
import type { Schemas } from './schemas.ts';

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

/** Which values of a status end the matter. Their names are the customer's own (完了, 受注 …), so only Salesforce can tell. */
const CLOSING: Readonly<Partial<Record<ObjectName, { readonly field: string; readonly soql: string }>>> = {
  Task: { field: 'Status', soql: 'SELECT ApiName FROM TaskStatus WHERE IsClosed = true' },
  Lead: { field: 'Status', soql: 'SELECT ApiName FROM LeadStatus WHERE IsConverted = true' },
  Opportunity: { field: 'StageName', soql: 'SELECT ApiName FROM OpportunityStage WHERE IsClosed = true' },
};

/** One object as our user may see and write it; `null` when they may not see such records at all. */
export async function describeObject(
  gateway: Gateway,
  schemas: Schemas,
  object: ObjectName,
): Promise<ObjectSchema | null> {
  const described = await schemas.fresh(object);
  if (described === null) return null;
  const closing = CLOSING[object];
  const rows = closing === undefined ? [] : await queryRows(gateway, 'query', closing.soql);
  const closed = new Set(rows.map((row) => String(row['ApiName'])));
  const fields = [...described.fields.values()].map((field) => ({
    ...toFieldSchema(field),
    ...optionsOf(field, described.recordTypes, field.name === closing?.field ? closed : undefined),
  }));
  return { system: 'salesforce', object, fields };
}

function toFieldSchema(field: DescribedField): FieldSchema {
  const type = TYPES[field.type] ?? 'string';
  return {
    name: field.name,
    label: field.label,
    type,
    writable: field.updateable,
    ...(field.calculated === true ? { calculated: true } : {}),
    ...(type === 'string' && field.length > 0 ? { maxLength: field.length } : {}),
    requiredOnCreate: field.createable && !field.nillable && !field.defaultedOnCreate,
    unique: field.unique === true || field.type === 'id',
  };
}

function optionsOf(
  field: DescribedField,
  recordTypes: readonly RecordType[],
  closed: ReadonlySet<string> | undefined,
): Pick<FieldSchema, 'options' | 'restricted'> {
  if (field.name === 'RecordTypeId') return { options: recordTypeOptions(recordTypes), restricted: true };
  if (!PICKLISTS.has(field.type)) return {};
  const options = (field.picklistValues ?? []).map(({ value, label, active }) => ({
    value,
    label: label ?? value,
    active,
    ...(closed?.has(value) === true ? { closed: true } : {}),
  }));
  return { options, restricted: field.restrictedPicklist === true };
}

/** Named by developer name, which stays when people rename the label. Salesforce's own "Master" means that there is none. */
function recordTypeOptions(recordTypes: readonly RecordType[]): FieldSchema['options'] & {} {
  return recordTypes
    .filter(({ master }) => !master)
    .map(({ recordTypeId, developerName, available }) => ({
      value: to18(recordTypeId),
      label: developerName,
      active: available,
    }));
}
