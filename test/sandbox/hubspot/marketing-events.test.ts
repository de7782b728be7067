import { Client } from '@hubspot/api-client';
import { expect, test } from 'vitest';
import type { AttendanceState } from '../../../src/sandbox/hubspot/marketing-events/marketing-event.ts';
import { type Opened, openPortal, START, TOKEN } from './open-portal.ts';

const DAY = 86_400_000;
const BASES = [
  '/marketing/v3/marketing-events',
  '/marketing/marketing-events/2026-03',
  '/marketing/marketing-events/2026-09',
];
const [BASE] = BASES as [string];

type Participant = {
  properties: { attendanceState: AttendanceState; occurredAt: number };
  associations: { contact: { contactId: string; email: string }; marketingEvent: { marketingEventId: string } };
};
type Breakdown = { total: number; results: Participant[]; paging?: { next: { after: string } } };

type Held = Opened & { event: string; contacts: string[] };

/** A seminar of yesterday with people `a`, `b`, … */
function openSeminar(people = 3): Held {
  const opened = openPortal();
  const event = opened.portal.events.define({
    name: '製造業DXセミナー',
    startsAt: START - DAY,
    endsAt: START - DAY + 3_600_000,
    externalAccountId: 'acct 1',
    externalEventId: 'seminar-7',
  });
  const contacts = Array.from({ length: people }, (_, index) =>
    opened.portal.seed('contacts', { email: `${index}@example.co.jp`, lastname: '佐藤' }, START - 9 * DAY),
  );
  return { ...opened, event, contacts };
}

async function breakdown({ call }: Opened, path: string): Promise<Breakdown> {
  const { status, body } = await call('GET', `${BASE}/participations/${path}`);
  expect(status).toBe(200);
  return body as unknown as Breakdown;
}

const contactIds = ({ results }: Breakdown): string[] =>
  results.map(({ associations }) => associations.contact.contactId);

test.each(BASES)('%s lists events with their numbers, empty fields as null', async (base) => {
  const { portal, call, event, contacts } = openSeminar();
  const take = (index: number, state: AttendanceState, at = START): string =>
    portal.events.participate({ event, contactId: contacts[index] ?? '', state, at });
  for (const index of [0, 1, 2]) take(index, 'REGISTERED', START - 3 * DAY);
  take(0, 'ATTENDED', START - DAY);
  take(1, 'CANCELLED', START - 2 * DAY);
  take(2, 'NO_SHOW', START - DAY);
  const { results } = (await call('GET', base)).body;
  expect(results).toEqual([
    expect.objectContaining({
      objectId: event,
      eventName: '製造業DXセミナー',
      eventType: null,
      externalEventId: 'seminar-7',
      startDateTime: '2026-11-19T01:00:00Z',
      endDateTime: '2026-11-19T02:00:00Z',
      eventStatus: 'PAST',
      eventCompleted: true,
      registrants: 3,
      attendees: 1,
      cancellations: 1,
      noShows: 1,
      createdAt: '2026-11-19T01:00:00Z',
    }),
  ]);
  expect((await call('GET', `${base}/${event}`)).body).toEqual(results[0]);
  const counted = { registered: 3, attended: 1, cancelled: 1, noShows: 1 };
  expect((await call('GET', `${base}/participations/${event}`)).body).toEqual(counted);
  expect((await call('GET', `${base}/participations/acct%201/seminar-7`)).body).toEqual(counted);
});

test('a participation is one per contact and event; its state and time move, its id and birth stay', async () => {
  const opened = openSeminar();
  const { portal, event, contacts } = opened;
  const [contactId = ''] = contacts;
  const id = portal.events.participate({ event, contactId, state: 'REGISTERED', at: START - 3 * DAY });
  expect(portal.events.participate({ event, contactId, state: 'ATTENDED', at: START - DAY })).toBe(id);
  expect(await breakdown(opened, `${event}/breakdown`)).toEqual({
    total: 1,
    results: [
      {
        id,
        createdAt: '2026-11-17T01:00:00Z',
        properties: { attendanceState: 'ATTENDED', occurredAt: START - DAY },
        associations: {
          contact: { contactId, email: '0@example.co.jp', firstname: null, lastname: '佐藤' },
          marketingEvent: {
            marketingEventId: event,
            name: '製造業DXセミナー',
            externalAccountId: 'acct 1',
            externalEventId: 'seminar-7',
          },
        },
      },
    ],
  });
});

test('a breakdown is found by either id of the event, filtered by state and contact', async () => {
  const opened = openSeminar();
  const { portal, call, event, contacts } = opened;
  for (const [index, contactId] of contacts.entries()) {
    portal.events.participate({ event, contactId, state: index === 1 ? 'NO_SHOW' : 'ATTENDED' });
  }
  const [a = '', b = '', c = ''] = contacts;
  for (const path of [event, 'acct%201/seminar-7']) {
    expect(contactIds(await breakdown(opened, `${path}/breakdown?state=ATTENDED`))).toEqual([a, c]);
    expect(contactIds(await breakdown(opened, `${path}/breakdown?contactIdentifier=${b}`))).toEqual([b]);
    expect(contactIds(await breakdown(opened, `${path}/breakdown?contactIdentifier=2@EXAMPLE.co.jp`))).toEqual([c]);
    expect((await breakdown(opened, `${path}/breakdown?contactIdentifier=999`)).total).toBe(0);
  }
  expect((await call('GET', `${BASE}/participations/${event}/breakdown?state=SLEPT`)).status).toBe(400);
  expect((await call('GET', `${BASE}/participations/404/breakdown`)).status).toBe(404);
  expect((await call('GET', `${BASE}/participations/acct%201/other/breakdown`)).status).toBe(404);
});

test('a contact’s events are found by id and by e-mail, and page after page', async () => {
  const opened = openSeminar(1);
  const { portal, call, event, contacts } = opened;
  const [contactId = ''] = contacts;
  const times = { startsAt: START + DAY, endsAt: START + 2 * DAY };
  const events = [event, ...['A', 'B'].map((name) => portal.events.define({ name, ...times }))];
  for (const one of events) portal.events.participate({ event: one, contactId, state: 'REGISTERED' });
  const path = `contacts/${contactId}/breakdown?limit=2`;
  const first = await breakdown(opened, path);
  const second = await breakdown(opened, `${path}&after=${first.paging?.next.after}`);
  const seen = [...first.results, ...second.results].map(
    ({ associations }) => associations.marketingEvent.marketingEventId,
  );
  expect([first.total, seen, second.paging]).toEqual([3, events, undefined]);
  expect((await breakdown(opened, 'contacts/0@example.co.jp/breakdown')).total).toBe(3);
  expect((await call('GET', `${BASE}/participations/contacts/404/breakdown`)).status).toBe(404);
  expect((await call('GET', `${BASE}/participations/${path}`.replace('limit=2', 'limit=101'))).status).toBe(400);
});

test('participations follow a merged contact and vanish with a forgotten one', async () => {
  const opened = openSeminar();
  const { portal, event, contacts } = opened;
  const [a = '', b = '', c = ''] = contacts;
  for (const contactId of [b, c]) portal.events.participate({ event, contactId, state: 'ATTENDED' });
  const survivor = portal.merge('contacts', a, b);
  expect(contactIds(await breakdown(opened, `contacts/${survivor}/breakdown`))).toEqual([survivor]);
  portal.gdprDelete(c);
  const left = await breakdown(opened, `${event}/breakdown`);
  expect([left.total, contactIds(left)]).toEqual([1, [survivor]]);
});

test('an event is upcoming, on and past by the portal’s clock', async () => {
  const { portal, call, kernel } = openPortal();
  portal.events.define({ name: 'ウェビナー', startsAt: START + DAY, endsAt: START + 2 * DAY });
  const status = async (): Promise<unknown> =>
    (await call('GET', BASE)).body.results.map((event) => (event as unknown as { eventStatus: string }).eventStatus);
  expect(await status()).toEqual(['UPCOMING']);
  kernel.clock.advance(DAY);
  expect(await status()).toEqual(['ONGOING']);
  kernel.clock.advance(DAY);
  expect(await status()).toEqual(['PAST']);
});

test('what cannot be is refused: a second event of the same ids, an end before the start, strangers', () => {
  const { portal, event, contacts } = openSeminar();
  const [contactId = ''] = contacts;
  const times = { startsAt: START, endsAt: START + DAY };
  const same = { name: '二つ目', externalAccountId: 'acct 1', externalEventId: 'seminar-7', ...times };
  expect(() => portal.events.define(same)).toThrow(/already/);
  expect(() => portal.events.define({ id: event, name: '二つ目', ...times })).toThrow(/already/);
  expect(() => portal.events.define({ name: '逆', startsAt: START, endsAt: START - 1 })).toThrow(/before it starts/);
  expect(() => portal.events.participate({ event: '404', contactId, state: 'ATTENDED' })).toThrow('resource not found');
  expect(() => portal.events.participate({ event, contactId: '404', state: 'ATTENDED' })).toThrow('resource not found');
  expect(portal.events.list()).toHaveLength(1);
});

test('events need their own scope, and a reset forgets them', async () => {
  const { portal, call } = openSeminar();
  portal.switches.missingScopes = ['crm.objects.marketing_events.read'];
  expect((await call('GET', BASE)).status).toBe(403);
  portal.reset();
  portal.switches.missingScopes = [];
  expect((await call('GET', BASE)).body.results).toEqual([]);
});

test('the real client takes lists, numbers and breakdowns', async () => {
  const { app, portal, event, contacts } = openSeminar();
  for (const contactId of contacts) portal.events.participate({ event, contactId, state: 'ATTENDED', at: START });
  portal.events.define({ name: 'ウェビナー', startsAt: START, endsAt: START + DAY });
  const basePath = await app.listen({ host: '127.0.0.1', port: 0 });
  const { events } = new Client({ accessToken: TOKEN, basePath, numberOfApiCallRetries: 1 }).marketing;
  const first = await events.basicApi.getAll(undefined, 1);
  const second = await events.basicApi.getAll(first.paging?.next?.after, 1);
  expect([first, second].map(({ results }) => results[0]?.eventName)).toEqual(['製造業DXセミナー', 'ウェビナー']);
  expect(first.results[0]?.startDateTime).toEqual(new Date(START - DAY));

  const api = events.retrieveParticipantStateApi;
  expect(await api.getParticipationsCountersByMarketingEventId(Number(event))).toMatchObject({ attended: 3 });
  const byEvent = await api.getParticipationsBreakdownByMarketingEventId(Number(event), undefined, 'ATTENDED', 2);
  expect([byEvent.total, byEvent.results.length]).toEqual([3, 2]);
  const after = byEvent.paging?.next?.after;
  const rest = await api.getParticipationsBreakdownByExternalEventId(
    'acct 1',
    'seminar-7',
    undefined,
    undefined,
    2,
    after,
  );
  expect(rest.results.map(({ associations }) => associations.contact.contactId)).toEqual(contacts.slice(2));
  const byContact = await api.getParticipationsBreakdownByContactId('1@example.co.jp', 'ATTENDED');
  expect(byContact.results[0]).toMatchObject({
    properties: { attendanceState: 'ATTENDED', occurredAt: START },
    associations: { marketingEvent: { marketingEventId: event } },
  });
  await app.close();
});
