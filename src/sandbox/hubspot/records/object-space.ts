import type { AssociationStore } from '../associations/association-store.ts';
import type { ObjectKind } from '../objects.ts';
import type { PropertyRegistry } from '../properties/property-registry.ts';
import { Searcher } from '../search/search.ts';
import { SearchIndex } from '../search/search-index.ts';
import { RecordStore } from './record-store.ts';

/** Everything a portal keeps about one object. */
export class ObjectSpace {
  readonly kind: ObjectKind;
  readonly registry: PropertyRegistry;
  readonly store = new RecordStore();
  readonly index = new SearchIndex();
  readonly searcher: Searcher;

  constructor(kind: ObjectKind, registry: PropertyRegistry, associations: AssociationStore) {
    this.kind = kind;
    this.registry = registry;
    this.searcher = new Searcher(this.index, { kind, registry, associations });
  }
}
