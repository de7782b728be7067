import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import { inOrderOfStart } from '../domain/agreement/deadline.ts';
import { endOf } from '../domain/calendar/covered.ts';
import { dueAt } from '../domain/calendar/due-at.ts';
import { calendarOfPromise } from '../domain/clocks/office-time.ts';
import { remindAt } from '../domain/clocks/remind-at.ts';
import { type ClockVerdict, runClock } from '../domain/clocks/run-clock.ts';
import type { Message } from '../domain/people/message.ts';
import type { Clock, Finding } from '../domain/people/person.ts';
import { dueReasonText } from '../domain/texts/task.ts';
import { formatInstant } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import { evidenceFor } from './clock-evidence.ts';
import { type Start, startsOf } from './clock-starts.ts';
import { addParts, NOTHING, type Part, type PersonView, type PlanContext } from './context.ts';
import { dealsAwaitingConversion } from './deal-waiting.ts';
import { OWN_FIELDS, write } from './derived.ts';
import { planReminder } from './plan-reminder.ts';
import type { StagePlan } from './plan-stage.ts';
import { planTask } from './plan-task.ts';
import type { Draft } from './settle-drafts.ts';
import { showEscalation } from './show-escalation.ts';

export type ClocksPlan = {
  readonly clocks: readonly Clock[];
  readonly tasks: readonly Draft[];
  /** The deadline as fields on the record, so that it is visible before it lapses. */
  readonly part: Part;
  readonly open: readonly Finding[];
  readonly messages: readonly Message[];
  /** Clocks whose messages are of no use any more. */
  readonly withdraw: readonly string[];
};

/** Evidence that is older than this while a deadline has passed is an alarm, not a routine overlap. */
const LAG_ALARM_MS = 60 * 60 * 1000;

/** Starts, judges and ends the obligations towards one person, and plans the one Task of each that lapsed. */
export function planClocks(view: PersonView, stages: StagePlan, context: PlanContext): ClocksPlan {
  const judged: Judged[] = [];
  for (const rule of inOrderOfStart(context.policy.agreement.deadlines)) {
    const before = judged.flatMap(({ clock }) => clock ?? []);
    const starts = startsOf(rule, stages, before, view, context);
    judged.push(...starts.map((start) => judge(rule, start, stages, view, context)));
  }
  const changed = judged.filter(({ clock, known }) => clock !== null && clock !== known);
  const now = judged.flatMap(({ clock }) => clock ?? []);
  return {
    clocks: changed.flatMap(({ clock }) => clock ?? []),
    tasks: judged.flatMap(({ tasks }) => tasks),
    part: addParts([showNextDue(now, view, context), showEscalation(now, view, context)]),
    open: judged.flatMap(({ open }) => open),
    messages: judged.flatMap(({ messages }) => messages),
    withdraw: changed.flatMap(({ clock, known }) => withdrawn(clock, known)),
  };
}

/** Somebody who was told that a deadline is near, or open, need not hear it once it has ended, or lapsed. */
export function withdrawn(clock: Clock | null, known: Clock | undefined): readonly string[] {
  const isOver = clock !== null && known !== undefined && clock.state !== known.state;
  return isOver && (known.remindedAt !== undefined || known.ladder !== undefined) ? [known.id] : [];
}

type Judged = {
  readonly clock: Clock | null;
  readonly known: Clock | undefined;
  readonly tasks: readonly Draft[];
  readonly open: readonly Finding[];
  readonly messages: readonly Message[];
};

function judge(rule: DeadlineRule, begins: Start, stages: StagePlan, view: PersonView, context: PlanContext): Judged {
  const known = view.facts.clocks.find((clock) => clock.id === begins.id);
  const started = known ?? start(begins, rule, view, context);
  if (!('id' in started)) return { clock: null, known, tasks: [], open: [started.finding], messages: [] };
  const verdict = runClock(started, {
    now: context.now,
    coveredUntil: context.coveredUntil,
    evidence: evidenceFor(rule, started, stages, view, context),
  });
  const moved = moveOn(started, timely(verdict, view), isMoot(rule, started, view, context));
  const reminded = planReminder(moved, rule, view, context);
  const { clock, drafts, open, messages } = planTask(reminded.clock, known, rule, view, context);
  return {
    clock,
    known,
    tasks: drafts,
    open: [...open, ...lagFinding(verdict, clock, context)],
    messages: [...reminded.messages, ...messages],
  };
}

function start(
  { id, at: startedAt, pass }: Start,
  rule: DeadlineRule,
  { facts }: PersonView,
  { policy }: PlanContext,
): Clock | { finding: Finding } {
  const calendar = calendarOfPromise(rule, policy);
  const due = dueAt(startedAt, rule.within, calendar);
  if ('beyond' in due) return { finding: endOf(calendar) };
  const grace = rule.grace === undefined ? null : dueAt(due.dueAt, rule.grace, calendar);
  if (grace !== null && 'beyond' in grace) return { finding: endOf(calendar) };
  const reminder = rule.remind === undefined ? null : remindAt(due.dueAt, rule.remind, calendar);
  return {
    id,
    person: facts.id,
    kind: rule.name,
    pass,
    startedAt,
    dueAt: due.dueAt,
    arithmetic: due.arithmetic,
    ...(grace === null ? {} : { graceUntil: grace.dueAt }),
    // A deadline that starts later than that is too short for a reminder.
    ...(reminder === null || reminder <= startedAt ? {} : { remindAt: reminder }),
    state: 'running',
    agreementVersion: policy.agreement.version,
  };
}

/** Their record became one that has not been read yet (a conversion, a merge): what it will tell may be the evidence (law R19). */
function timely(verdict: ClockVerdict, { awaited }: PersonView): ClockVerdict {
  return verdict.kind === 'lapsed' && awaited.salesforce !== null ? { kind: 'running' } : verdict;
}

/** `moot`: why nothing is owed any more, though nobody did it. */
function moveOn(clock: Clock, verdict: ClockVerdict, moot: string | null): Clock {
  const { closedBecause: _reason, ...kept } = clock;
  switch (verdict.kind) {
    case 'met':
    case 'met-logged-late':
      return { ...kept, state: verdict.kind, metAt: verdict.metAt, evidence: verdict.evidence };
    case 'closed':
      return {
        ...clock,
        state: 'closed',
        lapsedAt: verdict.lapsedAt,
        metAt: verdict.metAt,
        evidence: verdict.evidence,
        closedBecause: 'evidence',
      };
    case 'over':
      return clock;
    case 'lapsed':
      if (moot !== null) return { ...clock, state: 'closed', lapsedAt: verdict.lapsedAt, closedBecause: moot };
      return clock.state === 'lapsed' ? clock : { ...clock, state: 'lapsed', lapsedAt: verdict.lapsedAt };
    case 'running':
    case 'waits':
      return moot === null ? clock : { ...clock, state: 'closed', closedBecause: moot };
  }
}

/** A person who is in Salesforce no longer is owed nothing there; nor is a deal that is gone. A conversion of minutes ago is neither. */
function isMoot(rule: DeadlineRule, { id }: Clock, view: PersonView, context: PlanContext): string | null {
  if (view.record === null) return view.awaited.salesforce === null ? 'record-gone' : null;
  if (!('deal' in rule.starts) || view.record.record.object === 'Contact') return null;
  const waits = dealsAwaitingConversion(view, context).some((deal) => id === `${view.facts.id}:${rule.name}:${deal}`);
  return waits ? null : 'deal-gone';
}

function lagFinding(verdict: ClockVerdict, clock: Clock, { now }: PlanContext): readonly Finding[] {
  if (verdict.kind !== 'waits' || now - (verdict.coveredUntil ?? clock.startedAt) < LAG_ALARM_MS) return [];
  return [
    {
      code: 'EVIDENCE_LAGS',
      subject: `clock:${clock.id}`,
      entity: clock.person,
      detail: { dueAt: clock.dueAt, coveredUntil: verdict.coveredUntil },
    },
  ];
}

/** The first of these deadlines as fields on the record; without any they are emptied. */
export function showNextDue(clocks: readonly Clock[], { record }: PersonView, { policy }: PlanContext): Part {
  if (record === null) return NOTHING;
  const next = clocks
    .filter(({ state }) => state === 'running' || state === 'lapsed')
    .sort((a, b) => a.dueAt - b.dueAt)[0];
  const { due, dueReason } = OWN_FIELDS.salesforce;
  const reason = {
    code: 'deadline-shown',
    detail: { deadline: next?.kind ?? null, dueAt: next?.dueAt ?? null },
  } as const;
  const text = next === undefined ? null : dueReasonText(next, policy);
  const at = next === undefined ? null : toTheSecond(next.dueAt);
  return { ...NOTHING, salesforce: [...write(record, due, at, reason), ...write(record, dueReason, text, reason)] };
}

/** Salesforce keeps whole seconds; a finer due instant would look overwritten for ever. */
function toTheSecond(instant: Instant): string {
  return formatInstant(Math.floor(instant / 1000) * 1000);
}
