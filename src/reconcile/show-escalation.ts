import type { Clock } from '../domain/people/person.ts';
import { escalationText } from '../domain/texts/escalation.ts';
import { activeOf } from './assignee.ts';
import { NOTHING, type Part, type PersonView, type PlanContext } from './context.ts';
import { OWN_FIELDS, write } from './derived.ts';
import { escalatedTo, levelOf } from './plan-ladder.ts';

/**
 * Shows on the record whom its most pressing obligation has climbed to, and how far, so that whoever is above finds it by a list view:
 * there is no second Task. Emptied as soon as nothing is escalated.
 */
export function showEscalation(
  clocks: readonly Clock[],
  { record }: PersonView,
  { policy, directory }: PlanContext,
): Part {
  if (record === null) return NOTHING;
  const [top] = clocks
    .filter((clock) => clock.state === 'lapsed' && levelOf(clock) > 0)
    .sort((one, other) => levelOf(other) - levelOf(one) || one.dueAt - other.dueAt);
  const level = top === undefined ? 0 : levelOf(top);
  const email = top === undefined ? null : escalatedTo(top);
  const reason = {
    code: 'escalation-shown',
    detail: { deadline: top?.kind ?? null, level: level === 0 ? null : level },
  } as const;
  const name = email === null ? null : (activeOf(email, directory)?.name ?? email);
  const text = top === undefined ? null : escalationText(top, level, policy);
  const { escalatedTo: to, escalation } = OWN_FIELDS.salesforce;
  return { ...NOTHING, salesforce: [...write(record, to, name, reason), ...write(record, escalation, text, reason)] };
}
