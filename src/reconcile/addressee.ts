import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import { teamOf } from '../domain/agreement/deadline.ts';
import type { DirectoryEntry } from '../domain/people/record.ts';
import { activeOf, deputyOf, obligedTo } from './assignee.ts';
import type { PersonView, PlanContext } from './context.ts';

/**
 * Whom a rung of the ladder names: an active person in either system. `above`: how many rungs up to this one say `manager`, since the
 * second of them is the manager's own. `null`: nobody who is there.
 *
 * `ladder` in owners.yaml says who is above a team; without it, `User.ManagerId` does. Nobody is their own manager: whoever is held to
 * the promise is passed over.
 */
export function addresseeOf(
  to: string,
  above: number,
  rule: DeadlineRule,
  view: PersonView,
  context: PlanContext,
): DirectoryEntry | null {
  const { directory, policy } = context;
  if (to === 'deputy') return deputyOf(rule, view, context);
  if (to === 'manager') return managerOf(obligedTo(rule, view, context), above, rule, context);
  return activeOf(policy.agreement.roles[to] ?? to, directory);
}

function managerOf(
  obliged: DirectoryEntry | null,
  above: number,
  rule: DeadlineRule,
  { directory, policy }: PlanContext,
): DirectoryEntry | null {
  const listed = policy.owners.ladder?.[teamOfObliged(obliged, rule, policy.owners) ?? ''];
  if (listed !== undefined) {
    const others = listed.filter((email) => email !== obliged?.email);
    return activeOf(others[above - 1] ?? '', directory);
  }
  let manager: DirectoryEntry | null = obliged;
  for (let left = above; left > 0; left -= 1) {
    const next: DirectoryEntry | undefined =
      manager?.managerId === undefined ? undefined : directory.byId.salesforce.get(manager.managerId);
    // Salesforce refuses a circle of managers; two people who are each other's would still end here.
    manager = next === undefined || next.id === obliged?.id ? null : next;
  }
  return manager?.active ? manager : null;
}

/** The team that has received the person, else the one in which the obliged person is. */
function teamOfObliged(
  obliged: DirectoryEntry | null,
  rule: DeadlineRule,
  { teams }: PlanContext['policy']['owners'],
): string | null {
  const received = teamOf(rule);
  if (received !== null) return received;
  const email = obliged?.email ?? null;
  return Object.entries(teams).find(([, { members }]) => email !== null && members.includes(email))?.[0] ?? null;
}
