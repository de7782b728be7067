import type { ConfigFault } from '../errors/errors.ts';
import type { FieldMapping } from './people/mapping.ts';
import type { FieldSchema, ObjectSchema } from './people/record.ts';
import { didYouMean } from './texts/closest.ts';

/** One field as the policy uses it, and the object that should have it. */
export type FieldCheck = {
  readonly at: string;
  readonly schema: ObjectSchema | undefined;
  readonly field: string;
  /** Does Tasuki write it? */
  readonly written: boolean;
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

/** Does the field exist, may it be written, does it know these values, are they short enough? */
export function fieldFaults({ at, schema, field, written, values }: FieldCheck): readonly ConfigFault[] {
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

/** Can what one side holds stand on the other at all? Conversions are not guessed. */
export function carriedFaults(
  hubspot: FieldCheck,
  salesforce: FieldCheck,
  { values }: FieldMapping,
): readonly ConfigFault[] {
  const one = hubspot.schema?.fields.find(({ name }) => name === hubspot.field);
  const other = salesforce.schema?.fields.find(({ name }) => name === salesforce.field);
  if (one === undefined || other === undefined || values !== undefined || FAMILIES[one.type] === FAMILIES[other.type])
    return [];
  return [
    {
      at: hubspot.at,
      message: `\`${one.name}\` in HubSpot is ${FAMILIES[one.type]}, \`${other.name}\` on ${salesforce.schema?.object} in Salesforce is ${FAMILIES[other.type]}. Map two fields of one kind, or write the pairs under "values".`,
    },
  ];
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

function nobodyHas({ system, object }: ObjectSchema): string {
  return system === 'hubspot' ? 'HubSpot has no contact property' : `Salesforce has no field on ${object} called`;
}

function owner({ system, object }: ObjectSchema): string {
  return system === 'hubspot' ? 'HubSpot' : `Salesforce (${object})`;
}
