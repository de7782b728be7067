import type { MarketingEventPublicReadResponseV2 } from '@hubspot/api-client/lib/codegen/marketing/events/index.js';
import { z } from 'zod';
import type { Activity } from '../../domain/people/activity.ts';
import type { Instant } from '../../domain/values/value.ts';
import type { CursorState, SignalPage } from '../../ports/crm.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';
import type { PullOptions } from './options.ts';
import { nextAfter } from './paging.ts';
import { type Participation, participationActivity } from './participation.ts';
import { idText } from './records.ts';
import { Refusal } from './refusal.ts';

const PAGE = 100;
/** An event is read whatever its numbers say until so long after its end: two corrections may cancel each other out in them. */
const SETTLES_MS = 7 * 24 * 3_600_000;

/** For every event: its numbers when its participations were last read. */
const Cursor = z.object({ events: z.record(z.string(), z.string()).catch({}) });

/**
 * Who took part in which event, event by event. The list of events shows how many registered, came, cancelled and stayed away: one whose
 * numbers stand, and that is a week over, is not asked for again, so that the past of a busy marketing team costs nothing.
 */
export async function* eventSignals(
  gateway: Gateway,
  { overlapMs }: PullOptions,
  state: CursorState | undefined,
  now: Instant,
): AsyncGenerator<SignalPage> {
  const before = Cursor.parse(state ?? {}).events;
  const events = await listEvents(gateway);
  // An event that is listed no longer leaves the cursor; what has been read of it stays.
  let read = Object.fromEntries(events.flatMap(({ id }) => (id in before ? [[id, before[id] ?? '']] : [])));
  for (const event of events) {
    if (isSettled(event, now) && read[event.id] === event.numbers) continue;
    for await (const activities of participationsIn(gateway, event))
      if (activities.length > 0) yield { activities, cursor: { events: read } };
    read = { ...read, [event.id]: event.numbers };
  }
  yield { activities: [], cursor: { events: read }, covers: now - overlapMs };
}

type Event = {
  readonly id: string;
  readonly name: string;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly numbers: string;
};

function isSettled({ startsAt, endsAt }: Event, now: Instant): boolean {
  const end = endsAt ?? startsAt;
  return end !== null && now - end > SETTLES_MS;
}

async function listEvents(gateway: Gateway): Promise<Event[]> {
  const found: Event[] = [];
  let after: string | undefined;
  do {
    const from = after;
    const page = await gateway.call(CALLS.events, ({ events }) => events.getAll(from, PAGE));
    found.push(...page.results.map(eventOf));
    after = nextAfter(page.paging);
  } while (after !== undefined);
  return found;
}

function eventOf(event: MarketingEventPublicReadResponseV2): Event {
  const { registrants, attendees, cancellations, noShows, updatedAt } = event;
  const numbers = [registrants, attendees, cancellations, noShows, instantOf(updatedAt)].join('/');
  return {
    id: idText(event.objectId),
    name: event.eventName,
    startsAt: instantOf(event.startDateTime),
    endsAt: instantOf(event.endDateTime),
    numbers,
  };
}

async function* participationsIn(gateway: Gateway, event: Event): AsyncGenerator<Activity[]> {
  let after: string | undefined;
  do {
    const from = after;
    const page = await readParticipations(gateway, event, from);
    if (page === undefined) return;
    yield page.results.flatMap((told) => participationActivity(told as Participation, event));
    after = nextAfter(page.paging);
  } while (after !== undefined);
}

async function readParticipations(gateway: Gateway, { id }: Event, after: string | undefined) {
  try {
    return await gateway.call(CALLS.participations, ({ participations }) =>
      participations.getParticipationsBreakdownByMarketingEventId(Number(id), undefined, undefined, PAGE, after),
    );
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return undefined; // it was deleted while we read
    throw error;
  }
}

/** The client makes an invalid `Date` of what it cannot read, and leaves `null` as it is. */
function instantOf(date: Date | null | undefined): Instant | null {
  const at = date instanceof Date ? date.getTime() : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
