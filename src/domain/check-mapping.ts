import type { ConfigFault } from '../errors/errors.ts';
import { carriedFaults, type FieldCheck, fieldFaults } from './check-field.ts';
import type { FieldMapping, MappedObject } from './people/mapping.ts';
import type { ObjectName, ObjectSchema } from './people/record.ts';

/** Which objects carry the fields of one file. */
export type Carriers = {
  readonly hubspot: ObjectName;
  readonly salesforce: readonly MappedObject[];
  /** The object whose new records get every mapped field, those that Salesforce decides later included. */
  readonly made?: MappedObject | undefined;
};

export const COMPANY_CARRIERS: Carriers = { hubspot: 'companies', salesforce: ['Account'] };
/** A new opportunity is made without what cannot be written there. */
export const DEAL_CARRIERS: Carriers = { hubspot: 'deals', salesforce: ['Opportunity'] };

/** Do both partners of this line exist, and can what one holds stand on the other? */
export function mappingFaults(
  mapping: FieldMapping,
  { hubspot: object, salesforce: objects, made }: Carriers,
  schemas: readonly ObjectSchema[],
): readonly ConfigFault[] {
  const { at, policy, values = {} } = mapping;
  const hubspot: FieldCheck = {
    at,
    schema: schemaOf(object, schemas),
    field: mapping.hubspot,
    // HubSpot keeps the consent to its e-mails to itself; an opt-out that it will not take is told, person by person.
    written: policy !== 'hubspot' && policy !== 'stricter',
    source: policy !== 'salesforce',
    values: Object.keys(values),
  };
  const salesforce = objects.flatMap((carrier): readonly FieldCheck[] => {
    const field = mapping.salesforce[carrier];
    if (field === undefined) return [];
    const written = policy !== 'salesforce' || carrier === made;
    const source = policy !== 'hubspot';
    return [{ at, schema: schemaOf(carrier, schemas), field, written, source, values: Object.values(values) }];
  });
  return [
    ...fieldFaults(hubspot),
    ...salesforce.flatMap((side) => [...fieldFaults(side), ...carriedFaults(hubspot, side, mapping)]),
  ];
}

export function schemaOf(object: ObjectName, schemas: readonly ObjectSchema[]): ObjectSchema | undefined {
  return schemas.find((schema) => schema.object === object);
}
