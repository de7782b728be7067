import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import { toLocal } from '../domain/calendar/local-time.ts';
import { calendarOfPromise } from '../domain/clocks/office-time.ts';
import type { Clock } from '../domain/people/person.ts';
import type { PersonView, PlanContext } from './context.ts';
import { seatOf } from './owner.ts';

/**
 * Whose deeds count, as `system:id`: this team and whoever owns the record, or (`null`) the owner alone; in either system. Who stood in for
 * one of them since the clock started did it in their stead.
 */
export function obligedUsers(
  teamName: string | null,
  rule: DeadlineRule,
  clock: Pick<Clock, 'startedAt'>,
  { record }: PersonView,
  context: PlanContext,
): ReadonlySet<string> {
  const { policy, directory } = context;
  const owner = record?.values['OwnerId'];
  const team = policy.owners.teams[teamName ?? '']?.members ?? [];
  const ownerEmail = typeof owner === 'string' ? directory.byId.salesforce.get(owner)?.email : null;
  const deputies = deputiesOf([...team, ...(ownerEmail == null ? [] : [ownerEmail])], rule, clock, context);
  const members = [...team, ...deputies].flatMap((email) => directory.byEmail.salesforce.get(email)?.id ?? []);
  const users = [...new Set(typeof owner === 'string' ? [...members, owner] : members)];
  return new Set(
    users.flatMap((id) => {
      const user = directory.byId.salesforce.get(id);
      const seat = user === undefined ? null : seatOf(user, directory, policy.owners);
      return [`salesforce:${id}`, ...(seat === null ? [] : [`hubspot:${seat.id}`])];
    }),
  );
}

function deputiesOf(
  emails: readonly string[],
  rule: DeadlineRule,
  { startedAt }: Pick<Clock, 'startedAt'>,
  { policy, now }: PlanContext,
): readonly string[] {
  const { absences } = policy.owners;
  if (absences.length === 0) return [];
  const calendar = calendarOfPromise(rule, policy);
  const [since, today] = [startedAt, now].map((at) => toLocal(at, calendar).day);
  return absences
    .filter(({ who, from, to }) => emails.includes(who) && from <= today! && to >= since!)
    .map(({ deputy }) => deputy);
}
