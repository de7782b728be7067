import type { ConfigFault } from '../errors/errors.ts';
import type { FieldMapping } from './people/mapping.ts';
import type { FieldSchema, ObjectName, ObjectSchema } from './people/record.ts';
import { didYouMean } from './texts/closest.ts';

/** One field as the policy uses it, and the object that should have it. */
export type FieldCheck = {
  readonly at: string;
  readonly schema: ObjectSchema | undefined;
  readonly field: string;
  /** Does Tasuki write it? */
  readonly written: boolean;
  /** Does what stands there decide anything: another field, a criterion, a text that people read? */
  readonly source: boolean;
  /** Values that it will be given, or is expected to hold. */
  readonly values: readonly string[];
};

/** Values of a picklist that a message names; a portal can have hundreds. */
const NAMED_VALUES = 12;

const FAMILIES: Readonly<Record<FieldSchema['type'], string>> = {
  string: 'text',
  picklist: 'text',
  multipicklist: 'several choices',
  id: 'reference',
  reference: 'reference',
  number: 'number',
  boolean: 'yes/no',
  date: 'date',
  datetime: 'date and time',
};

/** Does the field exist, may it be written, would a pull see it move, does it know these values, are they short enough? */
export function fieldFaults({ at, schema, field, written, source, values }: FieldCheck): readonly ConfigFault[] {
  if (schema === undefined) return [];
  const known = schema.fields.find(({ name }) => name === field);
  const fault = (message: string): ConfigFault => ({ at, message });
  if (known === undefined) {
    const names = schema.fields.map(({ name }) => name);
    return [
      fault(
        `${nobodyHas(schema)} \`${field}\`.${didYouMean(field, names)} If it exists, Tasuki lacks the permission to see it.`,
      ),
    ];
  }
  if (source && isUnseen(known, schema)) return [fault(unseenText(known, schema))];
  return [
    ...(written && !known.writable
      ? [
          fault(
            `${owner(schema)} lets nobody write \`${field}\` (${known.label}), or Tasuki lacks the permission. Choose a policy that only reads it, or grant the permission.`,
          ),
        ]
      : []),
    ...values.flatMap((value) => valueFault(value, known, schema)).map(fault),
  ];
}

/**
 * A formula or roll-up of Salesforce changes without moving its record's stamp, so that no pull shows it. HubSpot writes the values it
 * calculates, like any other, and those are fine.
 */
export function isUnseen({ calculated }: FieldSchema, { system }: ObjectSchema): boolean {
  return system === 'salesforce' && calculated === true;
}

export function unseenText({ name, label }: FieldSchema, schema: ObjectSchema): string {
  return `${owner(schema)} works \`${name}\` (${label}) out from other fields, and it changes without a trace on the record: Tasuki would not see it. Use the fields it is made of, or have a flow copy it into a plain field and use that.`;
}

/** Can what one side holds stand on the other at all? Conversions are not guessed. */
export function carriedFaults(
  hubspot: FieldCheck,
  salesforce: FieldCheck,
  { values, kind }: FieldMapping,
): readonly ConfigFault[] {
  const one = hubspot.schema?.fields.find(({ name }) => name === hubspot.field);
  const other = salesforce.schema?.fields.find(({ name }) => name === salesforce.field);
  if (one === undefined || other === undefined) return [];
  const several = [one, other].find(({ type }) => type === 'multipicklist');
  if (several !== undefined && kind !== 'multi')
    return [
      {
        at: hubspot.at,
        message: `\`${several.name}\` takes several choices, whose order is no difference. Write as: multi.`,
      },
    ];
  if (values !== undefined || FAMILIES[one.type] === FAMILIES[other.type] || areDays(one, other, kind)) return [];
  return [
    {
      at: hubspot.at,
      message: `\`${one.name}\` in HubSpot is ${FAMILIES[one.type]}, \`${other.name}\` on ${salesforce.schema?.object} in Salesforce is ${FAMILIES[other.type]}. Map two fields of one kind, or write the pairs under "values".`,
    },
  ];
}

/** An instant and a day are compared as days of the calendar's zone, where the mapping says so. */
function areDays(one: FieldSchema, other: FieldSchema, kind: FieldMapping['kind']): boolean {
  return kind === 'date' && [one, other].every(({ type }) => type === 'date' || type === 'datetime');
}

function valueFault(
  value: string,
  { name, options = [], maxLength }: FieldSchema,
  schema: ObjectSchema,
): readonly string[] {
  const active = options.filter((option) => option.active).map((option) => option.value);
  if (options.length > 0 && !active.includes(value)) {
    return [`\`${name}\` in ${owner(schema)} has no value \`${value}\`.${otherText(value, active)}`];
  }
  if (maxLength !== undefined && value.length > maxLength) {
    return [
      `\`${value}\` is too long for \`${name}\` in ${owner(schema)}: ${value.length} characters, at most ${maxLength}.`,
    ];
  }
  return [];
}

/** What was meant, or what there is. */
export function otherText(value: string, names: readonly string[]): string {
  const more = names.length > NAMED_VALUES ? ', …' : '';
  return didYouMean(value, names) || ` It has: ${names.slice(0, NAMED_VALUES).join(', ')}${more}.`;
}

const PROPERTY_OF: Readonly<Partial<Record<ObjectName, string>>> = {
  contacts: 'contact',
  companies: 'company',
  deals: 'deal',
};

export function nobodyHas({ system, object }: Pick<ObjectSchema, 'system' | 'object'>): string {
  return system === 'hubspot'
    ? `HubSpot has no ${PROPERTY_OF[object] ?? object} property`
    : `Salesforce has no field on ${object} called`;
}

function owner({ system, object }: ObjectSchema): string {
  return system === 'hubspot' ? 'HubSpot' : `Salesforce (${object})`;
}
