import { nameOfPerson } from '../domain/people/person-name.ts';
import { entityKindOf, recordName, type Sighting } from '../domain/people/record.ts';
import { type Tie, tiesOf } from '../domain/people/tie.ts';
import type { Values } from '../domain/values/value.ts';
import type { FactRow } from './facts.ts';
import { columnsOf } from './records.ts';
import { type IdentityColumns, identityIn, type SightingRow, sightingFrom } from './sighting-rows.ts';

/** What a new sighting adds to what is known of a record. */
export type News = {
  /** `late`: older than what we have; `same`: nothing to plan for; `moved`: a real difference. */
  readonly kind: 'late' | 'same' | 'moved';
  readonly row: SightingRow;
  readonly facts: readonly FactRow[];
  /** What it said of whose it is, before and after: whoever shares one of these may now match, or no longer. Empty unless that changed. */
  readonly identities: readonly IdentityColumns[];
  /** What became of its ties; `null` unless something did. */
  readonly ties: TieNews | null;
};

export type TieNews = {
  readonly after: readonly Tie[];
  /** Those that came or went. */
  readonly moved: readonly Tie[];
};

/**
 * Compares a sighting with the stored row. Pure: no statement, no clock.
 *
 * Values are merged into the known ones, so a page with fewer fields forgets nothing. The record's own stamp is no difference:
 * both systems move it for reasons that are nobody's edit.
 */
export function newsIn(sighting: Sighting, known: SightingRow | undefined, factFields: readonly string[]): News {
  const columns = columnsOf(sighting.record);
  if (known !== undefined && isLate(sighting, known)) return quiet('late', known);
  const values = { ...known?.values, ...sighting.values };
  const isSame = known !== undefined && !differs(known, sighting);
  const row: SightingRow = {
    ...columns,
    // Whose a record is follows from its values.
    ...(isSame ? identityOfRow(known) : identityIn(columns, values)),
    values,
    facts: known?.facts ?? {},
    created_at: sighting.createdAt,
    modified_at: sighting.modifiedAt,
    seen_at: sighting.seenAt,
    deleted: sighting.deleted,
    merged_into: sighting.mergedInto ?? null,
    moved_by: sighting.movedBy ?? moverOf(sighting, known),
  };
  return withFacts(isSame ? quiet('same', row) : moved(row, known), sighting, factFields);
}

/**
 * Older than what we have: read before it, or told by an index that does not know the record's newest state yet. What that shows is the
 * record without our last write, or without what somebody typed since, and taken for an edit it would run back over the other side. Of a
 * record that is gone we know no stamp of its own: whatever shows it again is looked at.
 */
function isLate({ seenAt, asOf = seenAt, modifiedAt }: Sighting, known: SightingRow): boolean {
  if (seenAt < known.seen_at) return true;
  return !known.deleted && asOf < known.seen_at && modifiedAt < known.modified_at;
}

/** A thin sighting of the same state does not say who moved it, and takes nothing back. */
function moverOf({ modifiedAt }: Sighting, known: SightingRow | undefined): SightingRow['moved_by'] {
  return known?.modified_at === modifiedAt ? known.moved_by : null;
}

function quiet(kind: 'late' | 'same', row: SightingRow): News {
  return { kind, row, facts: [], identities: [], ties: null };
}

function moved(row: SightingRow, known: SightingRow | undefined): News {
  const identities = identityMoved(row, known) ? [...(known === undefined ? [] : [known]), row] : [];
  return { kind: 'moved', row, facts: [], identities, ties: tieNews(row, known) };
}

/**
 * What a record's newest state says of its ties, where that is not what its last state said. A contact role is nothing but its tie, so
 * whatever moves on it moves that.
 */
export function tieNews(row: SightingRow, known: SightingRow | undefined): TieNews | null {
  const before = known === undefined ? [] : tiesOf(sightingFrom(known));
  const after = tiesOf(sightingFrom(row));
  const [stood, stand] = [before, after].map((ties) => new Set(ties.map(textOf)));
  const isStill = (tie: Tie) => stood?.has(textOf(tie)) && stand?.has(textOf(tie)) && entityKindOf(row.object) !== null;
  const moved = [...before, ...after].filter((tie) => !isStill(tie));
  return moved.length === 0 ? null : { after, moved };
}

function textOf(tie: Tie): string {
  return JSON.stringify(tie);
}

function identityMoved(row: SightingRow, known: SightingRow | undefined): boolean {
  if (entityKindOf(row.object) === null) return false;
  return known === undefined || identityDiffers(known, row);
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
      source: null,
    };
  });
  const latest = Object.fromEntries(told.map((field) => [field, values[field] ?? null]));
  return { ...news, facts, row: { ...news.row, facts: { ...news.row.facts, ...latest } } };
}

function differs(known: SightingRow, { deleted, mergedInto, values }: Sighting): boolean {
  if (known.deleted !== deleted || known.merged_into !== (mergedInto ?? null)) return true;
  return Object.keys(values).some((field) => known.values[field] !== values[field]);
}

function identityOfRow({ email, domain, company_name, entity_key, aliases }: SightingRow): IdentityColumns {
  return { email, domain, company_name, entity_key, aliases };
}

function identityDiffers(known: SightingRow, row: SightingRow): boolean {
  return (
    known.email !== row.email ||
    known.domain !== row.domain ||
    known.company_name !== row.company_name ||
    known.entity_key !== row.entity_key ||
    known.aliases?.join() !== row.aliases?.join() ||
    nameIn(known) !== nameIn(row) ||
    known.deleted !== row.deleted ||
    converted(known.values) !== converted(row.values)
  );
}

/** Behind a shared mailbox the name counts, too. */
function nameIn(row: SightingRow): string | null {
  return entityKindOf(row.object) === 'person' ? nameOfPerson(sightingFrom(row)) : null;
}

/** A converted Lead is history: its address is free for the Contact that it became. */
function converted(values: Values): boolean {
  return values['IsConverted'] === true;
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
