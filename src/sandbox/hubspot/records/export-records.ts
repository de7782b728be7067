import type { PropertyRegistry } from '../properties/property-registry.ts';
import { isoText } from '../time-texts.ts';
import type { ObjectSpace } from './object-space.ts';
import type { StoredRecord } from './record.ts';

export type ExportedRecord = {
  id: string;
  /** Every value the record has; empty ones are left out. */
  properties: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
};

/** All records of an object as they stand now, the archived ones included: what a test compares the world with. */
export function exportRecords(space: ObjectSpace): ExportedRecord[] {
  return [...space.store.all()].map((record) => exportRecord(record, space.registry));
}

function exportRecord({ id, snapshot }: StoredRecord, registry: PropertyRegistry): ExportedRecord {
  const values = registry.live().flatMap(({ name }) => {
    const value = registry.valueOf(snapshot, name);
    return value ? [[name, value] as const] : [];
  });
  return {
    id,
    properties: Object.fromEntries(values),
    createdAt: isoText(snapshot.createdAt),
    updatedAt: isoText(snapshot.modifiedAt),
    archived: snapshot.archivedAt !== undefined,
  };
}
