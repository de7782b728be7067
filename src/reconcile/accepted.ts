import { ruleOfClock } from '../domain/clocks/rule-of-clock.ts';
import { runClock } from '../domain/clocks/run-clock.ts';
import type { Clock } from '../domain/people/person.ts';
import { wordOf } from './answers.ts';
import type { PersonView, PlanContext } from './context.ts';
import { passOf } from './stage-fold.ts';

/** Behind this word a clock tells that it ended in silence, which counts as accepted. */
export const SILENCE = 'silence';

/** Has sales accepted this person, by its word or by its silence? */
export function isAccepted(view: PersonView, context: PlanContext): boolean {
  return wordOf(view, context.policy.agreement).kind === 'accepted' || silenceOf(view, context) !== null;
}

/**
 * The deadline of this pass in which sales was to answer, and has not: by the agreement that counts as accepted.
 *
 * It is declared as carefully as any lapse (law R19). Whoever has begun to answer, and named no reason that holds, is not silent.
 */
export function silenceOf(view: PersonView, context: PlanContext): Clock | null {
  const { policy, now, coveredUntil } = context;
  if (wordOf(view, policy.agreement).kind !== 'none' || view.awaited.salesforce !== null || view.record === null)
    return null;
  const asksForAnswer = (clock: Clock) => ruleOfClock(clock, policy)?.otherwise !== undefined;
  const pass = passOf(view.facts.stages);
  const isSilent = (clock: Clock) =>
    clock.closedBecause === SILENCE || runClock(clock, { now, coveredUntil, evidence: [] }).kind === 'lapsed';
  return view.facts.clocks.find((clock) => clock.pass === pass && asksForAnswer(clock) && isSilent(clock)) ?? null;
}
