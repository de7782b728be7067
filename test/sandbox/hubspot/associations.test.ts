import { expect, test } from 'vitest';
import { type Opened, openPortal, START } from './open-portal.ts';

const UNLABELED = { category: 'HUBSPOT_DEFINED', typeId: 279, label: null };
const PRIMARY = { category: 'HUBSPOT_DEFINED', typeId: 1, label: 'Primary' };

function people(opened: Opened) {
  const seed = (object: string) => opened.portal.seed(object, {}, START);
  return { contact: seed('contacts'), other: seed('contacts'), company: seed('companies'), second: seed('companies') };
}

const typesOf = async ({ call }: Opened, from: string, to: string) => {
  const { body } = await call('GET', `/crm/v4/objects/${from}/associations/${to}`);
  return body.results.map(({ toObjectId, associationTypes }) => [toObjectId, associationTypes]);
};

const named = (typeId: number, associationCategory = 'HUBSPOT_DEFINED') => ({
  associationCategory,
  associationTypeId: typeId,
});

test('an association has another number from each side, and ids that are numbers', async () => {
  const opened = openPortal();
  const { contact, company } = people(opened);
  const path = `/crm/v4/objects/contacts/${contact}/associations/companies/${company}`;
  const { status, body } = await opened.call('PUT', path, [named(279)]);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    fromObjectTypeId: '0-1',
    fromObjectId: Number(contact),
    toObjectTypeId: '0-2',
    toObjectId: Number(company),
    labels: [],
  });
  expect(await typesOf(opened, `contact/${contact}`, '0-2')).toEqual([[Number(company), [UNLABELED]]]);
  expect(await typesOf(opened, `companies/${company}`, 'contacts')).toEqual([
    [Number(contact), [{ ...UNLABELED, typeId: 280 }]],
  ]);
});

test.each([
  ['contacts', 'deals', 4, 3],
  ['deals', 'companies', 341, 342],
  ['calls', 'contacts', 194, 193],
  ['emails', 'contacts', 198, 197],
  ['meetings', 'contacts', 200, 199],
  ['notes', 'contacts', 202, 201],
  ['tasks', 'contacts', 204, 203],
  ['calls', 'companies', 182, 181],
  ['emails', 'companies', 186, 185],
  ['meetings', 'companies', 188, 187],
  ['notes', 'companies', 190, 189],
  ['tasks', 'companies', 192, 191],
  ['calls', 'deals', 206, 205],
  ['emails', 'deals', 210, 209],
  ['meetings', 'deals', 212, 211],
  ['notes', 'deals', 214, 213],
  ['tasks', 'deals', 216, 215],
])('%s and %s are joined by %i one way and %i the other', async (from, to, there, back) => {
  const opened = openPortal();
  const [one, other] = [opened.portal.seed(from, {}, START), opened.portal.seed(to, {}, START)];
  const path = `/crm/v4/objects/${from}/${one}/associations/default/${to}/${other}`;
  const { status, body } = await opened.call('PUT', path);
  expect([status, body.results]).toMatchObject([
    200,
    [
      { from: { id: one }, to: { id: other }, associationSpec: named(there) },
      { from: { id: other }, to: { id: one }, associationSpec: named(back) },
    ],
  ]);
  expect(opened.portal.associations().map(({ from: { id }, typeId }) => [id, typeId])).toEqual(
    expect.arrayContaining([
      [one, there],
      [other, back],
    ]),
  );
});

test('the main company comes with the unlabeled association, and there is only one', async () => {
  const opened = openPortal();
  const { contact, company, second } = people(opened);
  const put = (id: string) =>
    opened.call('PUT', `/crm/v4/objects/contacts/${contact}/associations/companies/${id}`, [named(1)]);
  await put(company);
  expect(await typesOf(opened, `contacts/${contact}`, 'companies')).toEqual([[Number(company), [PRIMARY, UNLABELED]]]);
  await put(second);
  expect(await typesOf(opened, `contacts/${contact}`, 'companies')).toEqual([
    [Number(company), [UNLABELED]],
    [Number(second), [PRIMARY, UNLABELED]],
  ]);
  expect(opened.portal.records('contacts')[0]?.properties['associatedcompanyid']).toBe(second);
});

test('a company made the main one from its own side is the same', async () => {
  const opened = openPortal();
  const { contact, company, second } = people(opened);
  opened.portal.associate(
    { object: 'contacts', id: contact },
    { object: 'companies', id: second },
    { label: 'primary' },
  );
  const path = `/crm/v4/objects/companies/${company}/associations/contacts/${contact}`;
  await opened.call('PUT', path, [named(2)]);
  expect(await typesOf(opened, `contacts/${contact}`, 'companies')).toEqual([
    [Number(company), [PRIMARY, UNLABELED]],
    [Number(second), [UNLABELED]],
  ]);
});

test('who writes the id of a main company into a contact associates the two', async () => {
  const opened = openPortal();
  const { contact, company } = people(opened);
  const properties = { associatedcompanyid: company };
  await opened.call('PATCH', `/crm/v3/objects/contacts/${contact}`, { properties });
  expect(await typesOf(opened, `contacts/${contact}`, 'companies')).toEqual([[Number(company), [PRIMARY, UNLABELED]]]);
  opened.portal.dissociate({ object: 'contacts', id: contact }, { object: 'companies', id: company });
  expect(opened.portal.records('contacts')[0]?.properties['associatedcompanyid']).toBeUndefined();
});

test('the first company is the main one only where the portal is switched so', async () => {
  for (const isSwitched of [false, true]) {
    const opened = openPortal({ switches: { firstCompanyIsPrimary: isSwitched } });
    const { contact, company, second } = people(opened);
    for (const id of [company, second]) {
      await opened.call('PUT', `/crm/v4/objects/contacts/${contact}/associations/default/companies/${id}`);
    }
    expect(await typesOf(opened, `contacts/${contact}`, 'companies')).toEqual([
      [Number(company), isSwitched ? [PRIMARY, UNLABELED] : [UNLABELED]],
      [Number(second), [UNLABELED]],
    ]);
  }
});

test('sent labels replace the labels of a pair; the account’s own count apart from HubSpot’s', async () => {
  const opened = openPortal();
  const { contact, company } = people(opened);
  const boss = opened.portal.defineLabel('contacts', 'companies', '決裁者', '担当企業');
  const user = opened.portal.defineLabel('contacts', 'companies', '利用者');
  const path = `/crm/v4/objects/contacts/${contact}/associations/companies/${company}`;
  await opened.call('PUT', path, [named(1), named(boss, 'USER_DEFINED')]);
  const bossType = { category: 'USER_DEFINED', typeId: boss, label: '決裁者' };
  expect(await typesOf(opened, `contacts/${contact}`, 'companies')).toEqual([
    [Number(company), [PRIMARY, UNLABELED, bossType]],
  ]);
  const { body } = await opened.call('PUT', path, [named(user, 'USER_DEFINED')]);
  expect(body).toMatchObject({ labels: ['利用者'] });
  const userType = { category: 'USER_DEFINED', typeId: user, label: '利用者' };
  expect(await typesOf(opened, `contacts/${contact}`, 'companies')).toEqual([[Number(company), [UNLABELED, userType]]]);
  await opened.call('PUT', path.replace('associations/', 'associations/default/'));
  expect(await typesOf(opened, `contacts/${contact}`, 'companies')).toEqual([[Number(company), [UNLABELED, userType]]]);
});

test('labels between two objects are told and made, one word for each direction', async () => {
  const { call } = openPortal();
  for (const path of ['/crm/v4/associations', '/crm/associations/v4', '/crm/associations/2026-09']) {
    const { body } = await call('GET', `${path}/contacts/companies/labels`);
    expect(body.results).toEqual([UNLABELED, PRIMARY]);
  }
  const made = await call('POST', '/crm/v4/associations/contacts/deals/labels', {
    name: 'decision_maker',
    label: '決裁者',
    inverseLabel: '担当取引',
  });
  expect([made.status, made.body.results]).toMatchObject([
    200,
    [
      { category: 'USER_DEFINED', label: '決裁者' },
      { category: 'USER_DEFINED', label: '担当取引' },
    ],
  ]);
  const back = await call('GET', '/crm/v4/associations/deals/contacts/labels');
  expect(back.body.results).toMatchObject([{ typeId: 3 }, { label: '担当取引' }]);
});

test('what cannot be associated is refused in HubSpot’s words and nothing happens', async () => {
  const { call, portal } = openPortal();
  const company = portal.seed('companies', {}, START);
  const deal = portal.seed('deals', {}, START);
  const put = (path: string, typeId: number) => call('PUT', `/crm/v4/objects/${path}`, [named(typeId)]);
  const wrongType = await put(`deals/${deal}/associations/companies/${company}`, 1);
  expect([wrongType.status, wrongType.body.message, wrongType.body.context]).toEqual([
    400,
    'One or more associations are invalid',
    { INVALID_OBJECT_IDS: [`CONTACT=${deal} is not valid`], objectId: [deal], objectType: ['CONTACT'] },
  ]);
  const missing = await put(`deals/${deal}/associations/companies/404`, 341);
  expect(missing.body.context['INVALID_OBJECT_IDS']).toEqual(['COMPANY=404 is not valid']);
  const itself = await put(`deals/${deal}/associations/deals/${deal}`, 451);
  expect(itself.body.message).toBe(`Object ${deal} cannot be associated to itself (${deal})`);
  const named404 = await put(`deals/${deal}/associations/companies/acme`, 341);
  expect(named404.body).toMatchObject({
    subCategory: 'crm.associations.INVALID_IDENTIFIER',
    context: { id: ['acme'] },
  });
  expect(portal.associations()).toEqual([]);
});

test('a deleted association is gone from both sides, and deleting it again is no error', async () => {
  const opened = openPortal();
  const { contact, company } = people(opened);
  opened.portal.associate({ object: 'contact', id: contact }, { object: 'company', id: company }, { label: 'primary' });
  const remove = () => opened.call('DELETE', `/crm/v4/objects/companies/${company}/associations/contacts/${contact}`);
  expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
  expect(opened.portal.associations()).toEqual([]);
  expect(await typesOf(opened, `contacts/${contact}`, 'companies')).toEqual([]);
});

test('the associations of one record come in pages', async () => {
  const { call, portal } = openPortal();
  const company = portal.seed('companies', {}, START);
  const contacts = Array.from({ length: 5 }, () => portal.seed('contacts', {}, START));
  for (const id of contacts) portal.associate({ object: 'companies', id: company }, { object: 'contacts', id });
  for (const base of ['/crm/v4/objects', '/crm/objects/2026-03']) {
    const seen: string[] = [];
    let after = '';
    do {
      const { body } = await call('GET', `${base}/companies/${company}/associations/contacts?limit=2&after=${after}`);
      seen.push(...body.results.map(({ toObjectId }) => String(toObjectId)));
      after = body.paging?.next.after ?? '';
    } while (after !== '');
    expect(seen).toEqual(contacts);
  }
  expect((await call('GET', '/crm/v4/objects/companies/404/associations/contacts')).status).toBe(404);
});

test('an association moves the modified dates only where the portal is switched so', async () => {
  for (const isSwitched of [false, true]) {
    const opened = openPortal({ switches: { associationsBump: isSwitched } });
    const { contact, company } = people(opened);
    opened.kernel.clock.advance(1_000);
    await opened.call('PUT', `/crm/v4/objects/contacts/${contact}/associations/default/companies/${company}`);
    const [first] = opened.portal.records('contacts');
    const [second] = opened.portal.records('companies');
    const expected = isSwitched ? '2026-11-20T01:00:01Z' : '2026-11-20T01:00:00Z';
    expect([first?.updatedAt, second?.updatedAt]).toEqual([expected, expected]);
  }
});

test('associations of an archived or forgotten record disappear, those of a merged one go to the survivor', async () => {
  const opened = openPortal();
  const { portal } = opened;
  const { contact, other, company, second } = people(opened);
  const join = (id: string, to: string, label?: string) =>
    portal.associate({ object: 'contacts', id }, { object: 'companies', id: to }, label === undefined ? {} : { label });
  join(contact, company, 'primary');
  join(other, second, 'primary');
  join(other, company);
  const survivor = portal.merge('contacts', contact, other);
  expect(await typesOf(opened, `contacts/${survivor}`, 'companies')).toEqual([
    [Number(company), [PRIMARY, UNLABELED]],
    [Number(second), [UNLABELED]],
  ]);
  expect(portal.records('companies').map(({ properties }) => properties['num_associated_contacts'])).toEqual([
    '1',
    '1',
  ]);
  portal.archive('companies', second);
  expect(await typesOf(opened, `contacts/${survivor}`, 'companies')).toHaveLength(1);
  portal.gdprDelete(survivor);
  expect(portal.associations()).toEqual([]);
});

test('merging two companies that know the same people keeps each person once', () => {
  const opened = openPortal();
  const { portal } = opened;
  const { contact, company, second } = people(opened);
  for (const id of [company, second]) {
    portal.associate({ object: 'companies', id }, { object: 'contacts', id: contact });
    portal.associate({ object: 'companies', id: company }, { object: 'contacts', id: contact }, { label: 'primary' });
  }
  portal.associate({ object: 'companies', id: company }, { object: 'companies', id: second });
  const survivor = portal.merge('companies', second, company);
  expect(portal.associations().map(({ from, to, typeId }) => [from.id, to.id, typeId])).toEqual(
    expect.arrayContaining([
      [survivor, contact, 2],
      [survivor, contact, 280],
      [contact, survivor, 1],
      [contact, survivor, 279],
    ]),
  );
  expect(portal.associations()).toHaveLength(4);
});

test('the first label of an account has a number that a type of HubSpot’s has too', async () => {
  const { call } = openPortal();
  const label = { name: 'decision_maker', label: '決裁者' };
  const { body } = await call('POST', '/crm/v4/associations/contacts/companies/labels', label);
  expect(body.results).toEqual([
    { category: 'USER_DEFINED', typeId: PRIMARY.typeId, label: '決裁者' },
    { category: 'USER_DEFINED', typeId: 2, label: '決裁者' },
  ]);
});

test('a company and its parent see each other as what they are', async () => {
  const opened = openPortal();
  const { company, second } = people(opened);
  const path = `/crm/v4/objects/companies/${company}/associations/companies/${second}`;
  await opened.call('PUT', path, [named(14)]);
  const types = async (id: string) => (await typesOf(opened, `companies/${id}`, 'companies'))[0]?.[1];
  expect(await types(company)).toMatchObject([{ typeId: 14, label: 'Parent Company' }, { typeId: 450 }]);
  expect(await types(second)).toMatchObject([{ typeId: 13, label: 'Child Company' }, { typeId: 450 }]);
});
