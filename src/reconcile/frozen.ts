import type { FieldChange } from '../domain/people/change.ts';
import type { Finding, Fought } from '../domain/people/person.ts';
import { recordName, type Sighting } from '../domain/people/record.ts';
import { DAY_MS } from '../domain/values/instant.ts';
import type { Value } from '../domain/values/value.ts';
import { lastMove } from './conflict.ts';
import { fieldSubject, type PairView, type PlanContext } from './context.ts';
import { fieldOn } from './mapped-field.ts';
import { stands } from './read-back.ts';
import type { Draft } from './settle-drafts.ts';

/** Fields that are left alone, as `salesforce:Lead:00Q… Phone`, and what is told of them. */
export type Frozen = { readonly fields: ReadonlySet<string>; readonly open: readonly Finding[] };

/** Three writes that somebody put back within this time are a fight; three in a year are three edits. */
export const FOUGHT_WITHIN_MS = 7 * DAY_MS;

/** A value of ours, and the one that it is set back to. */
type Dispute = Pick<Fought, 'record' | 'field' | 'before' | 'after'> & {
  /** What the field's partner held when it was frozen; `undefined` while it is not. */
  readonly other: Value | undefined;
};

/** A field of a record in hand, with what this plan means to write there. */
type Seat = { readonly sighting: Sighting; readonly field: string; readonly wanted: FieldChange | undefined };

/**
 * The fields over which somebody fights us: our newest three writes are the same, and the value is again what it was before each of
 * them. Another integration or a flow never tires of that, so we stop first: the field is left out on both sides, and a person is told.
 *
 * It thaws when a person enters a third value on either side, when both sides come to agree, or when the finding is closed (`retry`);
 * the ledger counts our writes from there anew. An opt-out is told and written on: nobody may be mailed because two programs disagree.
 */
export function frozenFields(drafts: readonly Draft[], view: PairView, context: PlanContext): Frozen {
  if (view.facts.findings.length === 0 && (view.facts.fought ?? []).length === 0) return NOTHING_FROZEN;
  const frozen = disputesOf(view, context).flatMap((dispute) => frozenBy(dispute, drafts, view, context));
  const cold = frozen.filter(({ open }) => open.detail['goesOn'] !== true);
  return { fields: new Set(cold.flatMap(({ fields }) => fields)), open: frozen.map(({ open }) => open) };
}

const NOTHING_FROZEN: Frozen = { fields: new Set(), open: [] };

/** What is left to write when fields are frozen. */
export function withoutFrozen(
  fields: readonly FieldChange[],
  { system, object, id }: Draft['target'],
  frozen: Frozen['fields'],
): readonly FieldChange[] {
  if (id === null || frozen.size === 0) return fields;
  return fields.filter(({ field }) => !frozen.has(fieldSubject({ system, object, id }, field)));
}

/** Those that are frozen come first: what they remember tells whether they still are. */
function disputesOf({ facts, hubspot, salesforce }: PairView, { now }: PlanContext): readonly Dispute[] {
  const records = [hubspot, salesforce].flatMap((seen) => seen?.record ?? []);
  const known = facts.findings.flatMap((finding): readonly Dispute[] => {
    const { field, theirs = null, ours = null, other } = finding.detail;
    const record = records.find((one) => finding.subject === fieldSubject(one, String(field)));
    if (finding.code !== 'FIELD_FROZEN' || record === undefined) return [];
    return [{ record, field: String(field), before: theirs, after: ours, other }];
  });
  const fresh = (facts.fought ?? [])
    .filter(({ since }) => now - since <= FOUGHT_WITHIN_MS)
    .filter(
      ({ record, field }) => !known.some((one) => fieldSubject(one.record, one.field) === fieldSubject(record, field)),
    );
  return [...known, ...fresh.map((fought) => ({ ...fought, other: undefined }))];
}

function frozenBy(
  dispute: Dispute,
  drafts: readonly Draft[],
  view: PairView,
  context: PlanContext,
): readonly { readonly fields: readonly string[]; readonly open: Finding }[] {
  const { record, field } = dispute;
  const seen = [view.hubspot, view.salesforce].find(
    (one) => one !== null && recordName(one.record) === recordName(record),
  );
  const found = seen?.values[field];
  if (!seen || found === undefined || !stands(field, found, dispute.before)) return [];
  const own = seatOf(seen, field, drafts);
  const partner = partnerOf(own, drafts, view, context);
  if (!isFoughtOver(dispute, own, partner)) return [];
  const label = context.schemas.get(`${record.system}:${record.object}`)?.get(field)?.label ?? field;
  const detail = {
    system: record.system,
    record: record.id,
    field,
    label,
    theirs: dispute.before,
    ours: dispute.after,
    other: partner?.sighting.values[partner.field] ?? null,
    by: lastMove(seen, field, view.facts).by,
    ...(own.wanted?.reason.code === 'stricter' ? { goesOn: true } : {}),
  };
  const open: Finding = { code: 'FIELD_FROZEN', subject: fieldSubject(record, field), entity: view.facts.id, detail };
  return [
    {
      fields: [own, ...(partner === null ? [] : [partner])].map((seat) =>
        fieldSubject(seat.sighting.record, seat.field),
      ),
      open,
    },
  ];
}

/** Would we write the same once more, or give in and carry theirs over, with nobody having said anything new? */
function isFoughtOver({ after, other }: Dispute, own: Seat, partner: Seat | null): boolean {
  if (own.wanted !== undefined) return stands(own.field, own.wanted.after, after);
  if (partner?.wanted === undefined) return false;
  return other === undefined || stands(partner.field, partner.wanted.before ?? null, other);
}

function seatOf(sighting: Sighting, field: string, drafts: readonly Draft[]): Seat {
  const draft = drafts.find(({ kind, target }) => kind === 'update' && target.id === sighting.record.id);
  return { sighting, field, wanted: draft?.fields.find((change) => change.field === field) };
}

/** The same field on the other side, where a line of the mapping ties the two. */
function partnerOf(
  { sighting, field }: Seat,
  drafts: readonly Draft[],
  { facts, hubspot, salesforce }: PairView,
  { policy }: PlanContext,
): Seat | null {
  if (hubspot === null || salesforce === null) return null;
  if (facts.kind === 'agreement') return null;
  const mapping = policy[facts.kind].fields.find((one) => fieldOn(one, sighting.record) === field);
  if (mapping === undefined) return null;
  const other = sighting === hubspot ? salesforce : hubspot;
  const name = fieldOn(mapping, other.record);
  return name === undefined ? null : seatOf(other, name, drafts);
}
