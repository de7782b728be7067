import type { HubSpotPortal } from '../portal.ts';
import { invalid } from '../refusal.ts';
import { labelPair } from './associate.ts';
import type { AssociationType } from './association-types.ts';
import { checkPair, type GivenType, invalidIds, readTypes } from './check-association.ts';

type Given = Readonly<Record<string, unknown>>;

/** An association that a create asks for; the other object follows from the type. */
export type WantedAssociation = {
  readonly object: string;
  readonly id: string;
  readonly types: readonly AssociationType[];
};

/** Reads `associations` of a create, before anything is created, so that a bad one leaves nothing behind. */
export function readAssociations(portal: HubSpotPortal, from: string, given: unknown): WantedAssociation[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw invalid('"associations" must be a list');
  return given.map((one: Given) => {
    const id = idOf(one['to']);
    const named = readGivenTypes(one['types']);
    const object = otherObject(portal, from, named);
    const to = { object, id };
    // The new record has no id yet; it stands for itself.
    const types = readTypes(portal, { object: from, id: '0' }, to, named);
    if (portal.space(object).store.getLive(id) === undefined) throw invalidIds(object, id);
    return { ...to, types };
  });
}

export function associateNew(
  portal: HubSpotPortal,
  from: string,
  id: string,
  wanted: readonly WantedAssociation[],
): void {
  for (const { types, ...to } of wanted) {
    checkPair(portal, { object: from, id }, to);
    labelPair(portal, { object: from, id }, to, types);
  }
}

function otherObject(portal: HubSpotPortal, from: string, named: readonly GivenType[]): string {
  const [first] = named;
  if (first === undefined) throw invalid('Every association needs at least one type');
  const found = portal.links.types
    .startingAt(from)
    .find(({ category, typeId }) => category === first.category && typeId === first.typeId);
  if (found === undefined)
    throw invalid(`No association type ${first.typeId} in category ${first.category} from ${from}`);
  return found.to;
}

/** `[{ associationCategory, associationTypeId }]` of a request. */
export function readGivenTypes(given: unknown): GivenType[] {
  if (!Array.isArray(given)) throw invalid('Association types must be a list');
  return given.map((type: Given) => ({
    category: String(type['associationCategory']),
    typeId: Number(type['associationTypeId']),
  }));
}

/** The id in `{ id }`, which may be sent as a number. */
export function idOf(given: unknown): string {
  const id = (given as Given | undefined)?.['id'];
  if (typeof id !== 'string' && typeof id !== 'number') throw invalid('Some required fields were not set: [id]');
  return String(id);
}
