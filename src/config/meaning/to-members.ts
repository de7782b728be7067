import type { Team, Territories } from '../../domain/people/mapping.ts';
import { didYouMean } from '../../domain/texts/closest.ts';
import { canonicalEmail } from '../../domain/values/canonical.ts';
import { searchable } from '../../domain/values/reading.ts';
import type { WrittenTeam } from '../grammar/owners-grammar.ts';
import type { Complaints } from './complain.ts';

type Members = Pick<Team, 'members' | 'weights' | 'capacities'>;

/** What a territory may be told by; `null`: that file could not be read, and nothing is said of what it would have. */
export type FieldNames = { readonly person: readonly string[] | null; readonly company: readonly string[] | null };

/** Everybody who may receive something: those of the list, and those of the table of territories. */
export function toMembers(
  name: string,
  { members: written = [], assign, capacity }: WrittenTeam,
  complaints: Complaints,
): Members {
  const listed = written.map((one) => (typeof one === 'string' ? { who: one } : one));
  const people = listed.map(({ who }) => address(who));
  const twice = people.find((person, index) => people.indexOf(person) !== index);
  if (twice !== undefined)
    complaints.about(
      ['teams', name, 'members'],
      `${twice} stands twice in "members". Keep one; who is to receive more writes { who: ${twice}, weight: 2 }.`,
    );
  const isCounted = capacity !== undefined || listed.some((one) => 'capacity' in one || 'weight' in one);
  if (assign === 'queue' && isCounted)
    complaints.about(
      ['teams', name],
      'assign: queue gives to nobody in person, so "capacity" and "weight" would do nothing. Remove them, or write assign: round-robin.',
    );
  const named =
    typeof assign === 'string' ? [] : [...Object.values(assign.table).flat(), ...(assign.otherwise ?? [])].map(address);
  const all = [...new Set([...people, ...named])];
  const weights = listed.flatMap(({ who, weight }: { who: string; weight?: number | undefined }) =>
    weight === undefined || weight === 1 ? [] : [[address(who), weight] as const],
  );
  const own = new Map(
    listed.flatMap(({ who, capacity: day }: { who: string; capacity?: string | undefined }) =>
      day === undefined ? [] : [[address(who), Number.parseInt(day, 10)] as const],
    ),
  );
  const capacities = all.flatMap((email) => {
    const limit = own.get(email) ?? (capacity === undefined ? undefined : Number.parseInt(capacity, 10));
    return limit === undefined ? [] : [[email, limit] as const];
  });
  return {
    members: all,
    ...(weights.length === 0 ? {} : { weights: Object.fromEntries(weights) }),
    ...(capacities.length === 0 ? {} : { capacities: Object.fromEntries(capacities) }),
  };
}

/** Who takes turns where. A value is read as people read it, so that two spellings of it are one. */
export function toTerritories(
  name: string,
  { by, table, otherwise = [] }: Exclude<WrittenTeam['assign'], string>,
  fields: FieldNames,
  complaints: Complaints,
): Territories {
  const path = ['teams', name, 'assign'];
  complainOfField(by, [...path, 'by'], fields, complaints);
  const values = Object.keys(table);
  for (const value of values) {
    const same = values.find((other) => other !== value && searchable(other) === searchable(value));
    if (same !== undefined && values.indexOf(same) < values.indexOf(value))
      complaints.aboutKey(
        [...path, 'table', value],
        `"${value}" and "${same}" read the same, and nobody could tell whose line is meant. Keep one.`,
      );
    complainOfDoubles(table[value]!, [...path, 'table', value], complaints);
  }
  complainOfDoubles(otherwise, [...path, 'otherwise'], complaints);
  return {
    by,
    table: Object.fromEntries(Object.entries(table).map(([value, who]) => [value, who.map(address)])),
    otherwise: otherwise.map(address),
  };
}

function complainOfDoubles(who: readonly string[], path: readonly string[], complaints: Complaints): void {
  const people = who.map(address);
  const twice = people.find((person, index) => people.indexOf(person) !== index);
  if (twice !== undefined) complaints.about(path, `${twice} stands twice in this list. Keep one.`);
}

function complainOfField(by: string, path: readonly string[], fields: FieldNames, complaints: Complaints): void {
  const [of, ...rest] = by.split('.');
  const field = rest.join('.');
  if (of !== 'person' && of !== 'company') {
    complaints.about(
      path,
      `"${by}" is no field by which people can be told apart here. Write person. and a field of contact.yaml, or company. and one of company.yaml: person.state.`,
    );
    return;
  }
  const known = fields[of];
  if (known === null || known.includes(field)) return;
  const file = of === 'person' ? 'contact.yaml' : 'company.yaml';
  complaints.about(
    path,
    `${file} maps no field \`${field}\`.${didYouMean(field, known)} Fields: ${known.join(', ') || 'none'}.`,
  );
}

function address(text: string): string {
  return canonicalEmail(text) ?? text;
}
