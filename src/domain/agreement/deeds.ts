import type { Activity } from '../people/activity.ts';
import type { Instant } from '../values/value.ts';
import { type Action, isAction, streamOf } from './action.ts';
import type { Duration } from './agreement.ts';
import type { Range } from './condition.ts';

/** One time that somebody did what an action names. `what` as the source tells it: the form's, event's, page's or campaign's name. */
export type Deed = { readonly at: Instant; readonly what: string | null };

/** All times that a person did one action, oldest first. */
export type Deeds = {
  readonly done: readonly Deed[];
  /** Dated in the future: an event that begins tomorrow, a clock that is ahead. It counts for nothing until then. */
  readonly ahead: readonly Deed[];
  /** Could all of it be read? What our access does not show may have happened. */
  readonly isWhole: boolean;
};

/** What a person did of the action with this name. */
export type DeedsOf = (action: string) => Deeds;

const HOUR_MS = 3_600_000;
/** A period that is looked back over is counted on the wall, not in the office's time. */
const UNIT_MS: Readonly<Partial<Record<Duration['unit'], number>>> = { hours: HOUR_MS, days: 24 * HOUR_MS };

export function lookBackMs({ amount, unit }: Duration): number {
  return amount * (UNIT_MS[unit] ?? 0);
}

/**
 * Sorts a person's activities by the agreement's actions, each when it is first asked for.
 *
 * `hidden` names the streams that our access cannot read: an action that could have come from one is told as not whole.
 */
export function deedsOf(actions: readonly Action[], { activities, hidden, now }: DeedFacts): DeedsOf {
  const found = new Map<string, Deeds>();
  return (name) => {
    const known =
      found.get(name) ??
      sorted(
        actions.find((action) => action.name === name),
        { activities, hidden, now },
      );
    found.set(name, known);
    return known;
  };
}

export type DeedFacts = {
  /** Oldest first, as the ledger tells them. */
  readonly activities: readonly Activity[];
  readonly hidden: ReadonlySet<string>;
  readonly now: Instant;
};

const NOTHING: Deeds = { done: [], ahead: [], isWhole: false };

function sorted(action: Action | undefined, { activities, hidden, now }: DeedFacts): Deeds {
  if (action === undefined) return NOTHING;
  const deeds = activities
    .filter((activity) => isAction(action, activity))
    .map(({ at, what }): Deed => ({ at, what }))
    .toSorted((one, other) => one.at - other.at);
  return {
    done: deeds.filter(({ at }) => at <= now),
    ahead: deeds.filter(({ at }) => at > now),
    isWhole: action.from.every((source) => !hidden.has(streamOf(source))),
  };
}

/** The deeds that a period looked back from now still holds: one that is as old as the period has just left it. */
export function within(deeds: readonly Deed[], period: Duration | undefined, now: Instant): readonly Deed[] {
  if (period === undefined) return deeds;
  const since = now - lookBackMs(period);
  return deeds.filter(({ at }) => at > since);
}

/** How often somebody did it: at least so often, where not all of it could be read. */
export function countOf({ done, isWhole }: Deeds, period: Duration | undefined, now: Instant): number | Range {
  const least = within(done, period, now).length;
  return isWhole ? least : { least, most: Number.POSITIVE_INFINITY };
}
