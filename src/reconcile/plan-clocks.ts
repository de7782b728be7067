import type { DeadlineRule, Stage } from '../domain/agreement/agreement.ts';
import { inOrderOfStart, isOwedBeforeHandOff } from '../domain/agreement/deadline.ts';
import { stageRank } from '../domain/agreement/stage-order.ts';
import { endOf } from '../domain/calendar/covered.ts';
import { dueAt } from '../domain/calendar/due-at.ts';
import { calendarOfPromise } from '../domain/clocks/office-time.ts';
import { type ClockVerdict, runClock } from '../domain/clocks/run-clock.ts';
import type { Clock, Finding } from '../domain/people/person.ts';
import { dueReasonText } from '../domain/texts/task.ts';
import { formatInstant } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import { evidenceFor } from './clock-evidence.ts';
import { type Start, startsOf } from './clock-starts.ts';
import { NOTHING, type Part, type PersonView, type PlanContext } from './context.ts';
import { dealsAwaitingConversion } from './deal-waiting.ts';
import { OWN_FIELDS, write } from './derived.ts';
import { planLateHandOver } from './late-hand-over.ts';
import type { StagePlan } from './plan-stage.ts';
import { planTask } from './plan-task.ts';
import type { Draft } from './settle-drafts.ts';

export type ClocksPlan = {
  readonly clocks: readonly Clock[];
  readonly tasks: readonly Draft[];
  /** The deadline as fields on the record, so that it is visible before it lapses. */
  readonly part: Part;
  readonly open: readonly Finding[];
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
    part: showNextDue(now, view, context),
    open: judged.flatMap(({ open }) => open),
  };
}

type Judged = {
  readonly clock: Clock | null;
  readonly known: Clock | undefined;
  readonly tasks: readonly Draft[];
  readonly open: readonly Finding[];
};

function judge(rule: DeadlineRule, begins: Start, stages: StagePlan, view: PersonView, context: PlanContext): Judged {
  const known = view.facts.clocks.find((clock) => clock.id === begins.id);
  const started = known ?? start(begins, rule, view, context);
  if (!('id' in started)) return { clock: null, known, tasks: [], open: [started.finding] };
  const verdict = runClock(started, {
    now: context.now,
    coveredUntil: context.coveredUntil,
    evidence: evidenceFor(rule, started, stages, view, context),
  });
  const moved = moveOn(started, timely(verdict, view), isMoot(rule, started, stages, view, context));
  const { clock, drafts, open } = isOwedBeforeHandOff(rule)
    ? planLateHandOver(moved, rule, view, context)
    : planTask(moved, rule, view, context);
  return { clock, known, tasks: drafts, open: [...open, ...lagFinding(verdict, clock, context)] };
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
  return {
    id,
    person: facts.id,
    kind: rule.name,
    pass,
    startedAt,
    dueAt: due.dueAt,
    arithmetic: due.arithmetic,
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
function isMoot(
  rule: DeadlineRule,
  { id, pass }: Clock,
  stages: StagePlan,
  view: PersonView,
  context: PlanContext,
): string | null {
  if ('criteriaMet' in rule.starts) return isBeyondHandOver(rule.starts.criteriaMet, pass, stages, view);
  if (view.record === null) return view.awaited.salesforce === null ? 'record-gone' : null;
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
