import type { Activity } from '../people/activity.ts';
import type { Instant } from '../values/value.ts';
import { isAskedFor } from './counts-as-contact.ts';

/** Something that may end an obligation. `name` says what, as the ledger keeps it: `Task:00T…`, `conversion`, `stage:SQL`. */
export type Proof = {
  readonly at: Instant;
  /** When it was entered; later than `at` where a system's stamp is of an entry made afterwards. */
  readonly loggedAt: Instant;
  readonly name: string;
  /** The doer, as their own system knows them; empty where it does not matter who did it. */
  readonly by: string;
};

/** Whose deeds count, as `system:id` of an activity's doer. */
type Obliged = ReadonlySet<string>;

/** Contact of the kinds asked for, by somebody who owes it. */
export function contactsIn(
  activities: readonly Activity[],
  asked: readonly Activity['kind'][],
  obliged: Obliged,
): readonly Proof[] {
  return activities
    .filter((activity) => activity.countsAsContact && isBy(activity, obliged) && isAskedFor(activity.kind, asked))
    .map(({ at, loggedAt, source, by }) => ({ at, loggedAt, name: `${source.object}:${source.id}`, by: by ?? '' }));
}

/**
 * Meetings that somebody who owes one has in the calendar. It is the booking that counts, so one that lies ahead does; and one that was booked
 * before the start does, too, where it takes place after it. One that was entered after it had been held was made when it was held.
 */
export function meetingsBookedIn(activities: readonly Activity[], obliged: Obliged, start: Instant): readonly Proof[] {
  return activities
    .filter((activity) => activity.kind === 'meeting' && isBy(activity, obliged) && isInTheCalendar(activity))
    .map(({ at, loggedAt, source, by }) => {
      const booked = Math.min(at, loggedAt);
      const name = `${source.object}:${source.id}`;
      return {
        at: at >= start ? Math.max(start, booked) : booked,
        loggedAt: Math.max(start, loggedAt),
        name,
        by: by ?? '',
      };
    });
}

/** Salesforce stamps a conversion itself, so it is never logged late. */
export function conversionAt(at: Instant | null): readonly Proof[] {
  return at === null ? [] : [stampedAt(at, 'conversion')];
}

/** What a system stamps by itself: it was entered when it happened, and it does not matter who did it. */
export function stampedAt(at: Instant, name: string): Proof {
  return { at, loggedAt: at, name, by: '' };
}

function isBy({ by, source, ourTask, deleted }: Activity, obliged: Obliged): boolean {
  return !ourTask && !deleted && by !== null && obliged.has(`${source.system}:${by}`);
}

/** An Event that counts as contact is nobody's but a person's; in HubSpot only what was called off is not in the calendar. */
function isInTheCalendar({ source, countsAsContact, what }: Activity): boolean {
  return source.system === 'salesforce' ? countsAsContact : what !== 'CANCELED';
}
