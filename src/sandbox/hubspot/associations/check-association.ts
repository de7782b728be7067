import { objectKind, oneOf } from '../objects.ts';
import type { HubSpotPortal } from '../portal.ts';
import { invalid, notEmulated, Refusal } from '../refusal.ts';
import type { RecordRef } from './association-store.ts';
import type { AssociationType } from './association-types.ts';

/** A type as a request names it. */
export type GivenType = { readonly category: string; readonly typeId: number };

/** The types of a request; throws HubSpot's 400 for one that does not join these two objects in this direction. */
export function readTypes(
  portal: HubSpotPortal,
  from: RecordRef,
  to: RecordRef,
  given: readonly GivenType[],
): AssociationType[] {
  return given.map(({ category, typeId }) => {
    const { types } = portal.links;
    const found = types
      .between(from.object, to.object)
      .find((type) => type.typeId === typeId && type.category === category);
    if (found !== undefined) return found;
    const elsewhere = category === 'HUBSPOT_DEFINED' ? types.shippedById(typeId) : undefined;
    if (elsewhere === undefined) throw invalid(`No association type ${typeId} in category ${category}`);
    // HubSpot takes the number at its word: it looks for records of the objects that the type joins.
    const isFrom = elsewhere.from !== from.object;
    throw invalidIds(isFrom ? elsewhere.from : elsewhere.to, isFrom ? from.id : to.id);
  });
}

/** Throws unless both records can be associated. */
export function checkPair(portal: HubSpotPortal, from: RecordRef, to: RecordRef): void {
  for (const { id } of [from, to]) {
    if (!/^\d+$/.test(id)) {
      throw invalid(`${id} is not a valid ID`, {
        subCategory: 'crm.associations.INVALID_IDENTIFIER',
        context: { id: [id] },
      });
    }
  }
  if (from.object === to.object && from.id === to.id) {
    throw invalid(`Object ${from.id} cannot be associated to itself (${to.id})`);
  }
  for (const { object, id } of [from, to]) {
    if (portal.space(object).store.getLive(id) === undefined) throw invalidIds(object, id);
  }
}

/** Throws for two objects between which this sandbox knows no relation, rather than inventing a number. */
export function checkObjects(portal: HubSpotPortal, from: string, to: string): void {
  if (portal.links.types.unlabeled(from, to) !== undefined) return;
  throw notEmulated(`associations between ${from} and ${to}`, 'associations/association-ids.ts');
}

/** The 400 for a record that is not there. */
export function invalidIds(object: string, id: string): Refusal {
  const objectType = objectKind(object).singular;
  return invalid('One or more associations are invalid', {
    context: { INVALID_OBJECT_IDS: [`${objectType}=${id} is not valid`], objectId: [id], objectType: [objectType] },
  });
}

/** How one side has nothing on the other: an error to HubSpot, a fact to everybody else. */
export function nothingAssociated(from: RecordRef, to: string): Refusal {
  const [fromType, toType] = [oneOf(objectKind(from.object)), oneOf(objectKind(to))];
  return new Refusal(404, {
    message: `No ${toType} is associated with ${fromType} ${from.id}.`,
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    context: { fromObjectId: [from.id], fromObjectType: [fromType], toObjectType: [toType] },
  });
}
