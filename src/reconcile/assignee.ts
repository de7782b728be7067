import type { DeadlineRule } from '../domain/agreement/agreement.ts';
import { isOwedBeforeHandOff, teamOf } from '../domain/agreement/deadline.ts';
import { absenceNow, calendarOfPromise } from '../domain/clocks/office-time.ts';
import type { DirectoryEntry, Sighting } from '../domain/people/record.ts';
import type { Locale } from '../domain/policy.ts';
import type { Directory, PersonView, PlanContext } from './context.ts';
import { OWNER_PROPERTY, userBehindSeat, userOrQueue } from './owner.ts';

/**
 * Who gets the Task: the owner while active, or the deputy while the owner is away; a queue has nobody to remind, so its team's manager is;
 * so it is for an owner who has left. What marketing owes before the hand-off falls to the marketing head where the contact has no owner.
 */
export function assigneeOf(rule: DeadlineRule, view: PersonView, context: PlanContext): DirectoryEntry | null {
  const { policy, directory } = context;
  const marketer = marketerOf(rule, view, context);
  if (marketer !== null) return marketer;
  if (isOwedBeforeHandOff(rule)) return activeOf(policy.agreement.roles['marketing-head'] ?? '', directory);
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
  const marketer = marketerOf(rule, view, context);
  if (marketer !== null) return marketer;
  const owner = isOwedBeforeHandOff(rule) ? undefined : ownerOf(view, context);
  return owner?.kind === 'user' && owner.active ? owner : assigneeOf(rule, view, context);
}

/**
 * What marketing owes is owed by the contact's owner in HubSpot, or by the deputy meanwhile. Whoever has a licence in Salesforce too works there; the
 * others, as marketers usually do, in HubSpot. `null` where the contact has no active owner: then it falls to the record's.
 */
function marketerOf(rule: DeadlineRule, { contact }: PersonView, context: PlanContext): DirectoryEntry | null {
  const { policy, directory, now } = context;
  if (rule.department !== 'marketing') return null;
  const seat = directory.byId.hubspot.get(String(contact?.values[OWNER_PROPERTY] ?? ''));
  if (!seat?.active || seat.kind === 'queue') return null;
  const absence = absenceNow(seat.email, now, calendarOfPromise(rule, policy), policy);
  const deputy = absence === undefined ? null : activeOf(absence.deputy, directory);
  return deputy ?? userBehindSeat(seat.id, context) ?? seat;
}

/** The record that a Task is about where this person works: in Salesforce the Lead or Contact, in HubSpot the contact. */
export function subjectFor(assignee: DirectoryEntry | null, { record, contact }: PersonView): Sighting | null {
  return assignee?.system === 'hubspot' ? contact : record;
}

/** By which of their records a person is told of: Salesforce's, or HubSpot's before there is one; `null` while what theirs became is unread. */
export function knownBy({ record, contact, awaited }: PersonView): Sighting | null {
  return record ?? (awaited.salesforce === null ? contact : null);
}

/** Somebody who works there, in Salesforce or, without a licence, in HubSpot. */
export function activeOf(email: string, { byEmail }: Directory): DirectoryEntry | null {
  return [byEmail.salesforce.get(email), byEmail.hubspot.get(email)].find((entry) => entry?.active) ?? null;
}

function ownerOf({ record }: PersonView, { directory }: PlanContext): DirectoryEntry | undefined {
  return directory.byId.salesforce.get(String(record?.values['OwnerId'] ?? ''));
}

/** The language in which somebody is addressed: that of their screens, where the system tells it. */
export function localeOf(entry: Pick<DirectoryEntry, 'language'> | null, { policy }: PlanContext): Locale {
  if (entry?.language === undefined) return policy.locale;
  return /^ja(?:$|_)/u.test(entry.language) ? 'ja' : 'en';
}
