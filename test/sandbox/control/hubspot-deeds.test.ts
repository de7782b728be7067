import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { callControl } from './call-control.ts';

const START = Date.parse('2026-11-21T00:00:00Z');
const GUID = '5d1f6a0e-6c1b-4a52-9a59-3f1f0c9f7d11';

type Kept = { id: string; properties: Record<string, string>; archived: boolean };
type Link = {
  from: { object: string; id: string };
  to: { object: string; id: string };
  category: string;
  label: unknown;
};

let sandbox: Sandbox;
const call = callControl(() => sandbox.control);

beforeAll(async () => {
  sandbox = await startSandbox({ people: 8, start: START, frozen: true });
});
beforeEach(() => call('POST', '/reset'));
afterAll(() => sandbox.close());

async function make(object: string, properties: object, more: object = {}): Promise<string> {
  const { status, body } = await call('POST', `/hubspot/${object}`, { properties, ...more });
  expect([status, body]).toEqual([201, { id: expect.any(String) as string }]);
  return (body as { id: string }).id;
}

async function kept(object: string, id: string): Promise<Kept | undefined> {
  return ((await call('GET', `/state/hubspot/${object}`)).body as Kept[]).find((record) => record.id === id);
}

/** The associations of these two records, as seen from the first. */
async function links(from: string, to: string): Promise<Link[]> {
  const all = (await call('GET', '/state/hubspot/associations')).body as Link[];
  return all.filter((link) => link.from.id === from && link.to.id === to);
}

describe('records of HubSpot', () => {
  test('a person, an import or an app creates one, and it belongs to what it was made for', async () => {
    const contact = await make('contacts', { email: 'deed@example.co.jp' });
    const company = await make('companies', { name: '株式会社青葉', numberofemployees: 120 }, { source: 'IMPORT' });
    const deal = await make(
      'deals',
      { dealname: '青葉 導入', pipeline: 'default', dealstage: 'qualifiedtobuy' },
      {
        source: 'INTEGRATION',
        associations: [
          { object: 'companies', id: company, label: 'primary' },
          { object: 'contacts', id: Number(contact) },
        ],
      },
    );
    expect((await kept('companies', company))?.properties).toMatchObject({
      name: '株式会社青葉',
      numberofemployees: '120',
      hs_object_source: 'IMPORT',
    });
    expect((await kept('contacts', contact))?.properties['hs_object_source']).toBe('CRM_UI');
    expect(await links(deal, contact)).toHaveLength(1);
    expect(await links(deal, company)).toHaveLength(2);
  });

  test('a create that cannot be done leaves no live record, whatever was wrong', async () => {
    const live = async (): Promise<number> =>
      ((await call('GET', '/state/hubspot/contacts')).body as Kept[]).filter(({ archived }) => !archived).length;
    const before = await live();
    const properties = { email: 'deed@example.co.jp' };
    const company = await make('companies', { name: '株式会社青葉' });
    const wrong = [
      [{ properties: { email: 'nobody' } }, 400, 'INVALID_EMAIL'],
      [{ properties: { nope: '1' } }, 400, 'PROPERTY_DOESNT_EXIST'],
      [{ properties, source: 'GHOST' }, 400, 'source'],
      [
        { properties, associations: [{ object: 'companies', id: '404' }] },
        404,
        'no live record 404 among its companies',
      ],
      [{ properties, associations: [{ object: 'companies', id: 'x' }] }, 400, 'wants the id of a record'],
      [
        { properties, associations: [{ object: 'companies', id: company, label: 'nobody defined it' }] },
        400,
        'nobody defined it',
      ],
    ] as const;
    for (const [body, status, reason] of wrong) {
      expect(await call('POST', '/hubspot/contacts', body)).toEqual({
        status,
        body: { error: expect.stringContaining(reason) as string },
      });
    }
    expect((await call('POST', '/hubspot/unicorns', { properties })).status).toBe(400);
    expect(await live()).toBe(before);
    await make('contacts', properties);
  });

  test('one is archived, two are merged, one is forgotten', async () => {
    const [a, b, c] = [
      await make('contacts', { email: 'a.deed@example.co.jp' }),
      await make('contacts', { email: 'b.deed@example.co.jp' }),
      await make('contacts', { email: 'c.deed@example.co.jp' }),
    ];
    const merged = await call('POST', `/hubspot/contacts/${a}/merge`, { other: b });
    const { id: survivor } = merged.body as { id: string };
    expect((await kept('contacts', survivor))?.properties).toMatchObject({
      email: 'a.deed@example.co.jp',
      hs_additional_emails: 'b.deed@example.co.jp',
    });
    expect((await call('DELETE', `/hubspot/contacts/${survivor}`)).status).toBe(204);
    expect(await kept('contacts', survivor)).toMatchObject({ archived: true });
    expect((await call('POST', `/hubspot/contacts/${c}/gdpr-delete`)).status).toBe(204);
    expect(await kept('contacts', c)).toBeUndefined();
  });

  test('who is not there can be neither archived nor merged nor forgotten, and the answer says so', async () => {
    const id = await make('contacts', { email: 'deed@example.co.jp' });
    const refused = { status: 404, body: { error: 'HubSpot has no live record 404 among its contacts' } };
    expect(await call('DELETE', '/hubspot/contacts/404')).toEqual(refused);
    expect(await call('POST', `/hubspot/contacts/${id}/merge`, { other: '404' })).toEqual(refused);
    expect(await call('POST', '/hubspot/contacts/404/merge', { other: id })).toEqual(refused);
    expect(await call('POST', '/hubspot/contacts/404/gdpr-delete')).toEqual(refused);
    expect((await call('POST', `/hubspot/contacts/${id}/merge`, {})).status).toBe(400);
    expect(await kept('contacts', id)).toMatchObject({ archived: false });
  });

  test('two records are put together and taken apart', async () => {
    const contact = await make('contacts', { email: 'deed@example.co.jp' });
    const company = await make('companies', { name: '株式会社青葉' });
    const from = { object: 'contacts', id: contact };
    const to = { object: 'companies', id: company };
    expect((await call('POST', '/hubspot/associations', { from, to, label: 'primary' })).status).toBe(204);
    const [there, back] = [await links(contact, company), await links(company, contact)];
    expect([there.length > 0, back.length > 0]).toEqual([true, true]);
    expect((await call('DELETE', '/hubspot/associations', { from, to })).status).toBe(204);
    expect([await links(contact, company), await links(company, contact)]).toEqual([[], []]);
    const missing = { object: 'companies', id: '404' };
    expect((await call('POST', '/hubspot/associations', { from, to: missing })).status).toBe(404);
    expect((await call('DELETE', '/hubspot/associations', { from, to: missing })).status).toBe(404);
    expect((await call('DELETE', '/hubspot/associations', { from, to, label: 'primary' })).status).toBe(400);
    expect((await call('POST', '/hubspot/associations', { from })).status).toBe(400);
  });
});

describe('what visitors do', () => {
  const page = { email: 'deed@example.co.jp', pageUrl: 'https://www.example.co.jp/wp', pageTitle: '資料' };
  const submissions = `/hubspot/forms/${GUID}/submissions`;

  test('somebody sends a form that marketing has made', async () => {
    expect(await call('POST', '/hubspot/forms', { guid: GUID, name: 'ホワイトペーパー', formType: 'hubspot' })).toEqual(
      {
        status: 201,
        body: { guid: GUID },
      },
    );
    const sent = await call('POST', submissions, {
      ...page,
      answers: { lastname: '佐藤' },
      at: '2026-11-20T09:00+09:00',
    });
    expect(sent).toEqual({ status: 201, body: { contactId: expect.any(String) as string } });
    expect((await kept('contacts', (sent.body as { contactId: string }).contactId))?.properties).toMatchObject({
      lastname: '佐藤',
      recent_conversion_event_name: '資料: ホワイトペーパー',
      recent_conversion_date: '2026-11-20T00:00:00Z',
    });
    const answer = await fetch(`${sandbox.hubspot}/form-integrations/v1/submissions/forms/${GUID}`, {
      headers: { authorization: 'Bearer pat-na1-sandbox' },
    });
    expect(await answer.json()).toMatchObject({
      results: [{ submittedAt: START - 86_400_000, pageUrl: page.pageUrl }],
    });
  });

  test('a submission that cannot be is refused with the reason', async () => {
    const refused = await call('POST', submissions, page);
    expect(refused).toEqual({ status: 400, body: { error: `No form with guid ${GUID} was found` } });
    await call('POST', '/hubspot/forms', { guid: GUID, name: 'ホワイトペーパー' });
    for (const wrong of [
      { pageUrl: 'here' },
      { at: 'yesterday' },
      { email: 'nobody' },
      { at: START + 1 },
      { mood: 'good' },
    ]) {
      const { status, body } = await call('POST', submissions, { ...page, ...wrong });
      expect([status, (body as { error: string }).error.length > 0]).toEqual([400, true]);
    }
    expect((await call('POST', '/hubspot/forms', { guid: GUID, name: 'x', formType: 'letter' })).status).toBe(400);
  });

  test('an event is announced, and a contact takes part in it', async () => {
    const contactId = await make('contacts', { email: 'deed@example.co.jp' });
    const times = { startsAt: '2026-11-20T13:00+09:00', endsAt: START };
    const event = { name: '製造業DXセミナー', externalAccountId: '1', externalEventId: 'seminar-7', ...times };
    const made = await call('POST', '/hubspot/marketing-events', event);
    const { id } = made.body as { id: string };
    const path = `/hubspot/marketing-events/${id}/participations`;
    expect([made.status, (await call('POST', path, { contactId, state: 'ATTENDED', at: START })).status]).toEqual([
      201, 201,
    ]);
    const url = `${sandbox.hubspot}/marketing/v3/marketing-events/participations/1/seminar-7/breakdown?state=ATTENDED`;
    const answer = await fetch(url, { headers: { authorization: 'Bearer pat-na1-sandbox' } });
    expect(await answer.json()).toMatchObject({ total: 1, results: [{ associations: { contact: { contactId } } }] });

    expect((await call('POST', '/hubspot/marketing-events', event)).body).toEqual({
      error: 'There is an event with the ids of "製造業DXセミナー" already',
    });
    expect((await call('POST', '/hubspot/marketing-events', { name: 'x' })).status).toBe(400);
    expect((await call('POST', path, { contactId, state: 'SLEPT' })).status).toBe(400);
    expect((await call('POST', path, { contactId: '404', state: 'ATTENDED' })).status).toBe(400);
  });
});
