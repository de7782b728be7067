import { objectKind } from '../objects.ts';
import type { HubSpotPortal } from '../portal.ts';
import type { AssociationStore, RecordRef } from './association-store.ts';
import type { AssociationType } from './association-types.ts';

export type PresentedLinks = {
  readonly to: readonly { toObjectId: number; associationTypes: Record<string, unknown>[] }[];
  /** Where the rest begins. */
  readonly after: string | undefined;
};

const PAGE = 500;

/** One page of what belongs to a record, by id. Ids of associations are numbers here, unlike everywhere else. */
export function linksOf(
  associations: AssociationStore,
  from: RecordRef,
  to: string,
  { after, limit = PAGE }: { after?: string | undefined; limit?: number } = {},
): PresentedLinks {
  const start = after === undefined ? 0 : Number(Buffer.from(after, 'base64url').toString());
  const rest = [...associations.from(from, to)]
    .map(([id, types]) => ({ toObjectId: Number(id), associationTypes: types.map(presentType) }))
    .filter(({ toObjectId }) => toObjectId >= start)
    .sort((left, right) => left.toObjectId - right.toObjectId);
  const next = rest[limit]?.toObjectId;
  return {
    to: rest.slice(0, limit),
    after: next === undefined ? undefined : Buffer.from(String(next)).toString('base64url'),
  };
}

export function presentType({ category, typeId, label }: AssociationType): Record<string, unknown> {
  return { category, typeId, label };
}

/** The answer to a write: which two, and the labels that were named. */
export function presentPair(
  from: RecordRef,
  to: RecordRef,
  types: readonly AssociationType[],
): Record<string, unknown> {
  return {
    fromObjectTypeId: objectKind(from.object).typeId,
    fromObjectId: Number(from.id),
    toObjectTypeId: objectKind(to.object).typeId,
    toObjectId: Number(to.id),
    labels: types.flatMap(({ label }) => (label === null ? [] : [label])),
  };
}

type Listed = Record<string, { results: { id: string; type: string }[] }>;

/** What a read of records adds when it asks for associations: each pair once per type; objects without any are left out. */
export function listedAssociations(portal: HubSpotPortal, from: RecordRef, objects: readonly string[]): Listed {
  const listed: Listed = {};
  for (const name of objects) {
    const { plural } = objectKind(name);
    const results = [...portal.links.from(from, plural)].flatMap(([id, types]) =>
      types.map((type) => ({ id, type: type.name })),
    );
    if (results.length > 0) listed[plural] = { results };
  }
  return listed;
}
