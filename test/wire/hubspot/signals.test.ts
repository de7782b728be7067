import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignalName } from '../../../src/domain/people/activity.ts';
import type { Crm, CursorState, SignalPage } from '../../../src/ports/crm.ts';
import { BASE, FAMILIES, NOW, open, pathsOf, refusal, UNDATED } from './wire.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

async function all(crm: Crm, signal: SignalName, cursor?: CursorState, now = NOW): Promise<SignalPage[]> {
  const pages: SignalPage[] = [];
  for await (const page of crm.signalsSince(signal, cursor, now)) pages.push(page);
  return pages;
}
const activitiesOf = (pages: readonly SignalPage[]) => pages.flatMap(({ activities }) => activities);
const stored = (pages: readonly SignalPage[]): CursorState => JSON.parse(JSON.stringify(pages.at(-1)?.cursor));

const form = (id: string, name: string) => ({ id, name, formType: 'hubspot', archived: false });
const sentForm = (submittedAt: number, email: string, pageUrl = 'https://www.example.co.jp/price/?email=a@x.jp') => ({
  conversionId: '…',
  submittedAt,
  values: [
    { name: 'email', value: 'info@example.co.jp', objectTypeId: '0-2' },
    { name: 'email', value: email, objectTypeId: '0-1' },
    { name: 'message', value: '部長の鈴木です', objectTypeId: '0-1' },
  ],
  pageUrl,
});

describe.each(FAMILIES)('forms that people sent, on the %s paths', (family) => {
  const { forms } = pathsOf(family);
  const listed = (...found: readonly object[]) =>
    nock(BASE)
      .persist()
      .get(forms)
      .query({ limit: 100, archived: false, formTypes: 'all' })
      .reply(200, { results: found } as nock.ReplyBody);

  /** One form's submissions, newest first, in pages that go on by place: what comes in between two pages moves the rest. */
  function submissions(guid: string, sent: () => readonly object[], size = 2): string[] {
    const asked: string[] = [];
    nock(BASE)
      .persist()
      .get(UNDATED.submissions(guid))
      .query(true)
      .reply((request: Request) => {
        const { searchParams } = new URL(request.url);
        asked.push(searchParams.toString());
        const start = Number(searchParams.get('after') ?? 0);
        const rows = sent();
        const next = rows.length > start + size ? { paging: { next: { after: String(start + size) } } } : {};
        return [200, { results: rows.slice(start, start + size), ...next } as nock.ReplyBody];
      });
    return asked;
  }

  it('tell the form, the page without what follows it, and of all answers the address alone', async () => {
    listed(form('guid-1', '資料請求'));
    submissions('guid-1', () => [sentForm(NOW - 1, ' Ｔａｒｏ@Example.co.jp')]);
    const { crm } = open(family);
    const pages = await all(crm, 'form-submissions');
    const [activity] = activitiesOf(pages);
    expect(activity).toEqual({
      source: { system: 'hubspot', object: 'form-submissions', id: activity?.source.id },
      kind: 'form',
      at: NOW - 1,
      loggedAt: NOW - 1,
      about: null,
      email: 'taro@example.co.jp',
      by: null,
      direction: 'in',
      what: '資料請求 /price/',
      countsAsContact: false,
      ourTask: false,
      closed: true,
      deleted: false,
    });
    expect(activity?.source.id).toMatch(/^guid-1:\d+:[0-9a-f]{16}$/);
    expect(JSON.stringify(pages)).not.toContain('鈴木');
    expect(pages.at(-1)).toMatchObject({ activities: [], covers: NOW - 90_000 });
    expect(crm.calls()).toEqual({ forms: 1, 'form-submissions': 1 });
  });

  it('are nobody’s without an address that is one', async () => {
    listed(form('guid-1', '資料請求'));
    submissions('guid-1', () => [sentForm(NOW - 1, '未入力'), { submittedAt: NOW - 2, values: [] }]);
    expect(activitiesOf(await all(open(family).crm, 'form-submissions'))).toEqual([]);
  });

  it('have the same id whenever they are read, and another one for another person of the same instant', async () => {
    listed(form('guid-1', '資料請求'));
    submissions('guid-1', () => [sentForm(NOW - 1, 'a@example.co.jp'), sentForm(NOW - 1, 'b@example.co.jp')]);
    const read = async () =>
      activitiesOf(await all(open(family).crm, 'form-submissions')).map(({ source }) => source.id);
    const [first, second] = [await read(), await read()];
    expect(first).toEqual(second);
    expect(new Set(first).size).toBe(2);
  });

  it('are read back to an hour before the last reading and no further', async () => {
    listed(form('guid-1', '資料請求'));
    const times = [NOW - HOUR / 2, NOW - 2 * HOUR, NOW - 3.5 * HOUR, NOW - 40 * HOUR, NOW - 50 * HOUR];
    const asked = submissions('guid-1', () => times.map((at) => sentForm(at, 'a@example.co.jp')));
    const { crm } = open(family);
    const cursor = { forms: { 'guid-1': { name: '資料請求', until: NOW - 3 * HOUR } } };
    const pages = await all(crm, 'form-submissions', cursor);
    expect(activitiesOf(pages).map(({ at }) => at)).toEqual(times.slice(0, 3));
    expect(asked).toEqual(['limit=50', 'limit=50&after=2']);
    expect(stored(pages)).toEqual({ forms: { 'guid-1': { name: '資料請求', until: NOW } } });
  });

  it('are all read, though one comes in while we turn a page', async () => {
    listed(form('guid-1', '資料請求'));
    const sent = Array.from({ length: 5 }, (_, index) => sentForm(NOW - index, `p${index}@example.co.jp`));
    const asked = submissions('guid-1', () => {
      if (asked.length === 2) sent.unshift(sentForm(NOW + 1, 'late@example.co.jp'));
      return sent;
    });
    const first = await all(open(family).crm, 'form-submissions');
    const second = await all(open(family).crm, 'form-submissions', stored(first), NOW + DAY);
    const seen = new Set(activitiesOf([...first, ...second]).map(({ email }) => email));
    expect(seen.size).toBe(6);
  });

  it('keep a form’s place until all of it has been read, so that a broken reading loses nothing', async () => {
    listed(form('guid-1', '資料請求'), form('guid-2', '見積依頼'));
    submissions('guid-1', () => [sentForm(NOW - 1, 'a@example.co.jp')]);
    submissions('guid-2', () => [3, 2, 1].map((ago) => sentForm(NOW - ago, `q${ago}@example.co.jp`)));
    const pages = await all(open(family).crm, 'form-submissions');
    const places = pages.map(({ cursor }) => Object.keys(cursor['forms'] as object));
    expect(places).toEqual([[], ['guid-1'], ['guid-1'], ['guid-1', 'guid-2']]);
  });

  it('are read once more from a form that has been archived since, and from one that is gone not at all', async () => {
    listed();
    submissions('guid-1', () => [sentForm(NOW - 1, 'a@example.co.jp')]);
    nock(BASE).get(UNDATED.submissions('guid-2')).query(true).reply(404, refusal('not-found'));
    const place = { name: '資料請求', until: NOW - HOUR };
    const cursor = { forms: { 'guid-1': place, 'guid-2': place } };
    const pages = await all(open(family).crm, 'form-submissions', cursor);
    expect(activitiesOf(pages)).toHaveLength(1);
    expect(stored(pages)).toEqual({ forms: {} });
  });

  it('turn the pages of the list by the token as the link has it', async () => {
    nock(BASE)
      .get(forms)
      .query({ limit: 100, archived: false, formTypes: 'all' })
      .reply(200, { results: [form('guid-1', 'a')], paging: { next: { after: 'MQ%3D%3D' } } });
    nock(BASE)
      .get(forms)
      .query((query) => query['after'] === 'MQ==')
      .reply(200, { results: [form('guid-2', 'b')] });
    submissions('guid-1', () => []);
    submissions('guid-2', () => []);
    expect(stored(await all(open(family).crm, 'form-submissions'))['forms']).toHaveProperty('guid-2');
  });

  it('are hidden, and nothing more is to be seen, where the token lacks the scope', async () => {
    nock(BASE).get(forms).query(true).reply(403, refusal('missing-scope'));
    const { crm, logged } = open(family);
    const cursor = { forms: {} };
    await expect(all(crm, 'form-submissions', cursor)).resolves.toEqual([
      { activities: [], cursor, covers: NOW, hidden: true },
    ]);
    expect(logged.at(-1)?.fields).toEqual({ signal: 'form-submissions' });
  });
});

describe.each(FAMILIES)('events that people took part in, on the %s paths', (family) => {
  const { events, participations } = pathsOf(family);
  const STARTS = Date.parse('2026-11-10T05:00:00Z');
  const event = (objectId: string, counts: object = {}, startsAt = STARTS) => ({
    objectId,
    eventName: '新製品セミナー',
    startDateTime: new Date(startsAt).toISOString(),
    endDateTime: new Date(startsAt + HOUR).toISOString(),
    createdAt: '2026-10-01T00:00:00Z',
    updatedAt: '2026-11-10T06:00:00Z',
    customProperties: [],
    registrants: 3,
    attendees: 1,
    cancellations: 1,
    noShows: 1,
    ...counts,
  });
  const part = (id: string, contactId: string, attendanceState: string, occurredAt: number) => ({
    id,
    createdAt: '2026-11-01T00:00:00Z',
    properties: { attendanceState, occurredAt },
    associations: {
      contact: { contactId, email: 'a@example.co.jp' },
      marketingEvent: { marketingEventId: '900', name: '…' },
    },
  });
  const listed = (...found: readonly object[]) =>
    nock(BASE)
      .get(events)
      .query({ limit: 100 })
      .reply(200, { results: found } as nock.ReplyBody);

  it('tell attendance by the event’s name and start, and everything else apart from it', async () => {
    listed(event('900'));
    nock(BASE)
      .get(participations('900'))
      .query({ limit: 100 })
      .reply(200, {
        total: 4,
        results: [part('1', '501', 'ATTENDED', STARTS + DAY), part('2', '502', 'REGISTERED', STARTS - DAY)],
        paging: { next: { after: 'Mw%3D%3D' } },
      });
    nock(BASE)
      .get(participations('900'))
      .query((query) => query['after'] === 'Mw==')
      .reply(200, {
        total: 4,
        results: [part('3', '503', 'NO_SHOW', STARTS + DAY), part('4', '504', 'CANCELLED', STARTS - HOUR)],
      });
    const { crm } = open(family);
    const activities = activitiesOf(await all(crm, 'event-participations'));
    expect(activities[0]).toEqual({
      source: { system: 'hubspot', object: 'event-participations', id: '1' },
      kind: 'seminar',
      at: STARTS,
      loggedAt: STARTS + DAY,
      about: { system: 'hubspot', object: 'contacts', id: '501' },
      by: null,
      direction: 'in',
      what: '新製品セミナー',
      countsAsContact: false,
      ourTask: false,
      closed: true,
      deleted: false,
    });
    expect(activities.slice(1)).toMatchObject([
      { what: '新製品セミナー (REGISTERED)', at: STARTS - DAY, closed: false, deleted: false },
      { what: '新製品セミナー (NO_SHOW)', closed: false, deleted: false },
      { what: '新製品セミナー (CANCELLED)', deleted: true },
    ]);
    expect(crm.calls()).toEqual({ 'marketing-events': 1, 'event-participations': 2 });
  });

  it('are asked for again where the event is recent or its numbers have moved, and not otherwise', async () => {
    const asked: string[] = [];
    for (const id of ['1', '2', '3'])
      nock(BASE)
        .persist()
        .get(participations(id))
        .query(true)
        .reply(() => {
          asked.push(id);
          return [200, { total: 0, results: [] }];
        });
    const recent = event('3', {}, NOW - DAY);
    listed(event('1'), event('2'), recent);
    const first = await all(open(family).crm, 'event-participations');
    listed(event('1'), event('2', { attendees: 2 }), recent);
    const second = await all(open(family).crm, 'event-participations', stored(first), NOW + DAY);
    expect(asked).toEqual(['1', '2', '3', '2', '3']);
    listed(event('2', { attendees: 2 }));
    const third = await all(open(family).crm, 'event-participations', stored(second), NOW + 30 * DAY);
    expect(asked).toHaveLength(5);
    expect(Object.keys(stored(third)['events'] as object)).toEqual(['2']);
  });

  it('are none of an event that is deleted while we read', async () => {
    listed(event('900'), event('901'));
    nock(BASE).get(participations('900')).query(true).reply(404, refusal('not-found'));
    nock(BASE)
      .get(participations('901'))
      .query(true)
      .reply(200, { total: 1, results: [part('1', '501', 'ATTENDED', STARTS)] });
    expect(activitiesOf(await all(open(family).crm, 'event-participations'))).toHaveLength(1);
  });

  it('are the signals that HubSpot gives besides forms; page views are not asked for this way', async () => {
    const { crm } = open(family);
    expect(crm.signals).toEqual(['form-submissions', 'event-participations']);
    await expect(all(crm, 'page-views')).resolves.toEqual([]);
    expect(crm.calls()).toEqual({});
  });
});
