import type { Snapshot } from '../records/record.ts';
import { epochOf } from '../values/instants.ts';
import type { SearchScope } from './associated-predicate.ts';
import { comparable, filterDefinition, type Predicate, predicateOf } from './predicate.ts';
import type { SearchIndex } from './search-index.ts';
import type { Filter, SearchRequest } from './search-request.ts';

export type SearchAnswer = { total: number; page: readonly Snapshot[]; nextAfter: number | undefined };

const MODIFIED = ['lastmodifieddate', 'hs_lastmodifieddate'];
const KEPT_ANSWERS = 8;

/** Finds records in one index. Remembers its last answers, so that the pages of one search cost one search. */
export class Searcher {
  readonly #index: SearchIndex;
  readonly #scope: SearchScope;
  readonly #answers = new Map<string, { generation: string; found: readonly Snapshot[] }>();

  constructor(index: SearchIndex, scope: SearchScope) {
    this.#index = index;
    this.#scope = scope;
  }

  search(request: SearchRequest, now: number): SearchAnswer {
    this.#index.settle(now);
    const found = this.#found(request);
    const end = request.after + request.limit;
    return {
      total: found.length,
      page: found.slice(request.after, end),
      nextAfter: end < found.length && request.limit > 0 ? end : undefined,
    };
  }

  #found(request: SearchRequest): readonly Snapshot[] {
    const key = JSON.stringify([request.groups, request.query, request.sort]);
    const generation = `${this.#index.generation} ${this.#scope.associations.generation}`;
    const known = this.#answers.get(key);
    if (known?.generation === generation) return known.found;
    const found = this.#find(request);
    this.#answers.delete(key);
    this.#answers.set(key, { generation, found });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > KEPT_ANSWERS && oldest !== undefined) this.#answers.delete(oldest);
    return found;
  }

  #find(request: SearchRequest): readonly Snapshot[] {
    const groups = request.groups.map((group) => group.map((filter) => predicateOf(filter, this.#scope)));
    const { sort } = request;
    if (sort !== undefined) filterDefinition(this.#scope.registry, sort.property);
    const isByModified = sort !== undefined && MODIFIED.includes(sort.property);
    const window = modifiedWindow(request.groups);
    const candidates =
      window === undefined && !isByModified ? this.#index.byCreation() : slice(this.#index.byModified(), window);
    const matches = matcher(groups, request.query, this.#scope.kind.textProperties);
    const found: Snapshot[] = [];
    for (const { snapshot } of candidates) if (matches(snapshot)) found.push(snapshot);
    if (isByModified) return sort.isDescending ? found.reverse() : found;
    if (sort !== undefined) return found.sort(this.#order(sort));
    return window === undefined
      ? found
      : found.sort((left, right) => left.createdAt - right.createdAt || left.number - right.number);
  }

  #order({
    property,
    isDescending,
  }: {
    property: string;
    isDescending: boolean;
  }): (a: Snapshot, b: Snapshot) => number {
    const sign = isDescending ? -1 : 1;
    if (property === 'hs_object_id') return (left, right) => sign * (left.number - right.number);
    const { registry } = this.#scope;
    const definition = filterDefinition(registry, property);
    const isNumeric = ['number', 'date', 'datetime'].includes(definition.type);
    return (left, right) => {
      const a = registry.valueOf(left, property) ?? '';
      const b = registry.valueOf(right, property) ?? '';
      // Records without a value come last either way.
      if (a === '' || b === '') return Number(a === '') - Number(b === '') || left.number - right.number;
      if (isNumeric)
        return sign * (comparable(definition, a) - comparable(definition, b)) || left.number - right.number;
      return sign * (a.toLowerCase() < b.toLowerCase() ? -1 : Number(a.toLowerCase() > b.toLowerCase()));
    };
  }
}

function matcher(
  groups: readonly (readonly Predicate[])[],
  query: string,
  textProperties: readonly string[],
): Predicate {
  const words = query.split(/\s+/).filter(Boolean);
  const hasWords = (snapshot: Snapshot) =>
    words.every((word) =>
      textProperties.some((name) => snapshot.values.get(name)?.toLowerCase().includes(word) ?? false),
    );
  const inGroups = (snapshot: Snapshot) =>
    groups.length === 0 || groups.some((group) => group.every((matches) => matches(snapshot)));
  return words.length === 0 ? inGroups : (snapshot) => inGroups(snapshot) && hasWords(snapshot);
}

type Window = { from: number; to: number };

/** The stretch of modified dates outside which nothing can match: only for a single group, where all filters must hold. */
function modifiedWindow(groups: readonly (readonly Filter[])[]): Window | undefined {
  const [group] = groups;
  if (groups.length !== 1 || group === undefined) return undefined;
  const window = { from: -Infinity, to: Infinity };
  for (const { property, operator, value, highValue } of group) {
    if (!MODIFIED.includes(property)) continue;
    const low = epochOf(value, 'v3');
    const high = epochOf(highValue, 'v3');
    if (low === undefined) continue;
    if (['GT', 'GTE', 'EQ', 'BETWEEN'].includes(operator)) window.from = Math.max(window.from, low);
    if (['LT', 'LTE', 'EQ'].includes(operator)) window.to = Math.min(window.to, low);
    if (operator === 'BETWEEN' && high !== undefined) window.to = Math.min(window.to, high);
  }
  return window.from === -Infinity && window.to === Infinity ? undefined : window;
}

type Sorted = readonly { readonly snapshot: Snapshot }[];

function slice(sorted: Sorted, window: Window | undefined): Sorted {
  if (window === undefined) return sorted;
  return sorted.slice(firstFrom(sorted, window.from), firstFrom(sorted, window.to + 1));
}

function firstFrom(sorted: Sorted, at: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.snapshot.modifiedAt ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
