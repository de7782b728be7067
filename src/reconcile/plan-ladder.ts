import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import { dueAt } from '../domain/calendar/due-at.ts';
import { calendarOfPromise } from '../domain/clocks/office-time.ts';
import type { Message } from '../domain/people/message.ts';
import type { Clock, Finding, LadderRung } from '../domain/people/person.ts';
import type { DirectoryEntry, Sighting } from '../domain/people/record.ts';
import { escalationMessage } from '../domain/texts/messages.ts';
import type { Instant } from '../domain/values/value.ts';
import { addresseeOf } from './addressee.ts';
import { knownBy, localeOf, obligedTo } from './assignee.ts';
import type { PersonView, PlanContext } from './context.ts';

export type LadderPlan = {
  readonly clock: Clock;
  readonly messages: readonly Message[];
  readonly open: readonly Finding[];
};

/** How many rungs an obligation has climbed. */
export function levelOf({ ladder = [] }: Pick<Clock, 'ladder'>): number {
  return ladder.filter(({ at }) => at !== undefined).length;
}

/** Whom it has climbed to: by e-mail; `null` where nobody could be told. */
export function escalatedTo({ ladder = [] }: Pick<Clock, 'ladder'>): string | null {
  return ladder.findLast(({ told }) => told != null)?.told ?? null;
}

/**
 * The ladder of an obligation that lapsed just now: it keeps the rungs that were agreed then, whatever an agreement says later. Counted
 * from `since`, by the calendar of the promise. A rung beyond the table of holidays is left out; that the table ends is told elsewhere.
 */
export function raiseLadder(
  clock: Clock,
  since: Instant,
  rule: DeadlineRule,
  { policy }: Pick<PlanContext, 'policy'>,
): Clock {
  const rungs = rule.lapse.escalate ?? [];
  if (rungs.length === 0 || clock.ladder !== undefined) return clock;
  const calendar = calendarOfPromise(rule, policy);
  const ladder = rungs.flatMap(({ after, to }): readonly LadderRung[] => {
    const due = dueAt(since, after, calendar);
    return 'beyond' in due ? [] : [{ to, dueAt: due.dueAt }];
  });
  // Business days and hours on the wall may cross where a holiday lies between: nobody is told of the second rung first.
  return { ...clock, ladder: ladder.toSorted((one, other) => one.dueAt - other.dueAt) };
}

/**
 * Climbs the rungs whose time has come, for an obligation that still stands open. As with a lapse, nobody is accused on stale evidence:
 * a rung waits until everything up to its instant has been read (law R19).
 */
export function climb(clock: Clock, rule: DeadlineRule, view: PersonView, context: PlanContext): LadderPlan {
  const { ladder = [] } = clock;
  if (clock.state !== 'lapsed' || ladder.length === 0 || clock.task?.state === 'queued')
    return { clock, messages: [], open: [] };
  // A conversion or merge of minutes ago: what their new record tells may be the evidence, so it waits to be read.
  const record = knownBy(view);
  if (record === null) return { clock, messages: [], open: findingsOf(clock, rule, view, context) };
  const { now, coveredUntil } = context;
  const isUp = (rung: LadderRung) => rung.dueAt <= now && coveredUntil !== null && coveredUntil >= rung.dueAt;
  const climbed: LadderRung[] = [];
  const messages: Message[] = [];
  ladder.forEach((rung, nth) => {
    if (rung.at !== undefined || !isUp(rung)) {
      climbed.push(rung);
      return;
    }
    const { whom, missed } = whomToTell(nth, ladder, rule, view, context);
    const told: LadderRung = {
      ...rung,
      at: now,
      told: whom?.email ?? null,
      ...(missed ? { missed: true as const } : {}),
    };
    climbed.push(told);
    // Two rungs at once, after a standstill, are one piece of news to one person.
    const before = climbed.at(-2);
    if (whom?.email != null && before?.told !== whom.email)
      messages.push(messageFor(whom, nth + 1, clock, record, rule, view, context));
  });
  const isNews = climbed.some((rung, nth) => rung !== ladder[nth]);
  const after = isNews ? { ...clock, ladder: climbed } : clock;
  return { clock: after, messages, open: findingsOf(after, rule, view, context) };
}

/** Whom a rung names; where nobody of that name is there, whom the next one names that does. */
function whomToTell(
  nth: number,
  ladder: readonly LadderRung[],
  rule: DeadlineRule,
  view: PersonView,
  context: PlanContext,
): { readonly whom: DirectoryEntry | null; readonly missed: boolean } {
  for (let at = nth; at < ladder.length; at += 1) {
    const above = ladder.slice(0, at + 1).filter(({ to }) => to === 'manager').length;
    const whom = addresseeOf(ladder[at]!.to, above, rule, view, context);
    if (whom !== null) return { whom, missed: at > nth };
  }
  return { whom: null, missed: true };
}

function messageFor(
  whom: DirectoryEntry,
  level: number,
  clock: Clock,
  record: Sighting,
  rule: DeadlineRule,
  view: PersonView,
  context: PlanContext,
): Message {
  const locale = localeOf(whom, context);
  const owner = obligedTo(rule, view, context);
  const facts = { clock, record, owner: owner?.name ?? null, level };
  return {
    id: `${clock.id}:escalation:${level}`,
    kind: 'escalation',
    clock: clock.id,
    person: clock.person,
    to: whom.email ?? '',
    name: whom.name,
    locale,
    ...escalationMessage(facts, { ...context.policy, locale }),
  };
}

/** Told for as long as the obligation stands open. */
function findingsOf(clock: Clock, rule: DeadlineRule, view: PersonView, context: PlanContext): readonly Finding[] {
  const level = levelOf(clock);
  if (level === 0) return [];
  const subject = `clock:${clock.id}`;
  const detail = {
    deadline: clock.kind,
    level,
    to: escalatedTo(clock),
    owner: obligedTo(rule, view, context)?.name ?? null,
    dueAt: clock.dueAt,
  };
  const missed = (clock.ladder ?? []).findLast((rung) => rung.missed === true);
  return [
    { code: 'ESCALATED', subject, entity: clock.person, detail },
    ...(missed === undefined
      ? []
      : [
          {
            code: 'ESCALATION_UNADDRESSED' as const,
            subject,
            entity: clock.person,
            detail: { deadline: clock.kind, named: missed.to, to: missed.told ?? null },
          },
        ]),
  ];
}
