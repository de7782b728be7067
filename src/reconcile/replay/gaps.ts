import { fieldsIn } from '../../domain/agreement/fields-in.ts';
import type { FieldMapping } from '../../domain/people/mapping.ts';
import type { PersonPast } from '../../domain/people/past.ts';
import type { Sighting } from '../../domain/people/record.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Instant } from '../../domain/values/value.ts';
import { type PersonView, viewOf } from '../context.ts';
import { fieldOn } from '../mapped-field.ts';
import { lineNamed } from '../mapped-value.ts';
import { type ValuesOf, valuesIn } from './then.ts';

/**
 * The fields that an agreement reads and whose history the ledger does not have since this instant (or since the record was made): of this
 * person they were judged with a later value, today's where there is no history at all.
 */
export function gapsOf(past: PersonPast, policy: Policy, since: Instant): readonly string[] {
  const view = viewOf(past.facts);
  const valuesOf = valuesIn(past);
  return [...new Set(fieldsIn(policy.agreement))].filter((path) =>
    placesOf(path, view, policy).some((place) => !isRemembered(place, valuesOf, since)),
  );
}

type Place = { readonly sighting: Sighting; readonly field: string };

/** A field that was never read has no value to be judged with: its criterion is unknown, which is told elsewhere. */
function isRemembered({ sighting, field }: Place, valuesOf: ValuesOf, since: Instant): boolean {
  const [first] = valuesOf(sighting.record, field);
  if (first === undefined) return sighting.values[field] === undefined;
  return first.from <= Math.max(since, sighting.createdAt);
}

/** Where this field of the agreement stands on this person's records. */
function placesOf(path: string, { contact, record, facts }: PersonView, policy: Policy): readonly Place[] {
  const [of, name] = [path.slice(0, path.indexOf('.')), path.slice(path.indexOf('.') + 1)];
  if (of === 'person') return placesMapped(name, policy.person.fields, [contact, record]);
  if (of === 'company') {
    const { hubspot = null, salesforce = null } = facts.company ?? {};
    return placesMapped(name, policy.company.fields, [hubspot, salesforce]);
  }
  const sighting = of === 'hubspot' ? contact : record;
  return sighting === null ? [] : [{ sighting, field: name }];
}

/** On both sides, where both have the record; a name that no mapping has is a HubSpot property. */
function placesMapped(
  name: string,
  fields: readonly FieldMapping[],
  sightings: readonly (Sighting | null)[],
): readonly Place[] {
  const line = lineNamed(name, fields);
  return sightings.flatMap((sighting): readonly Place[] => {
    if (sighting === null) return [];
    const field = line === undefined ? unmapped(name, sighting) : fieldOn(line, sighting.record);
    return field === undefined ? [] : [{ sighting, field }];
  });
}

function unmapped(name: string, { record }: Sighting): string | undefined {
  return record.system === 'hubspot' ? name : undefined;
}
