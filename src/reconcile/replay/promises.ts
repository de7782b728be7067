import type { DeadlineRule } from '../../domain/agreement/agreement.ts';
import { endsOf, teamOf } from '../../domain/agreement/deadline.ts';
import { dueAt } from '../../domain/calendar/due-at.ts';
import { contactsIn, type Proof } from '../../domain/clocks/evidence.ts';
import { calendarOfPromise } from '../../domain/clocks/office-time.ts';
import { runClock } from '../../domain/clocks/run-clock.ts';
import type { Clock } from '../../domain/people/person.ts';
import type { PersonView, PlanContext } from '../context.ts';
import { obligedUsers } from '../obliged-users.ts';
import type { Reached } from './walk.ts';

/**
 * How a contact deadline would have ended. `open`: it has not fallen due. `unread`: it has, and what was read does not reach so far (law
 * R19), or the table of holidays does not.
 */
export type PromiseKept = { readonly deadline: string; readonly end: 'kept' | 'lapsed' | 'open' | 'unread' };

/**
 * The contact deadlines that these stages would have started, held against the contact that is on record.
 *
 * A hand-off is taken to have happened at the instant at which its stage was reached. Whose contact counts is asked of today's owner and
 * team: neither has a history.
 */
export function promisesOf(
  reached: readonly Reached[],
  today: PersonView,
  context: PlanContext,
): readonly PromiseKept[] {
  const { deadlines, stages } = context.policy.agreement;
  return deadlines.flatMap((rule): readonly PromiseKept[] => {
    const { starts } = rule;
    if (!('handedOff' in starts) || !isOfContact(rule)) return [];
    const isTo = ({ stage }: Reached) =>
      stages.some((one) => one.stage === stage && one.handOff?.to === starts.handedOff);
    const handedOver = reached.filter((entry) => entry.by !== 'history' && isTo(entry));
    // As in the live plan: one first contact is owed in a pass, however often the team receives the person in it.
    const firsts = handedOver.filter(({ pass }, nth) => handedOver.findIndex((entry) => entry.pass === pass) === nth);
    return firsts.map((entry) => ({ deadline: rule.name, end: endOf(rule, entry, today, context) }));
  });
}

function endOf(rule: DeadlineRule, entry: Reached, today: PersonView, context: PlanContext): PromiseKept['end'] {
  const { now, coveredUntil, policy } = context;
  const counted = dueAt(entry.at, rule.within, calendarOfPromise(rule, policy));
  if ('beyond' in counted) return 'unread';
  const clock: Clock = {
    id: `${today.facts.id}:${rule.name}:${entry.pass}`,
    person: today.facts.id,
    kind: rule.name,
    pass: entry.pass,
    startedAt: entry.at,
    dueAt: counted.dueAt,
    arithmetic: counted.arithmetic,
    state: 'running',
    agreementVersion: policy.agreement.version,
  };
  return ENDS[runClock(clock, { now, coveredUntil, evidence: contactFor(rule, clock, today, context) }).kind];
}

/** As in the live plan: what counts, and whose. */
function contactFor(rule: DeadlineRule, clock: Clock, today: PersonView, context: PlanContext): readonly Proof[] {
  return endsOf(rule).flatMap((end) => {
    if (!('contact' in end)) return [];
    const team = end.by === 'team' ? teamOf(rule) : null;
    return contactsIn(today.facts.activities, end.contact, obligedUsers(team, rule, clock, today, context));
  });
}

/** A deadline that begins with a hand-off and that contact alone ends: of the others a replay does not know all that would end them. */
export function isOfContact(rule: Pick<DeadlineRule, 'starts' | 'ends'>): boolean {
  return 'handedOff' in rule.starts && endsOf(rule).every((end) => 'contact' in end);
}

const ENDS = {
  met: 'kept',
  'met-logged-late': 'kept',
  lapsed: 'lapsed',
  closed: 'lapsed',
  running: 'open',
  waits: 'unread',
  over: 'open',
} as const;
