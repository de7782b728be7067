import type { AssociationStore } from '../associations/association-store.ts';
import { type ObjectKind, objectKind } from '../objects.ts';
import type { PropertyRegistry } from '../properties/property-registry.ts';
import type { Snapshot } from '../records/record.ts';
import { invalid } from '../refusal.ts';
import type { Filter } from './search-request.ts';

/** The object that is searched. */
export type SearchScope = {
  readonly kind: ObjectKind;
  readonly registry: PropertyRegistry;
  readonly associations: AssociationStore;
};

/** `associations.contact` is no property, but may be asked for: who belongs to this one? It trails behind nothing. */
export function associatedPredicate(
  filter: Filter,
  other: string,
  { kind, associations }: SearchScope,
): (snapshot: Snapshot) => boolean {
  const { plural } = objectKind(other);
  const wanted = filter.operator === 'IN' ? filter.values : [filter.value];
  if (filter.operator !== 'EQ' && filter.operator !== 'IN') {
    throw invalid(`Operator ${filter.operator} does not fit property ${filter.property}`);
  }
  return ({ id }) => {
    const linked = associations.from({ object: kind.plural, id }, plural);
    return linked.size > 0 && wanted.some((one) => linked.has(one));
  };
}
