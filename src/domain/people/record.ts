import type { Instant, Value, Values } from '../values/value.ts';

/** The two systems, in alphabetical order: neither is privileged (law R1). */
export const SYSTEMS = ['hubspot', 'salesforce'] as const;
export type System = (typeof SYSTEMS)[number];

/** The kinds of record Tasuki reads, in each system's own word. */
export const OBJECTS = {
  hubspot: ['contacts'],
  salesforce: ['Lead', 'Contact', 'Task', 'Event'],
} as const satisfies Record<System, readonly string[]>;
export type ObjectName = (typeof OBJECTS)[System][number];

/** Records that are a human being, as opposed to something that happened to one. */
export const PERSON_OBJECTS: readonly ObjectName[] = ['contacts', 'Lead', 'Contact'];

/** One record in one system. Salesforce ids are always the 18-character form. */
export type RecordRef = { readonly system: System; readonly object: ObjectName; readonly id: string };

/** Who moved a value last, where the system can tell: us, a person, an automation (the system's own workings or another integration). */
export type ObserverClass = 'us' | 'person' | 'automation';

/**
 * The newest state of one record that we have seen, limited to the fields that policy names.
 *
 * `modifiedAt` is the record's own stamp (HubSpot `lastmodifieddate`, Salesforce `SystemModstamp`): it pages, it never
 * decides, because both systems move it for reasons that are nobody's edit.
 */
export type Sighting = {
  readonly record: RecordRef;
  readonly values: Values;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly seenAt: Instant;
  readonly deleted: boolean;
  /** Id of the record that swallowed this one, when the system says so. */
  readonly mergedInto?: string;
  /** Who moved it last, where the record itself tells (Salesforce LastModifiedById). */
  readonly movedBy?: ObserverClass;
};

export type LinkRole = 'current' | 'converted' | 'merged' | 'duplicate' | 'former';

/** One record that is, or was, this person. At most one `current` per system. */
export type Link = {
  readonly person: string;
  readonly record: RecordRef;
  readonly role: LinkRole;
  readonly since: Instant;
  readonly until?: Instant;
  /** How we know: `link`, `key`, `email`, `created` (we made the record), `alone` (the person's first record). */
  readonly evidence: 'link' | 'key' | 'email' | 'created' | 'alone';
};

/** A user, owner or queue of either system. */
export type DirectoryEntry = {
  readonly system: System;
  readonly kind: 'user' | 'queue';
  /** HubSpot: owner id (never the user id). Salesforce: 18-character User or Group id. */
  readonly id: string;
  /** As people read it. */
  readonly name: string;
  /** A queue's developer name: policy names queues so, since a label may be changed by anybody who likes another. */
  readonly apiName?: string;
  /** Lower case; `null` for queues without one. */
  readonly email: string | null;
  readonly active: boolean;
  /** Salesforce User.ManagerId. */
  readonly managerId?: string;
};

/** What `describe` tells of one field: enough to refuse a write before the CRM does. */
export type FieldSchema = {
  readonly name: string;
  readonly label: string;
  readonly type:
    | 'string'
    | 'number'
    | 'boolean'
    | 'date'
    | 'datetime'
    | 'picklist'
    | 'multipicklist'
    | 'reference'
    | 'id';
  readonly writable: boolean;
  /** In characters; absent where the system names none. */
  readonly maxLength?: number;
  /** Values the system accepts, for picklists. `restricted` tells whether others are refused. */
  readonly options?: readonly {
    readonly value: string;
    readonly label: string;
    readonly active: boolean;
    readonly closed?: boolean;
  }[];
  readonly restricted?: boolean;
  readonly requiredOnCreate: boolean;
  readonly unique: boolean;
};

export type ObjectSchema = {
  readonly system: System;
  readonly object: ObjectName;
  readonly fields: readonly FieldSchema[];
};

/** How a field stands on both sides when both last agreed: the third leg of the merge. A side has moved if it differs from its own column. */
export type Base = {
  readonly field: string;
  readonly hubspot: Value;
  readonly salesforce: Value;
  readonly canonical: Value;
  readonly since: Instant;
  /** A side that holds our acknowledged but not yet seen write. */
  readonly provisional: System | null;
};
