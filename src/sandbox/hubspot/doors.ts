import { associatePair, dissociatePair, labelPair } from './associations/associate.ts';
import type { RecordRef } from './associations/association-store.ts';
import { checkObjects, checkPair } from './associations/check-association.ts';
import { objectKind } from './objects.ts';
import type { HubSpotPortal } from './portal.ts';
import { birth, commit } from './records/commit.ts';
import { draftWrite, type GivenProperties } from './records/draft.ts';
import type { ChangeSource } from './records/record.ts';
import { refuseDraft } from './records/refuse-draft.ts';
import { invalid, resourceNotFound } from './refusal.ts';

export type Toucher = { source: 'CALCULATED' | 'CRM_UI' | 'INTEGRATION'; userId?: number };

/** An association as an export tells it; each pair is told from both sides. */
export type ExportedAssociation = {
  readonly from: RecordRef;
  readonly to: RecordRef;
  readonly typeId: number;
  readonly category: string;
  readonly label: string | null;
};

/** See `HubSpotPortal.seed`. */
export function seedRecord(
  portal: HubSpotPortal,
  object: string,
  properties: GivenProperties,
  { at, source }: { at: number; source: ChangeSource },
): string {
  const space = portal.space(object);
  const context = { family: 'v3', source: { type: 'IMPORT' }, mayWriteReadOnly: true } as const;
  const { createdate, hs_createdate, lastmodifieddate, hs_lastmodifieddate, ...rest } = properties;
  const draft = draftWrite({ portal, space, context, claims: new Map(), at }, undefined, rest);
  refuseDraft(portal, space, draft);
  const record = birth(portal.nextId(), draft.edit, { at, source });
  record.snapshot = {
    ...record.snapshot,
    createdAt: instantOf(createdate ?? hs_createdate, at),
    modifiedAt: instantOf(lastmodifieddate ?? hs_lastmodifieddate, at),
  };
  space.store.add(record);
  space.store.claim(record.snapshot, space.registry.uniqueNames());
  space.index.show(record.snapshot);
  return record.id;
}

/** See `HubSpotPortal.touch`. */
export function touchRecord(
  portal: HubSpotPortal,
  { object, id }: RecordRef,
  properties: GivenProperties,
  { source, userId }: Toucher,
): void {
  const space = portal.space(object);
  const target = space.store.getLive(id);
  if (target === undefined) throw resourceNotFound();
  const by: ChangeSource = userId === undefined ? { type: source } : { type: source, id: `userId:${userId}`, userId };
  const context = { family: 'v3', source: by, mayWriteReadOnly: source !== 'INTEGRATION' } as const;
  const draft = draftWrite({ portal, space, context, claims: new Map() }, target, properties);
  refuseDraft(portal, space, draft);
  commit(portal, space, draft, context);
}

/** See `HubSpotPortal.stampAll`. */
export function stampRecords(portal: HubSpotPortal, object: string, at: number): number {
  const space = portal.space(object);
  const live = [...space.store.all()].filter((record) => record.snapshot.archivedAt === undefined);
  for (const record of live) {
    record.snapshot = { ...record.snapshot, modifiedAt: at };
    portal.showLater(space, record.snapshot);
  }
  return live.length;
}

/** See `HubSpotPortal.bump`. */
export function bumpRecord(portal: HubSpotPortal, object: string, id: string): void {
  const space = portal.space(object);
  const record = space.store.getLive(id);
  if (record === undefined) return;
  record.snapshot = { ...record.snapshot, modifiedAt: portal.clock.now() };
  portal.showLater(space, record.snapshot);
}

/** See `HubSpotPortal.associate`. */
export function associateByHand(
  portal: HubSpotPortal,
  [from, to]: readonly [RecordRef, RecordRef],
  label: string | undefined,
): void {
  const [one, other] = [named(from), named(to)];
  checkObjects(portal, one.object, other.object);
  checkPair(portal, one, other);
  if (label === undefined) return associatePair(portal, one, other);
  const type = portal.links.types
    .between(one.object, other.object)
    .find((known) => known.label === label || (label === 'primary' && known.role === 'primary'));
  if (type === undefined) throw invalid(`There is no label "${label}" between ${one.object} and ${other.object}`);
  labelPair(portal, one, other, [...portal.links.between(one, other), type]);
}

/** See `HubSpotPortal.dissociate`. */
export function dissociateByHand(portal: HubSpotPortal, from: RecordRef, to: RecordRef): void {
  dissociatePair(portal, named(from), named(to));
}

export function exportAssociations(portal: HubSpotPortal): ExportedAssociation[] {
  return [...portal.links.all()].flatMap(({ from, to, types }) =>
    types.map(({ typeId, category, label }) => ({ from, to, typeId, category, label })),
  );
}

/** A test may call an object by any of its names. */
function named({ object, id }: RecordRef): RecordRef {
  return { object: objectKind(object).plural, id };
}

function instantOf(given: unknown, otherwise: number): number {
  return typeof given === 'string' ? Date.parse(given) : otherwise;
}
