import type { Finding, FindingCode } from '../domain/people/person.ts';
import { type ObjectName, recordName } from '../domain/people/record.ts';
import { DAY_MS } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import type { PairView } from './context.ts';
import type { EntityPlan } from './entity-plan.ts';

/** Findings that say how things stand, so that a plan which no longer finds them so closes them. The others tell of an event. */
const STANDING_CODES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'CONFLICT',
  'FIELD_FROZEN',
  'OPT_OUT_NOT_CARRIED',
  'VALUE_NOT_ACCEPTED',
  'VALUE_TOO_LONG',
  'LIFECYCLE_AHEAD',
  'REGISTRATION_INCOMPLETE',
  'ANSWER_WITHOUT_REASON',
  'ANSWER_NOT_KNOWN',
  'ANSWER_NOT_DUE',
  'STAGE_BACK_ASKED',
  'STAGE_MOVE_FLAGGED',
  'STATUS_STALE',
  'HEAD_WITHOUT_USER',
  'EVIDENCE_LAGS',
  'HAND_OVER_LATE',
  'DEAL_NEEDS_CONVERSION',
  'DEAL_NEEDS_CONTACT',
  'CURRENCY_NOT_KNOWN',
  'TIE_REMOVED',
  'RECORDS_BECAME_ONE',
  'RESTORED_BESIDE',
  'PERSON_ACCOUNT',
  'TASK_REMOVED',
  'TASK_TICKED_OFF',
  'ESCALATED',
  'ESCALATION_UNADDRESSED',
]);

/**
 * Findings that tell of an event, which is over as soon as it is told: what somebody did was set back, or something else stood there
 * right after a write. Nothing stands that could be mended, so they go off by themselves.
 */
const NEWS_CODES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'OWNER_EDIT_RESTORED',
  'STAGE_EDIT_RESTORED',
  'AMOUNT_FROM_PRODUCTS',
  'TEAM_FULL',
  'WRITE_OVERWRITTEN',
]);

/** Long enough for whoever looks once a week. */
const NEWS_LASTS_MS = 7 * DAY_MS;

/** Has this told of an event for long enough? */
export function isOldNews({ code, openedAt }: Finding & { readonly openedAt: Instant }, now: Instant): boolean {
  return NEWS_CODES.has(code) && now - openedAt >= NEWS_LASTS_MS;
}

/** Findings that a record is missing. */
const LOSS_CODES: ReadonlySet<FindingCode> = new Set<FindingCode>(['RECORD_DELETED', 'RECORD_VANISHED']);

/** Objects that take each other's seat: where a Lead was, a Contact may be now. */
const SEATS: readonly (readonly ObjectName[])[] = [['Lead', 'Contact']];

/** Findings about this entity that are true no more. `over`: events that this plan knows to be behind us. */
export function healed(
  { facts, hubspot, salesforce }: PairView,
  found: readonly Finding[],
  refused: ReadonlySet<string>,
  over: readonly FindingCode[] = [],
): EntityPlan['closeFindings'] {
  if (facts.findings.length === 0) return [];
  const stillSo = ({ code, subject }: Finding) => found.some((one) => one.code === code && one.subject === subject);
  const seats = [hubspot, salesforce].flatMap((seen) =>
    seen === null ? [] : sharing(seen.record.object).map((object) => `${seen.record.system}:${object}:`),
  );
  return facts.findings
    .filter((finding) => {
      if (finding.code === 'WRITE_REFUSED') return !refused.has(finding.subject);
      // Restored, or another record has taken the seat: nothing is missing any more.
      if (LOSS_CODES.has(finding.code)) return seats.some((seat) => finding.subject.startsWith(seat));
      if (over.includes(finding.code)) return true;
      return STANDING_CODES.has(finding.code) && !stillSo(finding);
    })
    .map(({ code, subject }) => ({ code, subject }));
}

function sharing(object: ObjectName): readonly ObjectName[] {
  return SEATS.find((seat) => seat.includes(object)) ?? [object];
}

/** One for each record of this entity that somebody has deleted. */
export function deletedFindings({ ended, facts }: PairView): readonly Finding[] {
  return ended
    .filter(({ role }) => role === 'former')
    .map(({ record }) => ({
      code: 'RECORD_DELETED',
      subject: recordName(record),
      entity: facts.id,
      detail: { system: record.system, object: record.object, id: record.id },
    }));
}

/** One system made two records one (a merge, a conversion); the other still has both, and one of them is nobody's work any more. */
export function becameOne({ facts }: PairView): readonly Finding[] {
  const taken = facts.links.filter(
    ({ role, evidence }) => role === 'duplicate' && (evidence === 'merge' || evidence === 'conversion'),
  );
  if (taken.length === 0) return [];
  const alive = new Set(facts.sightings.filter(({ deleted }) => !deleted).map(({ record }) => recordName(record)));
  return taken
    .filter(({ record }) => alive.has(recordName(record)))
    .map(({ record, evidence }) => ({
      code: 'RECORDS_BECAME_ONE',
      subject: recordName(record),
      entity: facts.id,
      detail: { system: record.system, object: record.object, record: record.id, by: evidence },
    }));
}

/** Somebody fetched a record from the recycle bin whose seat another one has taken meanwhile: it is nobody's work, and says something else. */
export function restoredBeside(view: PairView): readonly Finding[] {
  const { facts } = view;
  const gone = facts.links.filter(({ role }) => role === 'former' || role === 'merged');
  if (gone.length === 0) return [];
  const alive = new Set(
    facts.sightings
      .filter(({ deleted, values }) => !deleted && values['IsConverted'] !== true)
      .map(({ record }) => recordName(record)),
  );
  return gone.flatMap(({ record }) => {
    const seat = view[record.system]?.record;
    const isBack = alive.has(recordName(record));
    if (!isBack || seat === undefined || recordName(seat) === recordName(record)) return [];
    const detail = { system: record.system, object: record.object, record: record.id, seat: seat.id };
    return [{ code: 'RESTORED_BESIDE' as const, subject: recordName(record), entity: facts.id, detail }];
  });
}
