import type { PropertyDefinition } from '../properties/definition.ts';
import type { PropertyRegistry } from '../properties/property-registry.ts';
import { listed } from '../records/derived.ts';
import type { Snapshot } from '../records/record.ts';
import { invalid } from '../refusal.ts';
import { epochOf } from '../values/instants.ts';
import { associatedPredicate, type SearchScope } from './associated-predicate.ts';
import type { Filter } from './search-request.ts';

export type Predicate = (snapshot: Snapshot) => boolean;

/** Dates of a record are compared as numbers, straight from where they are kept. */
const INSTANT_OF: Readonly<Record<string, (snapshot: Snapshot) => number>> = {
  createdate: (snapshot) => snapshot.createdAt,
  hs_createdate: (snapshot) => snapshot.createdAt,
  lastmodifieddate: (snapshot) => snapshot.modifiedAt,
  hs_lastmodifieddate: (snapshot) => snapshot.modifiedAt,
  hs_object_id: (snapshot) => snapshot.number,
};

export function filterDefinition(registry: PropertyRegistry, property: string): PropertyDefinition {
  const definition = registry.get(property);
  if (definition !== undefined) return definition;
  throw invalid(`There was a problem with the request. Property "${property}" does not exist`, {
    errors: [
      {
        message: `Property "${property}" does not exist`,
        code: 'PROPERTY_DOESNT_EXIST',
        context: { propertyName: [property] },
      },
    ],
  });
}

/** Records without a value match no operator but NOT_HAS_PROPERTY. */
export function predicateOf(filter: Filter, scope: SearchScope): Predicate {
  const associated = /^associations\.(.+)$/.exec(filter.property)?.[1];
  if (associated !== undefined) return associatedPredicate(filter, associated, scope);
  const { registry } = scope;
  const definition = filterDefinition(registry, filter.property);
  const read = (snapshot: Snapshot) => registry.valueOf(snapshot, filter.property) ?? '';
  if (filter.operator === 'HAS_PROPERTY') return (snapshot) => read(snapshot) !== '';
  if (filter.operator === 'NOT_HAS_PROPERTY') return (snapshot) => read(snapshot) === '';
  if (['number', 'date', 'datetime'].includes(definition.type)) return numericPredicate(filter, definition, read);
  const matches = textMatcher(filter, definition);
  return (snapshot) => {
    const value = read(snapshot);
    return value !== '' && matches(value);
  };
}

export function comparable(definition: PropertyDefinition, text: string): number {
  if (definition.type === 'number') return text === '' ? Number.NaN : Number(text);
  return epochOf(text, 'v3') ?? Number.NaN;
}

function numericPredicate(
  filter: Filter,
  definition: PropertyDefinition,
  read: (snapshot: Snapshot) => string,
): Predicate {
  const bound = comparable(definition, filter.value);
  const high = comparable(definition, filter.highValue);
  const chosen = new Set(filter.values.map((value) => comparable(definition, value)));
  const usesList = filter.operator === 'IN' || filter.operator === 'NOT_IN';
  if (!usesList && Number.isNaN(bound)) throw invalid(`"${filter.value}" is not a valid value of ${filter.property}`);
  const matches = numberMatcher(filter, bound, high, chosen);
  const instantOf = INSTANT_OF[filter.property];
  if (instantOf !== undefined) return (snapshot) => matches(instantOf(snapshot));
  return (snapshot) => {
    const number = comparable(definition, read(snapshot));
    return !Number.isNaN(number) && matches(number);
  };
}

function numberMatcher(
  filter: Filter,
  bound: number,
  high: number,
  chosen: ReadonlySet<number>,
): (number: number) => boolean {
  switch (filter.operator) {
    case 'EQ':
      return (number) => number === bound;
    case 'NEQ':
      return (number) => number !== bound;
    case 'LT':
      return (number) => number < bound;
    case 'LTE':
      return (number) => number <= bound;
    case 'GT':
      return (number) => number > bound;
    case 'GTE':
      return (number) => number >= bound;
    case 'BETWEEN':
      return (number) => number >= bound && number <= high;
    case 'IN':
      return (number) => chosen.has(number);
    case 'NOT_IN':
      return (number) => !chosen.has(number);
    default:
      throw invalid(`Operator ${filter.operator} does not fit property ${filter.property}`);
  }
}

/** Text is compared without case; options exactly; and IN on text compares the lower-cased record with what was sent. */
function textMatcher(filter: Filter, definition: PropertyDefinition): (value: string) => boolean {
  const isExact = definition.type === 'enumeration' || definition.type === 'bool';
  const folded = isExact ? (text: string) => text : (text: string) => text.toLowerCase();
  const parts = definition.fieldType === 'checkbox' ? listed : (value: string) => [value];
  const bound = folded(filter.value);
  const chosen = new Set(filter.values);
  const isEqual = (value: string) => folded(value) === bound || parts(value).some((part) => folded(part) === bound);
  const isChosen = (value: string) => parts(value).some((part) => chosen.has(folded(part)));
  switch (filter.operator) {
    case 'EQ':
      return isEqual;
    case 'NEQ':
      return (value) => !isEqual(value);
    case 'LT':
      return (value) => folded(value) < bound;
    case 'LTE':
      return (value) => folded(value) <= bound;
    case 'GT':
      return (value) => folded(value) > bound;
    case 'GTE':
      return (value) => folded(value) >= bound;
    case 'BETWEEN':
      return (value) => folded(value) >= bound && folded(value) <= folded(filter.highValue);
    case 'IN':
      return isChosen;
    case 'NOT_IN':
      return (value) => !isChosen(value);
    case 'CONTAINS_TOKEN':
      return tokenMatcher(filter.value);
    default: {
      const contains = tokenMatcher(filter.value);
      return (value) => !contains(value);
    }
  }
}

/** Whole words, in order; `*` stands for any characters. */
function tokenMatcher(wanted: string): (value: string) => boolean {
  const pattern = wanted.toLowerCase();
  if (pattern.includes('*')) {
    const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    const expression = new RegExp(`^${source}$`, 'u');
    return (value) => expression.test(value.toLowerCase()) || tokens(value).some((token) => expression.test(token));
  }
  const words = tokens(pattern).join(' ');
  return (value) => words !== '' && ` ${tokens(value).join(' ')} `.includes(` ${words} `);
}

function tokens(value: string): string[] {
  return value.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}
