import type { Agreement } from '../domain/agreement/agreement.ts';
import { isReviewDate, nextReview } from '../domain/agreement/review-dates.ts';
import type { Review } from '../domain/agreement/terms.ts';
import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import { fromLocal, toLocal } from '../domain/calendar/local-time.ts';
import { shiftOn } from '../domain/calendar/working-time.ts';
import { nextWorkday } from '../domain/clocks/office-time.ts';
import type { Reason } from '../domain/people/change.ts';
import type { AgreementFacts, Clock, Finding } from '../domain/people/person.ts';
import { reviewTaskText } from '../domain/texts/task-review.ts';
import type { Instant, LocalDate } from '../domain/values/value.ts';
import { type PlanContext, pairOf } from './context.ts';
import { OWN_FIELDS } from './derived.ts';
import type { EntityPlan } from './entity-plan.ts';
import { entityPlan, standingWork } from './plan-frame.ts';
import type { Draft } from './settle-drafts.ts';
import { tickedOff } from './task-draft.ts';

/** What a review asks of one head, by its id: the date and the role are the key of its Task, so that there is one for each. */
type Asked = { readonly id: string; readonly date: LocalDate; readonly role: string };

const ID = /^agreement:review:(\d{4}-\d\d-\d\d):(.*)$/su;

function askedOf(date: LocalDate, role: string): Asked {
  return { id: `agreement:review:${date}:${role}`, date, role };
}

function askedBy({ id }: Pick<Clock, 'id'>): Asked | null {
  const [, date, role] = ID.exec(id) ?? [];
  return date === undefined || role === undefined ? null : { id, date, role };
}

type Step = { readonly clock: Clock; readonly drafts: readonly Draft[]; readonly open: readonly Finding[] };

/**
 * The review of the agreement: when it falls due, one Task to each head, in Salesforce. A clock as every other obligation has one, so that
 * the Task is planned, shown, written, found again and undone as every other Task is; it is the agreement that owes, not a person.
 *
 * It falls due when the office opens on that day, or on the first one after it on which it does. The head who ticks it off is done; a new
 * version that is signed is the review's outcome and closes it, and so does the next review. A date that has passed before the agreement
 * was in force is no review of it.
 */
export function planReview(facts: AgreementFacts, context: PlanContext): EntityPlan {
  const { now, policy } = context;
  const { agreement, calendar } = policy;
  const { review } = agreement;
  const known = facts.clocks.flatMap((clock) => {
    const asked = askedBy(clock);
    return asked === null ? [] : [{ clock, asked }];
  });
  const newest = known
    .flatMap(({ clock, asked }) => (clock.dueAt <= now ? [asked.date] : []))
    .toSorted()
    .at(-1);
  const steps = known.map(({ clock, asked }) => take(moveOn(clock, asked, newest ?? '', context), asked, context));
  const ids = new Set(known.map(({ clock }) => clock.id));
  const coming = review === undefined ? [] : upcoming(review, now, calendar).filter(({ id }) => !ids.has(id));
  const started = coming.map((asked) => start(asked, facts.id, agreement, calendar));
  const changed = steps.flatMap(({ clock }, nth) => (clock === known[nth]?.clock ? [] : [clock]));
  const view = pairOf(facts);
  const intent = {
    drafts: steps.flatMap(({ drafts }) => drafts),
    creating: undefined,
    bases: [],
    clocks: [...changed, ...started],
    open: steps.flatMap(({ open }) => open),
  };
  return entityPlan(view, standingWork(view), intent, context);
}

/** The first review that has not fallen due. */
function upcoming(review: Review, now: Instant, calendar: BusinessCalendar): readonly Asked[] {
  const today = toLocal(now, calendar).day;
  const first = nextReview(review, today);
  // It may have fallen due this morning, or it was on a Saturday and falls due today.
  const date = dueOn(first, calendar) > now ? first : nextReview(review, dayAfter(first, calendar));
  return review.tasksFor.map((role) => askedOf(date, role));
}

function dayAfter(date: LocalDate, calendar: BusinessCalendar): LocalDate {
  return toLocal(fromLocal(date, 36 * 60, calendar), calendar).day;
}

/** When the office opens on that day, or on the first one after it; where the table of holidays ends before, when the day begins. */
function dueOn(date: LocalDate, calendar: BusinessCalendar): Instant {
  const begins = fromLocal(date, 0, calendar);
  const shift = shiftOn(nextWorkday(begins, calendar, () => false) ?? date, calendar);
  return 'opens' in shift ? shift.opens : begins;
}

function start(
  { id, date }: Asked,
  person: string,
  { version, effective }: Agreement,
  calendar: BusinessCalendar,
): Clock {
  return {
    id,
    person,
    kind: 'review',
    pass: 1,
    startedAt: fromLocal(effective, 0, calendar),
    dueAt: dueOn(date, calendar),
    arithmetic: [],
    state: 'running',
    agreementVersion: version,
  };
}

/** `newest`: the latest date that has fallen due. */
function moveOn(clock: Clock, { date, role }: Asked, newest: LocalDate, { now, policy }: PlanContext): Clock {
  const { version, review } = policy.agreement;
  if (clock.state === 'running') {
    const isAsked = review?.tasksFor.includes(role) === true && isReviewDate(review, date);
    if (!isAsked) return { ...clock, state: 'closed', closedBecause: 'review-struck' };
    if (clock.dueAt <= now) return { ...clock, agreementVersion: version, state: 'lapsed', lapsedAt: clock.dueAt };
    return clock.agreementVersion === version ? clock : { ...clock, agreementVersion: version };
  }
  if (clock.state !== 'lapsed') return clock;
  if (clock.agreementVersion !== version)
    return { ...clock, state: 'closed', metAt: now, evidence: `agreement:${version}`, closedBecause: 'evidence' };
  return date < newest ? { ...clock, state: 'closed', closedBecause: 'next-review' } : clock;
}

function take(clock: Clock, asked: Asked, context: PlanContext): Step {
  const { task } = clock;
  const nothing = { clock, drafts: [], open: [] };
  if (clock.state === 'lapsed' && (task === undefined || task.state === 'planned')) return open(clock, asked, context);
  if (clock.state === 'closed' && task?.state === 'open' && task.id !== null)
    return { ...nothing, drafts: tickedOff(clock, task.id, overBecause(clock), context) };
  return nothing;
}

function overBecause({ closedBecause, evidence }: Clock): Reason {
  return { code: 'review-over', detail: { because: closedBecause ?? null, evidence: evidence ?? null } };
}

function open(clock: Clock, { date, role }: Asked, { now, policy, directory }: PlanContext): Step {
  const email = policy.agreement.roles[role] ?? '';
  const head = directory.byEmail.salesforce.get(email);
  if (head === undefined || !head.active) {
    const detail = { role, email, date };
    return {
      clock,
      drafts: [],
      open: [{ code: 'HEAD_WITHOUT_USER', subject: clock.id, entity: clock.person, detail }],
    };
  }
  const day = nextWorkday(now, policy.calendar, () => false) ?? toLocal(now, policy.calendar).day;
  const { subject, description } = reviewTaskText({ date, policy });
  const reason = { code: 'review-due', detail: { date, agreement: policy.agreement.version } } as const;
  const values = { Subject: subject, Description: description, OwnerId: head.id, ActivityDate: day };
  const draft: Draft = {
    kind: 'create',
    target: { system: 'salesforce', object: 'Task', id: null },
    key: { field: OWN_FIELDS.salesforce.key, value: clock.id },
    fields: Object.entries(values).map(([field, after]) => ({ field, after, reason })),
    basesAfter: [],
    readBack: true,
    marks: { task: { clock: clock.id, act: 'open' } },
  };
  const planned: Clock = clock.task === undefined ? { ...clock, task: { id: null, state: 'planned' } } : clock;
  return { clock: planned, drafts: [draft], open: [] };
}
