import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import { isOwedBeforeHandOff } from '../domain/agreement/deadline.ts';
import type { Message } from '../domain/people/message.ts';
import type { Clock, Finding, TaskTurn } from '../domain/people/person.ts';
import { type DirectoryEntry, recordName, type Sighting } from '../domain/people/record.ts';
import { assigneeOf, subjectFor } from './assignee.ts';
import type { PersonView, PlanContext } from './context.ts';
import { nobodyFinding } from './plan-creation.ts';
import { climb, levelOf, raiseLadder } from './plan-ladder.ts';
import { type Draft, isWaiting } from './settle-drafts.ts';
import { closedTask, escalatedTask, placeOf, taskDraft } from './task-draft.ts';

export type TaskPlan = {
  readonly clock: Clock;
  readonly drafts: readonly Draft[];
  readonly open: readonly Finding[];
  readonly messages: readonly Message[];
};

/**
 * Plans the one Task of an obligation that lapsed, what climbing the ladder does to it, and its closing once there is evidence (law R11).
 *
 * The Task is a change like any other: its key is the clock's id, so that a repeat finds the first one. A rep who ticks it off or
 * deletes it closes the matter as far as the Task goes; the obligation is still measured, and no second one is opened. One that comes
 * back from the recycle bin, by itself or with its record, is the same Task again. `known`: the clock as it was before this pass.
 */
export function planTask(
  before: Clock,
  known: Clock | undefined,
  rule: DeadlineRule,
  view: PersonView,
  context: PlanContext,
): TaskPlan {
  const seen = asSeen(before, view);
  if (seen.state !== 'lapsed') return { ...ended(seen, context), messages: [] };
  if (rule.lapse.task === 'none') return { clock: seen, drafts: [], open: [], messages: [] };
  const assignee = assigneeOf(rule, view, context);
  const subject = subjectFor(assignee, view);
  const isElsewhere = assignee !== null && isUnderWayElsewhere(seen, assignee, view);
  const placed = subject === null || assignee === null || isElsewhere ? seen : inTurn(seen, assignee, context);
  const raised = isFresh(placed, known) ? raiseLadder(placed, sinceOf(placed), rule, context) : placed;
  const { clock, messages, open } = climb(raised, rule, view, context);
  const drafts = subject === null || isElsewhere ? [] : draftsFor(clock, assignee, subject, rule, view, context);
  const isNobodys = assignee === null && needsTask(seen) && view.record !== null && !isOwedBeforeHandOff(rule);
  const findings = isNobodys ? [nobodyFinding(context)] : [];
  return { clock, drafts, messages, open: [...findings, ...open, ...askedAbout(clock, rule)] };
}

/** What became of the Task, as far as its own record shows. */
function asSeen(clock: Clock, view: PersonView): Clock {
  const { task } = clock;
  const seen =
    task?.id == null
      ? undefined
      : view.facts.activities.find(({ ourTask, source }) => ourTask && source.id === task.id);
  if (task === undefined || seen === undefined) return clock;
  if (task.state === 'removed')
    return seen.deleted ? clock : asSeen({ ...clock, task: { ...task, state: 'open' } }, view);
  if (task.state !== 'open') return clock;
  if (seen.deleted) return { ...clock, task: { ...task, state: 'removed' } };
  return seen.closed ? { ...clock, task: { ...task, state: 'closed' } } : clock;
}

/** Nothing is owed any more: its Task is closed, and one that had not been made never is. */
function ended(clock: Clock, context: PlanContext): Pick<TaskPlan, 'clock' | 'drafts' | 'open'> {
  const { task, turn: _turn, ...rest } = clock;
  if (task?.state === 'queued') return { clock: rest, drafts: [], open: [] };
  const isOpen = clock.state !== 'running' && task?.state === 'open' && task.id !== null;
  return { clock, drafts: isOpen ? closedTask(clock, task.id, context) : [], open: [] };
}

function needsTask({ task }: Clock): boolean {
  return task === undefined || task.state === 'planned' || task.state === 'queued';
}

/** A Task that is being made in the one system is the Task, though by now it would be for somebody who works in the other. */
function isUnderWayElsewhere({ id }: Clock, { system }: DirectoryEntry, { facts }: PersonView): boolean {
  return facts.open.some(
    (change) =>
      change.marks.task?.clock === id &&
      change.marks.task.act === 'open' &&
      change.target.system !== system &&
      !isWaiting(change),
  );
}

/**
 * The Task may be made now, or waits for its turn where the agreement caps the Tasks of a day. A turn is granted to one person: whoever
 * takes over waits for their own.
 */
function inTurn(clock: Clock, { system, id }: DirectoryEntry, { policy }: PlanContext): Clock {
  if (!needsTask(clock)) return clock;
  const { turn: before, ...rest } = clock;
  const of = `${system}:${id}`;
  const turn: TaskTurn | undefined =
    policy.agreement.tasksPerDay === undefined ? undefined : before?.of === of ? before : { of };
  const state = turn === undefined || turn.granted !== undefined ? 'planned' : 'queued';
  const place = system === 'hubspot' ? ({ in: system } as const) : {};
  if (clock.task?.state === state && clock.task.in === place.in && turn === before) return clock;
  const waiting = state === 'queued' && levelOf(clock) === 0 ? withoutLadder(rest) : rest;
  return { ...waiting, ...(turn === undefined ? {} : { turn }), task: { id: null, state, ...place } };
}

/** Whoever takes over is given the Task anew, and the ladder is counted from then. */
function withoutLadder<T extends Pick<Clock, 'ladder'>>(clock: T): Omit<T, 'ladder'> {
  const { ladder: _ladder, ...rest } = clock;
  return rest;
}

/** Did it lapse in this pass, or was its Task granted in it? What had lapsed before has no ladder, whatever the agreement says since. */
function isFresh({ task }: Clock, known: Clock | undefined): boolean {
  return task?.state !== 'queued' && (known?.state !== 'lapsed' || known.task?.state === 'queued');
}

/** Nobody is escalated over a Task that they were not given yet. */
function sinceOf({ dueAt, graceUntil = dueAt, turn }: Clock): number {
  return Math.max(graceUntil, turn?.granted?.at ?? graceUntil);
}

function draftsFor(
  clock: Clock,
  assignee: DirectoryEntry | null,
  subject: Sighting,
  rule: DeadlineRule,
  view: PersonView,
  context: PlanContext,
): readonly Draft[] {
  const { task } = clock;
  if (task?.state === 'planned' && assignee !== null) return [taskDraft(clock, assignee, subject, rule, view, context)];
  const isBehind = levelOf(clock) > (task?.level ?? 0);
  if (task?.state === 'open' && task.id !== null && isBehind)
    return [escalatedTask(clock, task.id, assignee, subject, context)];
  return [];
}

/** Said for as long as the obligation lasts: the Task is gone, or was ticked off though nothing on record shows that it was kept. */
function askedAbout(clock: Clock, rule: DeadlineRule): readonly Finding[] {
  const { task } = clock;
  const isAsked = task?.state === 'removed' || (task?.state === 'closed' && rule.lapse.tickedOff === 'ask');
  if (!isAsked || task.id === null) return [];
  return [
    {
      code: task.state === 'removed' ? 'TASK_REMOVED' : 'TASK_TICKED_OFF',
      subject: recordName({ ...placeOf(task), id: task.id }),
      entity: clock.person,
      detail: { task: task.id, deadline: clock.kind },
    },
  ];
}
