import type { PropertyRegistry } from '../properties/property-registry.ts';
import { isoText } from '../time-texts.ts';
import type { ObjectSpace } from './object-space.ts';
import type { StoredRecord } from './record.ts';

export type ExportedRecord = {
  id: string;
  /** Every value the record has, or those asked for; empty ones are left out. */
  properties: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
};

/** All records of an object as they stand now, the archived ones included: what a test compares the world with. `only`: these properties. */
export function exportRecords(space: ObjectSpace, only?: readonly string[]): ExportedRecord[] {
  return [...space.store.all()].map((record) => exportRecord(record, space.registry, only));
}

function exportRecord(
  { id, snapshot }: StoredRecord,
  registry: PropertyRegistry,
  only: readonly string[] | undefined,
): ExportedRecord {
  const properties: Record<string, string> = {};
  // Of its hundreds of properties a record keeps a few.
  for (const name of only ?? [...snapshot.values.keys(), ...registry.derivedNames()]) {
    const value = registry.get(name) === undefined ? undefined : registry.valueOf(snapshot, name);
    if (value) properties[name] = value;
  }
  return {
    id,
    properties,
    createdAt: isoText(snapshot.createdAt),
    updatedAt: isoText(snapshot.modifiedAt),
    archived: snapshot.archivedAt !== undefined,
  };
}
