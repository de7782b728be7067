import type { PastValue, PersonPast } from '../../src/domain/people/past.ts';
import type { PersonFacts } from '../../src/domain/people/person.ts';
import type { Sighting } from '../../src/domain/people/record.ts';
import type { Instant, Value } from '../../src/domain/values/value.ts';

/** A person with what their fields held. */
export function aPast(facts: PersonFacts, values: readonly PastValue[] = []): PersonPast {
  return { number: 1, facts, values: values.toSorted((one, other) => one.from - other.from) };
}

/** HubSpot or Salesforce itself told that somebody set this. */
export function anEdit({ record }: Sighting, field: string, value: Value, from: Instant): PastValue {
  return { record, field, value, from, isEdit: true };
}

/** A pull showed it, nobody knows since when. */
export function aGlimpse({ record }: Sighting, field: string, value: Value, from: Instant): PastValue {
  return { record, field, value, from, isEdit: false };
}
