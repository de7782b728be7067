import type { HubSpotPortal } from '../portal.ts';
import { invalid, notAnObjectId, type Refusal, resourceNotFound } from '../refusal.ts';
import type { ObjectSpace } from './object-space.ts';
import type { StoredRecord } from './record.ts';

/** How a caller names a record: by its id, or by a value of a property that only one record may hold. */
export type RecordName = { id: string; idProperty: string | undefined };

/** The record a read finds, or `undefined`. An absorbed id leads to its survivor unless the portal is told otherwise. */
export function findForRead(
  portal: HubSpotPortal,
  space: ObjectSpace,
  name: RecordName & { archived: boolean },
): StoredRecord | undefined {
  const record = findDirectly(space, name);
  if (record !== undefined) return (record.snapshot.archivedAt !== undefined) === name.archived ? record : undefined;
  if (name.archived || name.idProperty !== undefined || portal.switches.mergedIdReads === 'missing') return undefined;
  return space.store.survivorOf(name.id);
}

/** The live record a single write goes to. Here an absorbed id always still works. */
export function findForWrite(space: ObjectSpace, name: RecordName): StoredRecord | undefined {
  const record =
    findDirectly(space, name) ?? (name.idProperty === undefined ? space.store.survivorOf(name.id) : undefined);
  return record?.snapshot.archivedAt === undefined ? record : undefined;
}

/** No survivor is looked for: batches do not follow merges. */
export function findDirectly(space: ObjectSpace, { id, idProperty }: RecordName): StoredRecord | undefined {
  if (idProperty === undefined || idProperty === 'hs_object_id') return space.store.get(id);
  refuseOrdinaryProperty(space, idProperty);
  return space.store.holder(idProperty, id);
}

export function refuseOrdinaryProperty(space: ObjectSpace, idProperty: string): void {
  if (space.registry.uniqueNames().includes(idProperty)) return;
  throw invalid(`Property "${idProperty}" is not a unique identifier property`);
}

export function missingRecord({ id, idProperty }: RecordName): Refusal {
  return idProperty === undefined && !/^\d+$/.test(id) ? notAnObjectId(id) : resourceNotFound();
}
