import type { Instant, Value } from '../values/value.ts';
import type { PersonFacts } from './person.ts';
import type { RecordRef } from './record.ts';

/** A value that a field was known to hold from an instant on. */
export type PastValue = {
  readonly record: RecordRef;
  readonly field: string;
  readonly value: Value;
  readonly from: Instant;
  /** Told by the system's own history: until then something else stood there. A sighting does not say since when it was so. */
  readonly isEdit: boolean;
};

/** One person with everything that the ledger remembers of the fields that a criterion reads. */
export type PersonPast = {
  /** The place in the order in which people became known: where the next page goes on. */
  readonly number: number;
  readonly facts: PersonFacts;
  /** Of their own records, of their company's and of their deals'; oldest first. */
  readonly values: readonly PastValue[];
};

/** The records that a person's past is told of: theirs, whether current or not, and the live ones around them. */
export function recordsAround({ links, company, deals }: PersonFacts): readonly RecordRef[] {
  const around = [company, ...deals].flatMap((one) => [one?.hubspot?.record ?? [], one?.salesforce?.record ?? []]);
  return [...links.map(({ record }) => record), ...around.flat()];
}
