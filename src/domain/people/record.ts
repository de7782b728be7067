import type { Instant, Value, Values } from '../values/value.ts';

/** The two systems, in alphabetical order: neither is privileged (law R1). */
export const SYSTEMS = ['hubspot', 'salesforce'] as const;
export type System = (typeof SYSTEMS)[number];
export const OTHER_SYSTEM = { hubspot: 'salesforce', salesforce: 'hubspot' } as const satisfies Record<System, System>;

/** The kinds of record Tasuki reads, in each system's own word. */
export const OBJECTS = {
  hubspot: ['companies', 'contacts', 'deals', 'calls', 'emails', 'meetings', 'tasks', 'notes'],
  salesforce: [
    'Account',
    'Contact',
    'Lead',
    'Opportunity',
    'OpportunityContactRole',
    'Task',
    'Event',
    'EmailMessage',
    'CampaignMember',
    'LeadHistory',
    'OpportunityFieldHistory',
  ],
} as const satisfies Record<System, readonly string[]>;
export type ObjectName = (typeof OBJECTS)[System][number];

/** What the ledger knows under one id, however many records either system has of it: a human being, a piece of business, an organisation. */
export type EntityKind = 'person' | 'deal' | 'company';

/** Beside them the agreement itself, which has no records: what it asks of the two heads is planned and written like everything else. */
export type PlannedKind = EntityKind | 'agreement';

/** Records that are somebody or something, as opposed to what happened to it (a Task) or what ties two of them (a contact role). */
const ENTITIES: Readonly<Partial<Record<ObjectName, EntityKind>>> = {
  contacts: 'person',
  Lead: 'person',
  Contact: 'person',
  deals: 'deal',
  Opportunity: 'deal',
  companies: 'company',
  Account: 'company',
};

/** What kind of entity a record of this object is; `null` when it is none. */
export function entityKindOf(object: ObjectName): EntityKind | null {
  return ENTITIES[object] ?? null;
}

/** Records that are an entity. */
export const ENTITY_OBJECTS: readonly ObjectName[] = Object.keys(ENTITIES) as ObjectName[];

/** Records that are a human being, as opposed to something that happened to one. */
export const PERSON_OBJECTS: readonly ObjectName[] = ['contacts', 'Lead', 'Contact'];

/** Whose rows are histories of other records' fields. */
export const HISTORY_OBJECTS: readonly ObjectName[] = ['LeadHistory', 'OpportunityFieldHistory'];

/** One record in one system. Salesforce ids are always the 18-character form. */
export type RecordRef = { readonly system: System; readonly object: ObjectName; readonly id: string };

/** Records that ask somebody to do something: ToDo in Salesforce, タスク in HubSpot. */
export function isTask(object: ObjectName): boolean {
  return object === 'Task' || object === 'tasks';
}

/** One record in one word, as findings, keys of maps and the ledger name it: `salesforce:Lead:00Q…`. */
export function recordName({ system, object, id }: RecordRef): string {
  return `${system}:${object}:${id}`;
}

/**
 * Who moved a value, where the system can tell: us, a person, an automation (the system's own workings or another integration); and of
 * HubSpot's own workings, which its history tells apart, those that follow a deal of the record (`deal`) or the record's company (`company`).
 */
export type ObserverClass = 'us' | 'person' | 'automation' | 'deal' | 'company';

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
  /** Where it was told by an index that lags: the instant whose state it is sure to have. Left out where that is `seenAt`. */
  readonly asOf?: Instant;
  readonly deleted: boolean;
  /** Id of the record that swallowed this one, when the system says so. */
  readonly mergedInto?: string;
  /** Who moved it last, where the record itself tells (Salesforce LastModifiedById). */
  readonly movedBy?: ObserverClass;
};

/**
 * How we know that a record is this entity: it was linked before (`link`), bears our key (`key`), shares the address (`email`), the
 * domain (`domain`) or the normalised name (`name`); HubSpot's own Salesforce integration left the one's id on the other (`native`);
 * the system says that its Lead became it (`conversion`) or that it took another record in (`merge`); we made it (`created`); or it is
 * the entity's first record (`alone`).
 */
export type LinkEvidence =
  | 'link'
  | 'key'
  | 'native'
  | 'email'
  | 'domain'
  | 'name'
  | 'conversion'
  | 'merge'
  | 'created'
  | 'alone';

export type LinkRole = 'current' | 'converted' | 'merged' | 'duplicate' | 'former';

/** One record that is, or was, this person, deal or company. At most one `current` per system. */
export type Link = {
  /** The ledger's id of the person, deal or company. */
  readonly entity: string;
  readonly record: RecordRef;
  readonly role: LinkRole;
  readonly since: Instant;
  readonly until?: Instant;
  /** How we know: see `LinkEvidence`. */
  readonly evidence: LinkEvidence;
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
  /** IANA name of the zone they work in; Salesforce tells it of users. */
  readonly timeZone?: string;
  /** Language of their screens, as the system names it: `ja`, `en_US`. */
  readonly language?: string;
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
  /** The system works its value out from others; a change of those moves no stamp of this record, so no pull would show it. */
  readonly calculated?: boolean;
  /** In characters; absent where the system names none. */
  readonly maxLength?: number;
  /** Values the system accepts, for picklists. `restricted` tells whether others are refused. */
  readonly options?: readonly {
    readonly value: string;
    readonly label: string;
    readonly active: boolean;
    readonly closed?: boolean;
    /** What a new record gets where nothing is said. */
    readonly isDefault?: boolean;
    /** Of a priority: it counts as high. */
    readonly high?: boolean;
    /** What it is an option of, where the same value may stand in several: a deal stage's pipeline. */
    readonly of?: string;
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
