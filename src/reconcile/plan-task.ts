import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import { teamOf } from '../domain/agreement/deadline.ts';
import { toLocal } from '../domain/calendar/local-time.ts';
import {
  absenceNow,
  absenceOn,
  calendarOfPerson,
  calendarOfPromise,
  nextWorkday,
} from '../domain/clocks/office-time.ts';
import type { FieldChange } from '../domain/people/change.ts';
import type { Clock, Finding } from '../domain/people/person.ts';
import type { DirectoryEntry, FieldSchema } from '../domain/people/record.ts';
import { taskText } from '../domain/texts/task.ts';
import type { LocalDate } from '../domain/values/value.ts';
import type { PersonView, PlanContext } from './context.ts';
import { OWN_FIELDS } from './derived.ts';
import { userOrQueue } from './owner.ts';
import { nobodyFinding } from './plan-creation.ts';
import type { Draft } from './settle-drafts.ts';

export type TaskPlan = { readonly clock: Clock; readonly drafts: readonly Draft[]; readonly open: readonly Finding[] };

/** Who is to have the Task; `null`: nobody who could. */
export type Obliged = (rule: DeadlineRule, view: PersonView, context: PlanContext) => DirectoryEntry | null;

/**
 * Plans the one Task of an obligation that lapsed, and its closing once there is evidence (law R11).
 *
 * The Task is a change like any other: its key is the clock's id, so that a repeat finds the first one. A rep who ticks it off or
 * deletes it closes the matter as far as the Task goes; the obligation is still measured, and no second one is opened. One that comes
 * back from the recycle bin, by itself or with its record, is the same Task again.
 */
export function planTask(
  clock: Clock,
  rule: DeadlineRule,
  view: PersonView,
  context: PlanContext,
  obliged: Obliged = assigneeOf,
): TaskPlan {
  const { task } = clock;
  const seen =
    task?.id == null
      ? undefined
      : view.facts.activities.find(({ ourTask, source }) => ourTask && source.id === task.id);
  if (task?.state === 'removed' && seen?.deleted === false)
    return planTask({ ...clock, task: { id: task.id, state: 'open' } }, rule, view, context, obliged);
  if (task?.state === 'open' && seen?.deleted) return removed(clock, task.id!);
  if (task?.state === 'removed' && clock.state === 'lapsed') return removed(clock, task.id!);
  if (task?.state === 'open' && seen?.closed)
    return { clock: { ...clock, task: { id: task.id, state: 'closed' } }, drafts: [], open: [] };
  const isOwed = clock.state === 'lapsed' && rule.lapse.task !== 'none';
  if (isOwed && (task === undefined || task.state === 'planned')) return openTask(clock, rule, view, context, obliged);
  const isOver = clock.state === 'closed' || clock.state === 'met' || clock.state === 'met-logged-late';
  if (isOver && task?.state === 'open' && task.id !== null)
    return { clock, drafts: closeTask(clock, task.id, context), open: [] };
  return { clock, drafts: [], open: [] };
}

function openTask(
  clock: Clock,
  rule: DeadlineRule,
  view: PersonView,
  context: PlanContext,
  obliged: Obliged,
): TaskPlan {
  const assignee = obliged(rule, view, context);
  if (view.record === null) return { clock, drafts: [], open: [] };
  if (assignee === null) return { clock, drafts: [], open: [nobodyFinding(context)] };
  const { policy, schemas } = context;
  const fields = schemas.get('salesforce:Task');
  const { subject, description } = taskText({ clock, record: view.record, owner: assignee.name, policy });
  const reason = {
    code: 'lapsed',
    detail: { deadline: rule.name, dueAt: clock.dueAt, startedAt: clock.startedAt },
  } as const;
  const priority = rule.lapse.task === 'urgent' ? highest(fields?.get('Priority')) : null;
  const values: readonly (readonly [string, FieldChange['after']])[] = [
    ['Subject', subject],
    ['Description', description],
    ['OwnerId', assignee.id],
    ['WhoId', view.record.record.id],
    ['ActivityDate', firstDayFor(assignee, rule, context)],
    ...(priority === null ? [] : [['Priority', priority] as const]),
  ];
  const draft: Draft = {
    kind: 'create',
    target: { system: 'salesforce', object: 'Task', id: null },
    key: { field: OWN_FIELDS.salesforce.key, value: clock.id },
    fields: values.map(([field, after]) => ({ field, after, reason })),
    basesAfter: [],
    readBack: true,
    marks: { task: { clock: clock.id, act: 'open' } },
  };
  return {
    clock: clock.task === undefined ? { ...clock, task: { id: null, state: 'planned' } } : clock,
    drafts: [draft],
    open: [],
  };
}

function closeTask(clock: Clock, id: string, { schemas }: PlanContext): readonly Draft[] {
  const done = schemas
    .get('salesforce:Task')
    ?.get('Status')
    ?.options?.find(({ closed, active }) => closed && active);
  if (done === undefined) return [];
  const isMoot = clock.closedBecause !== undefined && clock.closedBecause !== 'evidence';
  const code = isMoot ? 'task-moot' : 'evidence-found';
  const status: FieldChange = {
    field: 'Status',
    after: done.value,
    reason: { code, detail: { evidence: clock.evidence ?? null, because: clock.closedBecause ?? null } },
  };
  return [
    {
      kind: 'update',
      target: { system: 'salesforce', object: 'Task', id },
      key: null,
      fields: [status],
      basesAfter: [],
      readBack: true,
      marks: { task: { clock: clock.id, act: 'close' } },
    },
  ];
}

/** The next day on which this person works: they are to find the Task then, not on a Sunday or while they are away. */
function firstDayFor({ email }: DirectoryEntry, rule: DeadlineRule, { now, policy }: PlanContext): LocalDate {
  const calendar = calendarOfPerson(email, calendarOfPromise(rule, policy), policy);
  const isAway = (day: LocalDate) => absenceOn(email, day, policy) !== undefined;
  return nextWorkday(now, calendar, isAway) ?? toLocal(now, calendar).day;
}

/**
 * The owner while active, or the deputy while the owner is away; a queue has nobody to remind, so its team's manager is; so it is for an
 * owner who has left.
 */
function assigneeOf(
  rule: DeadlineRule,
  { record }: PersonView,
  { policy, directory, now }: PlanContext,
): DirectoryEntry | null {
  const owner = directory.byId.salesforce.get(String(record?.values['OwnerId'] ?? ''));
  const absence = absenceNow(owner?.email ?? null, now, calendarOfPromise(rule, policy), policy);
  const deputy = absence === undefined ? undefined : directory.byEmail.salesforce.get(absence.deputy);
  if (deputy?.active) return deputy;
  if (owner?.kind === 'user' && owner.active) return owner;
  const manager = owner?.managerId === undefined ? undefined : directory.byId.salesforce.get(owner.managerId);
  if (manager?.active) return manager;
  const { teams, unmatched } = policy.owners;
  const team = teams[teamOf(rule) ?? ''];
  return userOrQueue(team?.manager ?? null, directory) ?? userOrQueue(unmatched, directory);
}

/** Salesforce lists priorities from the highest down; their names are the org's own. */
function highest(priority: FieldSchema | undefined): string | null {
  return priority?.options?.find(({ active }) => active)?.value ?? null;
}

/** Said for as long as the obligation lasts; the clock itself is new only once. */
function removed(clock: Clock, id: string): TaskPlan {
  const finding: Finding = {
    code: 'TASK_REMOVED',
    subject: `salesforce:Task:${id}`,
    entity: clock.person,
    detail: { task: id, deadline: clock.kind },
  };
  const known = clock.task?.state === 'removed' ? clock : { ...clock, task: { id, state: 'removed' } as const };
  return { clock: known, drafts: [], open: clock.state === 'lapsed' ? [finding] : [] };
}
