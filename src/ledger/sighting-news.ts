import { PERSON_OBJECTS, type Sighting } from '../domain/people/record.ts';
import type { Instant, Value, Values } from '../domain/values/value.ts';
import { columnsOf, type RecordColumns, recordName } from './records.ts';
import { identityIn, type SightingRow } from './sighting-rows.ts';

/** What a new sighting adds to what is known of a record. */
export type News = {
  /** `late`: older than what we have; `same`: nothing to plan for; `moved`: a real difference. */
  readonly kind: 'late' | 'same' | 'moved';
  readonly row: SightingRow;
  readonly facts: readonly FactRow[];
  /** Addresses and keys before and after: whoever shares one may now match, or no longer. Empty unless that changed. */
  readonly neighbours: { readonly emails: readonly string[]; readonly keys: readonly string[] };
  readonly identityMoved: boolean;
};

export type FactRow = RecordColumns & {
  readonly field: string;
  readonly value: Value;
  readonly valid_from: Instant;
  readonly seen_at: Instant;
  readonly observer: string | null;
};

/**
 * Compares a sighting with the stored row. Pure: no statement, no clock.
 *
 * Values are merged into the known ones, so a page with fewer fields forgets nothing. The record's own stamp is no difference:
 * both systems move it for reasons that are nobody's edit.
 */
export function newsIn(sighting: Sighting, known: SightingRow | undefined, factFields: readonly string[]): News {
  const columns = columnsOf(sighting.record);
  if (known !== undefined && sighting.seenAt < known.seen_at) return quiet('late', known);
  const values = { ...known?.values, ...sighting.values };
  const row: SightingRow = {
    ...columns,
    ...identityIn(columns, values),
    values,
    facts: known?.facts ?? {},
    created_at: sighting.createdAt,
    modified_at: sighting.modifiedAt,
    seen_at: sighting.seenAt,
    deleted: sighting.deleted,
    merged_into: sighting.mergedInto ?? null,
    moved_by: sighting.movedBy ?? null,
  };
  return withFacts(
    known === undefined || differs(known, row) ? moved(row, known) : quiet('same', row),
    sighting,
    factFields,
  );
}

function quiet(kind: 'late' | 'same', row: SightingRow): News {
  return { kind, row, facts: [], neighbours: { emails: [], keys: [] }, identityMoved: false };
}

function moved(row: SightingRow, known: SightingRow | undefined): News {
  const identityMoved = PERSON_OBJECTS.includes(row.object) && (known === undefined || identityDiffers(known, row));
  const neighbours = identityMoved
    ? { emails: present(known?.email, row.email), keys: present(known?.person_key, row.person_key) }
    : { emails: [], keys: [] };
  return { kind: 'moved', row, facts: [], neighbours, identityMoved };
}

/** Our own writes change the sighting without a word here, so facts are told by their own last value. */
function withFacts(
  news: News,
  { values, record, modifiedAt, seenAt, movedBy }: Sighting,
  factFields: readonly string[],
): News {
  const told = factFields.filter((field) => values[field] !== undefined && values[field] !== news.row.facts[field]);
  if (told.length === 0) return news;
  const facts = told.map((field): FactRow => {
    return {
      ...columnsOf(record),
      field,
      value: values[field] ?? null,
      valid_from: modifiedAt,
      seen_at: seenAt,
      observer: movedBy ?? null,
    };
  });
  const latest = Object.fromEntries(told.map((field) => [field, values[field] ?? null]));
  return { ...news, facts, row: { ...news.row, facts: { ...news.row.facts, ...latest } } };
}

function differs(known: SightingRow, row: SightingRow): boolean {
  if (known.deleted !== row.deleted || known.merged_into !== row.merged_into) return true;
  return Object.keys(row.values).some((field) => known.values[field] !== row.values[field]);
}

function identityDiffers(known: SightingRow, row: SightingRow): boolean {
  return (
    known.email !== row.email ||
    known.person_key !== row.person_key ||
    known.deleted !== row.deleted ||
    converted(known.values) !== converted(row.values)
  );
}

/** A converted Lead is history: its address is free for the Contact that it became. */
function converted(values: Values): boolean {
  return values['IsConverted'] === true;
}

function present(...texts: readonly (string | null | undefined)[]): readonly string[] {
  return [...new Set(texts.filter((text) => typeof text === 'string'))];
}

/** One sighting per record: the newest state, with the values of all. */
export function newestOfEach(sightings: readonly Sighting[]): readonly Sighting[] {
  const newest = new Map<string, Sighting>();
  for (const sighting of [...sightings].sort((a, b) => a.seenAt - b.seenAt)) {
    const before = newest.get(recordName(sighting.record));
    newest.set(recordName(sighting.record), { ...sighting, values: { ...before?.values, ...sighting.values } });
  }
  return [...newest.values()];
}
