import { type Explained, explain, isRange } from '../domain/agreement/evaluate.ts';
import { ruleOfClock } from '../domain/clocks/rule-of-clock.ts';
import type { Clock, ScopeMove } from '../domain/people/person.ts';
import type { Values } from '../domain/values/value.ts';
import { addParts, NOTHING, type PersonView, type PlanContext } from './context.ts';
import { forgotten, underItsAgreement } from './older-agreement.ts';
import { type ClocksPlan, showNextDue, withdrawn } from './plan-clocks.ts';
import { planTask } from './plan-task.ts';
import { showEscalation } from './show-escalation.ts';

export type ScopePlan = {
  readonly within: boolean;
  /** What is new about it: the person has gone out, or has come back. */
  readonly move: ScopeMove | undefined;
};

/**
 * Is this person one of those whom the admin's rule puts in Tasuki's care?
 *
 * Outside only if the rule clearly says so: an unread field must not make people vanish. Whoever goes out, or comes back, gets a line
 * with the instant and what the rule read, so that nobody has to guess why a record stands still.
 */
export function planScope(view: PersonView, { policy, now }: PlanContext): ScopePlan {
  const { scope } = policy.person;
  const judged = scope === undefined ? null : explain(scope, (subject) => valueFor(subject, view));
  const within = judged?.truth !== false;
  const was = view.facts.scope?.within ?? true;
  return { within, move: within === was ? undefined : { at: now, within, because: readIn(judged) } };
}

function valueFor(
  subject: Parameters<Parameters<typeof explain>[1]>[0],
  { contact, record }: PersonView,
): ReturnType<Parameters<typeof explain>[1]> {
  if (!('field' in subject)) return undefined;
  const [system, ...rest] = subject.field.split('.');
  const sighting = system === 'hubspot' ? contact : record;
  return sighting === null ? null : sighting.values[rest.join('.')];
}

/** What the rule read: field → value. Empty when there is no rule any more. */
function readIn(explained: Explained | null): Values {
  if (explained === null) return {};
  if (explained.kind !== 'test') return Object.assign({}, ...explained.parts.map(readIn));
  const { subject, found = null } = explained;
  return { [subject]: isRange(found) ? null : found };
}

/**
 * Outside, nothing is owed: what still runs ends, its Task is closed, and the deadline shown on the record goes. Nothing else is
 * written. What ended so does not begin again when the person comes back; what happens from then on counts.
 */
export function endClocks(view: PersonView, context: PlanContext): ClocksPlan {
  const { clocks } = view.facts;
  if (clocks.length === 0) return { clocks: [], tasks: [], part: NOTHING, open: [], messages: [], withdraw: [] };
  const ended = clocks.map((known) => ({ known, ...endClock(known, view, context) }));
  return {
    clocks: ended.filter(({ clock, known }) => clock !== known).map(({ clock }) => clock),
    tasks: ended.flatMap(({ drafts }) => drafts),
    part: addParts([showNextDue([], view, context), showEscalation([], view, context)]),
    open: ended.flatMap(({ open }) => open),
    messages: [],
    withdraw: ended.flatMap(({ clock, known }) => withdrawn(clock, known)),
  };
}

function endClock(
  known: Clock,
  view: PersonView,
  context: PlanContext,
): Pick<ReturnType<typeof planTask>, 'clock' | 'drafts' | 'open'> {
  const isOwed = known.state === 'running' || known.state === 'lapsed';
  const clock: Clock = isOwed ? { ...known, state: 'closed', closedBecause: 'out-of-scope' } : known;
  const under = underItsAgreement(clock, context);
  return planTask(clock, known, ruleOfClock(clock, under.policy) ?? forgotten(clock), view, under);
}
