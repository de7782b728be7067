import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { World } from '../../support/deeds/hands.ts';
import type { Reign } from '../driver/admin.ts';

/** A Task of a lapse is for a day on which its owner works, by the calendar and the absences in force when it was planned. */
export function taskDays(
  changes: readonly TrackedChange[],
  reigns: readonly Reign[],
  { org }: Pick<World, 'org'>,
): readonly string[] {
  const emails = new Map(org.records('User').map((user) => [user['Id'], user['Email']]));
  return changes.flatMap(({ id, kind, target, steps, plannedAt }) => {
    if (kind !== 'create' || target.object !== 'Task') return [];
    const written = new Map(steps.flat().map(({ field, after }) => [field, after]));
    const [day, owner] = [String(written.get('ActivityDate')), emails.get(written.get('OwnerId'))];
    return inForceAt(plannedAt, reigns).some((policy) => works(owner, day, policy))
      ? []
      : [`${id} is for ${String(owner)} on ${day}`];
  });
}

/** The worker's clock, by which it says when it planned, may be off so far from that by which mappings came into force. */
const CLOCKS_APART_MS = 5 * 60_000;

/** What was in force at that instant; two of them around the one in which the one took over from the other. */
function inForceAt(at: number, reigns: readonly Reign[]): readonly Policy[] {
  const until = (nth: number) => reigns[nth + 1]?.since ?? Number.POSITIVE_INFINITY;
  return reigns
    .filter(({ since }, nth) => since <= at + CLOCKS_APART_MS && until(nth) >= at - CLOCKS_APART_MS)
    .map(({ policy }) => policy);
}

/** Whoever is in no team may work by the calendar of the team that received the person. */
function works(who: unknown, day: string, { owners, calendar }: Policy): boolean {
  const calendars = [calendar, ...Object.values(owners.teams).flatMap((team) => team.calendar ?? [])];
  const isOpen = calendars.some(
    ({ week, holidays, closures }) =>
      week[new Date(day).getUTCDay()] !== null && !holidays.has(day) && !closures.has(day),
  );
  return isOpen && !owners.absences.some((absence) => absence.who === who && absence.from <= day && day <= absence.to);
}
