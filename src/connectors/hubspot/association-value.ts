import { type HubSpotRecord, idText } from './records.ts';

/** One association as v4 tells it. Its ids arrive as numbers, whatever the client declares. */
export type Typed = {
  readonly toObjectId: string | number;
  readonly associationTypes: readonly { readonly category: string; readonly typeId: number }[];
};

/** The type by which a contact or a deal has its main company; no other pair that we read has a main one. */
const PRIMARY: Readonly<Record<string, { readonly typeId: number; readonly name: string }>> = {
  'contacts>companies': { typeId: 1, name: 'contact_to_company' },
  'deals>companies': { typeId: 5, name: 'deal_to_company' },
};

/** The ids of a record's associations as one value: the primary one first, the others ascending; `null` when there are none. */
export function valueOf(from: string, to: string, linked: readonly Typed[]): string | null {
  const primary = PRIMARY[`${from}>${to}`];
  const isPrimary = ({ associationTypes }: Typed) =>
    associationTypes.some(({ category, typeId }) => category === 'HUBSPOT_DEFINED' && typeId === primary?.typeId);
  return inOrder(
    linked.map(({ toObjectId }) => idText(toObjectId)),
    linked.filter(isPrimary).map(({ toObjectId }) => idText(toObjectId)),
  );
}

/**
 * The same from a listing that was asked for associations, which names each association's type in words; `undefined` where that leaves
 * open which of several companies is the main one, or is not everything.
 */
export function listedValue(from: string, to: string, { associations }: HubSpotRecord): string | null | undefined {
  const { results, paging } = associations?.[to] ?? { results: [], paging: undefined };
  if (paging !== undefined && paging !== null) return undefined;
  const ids = results.map(({ id }) => idText(id));
  const primary = PRIMARY[`${from}>${to}`];
  if (primary === undefined || new Set(ids).size <= 1) return inOrder(ids, []);
  const named = new Set(results.filter(({ type }) => type === primary.name).map(({ id }) => idText(id)));
  return named.size === 1 ? inOrder(ids, [...named]) : undefined;
}

function inOrder(ids: readonly string[], primary: readonly string[]): string | null {
  const others = [...new Set(ids)].filter((id) => !primary.includes(id)).toSorted(byNumber);
  const all = [...new Set(primary), ...others];
  return all.length === 0 ? null : all.join(';');
}

/** Ids are longer than a number can be trusted with. */
function byNumber(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}
