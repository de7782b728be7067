import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import { endsOf } from '../domain/agreement/deadline.ts';
import { shiftOn } from '../domain/calendar/working-time.ts';
import { calendarOfPerson, calendarOfPromise } from '../domain/clocks/office-time.ts';
import type { FieldChange, Reason } from '../domain/people/change.ts';
import type { Clock, ClockTask } from '../domain/people/person.ts';
import type { DirectoryEntry, FieldSchema, RecordRef, Sighting } from '../domain/people/record.ts';
import { ASSOCIATED } from '../domain/people/tie.ts';
import { taskText } from '../domain/texts/task.ts';
import { formatInstant } from '../domain/values/instant.ts';
import type { LocalDate, Value } from '../domain/values/value.ts';
import { localeOf } from './assignee.ts';
import type { PersonView, PlanContext, Schemas } from './context.ts';
import { dealState } from './deal-state.ts';
import { OWN_FIELDS } from './derived.ts';
import { levelOf } from './plan-ladder.ts';
import type { Draft } from './settle-drafts.ts';
import { firstDayFor } from './task-day.ts';

/** The Task of an obligation that lapsed, as it is to be made where whoever gets it works. */
export function taskDraft(
  clock: Clock,
  assignee: DirectoryEntry,
  record: Sighting,
  rule: DeadlineRule,
  view: PersonView,
  context: PlanContext,
): Draft {
  const level = levelOf(clock);
  const reason: Reason = {
    code: 'lapsed',
    detail: { deadline: rule.name, dueAt: clock.dueAt, startedAt: clock.startedAt },
  };
  const told: Told = {
    ...textOf(clock, assignee, record, context),
    ...dayOf(assignee, rule, context),
    isUrgent: rule.lapse.task === 'urgent' || level > 0,
  };
  const isHubSpots = assignee.system === 'hubspot';
  const values = isHubSpots
    ? inHubSpot(told, assignee, view)
    : inSalesforce(told, assignee, record, rule, view, context);
  return {
    kind: 'create',
    target: { ...placeOf(isHubSpots ? { in: 'hubspot' } : {}), id: null },
    key: { field: OWN_FIELDS[assignee.system].key, value: clock.id },
    fields: values.map(([field, after]) => ({ field, after, reason })),
    basesAfter: [],
    readBack: true,
    marks: { task: { clock: clock.id, act: 'open', ...(level === 0 ? {} : { level }) } },
  };
}

/** The system and the object in which a Task stands. */
export function placeOf(task: Pick<ClockTask, 'in'>): Pick<RecordRef, 'system' | 'object'> {
  return task.in === 'hubspot' ? { system: 'hubspot', object: 'tasks' } : { system: 'salesforce', object: 'Task' };
}

type Told = {
  readonly subject: string;
  readonly description: string;
  readonly day: LocalDate;
  readonly opening: string | null;
  readonly isUrgent: boolean;
};
type Written = readonly (readonly [string, Value])[];

function inSalesforce(
  { subject, description, day, opening, isUrgent }: Told,
  assignee: DirectoryEntry,
  record: Sighting,
  rule: DeadlineRule,
  view: PersonView,
  { schemas }: PlanContext,
): Written {
  const schema = schemas.get('salesforce:Task');
  return [
    ['Subject', subject],
    ['Description', description],
    ['OwnerId', assignee.id],
    ['WhoId', record.record.id],
    ...optional('WhatId', whatOf(rule, record, view)),
    ['ActivityDate', day],
    ...reminderAt(opening),
    ...optional('Status', firstOpen(schema?.get('Status'))),
    ...optional('Priority', isUrgent ? highest(schema?.get('Priority')) : usual(schema?.get('Priority'))),
  ];
}

/** HubSpot's own values of status, priority and type are the same in every portal. Its body is HTML, and what stands in it is hostile text. */
function inHubSpot(
  { subject, description, day, opening, isUrgent }: Told,
  assignee: DirectoryEntry,
  { contact }: PersonView,
): Written {
  return [
    ['hs_task_subject', subject],
    ['hs_task_body', description.replace(/[&<>]/gu, (sign) => HTML[sign]!).replaceAll('\n', '<br>')],
    ['hs_task_status', 'NOT_STARTED'],
    ['hs_task_priority', isUrgent ? 'HIGH' : 'MEDIUM'],
    ['hs_task_type', 'TODO'],
    ['hs_timestamp', opening ?? `${day}T00:00:00.000Z`],
    ['hubspot_owner_id', assignee.id],
    ...optional(ASSOCIATED.contacts, contact?.record.id ?? null),
  ];
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function dayOf(assignee: DirectoryEntry, rule: DeadlineRule, context: PlanContext): Pick<Told, 'day' | 'opening'> {
  const day = firstDayFor(assignee, calendarOfPromise(rule, context.policy), context);
  return { day, opening: openingOf(day, assignee, rule, context) };
}

/**
 * Shows on the Task that its obligation has climbed: a prefix of the subject, and the highest priority. It stays the owner's, and its
 * description stays as it is: whoever has written into it keeps what they wrote.
 */
export function escalatedTask(
  clock: Clock,
  id: string,
  assignee: DirectoryEntry | null,
  record: Sighting,
  context: PlanContext,
): Draft {
  const level = levelOf(clock);
  const reason: Reason = { code: 'escalated', detail: { deadline: clock.kind, dueAt: clock.dueAt, level } };
  const priority = highest(context.schemas.get('salesforce:Task')?.get('Priority'));
  const { subject } = textOf(clock, assignee, record, context);
  const values: Written =
    clock.task?.in === 'hubspot'
      ? [
          ['hs_task_subject', subject],
          ['hs_task_priority', 'HIGH'],
        ]
      : [['Subject', subject], ...optional('Priority', priority)];
  return updateOf(clock, id, values, reason, { clock: clock.id, act: 'escalate', level });
}

export function closedTask(clock: Clock, id: string, context: PlanContext): readonly Draft[] {
  const isMoot = clock.closedBecause !== undefined && clock.closedBecause !== 'evidence';
  const code = isMoot ? 'task-moot' : 'evidence-found';
  const reason: Reason = { code, detail: { evidence: clock.evidence ?? null, because: clock.closedBecause ?? null } };
  return tickedOff(clock, id, reason, context);
}

/** Ticks off this Task of a clock that has ended; nothing where the organisation has no status that means done. */
export function tickedOff(
  clock: Clock,
  id: string,
  reason: Reason,
  { schemas }: Pick<PlanContext, 'schemas'>,
): readonly Draft[] {
  const done = doneIn(clock.task ?? {}, schemas);
  return done === null ? [] : [updateOf(clock, id, [done], reason, { clock: clock.id, act: 'close' })];
}

/** The field and the value that tick a Task off; `null` where the organisation has none. */
export function doneIn(task: Pick<ClockTask, 'in'>, schemas: Schemas): readonly [string, string] | null {
  if (task.in === 'hubspot') return ['hs_task_status', 'COMPLETED'];
  const status = firstClosed(schemas.get('salesforce:Task')?.get('Status'));
  return status === null ? null : ['Status', status];
}

function updateOf(
  { task: standing }: Clock,
  id: string,
  values: Written,
  reason: Reason,
  task: NonNullable<Draft['marks']['task']>,
): Draft {
  return {
    kind: 'update',
    target: { ...placeOf(standing ?? {}), id },
    key: null,
    fields: values.map(([field, after]): FieldChange => ({ field, after, reason })),
    basesAfter: [],
    readBack: true,
    marks: { task },
  };
}

function textOf(clock: Clock, assignee: DirectoryEntry | null, record: Sighting, context: PlanContext) {
  const policy = { ...context.policy, locale: localeOf(assignee, context) };
  const brief = record.values[OWN_FIELDS.salesforce.brief];
  return taskText({
    clock,
    record,
    owner: assignee?.name ?? null,
    level: levelOf(clock),
    ...(typeof brief === 'string' ? { brief } : {}),
    policy,
  });
}

/** Left out where the organisation has no such value: then its own default stands. */
function optional(field: string, value: Value): readonly (readonly [string, Value])[] {
  return value === null ? [] : [[field, value]];
}

/**
 * What a Contact's Task is related to: the opportunity that the promise is about, where it is about one, else the account. Salesforce lets
 * a Lead's Task be related to nothing else.
 */
function whatOf(rule: DeadlineRule, { record, values }: Sighting, { facts }: PersonView): string | null {
  if (record.object === 'Lead') return null;
  const account = values['AccountId'];
  const isAboutDeal = endsOf(rule).some((end) => 'deal' in end);
  const deals = isAboutDeal ? facts.deals.filter((deal) => dealState(deal) === 'open') : [];
  const [newest] = deals
    .flatMap(({ salesforce }) => salesforce ?? [])
    .toSorted((one, other) => other.createdAt - one.createdAt || (one.record.id < other.record.id ? -1 : 1));
  return newest?.record.id ?? (typeof account === 'string' ? account : null);
}

/** When the office opens on that day, on the wall where the owner of the Task works. */
function openingOf(
  day: LocalDate,
  { email, timeZone }: DirectoryEntry,
  rule: DeadlineRule,
  { policy, zones }: PlanContext,
): string | null {
  const calendar = calendarOfPerson(email, calendarOfPromise(rule, policy), policy);
  const offsets = timeZone === undefined ? undefined : zones?.get(timeZone);
  const there = offsets === undefined ? calendar : { ...calendar, zone: timeZone!, offsets };
  const shift = shiftOn(day, there);
  return 'opens' in shift ? formatInstant(shift.opens) : null;
}

/** Where the table of holidays has ended nobody knows when the office opens: then there is no reminder. */
function reminderAt(opening: string | null): readonly (readonly [string, Value])[] {
  if (opening === null) return [];
  return [
    ['ReminderDateTime', opening],
    ['IsReminderSet', true],
  ];
}

/** By what Salesforce says of each value, since their names and their order are the organisation's own. */
function firstOpen(status: FieldSchema | undefined): string | null {
  return preferred(status, ({ closed }) => closed !== true);
}

function firstClosed(status: FieldSchema | undefined): string | null {
  return preferred(status, ({ closed }) => closed === true);
}

function highest(priority: FieldSchema | undefined): string | null {
  return preferred(priority, ({ high }) => high === true);
}

function usual(priority: FieldSchema | undefined): string | null {
  return priority?.options?.find(({ active, isDefault }) => active && isDefault === true)?.value ?? null;
}

type Option = NonNullable<FieldSchema['options']>[number];

/** Of the values of this kind, the organisation's default, else the first. */
function preferred(field: FieldSchema | undefined, isMeant: (option: Option) => boolean): string | null {
  const meant = (field?.options ?? []).filter((option) => option.active && isMeant(option));
  return (meant.find(({ isDefault }) => isDefault === true) ?? meant[0])?.value ?? null;
}
