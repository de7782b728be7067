import { listed } from '../records/derived.ts';
import type { StoredRecord } from '../records/record.ts';

/** The ids by which earlier traces may know a contact: its own, and those of all records that were merged into it. */
export function everyIdOf({ id, snapshot }: StoredRecord): string[] {
  return [id, ...listed(snapshot.values.get('hs_merged_object_ids'))];
}
