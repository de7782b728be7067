import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import { agreementOfClock } from '../domain/clocks/rule-of-clock.ts';
import type { Clock } from '../domain/people/person.ts';
import type { PlanContext } from './context.ts';

/** The agreement that this clock began under, in the place of the one in force. Everything else is as it is today: who is in which team, when the office is open, what has been read. */
export function underItsAgreement(clock: Clock, context: PlanContext): PlanContext {
  const { policy } = context;
  const agreement = agreementOfClock(clock, policy);
  return agreement === policy.agreement ? context : { ...context, policy: { ...policy, agreement } };
}

/** In the place of a deadline whose text is known no more: nothing can end it, so it is closed (`isMoot`), and its Task with it. */
export function forgotten({ kind }: Pick<Clock, 'kind'>): DeadlineRule {
  return {
    name: kind,
    department: 'sales',
    who: 'owner',
    starts: { deal: 'waiting' },
    ends: { any: [] },
    within: { amount: 0, unit: 'hours' },
    lapse: { task: 'normal' },
  };
}
