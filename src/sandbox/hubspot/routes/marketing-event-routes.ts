import type { FastifyInstance, FastifyRequest } from 'fastify';
import { nextToken, placeAfter } from '../forms/page-token.ts';
import {
  ATTENDANCE_STATES,
  countAttendance,
  type MarketingEvent,
  type Participation,
} from '../marketing-events/marketing-event.ts';
import { findParticipant } from '../marketing-events/participants.ts';
import { presentEvent, presentParticipation } from '../marketing-events/present-event.ts';
import type { HubSpotPortal } from '../portal.ts';
import { invalid, resourceNotFound } from '../refusal.ts';
import { pathPart, queryLimit, queryText } from '../requests.ts';
import { granted } from './marketing-scopes.ts';

const BASES = [
  '/marketing/v3/marketing-events',
  '/marketing/marketing-events/2026-03',
  '/marketing/marketing-events/2026-09',
];

/** How a participation breakdown names its event: by the id in HubSpot, or as the app that made it does. */
const EVENT_PATHS = ['/participations/:marketingEventId', '/participations/:externalAccountId/:externalEventId'];

/** Marketing events, how many took part in each, and who did. */
export function marketingEventRoutes(app: FastifyInstance, portal: HubSpotPortal): void {
  const readEvents = granted(portal, 'crm.objects.marketing_events.read');
  const present = (event: MarketingEvent): Record<string, unknown> =>
    presentEvent(event, portal.events.participationsIn(event), portal.clock.now());

  for (const base of BASES) {
    app.get(base, readEvents, (request) => {
      const { page, ...paging } = cut(request, portal.events.list());
      return { results: page.map(present), ...paging };
    });

    app.get(`${base}/:objectId`, readEvents, (request) => present(portal.events.find(pathPart(request, 'objectId'))));

    for (const path of EVENT_PATHS) {
      app.get(base + path, readEvents, (request) =>
        countAttendance(portal.events.participationsIn(eventOf(portal, request))),
      );
      app.get(`${base}${path}/breakdown`, readEvents, (request) =>
        breakdown(portal, request, portal.events.participationsIn(eventOf(portal, request))),
      );
    }

    app.get(`${base}/participations/contacts/:contactIdentifier/breakdown`, readEvents, (request) => {
      const contact = findParticipant(portal, pathPart(request, 'contactIdentifier'));
      if (contact === undefined) throw resourceNotFound();
      return breakdown(portal, request, portal.events.participationsOf(contact));
    });
  }
}

function eventOf({ events }: HubSpotPortal, request: FastifyRequest): MarketingEvent {
  const id = pathPart(request, 'marketingEventId');
  if (id !== '') return events.find(id);
  return events.findExternal(pathPart(request, 'externalAccountId'), pathPart(request, 'externalEventId'));
}

/** One page of participations, after the filters `state` and `contactIdentifier`; a forgotten contact is in none. */
function breakdown(
  portal: HubSpotPortal,
  request: FastifyRequest,
  participations: readonly Participation[],
): Record<string, unknown> {
  const state = queryText(request, 'state');
  if (state !== undefined && !ATTENDANCE_STATES.some((known) => known === state)) {
    throw invalid(`Invalid state: ${state}. It must be one of: ${ATTENDANCE_STATES.join(', ')}`);
  }
  const identifier = queryText(request, 'contactIdentifier');
  const wanted = identifier === undefined ? undefined : findParticipant(portal, identifier)?.id;
  const found = participations.flatMap((participation) => {
    const contact = findParticipant(portal, participation.contactId);
    const isFound =
      contact !== undefined &&
      (state === undefined || participation.state === state) &&
      (identifier === undefined || contact.id === wanted);
    return isFound ? [{ id: participation.id, participation, contact }] : [];
  });
  const { page, ...paging } = cut(
    request,
    found.toSorted((left, right) => Number(left.id) - Number(right.id)),
  );
  const results = page.map(({ participation, contact }) =>
    presentParticipation(participation, portal.events.find(participation.eventId), contact),
  );
  return { total: found.length, results, ...paging };
}

type Paged<Item> = { page: Item[]; paging?: { next: { after: string; link: string } } };

/** A page of a list in the order of ids; it goes on at the id of the next. */
function cut<Item extends { readonly id: string }>(request: FastifyRequest, all: readonly Item[]): Paged<Item> {
  const limit = queryLimit(request, { usual: 10, most: 100 });
  const start = Number(placeAfter(request, /^\d+$/) ?? 0);
  const rest = all.filter(({ id }) => Number(id) >= start);
  const page = rest.slice(0, limit);
  const next = rest[limit];
  return next === undefined ? { page } : { page, paging: { next: nextToken(request, next.id) } };
}
