import type { HubSpotPortal } from '../portal.ts';
import { invalid, invalidValues, Refusal } from '../refusal.ts';
import type { Conflict, Draft } from './draft.ts';
import type { ObjectSpace } from './object-space.ts';

/** Throws what HubSpot answers to a single write that it will not do. */
export function refuseDraft(portal: HubSpotPortal, space: ObjectSpace, draft: Draft): void {
  const refusal = valueRefusal(space, draft);
  if (refusal !== undefined) throw refusal;
  if (draft.conflict !== undefined) throw conflictRefusal(portal, space, draft, draft.conflict);
}

/** What is wrong with the values of a write, or `undefined`. */
export function valueRefusal(space: ObjectSpace, { problems, missing }: Draft): Refusal | undefined {
  if (problems.length > 0) return invalidValues(problems);
  if (missing.length === 0) return undefined;
  const message = `Error creating ${space.kind.singular}. Some required properties were not set.`;
  return invalid(message, { context: { properties: [...missing] } });
}

export function conflictRefusal(portal: HubSpotPortal, space: ObjectSpace, draft: Draft, conflict: Conflict): Refusal {
  const isCreate = draft.target === undefined;
  const asConflict = isCreate || portal.switches.emailConflictOnUpdate === '409';
  if (conflict.property === 'email' && asConflict) {
    return new Refusal(409, {
      message: `Contact already exists. Existing ID: ${conflict.holderId}`,
      category: 'CONFLICT',
    });
  }
  // A create that fails like this has half-allocated an id already, and names it.
  const loser = draft.target?.id ?? portal.nextId();
  const coordinates = [
    `portalId=${portal.portalId}`,
    `objectTypeId=ObjectTypeId{legacyObjectType=${space.kind.singular}}`,
    `propertyName=${conflict.property}`,
    `value=${conflict.value}`,
  ].join(', ');
  return invalid(
    `Cannot set PropertyValueCoordinates{${coordinates}} on ${loser}. ${conflict.holderId} already has that value.`,
  );
}
