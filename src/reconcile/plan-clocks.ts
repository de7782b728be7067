import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import { dueAt } from '../domain/calendar/due-at.ts';
import { type ClockVerdict, runClock } from '../domain/clocks/run-clock.ts';
import type { Clock, Finding, StageEntry } from '../domain/people/person.ts';
import { dueReasonText } from '../domain/texts/task.ts';
import { formatInstant } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import { NOTHING, type Part, type PersonView, type PlanContext } from './context.ts';
import { OWN_FIELDS, write } from './derived.ts';
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
  const judged = context.policy.agreement.deadlines.flatMap((rule) =>
    handOffsOf(rule, stages, context).map((entry) => judge(rule, entry, view, context)),
  );
  const changed = judged.filter(({ clock, known }) => clock !== null && clock !== known);
  const now = judged.flatMap(({ clock }) => clock ?? []);
  return {
    clocks: changed.flatMap(({ clock }) => clock ?? []),
    tasks: judged.flatMap(({ tasks }) => tasks),
    part: showNextDue(now, view, context),
    open: judged.flatMap(({ open }) => open),
  };
}

/** The hand-offs that start this deadline: confirmed in Salesforce, and not history. */
function handOffsOf(rule: DeadlineRule, { entries }: StagePlan, { policy }: PlanContext): readonly StageEntry[] {
  const stagesHandedOver = policy.agreement.stages
    .filter(({ handOff }) => handOff?.to === rule.starts.handedOff)
    .map(({ stage }) => stage);
  const handedOver = entries.filter(
    ({ stage, by, handedOffAt }) => by !== 'history' && handedOffAt !== undefined && stagesHandedOver.includes(stage),
  );
  // A team that receives the person at two stages of one pass owes one first contact, not two.
  return handedOver.filter(({ pass }, nth) => handedOver.findIndex((entry) => entry.pass === pass) === nth);
}

type Judged = {
  readonly clock: Clock | null;
  readonly known: Clock | undefined;
  readonly tasks: readonly Draft[];
  readonly open: readonly Finding[];
};

function judge(rule: DeadlineRule, entry: StageEntry, view: PersonView, context: PlanContext): Judged {
  const id = `${view.facts.id}:${rule.name}:${entry.pass}`;
  const known = view.facts.clocks.find((clock) => clock.id === id);
  const started = known ?? start(id, rule, entry, view, context);
  if (!('id' in started)) return { clock: null, known, tasks: [], open: [started.finding] };
  const verdict = runClock(started, {
    now: context.now,
    coveredUntil: context.coveredUntil,
    activities: view.facts.activities,
    obliged: obligedUsers(rule, view, context),
    asked: rule.ends.contact,
  });
  const moved = moveOn(started, verdict, view);
  const { clock, drafts, open } = planTask(moved, rule, view, context);
  return { clock, known, tasks: drafts, open: [...open, ...lagFinding(verdict, clock, context)] };
}

function start(
  id: string,
  rule: DeadlineRule,
  entry: StageEntry,
  { facts }: PersonView,
  { policy }: PlanContext,
): Clock | { finding: Finding } {
  const startedAt = entry.handedOffAt!;
  const due = dueAt(startedAt, rule.within, policy.calendar);
  if ('beyond' in due)
    return {
      finding: { code: 'CALENDAR_ENDS', subject: `calendar:${due.beyond}`, detail: { to: policy.calendar.covers.to } },
    };
  return {
    id,
    person: facts.id,
    kind: rule.name,
    pass: entry.pass,
    startedAt,
    dueAt: due.dueAt,
    arithmetic: due.arithmetic,
    state: 'running',
    agreementVersion: policy.agreement.version,
  };
}

function moveOn(clock: Clock, verdict: ClockVerdict, view: PersonView): Clock {
  switch (verdict.kind) {
    case 'met':
    case 'met-logged-late':
      return { ...clock, state: verdict.kind, metAt: verdict.metAt, evidence: verdict.evidence };
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
      if (view.record === null)
        return { ...clock, state: 'closed', lapsedAt: verdict.lapsedAt, closedBecause: 'record-gone' };
      return clock.state === 'lapsed' ? clock : { ...clock, state: 'lapsed', lapsedAt: verdict.lapsedAt };
    case 'running':
    case 'waits':
      return view.record === null ? { ...clock, state: 'closed', closedBecause: 'record-gone' } : clock;
  }
}

/** Whose contact counts: the team that received the person and whoever owns the record, or the owner alone. */
function obligedUsers(
  rule: DeadlineRule,
  { record }: PersonView,
  { policy, directory }: PlanContext,
): ReadonlySet<string> {
  const owner = record?.values['OwnerId'];
  const team = rule.ends.by === 'team' ? (policy.owners.teams[rule.starts.handedOff]?.members ?? []) : [];
  const members = team.flatMap((email) => directory.byEmail.salesforce.get(email)?.id ?? []);
  return new Set(typeof owner === 'string' ? [...members, owner] : members);
}

function lagFinding(verdict: ClockVerdict, clock: Clock, { now }: PlanContext): readonly Finding[] {
  if (verdict.kind !== 'waits' || now - (verdict.coveredUntil ?? clock.startedAt) < LAG_ALARM_MS) return [];
  return [
    {
      code: 'EVIDENCE_LAGS',
      subject: `clock:${clock.id}`,
      person: clock.person,
      detail: { dueAt: clock.dueAt, coveredUntil: verdict.coveredUntil },
    },
  ];
}

function showNextDue(clocks: readonly Clock[], { record }: PersonView, { policy }: PlanContext): Part {
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
