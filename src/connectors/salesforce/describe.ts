import type { FieldSchema, ObjectName, ObjectSchema } from '../../domain/people/record.ts';
import type { DescribedField, RecordType } from './described.ts';
import type { Gateway } from './gateway.ts';
import { to18 } from './ids.ts';
import { queryRows } from './query.ts';
import type { Row } from './row.ts';
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

/** What Salesforce tells of the values of a field, beside their names: those are the customer's own (完了, 受注 …), as is their order. */
type Traits = Pick<NonNullable<FieldSchema['options']>[number], 'closed' | 'isDefault' | 'high'>;
type Telling = { readonly field: string; readonly soql: string; readonly traits: (row: Row) => Traits };

const CLOSED = () => ({ closed: true }) as const;

const TOLD: Readonly<Partial<Record<ObjectName, readonly Telling[]>>> = {
  Task: [
    {
      field: 'Status',
      soql: 'SELECT ApiName, IsClosed, IsDefault FROM TaskStatus',
      traits: (row) => ({ ...flag('closed', row['IsClosed']), ...flag('isDefault', row['IsDefault']) }),
    },
    {
      field: 'Priority',
      soql: 'SELECT ApiName, IsDefault, IsHighPriority FROM TaskPriority',
      traits: (row) => ({ ...flag('isDefault', row['IsDefault']), ...flag('high', row['IsHighPriority']) }),
    },
  ],
  Lead: [{ field: 'Status', soql: 'SELECT ApiName FROM LeadStatus WHERE IsConverted = true', traits: CLOSED }],
  Opportunity: [
    { field: 'StageName', soql: 'SELECT ApiName FROM OpportunityStage WHERE IsClosed = true', traits: CLOSED },
  ],
};

function flag<Name extends keyof Traits>(name: Name, value: unknown): Pick<Traits, Name> | object {
  return value === true ? { [name]: true } : {};
}

/** One object as our user may see and write it; `null` when they may not see such records at all. */
export async function describeObject(
  gateway: Gateway,
  schemas: Schemas,
  object: ObjectName,
): Promise<ObjectSchema | null> {
  const described = await schemas.fresh(object);
  if (described === null) return null;
  const told = new Map<string, ReadonlyMap<string, Traits>>();
  for (const { field, soql, traits } of TOLD[object] ?? []) {
    const rows = await queryRows(gateway, 'query', soql);
    told.set(field, new Map(rows.map((row) => [String(row['ApiName']), traits(row)])));
  }
  const fields = [...described.fields.values()].map((field) => ({
    ...toFieldSchema(field),
    ...optionsOf(field, described.recordTypes, told.get(field.name)),
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
  traits: ReadonlyMap<string, Traits> | undefined,
): Pick<FieldSchema, 'options' | 'restricted'> {
  if (field.name === 'RecordTypeId') return { options: recordTypeOptions(recordTypes), restricted: true };
  if (!PICKLISTS.has(field.type)) return {};
  const options = (field.picklistValues ?? []).map(({ value, label, active }) => ({
    value,
    label: label ?? value,
    active,
    ...traits?.get(value),
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
