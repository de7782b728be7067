import type { FieldChange } from '../domain/people/change.ts';
import type { Finding, PersonFacts } from '../domain/people/person.ts';
import type {
  Base,
  DirectoryEntry,
  FieldSchema,
  ObjectSchema,
  RecordRef,
  Sighting,
  System,
} from '../domain/people/record.ts';
import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/values/value.ts';

/** Everything a plan depends on besides the person. The planner reads no clock, no environment and no other person. */
export type PlanContext = {
  readonly now: Instant;
  /** Clocks run from here; earlier stages are history. */
  readonly goLive: Instant;
  readonly policy: Policy;
  readonly directory: Directory;
  readonly schemas: Schemas;
  /** Up to here every stream of both systems has been read (law R19); `null` before the first full read. */
  readonly coveredUntil: Instant | null;
};

export type Directory = {
  readonly byId: Readonly<Record<System, ReadonlyMap<string, DirectoryEntry>>>;
  readonly byEmail: Readonly<Record<System, ReadonlyMap<string, DirectoryEntry>>>;
};

export function indexDirectory(entries: readonly DirectoryEntry[]): Directory {
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
  return new Map(
    schemas.map(({ system, object, fields }) => [
      `${system}:${object}`,
      new Map(fields.map((field) => [field.name, field])),
    ]),
  );
}

/** One person as both systems show them now. */
export type PersonView = {
  readonly facts: PersonFacts;
  /** The live HubSpot contact. */
  readonly contact: Sighting | null;
  /** The live Lead or Contact in Salesforce. */
  readonly record: Sighting | null;
  /** Current links whose record is gone. */
  readonly ended: readonly { readonly record: RecordRef; readonly role: 'merged' | 'former' }[];
  /** Salesforce once held a record of this person, and no longer does. */
  readonly lostInSalesforce: boolean;
};

export function viewOf(facts: PersonFacts): PersonView {
  const sightingOf = new Map(
    facts.sightings.map((sighting) => [`${sighting.record.object}:${sighting.record.id}`, sighting]),
  );
  const current = facts.links.filter(({ role }) => role === 'current');
  const live = (system: System) =>
    current
      .filter(({ record }) => record.system === system)
      .map(({ record }) => sightingOf.get(`${record.object}:${record.id}`))
      .find((sighting) => sighting !== undefined && !sighting.deleted) ?? null;
  const ended = current.flatMap(({ record }) => {
    const sighting = sightingOf.get(`${record.object}:${record.id}`);
    if (!sighting?.deleted) return [];
    return [{ record, role: sighting.mergedInto === undefined ? ('former' as const) : ('merged' as const) }];
  });
  const record = live('salesforce');
  // Merged and converted count too: whoever has been in Salesforce once is not made there a second time.
  const formerly = [...ended, ...facts.links.filter(({ role }) => role !== 'current' && role !== 'duplicate')];
  return {
    facts,
    contact: live('hubspot'),
    record,
    ended,
    lostInSalesforce: record === null && formerly.some((link) => link.record.system === 'salesforce'),
  };
}

/** A part of a plan: what to write on each side, and what else follows. Parts are added up by `planPerson`. */
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

export function addParts(parts: readonly Part[]): Part {
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

/** The subject of a finding about one record. */
export function subjectOf({ system, object, id }: RecordRef): string {
  return `${system}:${object}:${id}`;
}
