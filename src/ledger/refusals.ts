import { sql } from 'kysely';
import type { Outcome, Refusal } from '../domain/people/change.ts';
import type { Finding } from '../domain/people/person.ts';
import { type RecordRef, recordName } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { namedFields } from '../reconcile/refused.ts';
import { wantedIn } from '../reconcile/wanted.ts';
import { type Move, moveChanges, supersedeFollowers } from './change-moves.ts';
import { type ChangeRow, subjectOf } from './change-rows.ts';
import { markDirty } from './entities.ts';
import { openFindings } from './findings.ts';
import { rows, type Session } from './session.ts';

/** A change, or part of one, that a system did not take. */
export type Refused = {
  readonly row: ChangeRow;
  readonly refusal: Refusal & { readonly holder?: RecordRef };
};

type Written = Extract<Outcome, { kind: 'written' }>;

/** The person is planned anew: what the system took no offence at may still be written. */
export async function refuse(on: Session, refused: readonly Refused[], at: Instant): Promise<void> {
  await moveChanges(on, refused.map(refusedMove));
  await tellRefused(on, refused, at);
  await supersedeFollowers(
    on,
    refused.map(({ row }) => row.id),
  );
}

export function refusedMove({ row, refusal: { code, message } }: Refused): Move {
  return { row, to: 'refused', outcome: { code, message } };
}

/** Tells what was refused, and has it planned anew. */
export async function tellRefused(on: Session, refused: readonly Refused[], at: Instant): Promise<void> {
  if (refused.length === 0) return;
  const held = refused.filter(({ refusal }) => refusal.holder !== undefined);
  const own = await recordsOf(
    on,
    held.map(({ row }) => row.entity),
  );
  const before = await refusalsBefore(
    on,
    refused.map(({ row }) => subjectOf(row)),
  );
  const told = refused.map((each) =>
    refusalFinding(each, { before: before.get(subjectOf(each.row)), records: own.get(each.row.entity) ?? null, at }),
  );
  await openFindings(on, told, at);
  await markDirty(
    on,
    refused.map(({ row }) => row.entity),
  );
}

/** What an open finding says, as `refusalFinding` needs it. */
export type Before = Pick<Finding, 'detail'>;

/**
 * The finding that remembers what was refused.
 *
 * A system names one bad field at a time. What it had refused of this record before was left out of this write, and is still refused: it
 * stands in the finding beside the news, or the two would be tried in turn for ever.
 */
export function refusalFinding(
  { row, refusal }: Refused,
  {
    before,
    records,
    at,
  }: { readonly before: Before | undefined; readonly records: string | null; readonly at: Instant },
): Finding {
  const { code, message, fields, holder } = refusal;
  const wanted = Object.fromEntries((row.steps[row.step] ?? []).map(({ field, after }) => [field, after]));
  const known = before === undefined ? {} : wantedIn(before);
  const leftOut =
    before === undefined || fields.length === 0 ? [] : namedFields(before).filter((field) => !(field in wanted));
  const detail = {
    change: row.id,
    refusedAt: at,
    reason: code,
    message,
    fields: [...leftOut, ...fields].join(','),
    wanted: JSON.stringify({ ...Object.fromEntries(leftOut.map((field) => [field, known[field]])), ...wanted }),
    holder: holder === undefined ? null : recordName(holder),
    // Whom it was to be written for, so that a person can lay both records side by side.
    ...(holder === undefined ? {} : { records }),
  };
  return { code: 'WRITE_REFUSED', subject: subjectOf(row), entity: row.entity, detail };
}

/** The change as it went in: what the system did not take is no part of it. */
export function asWritten<Row extends ChangeRow>(row: Row, { except }: Written): Row {
  if (except === undefined) return row;
  const out = new Set(except.fields);
  const steps = row.steps.map((fields) => fields.filter(({ field }) => !out.has(field)));
  return { ...row, steps, bases_after: null };
}

/** What a move says of a change that went in only partly. */
export function leftOf(row: ChangeRow, outcome: Written): Pick<Move, 'steps'> {
  return outcome.except === undefined ? {} : { steps: asWritten(row, outcome).steps };
}

/** What did not go in, of the record that the rest went into. */
export function exceptedFrom<Row extends ChangeRow>(
  row: Row,
  { except, record }: Written,
): readonly (Refused & { readonly row: Row })[] {
  if (except === undefined) return [];
  const steps = row.steps.map((fields) => fields.filter(({ field }) => except.fields.includes(field)));
  return [{ row: { ...row, record_id: record.id, steps }, refusal: except }];
}

async function refusalsBefore(on: Session, subjects: readonly string[]): Promise<ReadonlyMap<string, Before>> {
  const found = await rows(
    on,
    sql<Before & { subject: string }>`
      select subject, detail from tasuki.finding
      where code = 'WRITE_REFUSED' and closed_at is null and subject = any(${[...new Set(subjects)]}::text[])`,
  );
  return new Map(found.map((finding) => [finding.subject, finding]));
}

/** The current records of these entities, as findings name them. */
async function recordsOf(on: Session, entities: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (entities.length === 0) return new Map();
  const found = await rows(
    on,
    sql<{ entity: string; records: string }>`
      select entity, string_agg(system || ':' || object || ':' || record_id, ' ' order by system) as records from tasuki.link
      where entity = any(${[...new Set(entities)]}::text[]) and role = 'current' group by entity`,
  );
  return new Map(found.map(({ entity, records }) => [entity, records]));
}
