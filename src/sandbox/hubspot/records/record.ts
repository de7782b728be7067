type SourceType =
  | 'INTEGRATION'
  | 'CRM_UI'
  | 'CALCULATED'
  | 'DEALS'
  | 'COMPANIES'
  | 'IMPORT'
  | 'FORM'
  | 'MERGE_OBJECTS'
  | 'API'
  | 'MEETINGS'
  | 'SEQUENCES'
  | 'EMAIL';

/** Who made a change, as the history of a property tells it. */
export type ChangeSource = {
  readonly type: SourceType;
  readonly id?: string;
  readonly label?: string;
  readonly userId?: number;
};

/** One value a property once had. */
export type Version = { readonly value: string; readonly at: number; readonly source: ChangeSource };

/** A record as it stood after one write. Never changed afterwards, so the search index may keep an old one. */
export type Snapshot = {
  readonly id: string;
  /** The id as a number, for order. */
  readonly number: number;
  readonly values: ReadonlyMap<string, string>;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly archivedAt: number | undefined;
};

/**
 * A record with its past. Values that never changed since the birth of the record have no entry in `history`: their only
 * version is the birth itself, which keeps a portal of 100,000 contacts small.
 */
export type StoredRecord = {
  readonly id: string;
  snapshot: Snapshot;
  readonly bornAt: number;
  readonly born: ChangeSource;
  readonly history: Map<string, Version[]>;
};

/** Every version of a property, oldest first. */
export function versionsOf(record: StoredRecord, property: string): readonly Version[] {
  const versions = record.history.get(property);
  if (versions !== undefined) return versions;
  const value = record.snapshot.values.get(property);
  return value === undefined ? [] : [{ value, at: record.bornAt, source: record.born }];
}

/** Notes new values in the history and gives the record's next snapshot. Returns whether anything differed. */
export function applyValues(
  record: StoredRecord,
  edit: ReadonlyMap<string, string>,
  at: number,
  source: ChangeSource,
): boolean {
  const changed = [...edit].filter(([name, value]) => (record.snapshot.values.get(name) ?? '') !== value);
  if (changed.length === 0) return false;
  const values = new Map(record.snapshot.values);
  for (const [name, value] of changed) {
    record.history.set(name, [...versionsOf(record, name), { value, at, source }]);
    values.set(name, value);
  }
  record.snapshot = { ...record.snapshot, values };
  return true;
}
