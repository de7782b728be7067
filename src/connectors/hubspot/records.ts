import type { ObjectName, Sighting } from '../../domain/people/record.ts';
import { isAssociation } from '../../domain/people/tie.ts';
import type { Instant, Value, Values } from '../../domain/values/value.ts';
import { type PropertyType, toValue } from './values.ts';

/** A record as the client hands it over; every kind of answer has these. */
export type HubSpotRecord = {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archived?: boolean;
  readonly archivedAt?: Date;
  /** Where a listing was asked for them: what the record is associated with, by object. */
  readonly associations?: Readonly<Record<string, ListedAssociations>>;
};

export type ListedAssociations = {
  readonly results: readonly { readonly id: string; readonly type: string }[];
  readonly paging?: unknown;
};

type Received = Omit<HubSpotRecord, 'id'> & { readonly id: string | number };

/** The answer to a batch call: what was done, and what was not. */
export type Batch = { readonly results: readonly HubSpotRecord[]; readonly errors?: readonly unknown[] };

/** How one object's rows are read: which properties, of which types, and which of them says when it was modified. */
export type Lens = {
  readonly object: ObjectName;
  readonly fields: readonly string[];
  readonly types: ReadonlyMap<string, PropertyType>;
  readonly seenAt: Instant;
};

/** Ids of the records that a survivor has swallowed. Activities cannot be merged. */
const MERGED_IDS = 'hs_merged_object_ids';
const MERGEABLE: ReadonlySet<ObjectName> = new Set<ObjectName>(['contacts', 'companies', 'deals']);

/** Contacts keep the older name; every other object has the newer one, and the wrong one finds nothing without an error. */
export function modifiedProperty(object: string): string {
  return object === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';
}

/** The properties to ask for: what the caller wants, and what paging and merges are read from. */
export function asked(lens: Lens): string[] {
  const merges = MERGEABLE.has(lens.object) ? [MERGED_IDS] : [];
  const properties = lens.fields.filter((field) => !isAssociation(field));
  return [...new Set([...properties, modifiedProperty(lens.object), ...merges])];
}

/** Associations that were not read are left out: "not told" is not "none". */
export function sightingOf(record: HubSpotRecord, lens: Lens, associations: Values = {}): Sighting {
  const values: Record<string, Value> = {};
  for (const field of lens.fields) {
    if (!isAssociation(field)) values[field] = toValue(record.properties[field], lens.types.get(field) ?? 'string');
  }
  Object.assign(values, associations);
  return {
    record: { system: 'hubspot', object: lens.object, id: record.id },
    values,
    createdAt: firstInstant(record.createdAt, record.properties['createdate']),
    modifiedAt: modifiedAt(record, lens.object),
    seenAt: lens.seenAt,
    deleted: record.archived === true,
  };
}

/** A record that can no longer be read. HubSpot tells no dates of such; `createdAt` 0 means "not told". */
export function goneSighting(id: string, lens: Lens, mergedInto?: string): Sighting {
  return {
    record: { system: 'hubspot', object: lens.object, id },
    values: {},
    createdAt: 0,
    modifiedAt: lens.seenAt,
    seenAt: lens.seenAt,
    deleted: true,
    ...(mergedInto === undefined ? {} : { mergedInto }),
  };
}

/** The ids that this record has swallowed. They vanish from every list without showing up in the recycle bin. */
export function swallowedBy(record: HubSpotRecord): string[] {
  const ids = (record.properties[MERGED_IDS] ?? '').split(';').map((id) => id.trim());
  return ids.filter((id) => id !== '' && id !== record.id);
}

/** When a record was last modified, by the property that searches are sorted by. */
export function modifiedAt(record: HubSpotRecord, object: string): Instant {
  return firstInstant(record.properties[modifiedProperty(object)], record.updatedAt);
}

/** The client makes an invalid `Date` of one that it cannot read, and says nothing. 0 means "not told". */
function firstInstant(...told: readonly (Date | string | null | undefined)[]): Instant {
  const instants = told.map((each) => (each instanceof Date ? each.getTime() : Date.parse(each ?? '')));
  return instants.find((instant) => !Number.isNaN(instant)) ?? 0;
}

/** An id as text: some of HubSpot's answers hold numbers where the client declares text. */
export function idText(id: string | number): string {
  return String(id);
}

/** The records of an answer, with ids that are text. */
export function recordsIn(results: readonly Received[]): HubSpotRecord[] {
  return results.map((record) => ({ ...record, id: idText(record.id) }));
}

/** These records, and those that they have swallowed: of a merge nothing else tells. */
export function sightingsWithSwallowed(
  records: readonly HubSpotRecord[],
  lens: Lens,
  associations: ReadonlyMap<string, Values>,
): Sighting[] {
  const gone = records.flatMap((record) => swallowedBy(record).map((id) => goneSighting(id, lens, record.id)));
  return [...records.map((record) => sightingOf(record, lens, associations.get(record.id))), ...gone];
}

export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
