import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import { dueAt } from '../domain/calendar/due-at.ts';
import { toLocal } from '../domain/calendar/local-time.ts';
import type { HistoryEntry } from '../domain/people/activity.ts';
import type { FieldChange, Reason } from '../domain/people/change.ts';
import type { ConflictDefault } from '../domain/people/mapping.ts';
import type { EntityFacts, Finding } from '../domain/people/person.ts';
import { type ObserverClass, recordName, type Sighting } from '../domain/people/record.ts';
import { MINUTE_MS } from '../domain/values/instant.ts';
import type { Instant, Value } from '../domain/values/value.ts';
import { fieldSubject, type Part, type PlanContext } from './context.ts';
import { type FieldVerdict, type FieldVersions, mergeField } from './merge-field.ts';

export type Both = { readonly hubspot: Sighting; readonly salesforce: Sighting };

/** The field that is merged, as a conflict over it is told. */
export type Disputed = {
  readonly facts: EntityFacts;
  /** The name of its base. */
  readonly name: string;
  readonly both: Both;
  /** The field by its name on the screen, and what each side holds as a person reads it. */
  readonly said: { readonly field: string; readonly hubspot: Value; readonly salesforce: Value };
  /** What the field is called in each system; absent where it is more than one there. */
  readonly fields: { readonly hubspot: string; readonly salesforce?: string };
  /** Where the rule stands: `mappings/deal.yaml:14`. */
  readonly at: string;
  readonly conflictDefault: ConflictDefault | undefined;
};

export type Judged = {
  readonly verdict: FieldVerdict;
  readonly open: readonly Finding[];
  /** What the reason of a write adds, where nobody settled the conflict in time and the default did. */
  readonly detail: Reason['detail'];
};

/**
 * The verdict on a field, and what is to be told of it.
 *
 * A double edit that is left to a person is a finding. Where the mapping names a default, it is counted in business time from the
 * instant at which that finding was opened; after that the default decides. The finding stays until the write is in, for closing it
 * before would start the count anew, should the write have to wait. Two values that differ when they first meet wait for a person:
 * nobody has edited anything, and at the start there may be thousands of them.
 */
export function judgeField(versions: FieldVersions, disputed: Disputed, context: PlanContext): Judged {
  const verdict = mergeField(versions);
  if (verdict.kind !== 'conflict') return { verdict, open: [], detail: {} };
  const finding = conflictFinding(disputed, verdict.first, context);
  const asked: Judged = { verdict, open: [finding], detail: {} };
  const { conflictDefault, facts } = disputed;
  if (conflictDefault === undefined || verdict.first) return asked;

  const { now, policy } = context;
  const openedAt = facts.findings.find(
    ({ code, subject }) => code === finding.code && subject === finding.subject,
  )?.openedAt;
  const due = dueAt(openedAt ?? now, conflictDefault.after, policy.calendar);
  if ('beyond' in due) return asked; // the holiday table ends before that: nobody decides by a guess
  const settles = {
    settlesAt: due.dueAt,
    settlesOn: wallTime(due.dueAt, policy.calendar),
    settlesTo: conflictDefault.to,
  };
  const open = [{ ...finding, detail: { ...finding.detail, ...settles } }];
  if (openedAt === undefined || due.dueAt > now) return { ...asked, open };
  const { amount, unit } = conflictDefault.after;
  const settled = mergeField({ ...versions, conflict: conflictDefault.to });
  return { verdict: settled, open, detail: { waitedAmount: amount, waitedUnit: unit } };
}

/** Two people said two things, and the rule leaves it to a person which of them stands. */
function conflictFinding(
  { facts, name, both, said, fields, at }: Disputed,
  first: boolean,
  { policy }: PlanContext,
): Finding {
  const { hubspot, salesforce } = both;
  const inHubSpot = lastMove(hubspot, fields.hubspot, facts);
  const inSalesforce = lastMove(salesforce, fields.salesforce, facts);
  return {
    code: 'CONFLICT',
    subject: fieldSubject(hubspot.record, name),
    entity: facts.id,
    detail: {
      ...said,
      first,
      rule: at,
      salesforceRecord: salesforce.record.id,
      hubspotBy: inHubSpot.by,
      hubspotAt: wallTime(inHubSpot.at, policy.calendar),
      salesforceBy: inSalesforce.by,
      salesforceAt: wallTime(inSalesforce.at, policy.calendar),
    },
  };
}

type Move = { readonly by: ObserverClass | 'unknown'; readonly at: Instant };

/**
 * Who moved the field last, and when: by the system's own history where the ledger has it, else by what the record says of itself. A
 * record that we wrote to last hides who edited it before.
 */
export function lastMove(
  { record, movedBy, modifiedAt }: Sighting,
  field: string | undefined,
  { edits = [] }: EntityFacts,
): Move {
  const told = edits.findLast((edit) => edit.field === field && recordName(edit.record) === recordName(record));
  if (told !== undefined) return { by: told.by, at: told.at };
  return { by: movedBy === undefined || movedBy === 'us' ? 'unknown' : movedBy, at: modifiedAt };
}

/** What a finding says of HubSpot's editor once its history was asked; it may know nothing, and is not asked again then. */
export function withMover(told: HistoryEntry | undefined, calendar: BusinessCalendar): Finding['detail'] {
  const asked = { hubspotAsked: true };
  return told === undefined ? asked : { ...asked, hubspotBy: told.by, hubspotAt: wallTime(told.at, calendar) };
}

/** `2026-11-24 11:00` by the office's wall clock: readable in every language. */
function wallTime(instant: Instant, calendar: BusinessCalendar): string {
  const { day, minute } = toLocal(Math.floor(instant / MINUTE_MS) * MINUTE_MS, calendar);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** The same writes, with more in their reasons. */
export function withDetail(part: Part, detail: Reason['detail']): Part {
  const told = (change: FieldChange): FieldChange => ({
    ...change,
    reason: { ...change.reason, detail: { ...change.reason.detail, ...detail } },
  });
  return { ...part, hubspot: part.hubspot.map(told), salesforce: part.salesforce.map(told) };
}
