import { isoText } from '../time-texts.ts';
import type { Warning } from '../values/read-value.ts';
import type { Draft } from './draft.ts';
import type { ObjectSpace } from './object-space.ts';
import { type Snapshot, type StoredRecord, type Version, versionsOf } from './record.ts';

export type PresentedRecord = {
  id: string;
  properties: Record<string, string | null>;
  propertiesWithHistory?: Record<string, PresentedVersion[]>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  archivedAt?: string;
  associations?: Record<string, { results: { id: string; type: string }[] }>;
  url: string;
  new?: boolean;
  warnings?: readonly Warning[];
};

type PresentedVersion = {
  value: string;
  timestamp: string;
  sourceType: string;
  sourceId?: string;
  sourceLabel?: string;
  updatedByUserId?: number;
};

export type Wanted = { properties?: readonly string[] | undefined; history?: readonly string[] | undefined };

/** A record as a read shows it: asked-for but empty is null, unknown is left out, three properties come always. */
export function presentRecord(
  space: ObjectSpace,
  snapshot: Snapshot,
  { properties, portalId }: { properties: readonly string[] | undefined; portalId: number },
): PresentedRecord {
  const asked = properties === undefined || properties.length === 0 ? space.kind.defaultProperties : properties;
  const shown: Record<string, string | null> = {};
  for (const name of namesShown(space, asked))
    if (space.registry.get(name) !== undefined) shown[name] = space.registry.valueOf(snapshot, name) || null;
  return envelope(space, snapshot, portalId, shown);
}

/** By what was asked for: a request asks the same of all its records. */
const NAMES = new WeakMap<readonly string[], Map<ObjectSpace['kind'], readonly string[]>>();

function namesShown({ kind }: ObjectSpace, asked: readonly string[]): readonly string[] {
  const byKind = NAMES.get(asked) ?? new Map<ObjectSpace['kind'], readonly string[]>();
  NAMES.set(asked, byKind);
  const names =
    byKind.get(kind) ?? [...new Set([...asked, kind.createdProperty, 'hs_object_id', kind.modifiedProperty])].sort();
  byKind.set(kind, names);
  return names;
}

/** The same with the past of some properties, newest version first. */
export function presentWithHistory(
  space: ObjectSpace,
  record: StoredRecord,
  { properties, history, portalId }: Wanted & { portalId: number },
): PresentedRecord {
  const presented = presentRecord(space, record.snapshot, { properties, portalId });
  if (history === undefined || history.length === 0) return presented;
  const known = history.filter((name) => space.registry.get(name) !== undefined);
  const past = known.map(
    (name) => [name, derivedOrKept(space, record, name).toReversed().map(presentVersion)] as const,
  );
  return { ...presented, propertiesWithHistory: Object.fromEntries(past) };
}

function derivedOrKept({ registry }: ObjectSpace, record: StoredRecord, name: string): readonly Version[] {
  if (!registry.derivedNames().includes(name) || record.history.has(name)) return versionsOf(record, name);
  const value = registry.valueOf(record.snapshot, name);
  const at = name.endsWith('lastmodifieddate') ? record.snapshot.modifiedAt : record.bornAt;
  return value === undefined ? [] : [{ value, at, source: { type: 'CALCULATED' } }];
}

function presentVersion({ value, at, source }: Version): PresentedVersion {
  return {
    value,
    timestamp: isoText(at),
    sourceType: source.type,
    ...(source.id === undefined ? {} : { sourceId: source.id }),
    ...(source.label === undefined ? {} : { sourceLabel: source.label }),
    ...(source.userId === undefined ? {} : { updatedByUserId: source.userId }),
  };
}

/** The answer to a write: what was sent and what HubSpot worked out, not the whole record. */
export function presentWritten(
  space: ObjectSpace,
  record: StoredRecord,
  draft: Draft,
  portalId: number,
): PresentedRecord {
  const { snapshot } = record;
  const values = new Map<string, string>();
  const { createdProperty, modifiedProperty } = space.kind;
  const calculated =
    draft.target === undefined
      ? [...space.registry.derivedNames(), ...draft.edit.keys()]
      : [createdProperty, modifiedProperty, ...AFTER_UPDATE];
  for (const name of [...calculated, ...SOURCE_PROPERTIES, 'lifecyclestage', ...draft.sent].sort()) {
    if (space.registry.get(name) === undefined) continue;
    const value = space.registry.valueOf(snapshot, name);
    if (value) values.set(name, draft.target === undefined ? freshText(name, value) : value);
    // A cleared property comes back as the empty text it was cleared with.
    else if (draft.sent.includes(name)) values.set(name, '');
  }
  const presented = envelope(space, snapshot, portalId, Object.fromEntries(values));
  return draft.warnings.length === 0 ? presented : { ...presented, warnings: draft.warnings };
}

const SOURCE_PROPERTIES = ['hs_object_source', 'hs_object_source_id', 'hs_object_source_label'];
const AFTER_UPDATE = ['hs_is_unworked', 'hs_object_id', 'hs_pipeline'];

/** In the answer to a create, stage dates are still epoch milliseconds; reads give them as ISO 8601. */
function freshText(name: string, value: string): string {
  return /^hs_lifecyclestage_\w+_date$/.test(name) ? String(Date.parse(value)) : value;
}

function envelope(
  space: ObjectSpace,
  snapshot: Snapshot,
  portalId: number,
  properties: Record<string, string | null>,
): PresentedRecord {
  const { id, createdAt, modifiedAt, archivedAt } = snapshot;
  return {
    id,
    properties,
    createdAt: isoText(createdAt),
    updatedAt: isoText(modifiedAt),
    archived: archivedAt !== undefined,
    ...(archivedAt === undefined ? {} : { archivedAt: isoText(archivedAt) }),
    url: `https://app.hubspot.com/contacts/${portalId}/record/${space.kind.typeId}/${id}`,
  };
}
