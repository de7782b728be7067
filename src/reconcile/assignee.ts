import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import { teamOf } from '../domain/agreement/deadline.ts';
import { absenceNow, calendarOfPromise } from '../domain/clocks/office-time.ts';
import type { DirectoryEntry } from '../domain/people/record.ts';
import type { Locale } from '../domain/policy.ts';
import type { PersonView, PlanContext } from './context.ts';
import { userOrQueue } from './owner.ts';

/**
 * Who gets the Task: the owner while active, or the deputy while the owner is away; a queue has nobody to remind, so its team's manager is;
 * so it is for an owner who has left.
 */
export function assigneeOf(rule: DeadlineRule, view: PersonView, context: PlanContext): DirectoryEntry | null {
  const { policy, directory } = context;
  const owner = ownerOf(view, context);
  const deputy = deputyOf(rule, view, context);
  if (deputy !== null) return deputy;
  if (owner?.kind === 'user' && owner.active) return owner;
  const manager = owner?.managerId === undefined ? undefined : directory.byId.salesforce.get(owner.managerId);
  if (manager?.active) return manager;
  const { teams, unmatched } = policy.owners;
  const team = teams[teamOf(rule) ?? ''];
  return userOrQueue(team?.manager ?? null, directory) ?? userOrQueue(unmatched, directory);
}

/** Who stands in for the owner now; `null` while the owner is there, and where the deputy has left. */
export function deputyOf(rule: DeadlineRule, view: PersonView, context: PlanContext): DirectoryEntry | null {
  const { policy, directory, now } = context;
  const owner = ownerOf(view, context);
  const absence = absenceNow(owner?.email ?? null, now, calendarOfPromise(rule, policy), policy);
  const deputy = absence === undefined ? undefined : directory.byEmail.salesforce.get(absence.deputy);
  return deputy?.active ? deputy : null;
}

/** Who is held to it: the owner while active, also while away; else whoever gets the Task in their stead. */
export function obligedTo(rule: DeadlineRule, view: PersonView, context: PlanContext): DirectoryEntry | null {
  const owner = ownerOf(view, context);
  return owner?.kind === 'user' && owner.active ? owner : assigneeOf(rule, view, context);
}

function ownerOf({ record }: PersonView, { directory }: PlanContext): DirectoryEntry | undefined {
  return directory.byId.salesforce.get(String(record?.values['OwnerId'] ?? ''));
}

/** The language in which somebody is addressed: that of their screens, where the system tells it. */
export function localeOf(entry: Pick<DirectoryEntry, 'language'> | null, { policy }: PlanContext): Locale {
  if (entry?.language === undefined) return policy.locale;
  return /^ja(?:$|_)/u.test(entry.language) ? 'ja' : 'en';
}
