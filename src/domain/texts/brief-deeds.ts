import type { Activity, ActivityKind } from '../people/activity.ts';
import { DAY_MS } from '../values/instant.ts';
import type { Instant } from '../values/value.ts';
import { plainWords } from './plain-words.ts';

/** What somebody did by themselves, the same thing as often as they did it. */
export type BriefDeed = {
  readonly kind: ActivityKind;
  /** The form's, seminar's or campaign's name, or the path of the page; `null` where the source has none. */
  readonly name: string | null;
  /** The last time. */
  readonly at: Instant;
  readonly times: number;
};

/** Asked for something, or sent something in; or took part, looked, answered. */
const DID_THEMSELVES: ReadonlySet<ActivityKind> = new Set(['form', 'seminar', 'campaign', 'page']);
/** Passed between them and us. */
const BETWEEN_US: ReadonlySet<ActivityKind> = new Set(['call', 'email', 'meeting']);

/** What they did up to this instant, newest first; what they did several times is told once, with how often. */
export function deedsUntil(activities: readonly Activity[], until: Instant): readonly BriefDeed[] {
  const told = new Map<string, BriefDeed>();
  for (const { kind, what, at, deleted } of activities) {
    if (!DID_THEMSELVES.has(kind) || deleted || at > until) continue;
    const name = nameOf(kind, what);
    const key = `${kind} ${name}`;
    const known = told.get(key);
    told.set(key, { kind, name, at: Math.max(at, known?.at ?? at), times: (known?.times ?? 0) + 1 });
  }
  return [...told.values()].toSorted((one, other) => other.at - one.at || (`${one.name}` < `${other.name}` ? -1 : 1));
}

/** Calls, mails and meetings up to this instant, in both directions, newest first. What Tasuki itself opened is none of them. */
export function contactsUntil(activities: readonly Activity[], until: Instant): readonly Activity[] {
  return activities
    .filter(({ kind, at, deleted, ourTask, countsAsContact, direction }) => {
      const passed = countsAsContact || direction === 'in';
      return BETWEEN_US.has(kind) && passed && !deleted && !ourTask && at <= until;
    })
    .toSorted((one, other) => other.at - one.at || (one.source.id < other.source.id ? -1 : 1));
}

const LATELY_MS = 30 * DAY_MS;

/**
 * What to talk about first: what they asked for in the last 30 days; else the page that they came back to; else the seminar, the campaign or
 * the page that was last, or an older form. `null` where they did nothing that is on record: a topic is never made up.
 */
export function topicOf(deeds: readonly BriefDeed[], until: Instant): BriefDeed | null {
  const named = deeds.filter(({ name }) => name !== null);
  const lately = named.filter(({ at }) => at > until - LATELY_MS);
  const readAgain = lately.filter(({ kind, times }) => kind === 'page' && times > 1);
  return (
    lately.find(({ kind }) => kind === 'form') ??
    readAgain.toSorted((one, other) => other.times - one.times)[0] ??
    (['seminar', 'campaign', 'page', 'form'] as const)
      .map((kind) => named.find((deed) => deed.kind === kind))
      .find((deed) => deed !== undefined) ??
    null
  );
}

function nameOf(kind: ActivityKind, what: string | null): string | null {
  const told = what ?? '';
  // A form is told with the path of the page that it stood on, an event with how far they are, a page with its host.
  const name =
    kind === 'form'
      ? told.replace(/ \/\S*$/u, '')
      : kind === 'page'
        ? pathOf(told)
        : told.replace(/ \([A-Z_]+\)$/u, '');
  const words = plainWords(name, 60);
  return words === '' ? null : words;
}

function pathOf(address: string): string {
  const path = address.replace(/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/]*/iu, '').replace(/[?#].*$/su, '');
  try {
    return decodeURI(path === '' ? '/' : path);
  } catch {
    return path;
  }
}
