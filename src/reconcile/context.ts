import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import type { FieldChange } from '../domain/people/change.ts';
import type { EntityFacts, Finding, PersonFacts } from '../domain/people/person.ts';
import {
  type Base,
  type DirectoryEntry,
  type FieldSchema,
  type Link,
  type ObjectName,
  type ObjectSchema,
  type RecordRef,
  recordName,
  type Sighting,
  SYSTEMS,
  type System,
} from '../domain/people/record.ts';
import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/values/value.ts';

/** Everything a plan depends on besides the facts of one entity. The planner reads no clock, no environment and no other facts. */
export type PlanContext = {
  readonly now: Instant;
  /** Clocks run from here; earlier stages are history. */
  readonly goLive: Instant;
  readonly policy: Policy;
  readonly directory: Directory;
  readonly schemas: Schemas;
  /** Up to here every stream of both systems has been read (law R19); `null` before the first full read. */
  readonly coveredUntil: Instant | null;
  /** Streams that our access cannot read, or that have not been read yet: `hubspot:form-submissions`. Absent: there are none. */
  readonly hidden?: ReadonlySet<string>;
  /** UTC offsets of the zones in which people work, by name; absent: everybody works in the office's. */
  readonly zones?: ReadonlyMap<string, BusinessCalendar['offsets']>;
};

export type Directory = {
  readonly byId: Readonly<Record<System, ReadonlyMap<string, DirectoryEntry>>>;
  readonly byEmail: Readonly<Record<System, ReadonlyMap<string, DirectoryEntry>>>;
};

/** Indexed once, for as long as the same list is handed over. */
const DIRECTORIES = new WeakMap<readonly DirectoryEntry[], Directory>();

export function indexDirectory(entries: readonly DirectoryEntry[]): Directory {
  const known = DIRECTORIES.get(entries) ?? directoryOf(entries);
  DIRECTORIES.set(entries, known);
  return known;
}

function directoryOf(entries: readonly DirectoryEntry[]): Directory {
  const index = (system: System) => {
    const own = entries.filter((entry) => entry.system === system);
    // An address can be held by a leaver and a newcomer: the active one answers to it.
    const byActivity = [...own].sort((a, b) => Number(a.active) - Number(b.active));
    return {
      byId: new Map(own.map((entry) => [entry.id, entry])),
      // A queue's address is a mailbox, not a person: it must not answer for the user who shares it.
      byEmail: new Map(
        byActivity.flatMap((entry) =>
          entry.email === null || entry.kind === 'queue' ? [] : [[entry.email, entry] as const],
        ),
      ),
    };
  };
  const hubspot = index('hubspot');
  const salesforce = index('salesforce');
  return {
    byId: { hubspot: hubspot.byId, salesforce: salesforce.byId },
    byEmail: { hubspot: hubspot.byEmail, salesforce: salesforce.byEmail },
  };
}

/** `system:object` → field name → schema. */
export type Schemas = ReadonlyMap<string, ReadonlyMap<string, FieldSchema>>;

export function indexSchemas(schemas: readonly ObjectSchema[]): Schemas {
  return new Map(schemas.map((schema) => [`${schema.system}:${schema.object}`, fieldsOf(schema)]));
}

/** By schema: an object has hundreds of fields, and they stay for long as they are. */
const FIELDS = new WeakMap<ObjectSchema, ReadonlyMap<string, FieldSchema>>();

function fieldsOf(schema: ObjectSchema): ReadonlyMap<string, FieldSchema> {
  const known = FIELDS.get(schema) ?? new Map(schema.fields.map((field) => [field.name, field]));
  FIELDS.set(schema, known);
  return known;
}

/** One person, deal or company as both systems show it now. */
export type PairView = {
  readonly facts: EntityFacts;
  /** The live record in each system. */
  readonly hubspot: Sighting | null;
  readonly salesforce: Sighting | null;
  /** Current links whose record is gone, or became history by conversion. */
  readonly ended: readonly { readonly record: RecordRef; readonly role: 'merged' | 'former' | 'converted' }[];
  /** The record that took one of those in, where it is not this entity's yet. */
  readonly becomes: RecordRef | null;
  /** Records that were deleted or merged away and are out of the recycle bin again, with nobody in their seat. */
  readonly returned: readonly RecordRef[];
  /** The system once held a record of this entity, and no longer does: none is made there a second time. */
  readonly lost: Readonly<Record<System, boolean>>;
  /** What kind of record there is known to be theirs and has not been read yet (a conversion or merge of minutes ago); else `null`. */
  readonly awaited: Readonly<Record<System, ObjectName | null>>;
};

/** Picks the live record of each system out of an entity's links, and says what became of the others. */
export function pairOf(facts: EntityFacts): PairView {
  const seenOf = ({ record }: Pick<Link, 'record'>) => facts.sightings.find((seen) => isSame(seen.record, record));
  const past = facts.links.filter(({ role }) => role !== 'current');
  const current = facts.links
    .filter(({ role }) => role === 'current')
    .map(({ record }) => {
      const sighting = seenOf({ record });
      return { record, sighting, end: sighting === undefined ? null : endOf(sighting) };
    });
  const seated = (system: System) =>
    current.find(({ record, sighting, end }) => record.system === system && sighting !== undefined && end === null)
      ?.sighting ?? null;
  const ended = current.flatMap(({ record, end }) => (end === null ? [] : [{ record, role: end }]));
  const becomes =
    ended
      .map((end) => successorOf(seenOf(end)))
      .find((successor) => successor !== null && !facts.links.some(({ record }) => isSame(record, successor))) ?? null;
  const isAwaited = (system: System) =>
    becomes?.system === system ||
    current.some(({ record, sighting }) => record.system === system && sighting === undefined);
  // Whoever was deleted last is the one that a person thought better of; nobody comes back to a seat whose record is only to be read or linked yet.
  const back = (system: System) =>
    (isAwaited(system) ? [] : past)
      .filter(({ role, record }) => (role === 'former' || role === 'merged') && record.system === system)
      .toSorted((one, other) => (other.until ?? 0) - (one.until ?? 0))
      .map(seenOf)
      .find((sighting) => sighting !== undefined && endOf(sighting) === null) ?? null;
  const seats = { hubspot: seated('hubspot'), salesforce: seated('salesforce') };
  const live = {
    hubspot: seats.hubspot ?? back('hubspot'),
    salesforce: seats.salesforce ?? back('salesforce'),
  };
  const returned = SYSTEMS.flatMap((system) => (seats[system] === null ? (live[system]?.record ?? []) : []));
  // Merged and converted count too: what has been in a system once is not made there a second time.
  const wasIn = (system: System) => {
    const formerly = [...ended, ...past.filter(({ role }) => role !== 'duplicate')];
    return formerly.some(({ record }) => record.system === system);
  };
  const isLost = (system: System) => live[system] === null && wasIn(system);
  const unread = current.flatMap(({ record, sighting }) => (sighting === undefined ? [record] : []));
  const expected = becomes === null ? unread : [becomes, ...unread];
  const awaitedIn = (system: System) => expected.find((record) => record.system === system)?.object ?? null;
  return {
    facts,
    ...live,
    ended,
    becomes,
    returned,
    lost: { hubspot: isLost('hubspot'), salesforce: isLost('salesforce') },
    awaited: { hubspot: awaitedIn('hubspot'), salesforce: awaitedIn('salesforce') },
  };
}

/** One person as both systems show them now. */
export type PersonView = PairView & {
  readonly facts: PersonFacts;
  /** The live HubSpot contact. */
  readonly contact: Sighting | null;
  /** The live Lead or Contact in Salesforce. */
  readonly record: Sighting | null;
};

export function viewOf(facts: PersonFacts): PersonView {
  const pair = pairOf(facts);
  return { ...pair, facts, contact: pair.hubspot, record: pair.salesforce };
}

/** What a record that can no longer be written was to its entity; `null` while it lives. A converted Lead is read-only. */
function endOf({ deleted, mergedInto, values }: Sighting): 'merged' | 'former' | 'converted' | null {
  if (deleted) return mergedInto === undefined ? 'former' : 'merged';
  return values['IsConverted'] === true ? 'converted' : null;
}

/** The record that goes on where this one ended: the survivor of a merge, the Contact of a converted Lead. */
function successorOf(sighting: Sighting | undefined): RecordRef | null {
  if (sighting === undefined) return null;
  const { record, mergedInto, deleted, values } = sighting;
  if (deleted) return mergedInto === undefined ? null : { ...record, id: mergedInto };
  const contact = values['ConvertedContactId'];
  return typeof contact === 'string' ? { system: 'salesforce', object: 'Contact', id: contact } : null;
}

function isSame(one: RecordRef, other: RecordRef): boolean {
  return one.system === other.system && one.object === other.object && one.id === other.id;
}

/** A part of a plan: what to write on each side, and what else follows. Parts are added up by the planner of the entity. */
export type Part = {
  readonly hubspot: readonly FieldChange[];
  readonly salesforce: readonly FieldChange[];
  /** Bases that hold already: both sides were seen to agree. */
  readonly agreed: readonly Base[];
  /** Bases that will hold once the write on that side is seen. */
  readonly basesAfter: Readonly<Record<System, readonly Base[]>>;
  readonly open: readonly Finding[];
};

export const NOTHING: Part = {
  hubspot: [],
  salesforce: [],
  agreed: [],
  basesAfter: { hubspot: [], salesforce: [] },
  open: [],
};

export function addParts(all: readonly Part[]): Part {
  // Most fields of most people are as they should be.
  const parts = all.filter((part) => !isEmpty(part));
  if (parts.length <= 1) return parts[0] ?? NOTHING;
  return {
    hubspot: parts.flatMap((part) => part.hubspot),
    salesforce: parts.flatMap((part) => part.salesforce),
    agreed: parts.flatMap((part) => part.agreed),
    basesAfter: {
      hubspot: parts.flatMap((part) => part.basesAfter.hubspot),
      salesforce: parts.flatMap((part) => part.basesAfter.salesforce),
    },
    open: parts.flatMap((part) => part.open),
  };
}

function isEmpty(part: Part): boolean {
  if (part === NOTHING) return true;
  const { hubspot, salesforce, agreed, basesAfter, open } = part;
  const lists = hubspot.length + salesforce.length + agreed.length + open.length;
  return lists + basesAfter.hubspot.length + basesAfter.salesforce.length === 0;
}

/** The subject of a finding about one field of a record. */
export function fieldSubject(record: RecordRef, field: string): string {
  return `${recordName(record)} ${field}`;
}
