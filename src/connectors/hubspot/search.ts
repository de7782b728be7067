import type { Instant } from '../../domain/values/value.ts';
import { FilterOperatorEnum as Is } from './api.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';
import { type HubSpotRecord, type Lens, modifiedProperty, recordsIn } from './records.ts';

export type SearchPage = { readonly records: readonly HubSpotRecord[]; readonly more: boolean };

type Condition = { readonly propertyName: string; readonly operator: Is; readonly value: string };

/** One page of the rows modified from `from` to `until`, both included, oldest first. */
export function searchSince(
  gateway: Gateway,
  lens: Lens,
  properties: readonly string[],
  { from, until, limit }: { readonly from: Instant; readonly until: Instant; readonly limit: number },
): Promise<SearchPage> {
  const propertyName = modifiedProperty(lens.object);
  const conditions = [
    { propertyName, operator: Is.Gte, value: String(from) },
    { propertyName, operator: Is.Lte, value: String(until) },
  ];
  return search(gateway, lens, properties, { conditions, sortBy: propertyName, limit });
}

/** One page of the rows modified at exactly `at` whose id is greater than `afterId`, in the order of ids. */
export function searchInstant(
  gateway: Gateway,
  lens: Lens,
  properties: readonly string[],
  { at, afterId, limit }: { readonly at: Instant; readonly afterId: string; readonly limit: number },
): Promise<SearchPage> {
  const propertyName = modifiedProperty(lens.object);
  const conditions = [
    { propertyName, operator: Is.Gte, value: String(at) },
    { propertyName, operator: Is.Lte, value: String(at) },
    { propertyName: 'hs_object_id', operator: Is.Gt, value: afterId },
  ];
  return search(gateway, lens, properties, { conditions, sortBy: 'hs_object_id', limit });
}

async function search(
  gateway: Gateway,
  lens: Lens,
  properties: readonly string[],
  { conditions, sortBy, limit }: { readonly conditions: Condition[]; readonly sortBy: string; readonly limit: number },
): Promise<SearchPage> {
  // The client types a sort as text; HubSpot documents an object, and the client passes it through.
  const sorts = [{ propertyName: sortBy, direction: 'ASCENDING' }] as unknown as string[];
  const question = { filterGroups: [{ filters: conditions }], sorts, properties: [...properties], limit };
  const page = await gateway.call(CALLS.search, ({ searches }) => searches.doSearch(lens.object, question));
  return { records: recordsIn(page.results), more: page.paging?.next !== undefined && page.results.length > 0 };
}
