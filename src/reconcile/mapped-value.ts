import type { FieldMapping } from '../domain/people/mapping.ts';
import type { Sighting } from '../domain/people/record.ts';
import type { Policy } from '../domain/policy.ts';
import type { Value } from '../domain/values/value.ts';
import { fieldOn } from './mapped-field.ts';
import { carry } from './translate.ts';

type Pair = { readonly hubspot: Sighting | null; readonly salesforce: Sighting | null };

/** The line that an agreement means by this name: its own `name:`, else HubSpot's. */
export function lineNamed(name: string, fields: readonly FieldMapping[]): FieldMapping | undefined {
  return fields.find((field) => field.alias === name) ?? fields.find((field) => field.name === name);
}

/**
 * A mapped field by its name, in HubSpot's words: HubSpot's value, else Salesforce's. Nobody's record has none; a side that was never
 * read leaves it open what the field holds.
 */
export function mappedValue(
  name: string,
  fields: readonly FieldMapping[],
  pair: Pair | null,
  policy: Policy,
): Value | undefined {
  if (pair === null) return null;
  const mapping = lineNamed(name, fields);
  const inHubSpot = pair.hubspot === null ? null : pair.hubspot.values[mapping?.hubspot ?? name];
  if (inHubSpot !== undefined && inHubSpot !== null) return inHubSpot;
  const inSalesforce = mapping === undefined ? null : valueOn(pair.salesforce, mapping);
  if (mapping !== undefined && inSalesforce !== undefined && inSalesforce !== null)
    return carry(inSalesforce, 'salesforce', mapping, policy.calendar).value;
  return inHubSpot === undefined || inSalesforce === undefined ? undefined : null;
}

/** A record that does not carry the field holds nothing in it. */
function valueOn(sighting: Sighting | null, mapping: FieldMapping): Value | undefined {
  const field = sighting === null ? undefined : fieldOn(mapping, sighting.record);
  return field === undefined ? null : sighting?.values[field];
}
