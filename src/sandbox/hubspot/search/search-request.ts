import { invalid } from '../refusal.ts';

const OPERATORS = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;
type Operator = (typeof OPERATORS)[number];

export type Filter = {
  property: string;
  operator: Operator;
  value: string;
  highValue: string;
  values: readonly string[];
};

export type SearchRequest = {
  groups: readonly (readonly Filter[])[];
  query: string;
  sort: { property: string; isDescending: boolean } | undefined;
  limit: number;
  after: number;
  properties: readonly string[] | undefined;
};

const SEARCH_LIMITS = { page: 200, window: 10_000, body: 3_000, groups: 5, filtersPerGroup: 6, filters: 18 };

type Given = Record<string, unknown>;

/** Reads a search body, or refuses it. A bare list of `filters` is one group. */
export function readSearchRequest(body: unknown, bodyLength: number): SearchRequest {
  if (bodyLength > SEARCH_LIMITS.body) {
    throw invalid(`The request body may have at most ${SEARCH_LIMITS.body} characters, this one has ${bodyLength}.`);
  }
  const given = (typeof body === 'object' && body !== null ? body : {}) as Given;
  const groups = asList(given['filterGroups']).map((group) => asList((group as Given)['filters']).map(readFilter));
  if (given['filters'] !== undefined) groups.push(asList(given['filters']).map(readFilter));
  refuseTooManyFilters(groups);
  return {
    groups,
    query: asText(given['query']).trim().toLowerCase(),
    sort: readSort(asList(given['sorts'])),
    ...readWindow(given),
    properties: given['properties'] === undefined ? undefined : asList(given['properties']).map(asText),
  };
}

function refuseTooManyFilters(groups: readonly (readonly Filter[])[]): void {
  const all = groups.reduce((sum, group) => sum + group.length, 0);
  const { groups: mostGroups, filtersPerGroup, filters } = SEARCH_LIMITS;
  if (groups.length > mostGroups || all > filters || groups.some((group) => group.length > filtersPerGroup)) {
    throw invalid(`At most ${mostGroups} filter groups with ${filtersPerGroup} filters each, ${filters} in all.`);
  }
}

function readFilter(given: unknown): Filter {
  const filter = (given ?? {}) as Given;
  const operator = asText(filter['operator']) as Operator;
  if (!OPERATORS.includes(operator)) throw invalid(`Unknown filter operator: ${asText(filter['operator'])}`);
  return {
    property: asText(filter['propertyName']),
    operator,
    value: asText(filter['value']),
    highValue: asText(filter['highValue']),
    values: asList(filter['values']).map(asText),
  };
}

function readSort(sorts: readonly unknown[]): SearchRequest['sort'] {
  if (sorts.length > 1) throw invalid('Only one sort is supported.');
  const [sort] = sorts;
  if (sort === undefined) return undefined;
  if (typeof sort === 'string') {
    return sort.startsWith('-')
      ? { property: sort.slice(1), isDescending: true }
      : { property: sort, isDescending: false };
  }
  const { propertyName, direction } = sort as Given;
  return { property: asText(propertyName), isDescending: direction === 'DESCENDING' };
}

function readWindow(given: Given): { limit: number; after: number } {
  const limit = given['limit'] === undefined ? 10 : Number(given['limit']);
  const after = (given['after'] ?? '') === '' ? 0 : Number(given['after']);
  if (!Number.isInteger(limit) || limit < 0) throw invalid(`Invalid limit: ${asText(given['limit'])}`);
  if (limit > SEARCH_LIMITS.page)
    throw invalid(`The maximum limit is ${SEARCH_LIMITS.page}, this search asks for ${limit}.`);
  if (!Number.isInteger(after) || after < 0) throw invalid(`Invalid paging token: ${asText(given['after'])}`);
  if (after + limit > SEARCH_LIMITS.window) {
    throw invalid(`Searches cannot be paged past ${SEARCH_LIMITS.window} results.`);
  }
  return { limit, after };
}

function asList(given: unknown): unknown[] {
  return Array.isArray(given) ? given : [];
}

/** Numbers and booleans count as their text; a missing value is empty. */
function asText(given: unknown): string {
  return typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean' ? String(given) : '';
}
