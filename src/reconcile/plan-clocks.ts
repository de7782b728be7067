import type { Agreement, DeadlineRule, Stage } from '../domain/agreement/agreement.ts';
import { endsOf, inOrderOfStart, isOwedBeforeHandOff } from '../domain/agreement/deadline.ts';
import { isBeside, stageRank } from '../domain/agreement/stage-order.ts';
import { endOf } from '../domain/calendar/covered.ts';
import { dueAt } from '../domain/calendar/due-at.ts';
import { calendarOfPromise } from '../domain/clocks/office-time.ts';
import { remindAt } from '../domain/clocks/remind-at.ts';
import { ruleOfClock } from '../domain/clocks/rule-of-clock.ts';
import { type ClockVerdict, runClock } from '../domain/clocks/run-clock.ts';
import type { Message } from '../domain/people/message.ts';
import type { Clock, Finding } from '../domain/people/person.ts';
import { dueReasonText } from '../domain/texts/task.ts';
import { formatInstant } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import { SILENCE, silenceOf } from './accepted.ts';
import { evidenceFor } from './clock-evidence.ts';
import { type Start, startOf, startsOf } from './clock-starts.ts';
import { addParts, NOTHING, type Part, type PersonView, type PlanContext } from './context.ts';
import { dealsAwaitingConversion } from './deal-waiting.ts';
import { OWN_FIELDS, write } from './derived.ts';
import { planLateHandOver } from './late-hand-over.ts';
import { forgotten, underItsAgreement } from './older-agreement.ts';
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
  // Whatever began under an earlier agreement, and this one has no longer: it runs to its end.
  for (const clock of struckFrom(context.policy.agreement, view.facts.clocks))
    judged.push(judge(undefined, startOf(clock), stages, view, context));
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

function struckFrom({ deadlines }: Agreement, clocks: readonly Clock[]): readonly Clock[] {
  return clocks.filter(({ kind }) => deadlines.every(({ name }) => name !== kind));
}

/** `today`: the deadline of this name in the agreement in force. What has begun goes by the agreement that it began under. */
function judge(
  today: DeadlineRule | undefined,
  begins: Start,
  stages: StagePlan,
  view: PersonView,
  asked: PlanContext,
): Judged {
  const known = view.facts.clocks.find((clock) => clock.id === begins.id);
  const context = known === undefined ? asked : underItsAgreement(known, asked);
  const rule = known === undefined ? today : (ruleOfClock(known, context.policy) ?? today ?? forgotten(known));
  if (rule === undefined) return { clock: null, known, tasks: [], open: [], messages: [] };
  const started = known ?? start(begins, rule, view, context);
  if (!('id' in started)) return { clock: null, known, tasks: [], open: [started.finding], messages: [] };
  const verdict = runClock(started, {
    now: context.now,
    coveredUntil: context.coveredUntil,
    evidence: evidenceFor(rule, started, stages, view, context),
  });
  const ended = silentlyEnded(rule, started, verdict, view, context);
  const moved = ended ?? moveOn(started, timely(verdict, view), isMoot(rule, started, { view, stages, context }));
  const reminded = planReminder(moved, rule, view, context);
  const planLapse = isOwedBeforeHandOff(rule) ? planLateHandOver : planTask;
  const { clock, drafts, open, messages } = planLapse(reminded.clock, known, rule, view, context);
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

/** The due instant has passed in silence, and the agreement says what that means: it has lapsed, and nobody is reminded. */
function silentlyEnded(
  { otherwise }: DeadlineRule,
  clock: Clock,
  { kind }: ClockVerdict,
  view: PersonView,
  context: PlanContext,
): Clock | null {
  if (otherwise === undefined || kind !== 'lapsed' || silenceOf(view, context)?.id !== clock.id) return null;
  return { ...clock, state: 'closed', lapsedAt: clock.lapsedAt ?? clock.dueAt, closedBecause: SILENCE };
}

/**
 * A person who is in Salesforce no longer is owed nothing there, nor is one whom sales sent back; nor is a deal that is gone. A conversion of
 * minutes ago is none of these. A deal that waits for its Lead waits on, whatever was said of the person.
 */
function isMoot(
  rule: DeadlineRule,
  { id, pass }: Clock,
  { view, stages, context }: { view: PersonView; stages: StagePlan; context: PlanContext },
): string | null {
  if (endsOf(rule).length === 0) return 'deadline-struck';
  if ('criteriaMet' in rule.starts) return isBeyondHandOver(rule.starts.criteriaMet, pass, stages, view);
  if (view.record === null) return view.awaited.salesforce === null ? 'record-gone' : null;
  if (!('deal' in rule.starts) && isBeside(stages.current)) return stages.current;
  if (!('deal' in rule.starts) || view.record.record.object === 'Contact') return null;
  const waits = dealsAwaitingConversion(view, context).some((deal) => id === `${view.facts.id}:${rule.name}:${deal}`);
  return waits ? null : 'deal-gone';
}

/** Nobody can be handed over who is nowhere, whose record sales has deleted, or who has gone on to a further stage without it. */
function isBeyondHandOver(stage: Stage, pass: number, stages: StagePlan, view: PersonView): string | null {
  if (view.record === null && (view.contact === null || view.lost.salesforce))
    return view.awaited.salesforce === null ? 'record-gone' : null;
  return stages.pass > pass || stageRank(stages.current) > stageRank(stage) ? 'moved-on' : null;
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
  // What marketing owes is nothing that a rep could keep.
  const marketing = new Set(policy.agreement.deadlines.filter(isOwedBeforeHandOff).map(({ name }) => name));
  const next = clocks
    .filter(({ state, kind }) => (state === 'running' || state === 'lapsed') && !marketing.has(kind))
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
