import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import { endsOf } from '../domain/agreement/deadline.ts';
import { shiftOn } from '../domain/calendar/working-time.ts';
import { calendarOfPerson, calendarOfPromise } from '../domain/clocks/office-time.ts';
import type { FieldChange, Reason } from '../domain/people/change.ts';
import type { Clock } from '../domain/people/person.ts';
import type { DirectoryEntry, FieldSchema, Sighting } from '../domain/people/record.ts';
import { taskText } from '../domain/texts/task.ts';
import { formatInstant } from '../domain/values/instant.ts';
import type { LocalDate, Value } from '../domain/values/value.ts';
import { localeOf } from './assignee.ts';
import type { PersonView, PlanContext } from './context.ts';
import { dealState } from './deal-state.ts';
import { OWN_FIELDS } from './derived.ts';
import { levelOf } from './plan-ladder.ts';
import type { Draft } from './settle-drafts.ts';
import { firstDayFor } from './task-day.ts';

/** The Task of an obligation that lapsed, as it is to be made in Salesforce. */
export function taskDraft(
  clock: Clock,
  assignee: DirectoryEntry,
  record: Sighting,
  rule: DeadlineRule,
  view: PersonView,
  context: PlanContext,
): Draft {
  const schema = context.schemas.get('salesforce:Task');
  const level = levelOf(clock);
  const { subject, description } = textOf(clock, assignee, record, context);
  const day = firstDayFor(assignee, calendarOfPromise(rule, context.policy), context);
  const isUrgent = rule.lapse.task === 'urgent' || level > 0;
  const values: readonly (readonly [string, Value])[] = [
    ['Subject', subject],
    ['Description', description],
    ['OwnerId', assignee.id],
    ['WhoId', record.record.id],
    ...optional('WhatId', whatOf(rule, record, view)),
    ['ActivityDate', day],
    ...reminderAt(openingOf(day, assignee, rule, context)),
    ...optional('Status', firstOpen(schema?.get('Status'))),
    ...optional('Priority', isUrgent ? highest(schema?.get('Priority')) : usual(schema?.get('Priority'))),
  ];
  const reason: Reason = {
    code: 'lapsed',
    detail: { deadline: rule.name, dueAt: clock.dueAt, startedAt: clock.startedAt },
  };
  return {
    kind: 'create',
    target: { system: 'salesforce', object: 'Task', id: null },
    key: { field: OWN_FIELDS.salesforce.key, value: clock.id },
    fields: values.map(([field, after]) => ({ field, after, reason })),
    basesAfter: [],
    readBack: true,
    marks: { task: { clock: clock.id, act: 'open', ...(level === 0 ? {} : { level }) } },
  };
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
  const values = [['Subject', subject] as const, ...optional('Priority', priority)];
  return updateOf(id, values, reason, { clock: clock.id, act: 'escalate', level });
}

export function closedTask(clock: Clock, id: string, { schemas }: PlanContext): readonly Draft[] {
  const done = firstClosed(schemas.get('salesforce:Task')?.get('Status'));
  if (done === null) return [];
  const isMoot = clock.closedBecause !== undefined && clock.closedBecause !== 'evidence';
  const code = isMoot ? 'task-moot' : 'evidence-found';
  const reason: Reason = { code, detail: { evidence: clock.evidence ?? null, because: clock.closedBecause ?? null } };
  return [updateOf(id, [['Status', done]], reason, { clock: clock.id, act: 'close' })];
}

function updateOf(
  id: string,
  values: readonly (readonly [string, Value])[],
  reason: Reason,
  task: NonNullable<Draft['marks']['task']>,
): Draft {
  return {
    kind: 'update',
    target: { system: 'salesforce', object: 'Task', id },
    key: null,
    fields: values.map(([field, after]): FieldChange => ({ field, after, reason })),
    basesAfter: [],
    readBack: true,
    marks: { task },
  };
}

function textOf(clock: Clock, assignee: DirectoryEntry | null, record: Sighting, context: PlanContext) {
  const policy = { ...context.policy, locale: localeOf(assignee, context) };
  return taskText({ clock, record, owner: assignee?.name ?? null, level: levelOf(clock), policy });
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

export function firstClosed(status: FieldSchema | undefined): string | null {
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
