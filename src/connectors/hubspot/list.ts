import { associatedObjects } from './associations.ts';
import type { CallKind, Gateway } from './gateway.ts';
import { type HubSpotRecord, type Lens, recordsIn } from './records.ts';

/** Rows of one page of a listing; HubSpot's limit. */
export const LIST_PAGE = 100;

export type Listing = { readonly records: readonly HubSpotRecord[]; readonly after: string | undefined };

/** One page of all live records in the order of ids, with their associations; or of the recycle bin, where there are none. */
export async function listPage(
  gateway: Gateway,
  lens: Lens,
  properties: readonly string[],
  {
    after,
    archived,
    call,
  }: { readonly after: string | undefined; readonly archived: boolean; readonly call: CallKind },
): Promise<Listing> {
  const others = archived ? [] : associatedObjects(lens);
  const associations = others.length === 0 ? undefined : others;
  const page = await gateway.call(call, ({ records }) =>
    records.getPage(lens.object, LIST_PAGE, after, [...properties], undefined, associations, archived),
  );
  return { records: recordsIn(page.results), after: page.paging?.next?.after };
}
