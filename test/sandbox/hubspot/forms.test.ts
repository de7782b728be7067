import { Client } from '@hubspot/api-client';
import { expect, test } from 'vitest';
import { type Opened, openPortal, START, TOKEN } from './open-portal.ts';

const GUID = '5d1f6a0e-6c1b-4a52-9a59-3f1f0c9f7d11';
const OTHER = '8a7c2b1d-0f3e-4d5c-8b6a-1e2f3a4b5c6d';
const SUBMISSIONS = `/form-integrations/v1/submissions/forms/${GUID}`;
const FORMS = ['/marketing/v3/forms', '/marketing/forms/2026-09-beta'];
const PAGE = 'https://www.example.co.jp/whitepaper';
const DAY = 86_400_000;

type SentForm = {
  conversionId: string;
  submittedAt: number;
  pageUrl: string;
  values: { name: string; value: string; objectTypeId: string }[];
};

function openForms(options: Parameters<typeof openPortal>[0] = {}): Opened {
  const opened = openPortal(options);
  opened.portal.forms.define({ guid: GUID, name: 'ホワイトペーパー' }, START - 90 * DAY);
  return opened;
}

async function sent({ call }: Opened, query = ''): Promise<SentForm[]> {
  return (await call('GET', SUBMISSIONS + query)).body.results as unknown as SentForm[];
}

function held({ portal }: Opened, id: string): Record<string, string> {
  return portal.records('contacts').find((record) => record.id === id)?.properties ?? {};
}

test('what was sent comes newest first, with its page, its time in milliseconds and whose property each answer is', async () => {
  const opened = openForms();
  const { portal, kernel } = opened;
  portal.submitForm({ guid: GUID, email: 'a@example.co.jp', pageUrl: PAGE });
  kernel.clock.advance(1_500);
  portal.submitForm({
    guid: GUID,
    email: 'b@example.co.jp',
    answers: { lastname: '佐藤', '0-2/name': '株式会社青葉' },
    pageUrl: `${PAGE}?utm=x`,
  });
  expect(await sent(opened)).toEqual([
    {
      conversionId: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4/) as string,
      submittedAt: START + 1_500,
      values: [
        { name: 'email', value: 'b@example.co.jp', objectTypeId: '0-1' },
        { name: 'lastname', value: '佐藤', objectTypeId: '0-1' },
        { name: 'name', value: '株式会社青葉', objectTypeId: '0-2' },
      ],
      pageUrl: `${PAGE}?utm=x`,
    },
    expect.objectContaining({ submittedAt: START }) as SentForm,
  ]);
});

test('a page holds 20 submissions unless told, at most 50, and what comes in between two pages hides nothing', async () => {
  const opened = openForms();
  const { portal, call } = opened;
  const send = (number: number): string =>
    portal.submitForm({ guid: GUID, email: `${number}@example.co.jp`, pageUrl: PAGE, at: START - number * 1_000 });
  for (let number = 1; number <= 60; number += 1) send(number);
  expect(await sent(opened)).toHaveLength(20);
  expect((await call('GET', `${SUBMISSIONS}?limit=51`)).status).toBe(400);

  const first = await call('GET', `${SUBMISSIONS}?limit=50`);
  send(0);
  const link = new URL(first.body.paging?.next.link ?? '');
  const rest = await call('GET', link.pathname + link.search);
  const mails = [first, rest].flatMap(({ body }) =>
    (body.results as unknown as SentForm[]).map(({ values }) => Number.parseInt(values[0]?.value ?? '', 10)),
  );
  expect(mails).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  expect(rest.body.paging).toBeUndefined();
});

test('submissions of one millisecond are each on one page', async () => {
  const opened = openForms();
  for (const name of ['a', 'b', 'c']) {
    opened.portal.submitForm({ guid: GUID, email: `${name}@example.co.jp`, pageUrl: PAGE });
  }
  const first = await opened.call('GET', `${SUBMISSIONS}?limit=2`);
  const after = first.body.paging?.next.after ?? '';
  // Once as it stands in the answer, once as a client sends it that encodes what it read.
  for (const token of [after, encodeURIComponent(after)]) {
    const [last, ...more] = await sent(opened, `?limit=2&after=${token}`);
    expect([last?.values[0]?.value, more]).toEqual(['a@example.co.jp', []]);
  }
  expect((await opened.call('GET', `${SUBMISSIONS}?after=nowhere`)).status).toBe(400);
});

test('an unknown form is a 404, and submissions have no dated path', async () => {
  const { call } = openForms();
  expect((await call('GET', `/form-integrations/v1/submissions/forms/${OTHER}`)).status).toBe(404);
  expect((await call('GET', `/marketing/v3/forms/${OTHER}`)).status).toBe(404);
  expect((await call('GET', `/form-integrations/2026-09/submissions/forms/${GUID}`)).status).toBe(501);
  expect((await call('GET', '/marketing/forms/2026-09')).status).toBe(501);
});

test('a form that a stranger sends makes a contact, which search finds as late as any other', async () => {
  const opened = openForms({ switches: { searchLag: { minMs: 5_000, maxMs: 5_000 } } });
  const { portal, kernel, search, call } = opened;
  const answers = { lastname: '佐藤', '0-2/city': '大阪', leadscore_of_nobody: '7' };
  const id = portal.submitForm({ guid: GUID, email: 'Sato@example.co.jp', answers, pageUrl: PAGE, pageTitle: '資料' });
  expect(held(opened, id)).toMatchObject({
    email: 'Sato@example.co.jp',
    lastname: '佐藤',
    lifecyclestage: 'lead',
    hs_object_source: 'FORM',
    hs_object_source_id: GUID,
    recent_conversion_date: '2026-11-20T01:00:00Z',
    recent_conversion_event_name: '資料: ホワイトペーパー',
    first_conversion_date: '2026-11-20T01:00:00Z',
    num_conversion_events: '1',
    num_unique_conversion_events: '1',
    hs_analytics_last_url: PAGE,
  });
  expect(held(opened, id)['city']).toBeUndefined();
  expect((await search({})).body.total).toBe(0);
  kernel.clock.advance(5_000);
  expect((await search({})).body.total).toBe(1);
  const { body } = await call(
    'GET',
    `/crm/v3/objects/contacts/${id}?propertiesWithHistory=lastname,recent_conversion_date`,
  );
  const sources = Object.values(body.propertiesWithHistory).map(([version]) => version?.sourceType);
  expect(sources).toEqual(['FORM', 'CALCULATED']);
});

test('a known address in another case, or an additional one, changes the contact and keeps its e-mail', async () => {
  const opened = openForms();
  const { portal, kernel } = opened;
  portal.forms.define({ guid: OTHER, name: '個別相談' }, START);
  const properties = {
    email: 'a@example.co.jp',
    hs_additional_emails: 'old@example.co.jp',
    jobtitle: '課長',
    city: '東京',
  };
  const id = portal.seed('contacts', properties, START - DAY);
  const send = (guid: string, email: string, answers = {}): string =>
    portal.submitForm({ guid, email, answers, pageUrl: PAGE });
  expect(send(GUID, 'A@Example.co.jp', { jobtitle: '部長', city: '' })).toBe(id);
  kernel.clock.advance(1_000);
  expect(send(OTHER, 'OLD@example.co.jp')).toBe(id);
  kernel.clock.advance(1_000);
  expect(send(GUID, 'a@example.co.jp')).toBe(id);
  expect(held(opened, id)).toMatchObject({
    email: 'a@example.co.jp',
    jobtitle: '部長',
    city: '東京',
    num_conversion_events: '3',
    num_unique_conversion_events: '2',
    first_conversion_date: '2026-11-20T01:00:00Z',
    recent_conversion_date: '2026-11-20T01:00:02Z',
    recent_conversion_event_name: `${PAGE}: ホワイトペーパー`,
    lastmodifieddate: '2026-11-20T01:00:02Z',
  });
  const [newest] = await sent(opened);
  expect(newest?.values).toEqual([{ name: 'email', value: 'a@example.co.jp', objectTypeId: '0-1' }]);
});

test('a merged contact still counts the forms of both once each', () => {
  const opened = openForms();
  const { portal } = opened;
  const send = (email: string): string => portal.submitForm({ guid: GUID, email, pageUrl: PAGE });
  const survivor = portal.merge('contacts', send('a@example.co.jp'), send('b@example.co.jp'));
  expect(send('b@example.co.jp')).toBe(survivor);
  expect(held(opened, survivor)).toMatchObject({ num_conversion_events: '2', num_unique_conversion_events: '1' });
});

test('a submission of the past leaves the contact as it was then, known to search at once', async () => {
  const opened = openForms({ switches: { searchLag: { minMs: 5_000, maxMs: 5_000 } } });
  const { portal, search } = opened;
  const send = (days: number, jobtitle: string): string =>
    portal.submitForm({
      guid: GUID,
      email: 'a@example.co.jp',
      answers: { jobtitle },
      pageUrl: PAGE,
      at: START - days * DAY,
    });
  const id = send(20, '課長');
  send(10, '部長');
  const [found] = (await search({ properties: ['jobtitle', 'createdate', 'lifecyclestage'] })).body.results;
  expect(found).toMatchObject({
    id,
    properties: { jobtitle: '部長', createdate: '2026-10-31T01:00:00Z', lifecyclestage: 'lead' },
    updatedAt: '2026-11-10T01:00:00Z',
  });
  // Told late, but earlier than both: it counts, and moves only what came first.
  send(30, '部長');
  expect(held(opened, id)).toMatchObject({
    num_conversion_events: '3',
    first_conversion_date: '2026-10-21T01:00:00Z',
    recent_conversion_date: '2026-11-10T01:00:00Z',
    lastmodifieddate: '2026-11-10T01:00:00Z',
  });
});

test('what HubSpot would not take changes nothing: an impossible e-mail, the future, an unknown form', async () => {
  const opened = openForms();
  const { portal } = opened;
  const form = { guid: GUID, email: 'a@example.co.jp', pageUrl: PAGE };
  expect(() => portal.submitForm({ ...form, email: 'nobody' })).toThrow(/INVALID_EMAIL/);
  expect(() => portal.submitForm({ ...form, at: START + 1 })).toThrow(/in the future/);
  expect(() => portal.submitForm({ ...form, guid: OTHER })).toThrow(OTHER);
  expect([await sent(opened), portal.records('contacts')]).toEqual([[], []]);
});

test.each(FORMS)('%s lists forms made in HubSpot unless other types are asked for', async (path) => {
  const { portal, call } = openForms();
  portal.forms.define({ guid: OTHER, name: 'ポップアップ', formType: 'flow' }, START);
  portal.forms.define({ guid: '1', name: '旧', archived: true }, START);
  const names = async (query: string): Promise<string[]> =>
    ((await call('GET', path + query)).body.results as unknown as { name: string }[]).map(({ name }) => name);
  expect(await names('')).toEqual(['ホワイトペーパー']);
  expect(await names('?formTypes=hubspot&formTypes=flow')).toEqual(['ホワイトペーパー', 'ポップアップ']);
  expect(await names('?formTypes=all&archived=true')).toEqual(['旧']);
  expect((await call('GET', `${path}?formTypes=letter`)).status).toBe(400);
  const page = await call('GET', `${path}?formTypes=all&limit=1`);
  expect(page.body.paging?.next).toEqual({
    after: 'MQ%3D%3D',
    link: expect.stringContaining('after=MQ%3D%3D') as string,
  });
  expect(await names('?formTypes=all&limit=1&after=MQ%3D%3D')).toEqual(['ポップアップ']);
});

test('a form that is defined again has a new name and what it received before', async () => {
  const opened = openForms();
  opened.portal.submitForm({ guid: GUID, email: 'a@example.co.jp', pageUrl: PAGE });
  opened.portal.forms.define({ guid: GUID, name: '導入事例集' });
  const { body } = await opened.call('GET', `/marketing/v3/forms/${GUID}`);
  expect(body).toMatchObject({
    name: '導入事例集',
    createdAt: '2026-08-22T01:00:00Z',
    updatedAt: '2026-11-20T01:00:00Z',
  });
  expect(await sent(opened)).toHaveLength(1);
});

test('forms need their own scope, and a reset forgets them', async () => {
  const { portal, call } = openForms({ switches: { missingScopes: ['forms'] } });
  const refused = await call('GET', SUBMISSIONS);
  expect([refused.status, refused.body.errors[0]?.context]).toEqual([403, { requiredGranularScopes: ['forms'] }]);
  portal.reset();
  portal.switches.missingScopes = [];
  expect((await call('GET', SUBMISSIONS)).status).toBe(404);
});

test('the real client takes the list of forms and one form, but breaks on a type that its models leave out', async () => {
  const { app, portal } = openForms();
  portal.forms.define({ guid: OTHER, name: '個別相談', fields: ['email', 'phone'] }, START);
  const basePath = await app.listen({ host: '127.0.0.1', port: 0 });
  const { formsApi } = new Client({ accessToken: TOKEN, basePath, numberOfApiCallRetries: 1 }).marketing.forms;
  const first = await formsApi.getPage(undefined, 1, undefined, ['hubspot']);
  const second = await formsApi.getPage(first.paging?.next?.after, 1, false, ['hubspot', 'captured']);
  expect([...first.results, ...second.results].map(({ id }) => id)).toEqual([GUID, OTHER]);
  const form = await formsApi.getById(OTHER);
  expect(form).toMatchObject({ name: '個別相談', createdAt: new Date(START), archived: false });
  expect(form.fieldGroups[0]?.fields.map((field) => ('name' in field ? field.name : ''))).toEqual(['email', 'phone']);
  portal.forms.define({ guid: '1', name: '問い合わせ', formType: 'captured' });
  await expect(formsApi.getPage(undefined, 10, false, ['all'])).rejects.toThrow(TypeError);
  await app.close();
});
