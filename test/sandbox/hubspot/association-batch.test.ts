import { expect, test } from 'vitest';
import { openPortal, START } from './open-portal.ts';

const BATCH = '/crm/v4/associations/contacts/companies/batch';
const DATED = '/crm/associations/2026-09/contact/company/batch';
const PRIMARY = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 };
const UNLABELED = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 };

function open(switches = {}) {
  const opened = openPortal({ switches });
  const { portal } = opened;
  const contacts = ['a', 'b', 'c'].map((name) => portal.seed('contacts', { lastname: name }, START));
  const company = portal.seed('companies', { name: '青葉精機' }, START);
  const pair = (id: string | undefined, to = company) => ({ from: { id }, to: { id: to } });
  return { ...opened, contacts, company, pair };
}

test('many records are read at once, and one with nothing is told as an error in a 207', async () => {
  const { call, portal, contacts, company } = open();
  const [first = '', second = ''] = contacts;
  const inputs = [{ id: first }, { id: second }];
  portal.associate({ object: 'contacts', id: first }, { object: 'companies', id: company }, { label: 'primary' });
  for (const path of [BATCH, DATED]) {
    const { status, body } = await call('POST', `${path}/read`, { inputs });
    expect(status).toBe(207);
    expect(body).toMatchObject({ status: 'COMPLETE', numErrors: 1 });
    expect(body.results).toEqual([
      {
        from: { id: first },
        to: [
          {
            toObjectId: Number(company),
            associationTypes: [
              { category: 'HUBSPOT_DEFINED', typeId: 1, label: 'Primary' },
              { category: 'HUBSPOT_DEFINED', typeId: 279, label: null },
            ],
          },
        ],
      },
    ]);
    expect(body.errors).toEqual([
      {
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        message: `No company is associated with contact ${second}.`,
        context: { fromObjectId: [second], fromObjectType: ['contact'], toObjectType: ['company'] },
      },
    ]);
  }
  expect((await call('POST', `${BATCH}/read`, { inputs: [{ id: first }] })).status).toBe(200);
});

test('many pairs are created, each for itself: a bad one is an error beside the good ones', async () => {
  const { call, portal, contacts, company, pair } = open();
  const good = { ...pair(contacts[0]), types: [PRIMARY] };
  const all = await call('POST', `${BATCH}/create`, { inputs: [good] });
  expect([all.status, all.body.results]).toMatchObject([201, [{ toObjectId: Number(company), labels: ['Primary'] }]]);
  const inputs = [
    { ...pair(contacts[1]), types: [UNLABELED] },
    { ...pair('unknown'), types: [UNLABELED] },
    { ...pair(contacts[2], '404'), types: [UNLABELED] },
  ];
  const { status, body } = await call('POST', `${DATED}/create`, { inputs });
  expect([status, body.numErrors, body.results.length]).toEqual([207, 2, 1]);
  expect(body.errors).toMatchObject([
    {
      category: 'VALIDATION_ERROR',
      subCategory: 'crm.associations.INVALID_IDENTIFIER',
      message: 'unknown is not a valid ID',
    },
    { category: 'VALIDATION_ERROR', context: { INVALID_OBJECT_IDS: ['COMPANY=404 is not valid'] } },
  ]);
  expect(portal.links.from({ object: 'companies', id: company }, 'contacts').size).toBe(2);
});

test('unlabeled pairs in bulk leave the labels that are there', async () => {
  const { call, portal, contacts, company, pair } = open();
  const [first = ''] = contacts;
  portal.associate({ object: 'contacts', id: first }, { object: 'companies', id: company }, { label: 'primary' });
  const inputs = contacts.map((id) => pair(id));
  const { status, body } = await call('POST', `${BATCH}/associate/default`, { inputs });
  expect([status, body.results.length]).toEqual([200, 6]);
  expect(portal.records('contacts').map(({ properties }) => properties['associatedcompanyid'])).toEqual([
    company,
    undefined,
    undefined,
  ]);
});

test('labels are taken away one by one, the unlabeled one takes all; dated paths answer with a body', async () => {
  const { call, portal, contacts, company, pair } = open();
  for (const id of contacts) {
    portal.associate({ object: 'contacts', id }, { object: 'companies', id: company }, { label: 'primary' });
  }
  const types = (id = '') => [...portal.links.from({ object: 'contacts', id }, 'companies').values()].flat().length;
  const primary = { inputs: [{ ...pair(contacts[0]), types: [PRIMARY] }] };
  expect((await call('POST', `${BATCH}/labels/archive`, primary)).status).toBe(204);
  expect(types(contacts[0])).toBe(1);
  const plain = { inputs: [{ ...pair(contacts[1]), types: [UNLABELED] }] };
  const dated = await call('POST', `${DATED}/labels/archive`, plain);
  expect([dated.status, dated.body.status, types(contacts[1])]).toEqual([200, 'COMPLETE', 0]);
  const whole = { inputs: [{ from: { id: contacts[2] }, to: [{ id: company }, { id: '404' }] }] };
  expect((await call('POST', `${BATCH}/archive`, whole)).status).toBe(204);
  expect(types(contacts[2])).toBe(0);
});

test('a read takes 1,000 inputs and a write 2,000, and they say so beyond', async () => {
  const { call, contacts, pair } = open();
  const [id = ''] = contacts;
  const read = (count: number) =>
    call('POST', `${BATCH}/read`, { inputs: Array.from({ length: count }, () => ({ id })) });
  expect((await read(1_000)).status).toBe(207);
  expect((await read(1_001)).body.message).toContain('supported in a batch is 1000.');
  const write = (count: number) =>
    call('POST', `${BATCH}/create`, {
      inputs: Array.from({ length: count }, () => ({ ...pair(id), types: [UNLABELED] })),
    });
  expect((await write(2_000)).body.results).toHaveLength(2_000);
  expect((await write(2_001)).body.message).toContain('supported in a batch is 2000.');
});

test('batches of associations have an allowance of their own, single calls count like any other', async () => {
  const { call, contacts, kernel } = open({ associationTenSecondlyLimit: 2, tenSecondlyLimit: 3 });
  const read = async () => (await call('POST', `${BATCH}/read`, { inputs: [{ id: contacts[0] }] })).status;
  expect([await read(), await read(), await read()]).toEqual([207, 207, 429]);
  const single = async () =>
    (await call('GET', `/crm/v4/objects/contacts/${contacts[0]}/associations/companies`)).status;
  expect([await single(), await single(), await single(), await single()]).toEqual([200, 200, 200, 429]);
  expect(kernel.log.list({ path: '/batch/read' }).map(({ status }) => status)).toEqual([207, 207, 429]);
});

test('associations have their part of the day', async () => {
  const { call, contacts, kernel, portal } = open({ associationDailyLimit: 1 });
  const read = () => call('POST', `${BATCH}/read`, { inputs: [{ id: contacts[0] }] });
  expect((await read()).status).toBe(207);
  expect((await read()).body).toMatchObject({ policyName: 'DAILY' });
  expect((await call('GET', '/crm/v3/objects/contacts')).status).toBe(200);
  kernel.clock.advance(86_400_000);
  expect((await read()).status).toBe(207);
  expect(portal.switches.associationDailyLimit).toBe(1);
});

test('a record is created together with its associations, or not at all', async () => {
  const { call, portal, contacts, company } = open();
  const create = (object: string, associations: unknown) =>
    call('POST', `/crm/v3/objects/${object}`, { properties: { hs_timestamp: '2026-11-20T01:00:00Z' }, associations });
  const type = (associationTypeId: number) => ({ associationCategory: 'HUBSPOT_DEFINED', associationTypeId });
  const made = await create('notes', [
    { to: { id: contacts[0] }, types: [type(202)] },
    { to: { id: Number(company) }, types: [type(190)] },
  ]);
  expect(made.status).toBe(201);
  const { body } = await call(
    'GET',
    `/crm/v3/objects/notes/${made.body.id}?associations=contacts,companies&associations=deals`,
  );
  expect(body.associations).toEqual({
    contacts: { results: [{ id: contacts[0], type: 'note_to_contact' }] },
    companies: { results: [{ id: company, type: 'note_to_company' }] },
  });
  expect((await create('notes', [{ to: { id: '404' }, types: [type(202)] }])).status).toBe(400);
  expect((await create('notes', [{ to: { id: contacts[0] }, types: [type(194)] }])).status).toBe(400);
  expect((await create('notes', [{ to: { id: contacts[0] }, types: [] }])).status).toBe(400);
  expect(portal.records('notes')).toHaveLength(1);
});

test('a batch of creates with a bad association is refused whole, or told apart by its trace ids', async () => {
  const { call, portal, contacts } = open();
  const inputs = [contacts[0], '404'].map((id, place) => ({
    objectWriteTraceId: String(place),
    properties: { hs_timestamp: '2026-11-20T01:00:00Z' },
    associations: [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 194 }] }],
  }));
  const untraced = inputs.map(({ properties, associations }) => ({ properties, associations }));
  const path = '/crm/v3/objects/calls/batch/create';
  expect([(await call('POST', path, { inputs: untraced })).status, portal.records('calls').length]).toEqual([400, 0]);
  const { status, body } = await call('POST', path, { inputs });
  expect([status, body.results.length, body.errors[0]?.context]).toEqual([207, 1, { objectWriteTraceId: ['1'] }]);
  expect(portal.associations()).toHaveLength(2);
});

test('a list tells each pair once per type, and leaves out objects without any', async () => {
  const { call, portal, contacts, company } = open();
  const [id = ''] = contacts;
  portal.associate({ object: 'contacts', id }, { object: 'companies', id: company }, { label: 'primary' });
  const { body } = await call('GET', '/crm/v3/objects/contacts?associations=companies&associations=deals');
  expect(body.results.map(({ associations }) => associations)).toEqual([
    {
      companies: {
        results: [
          { id: company, type: 'contact_to_company' },
          { id: company, type: 'contact_to_company_unlabeled' },
        ],
      },
    },
    undefined,
    undefined,
  ]);
});

test('a search finds the records that belong to another, by either name of its object', async () => {
  const { call, portal, contacts, company } = open();
  const [id = '', second = ''] = contacts;
  const find = async (propertyName: string, more: object) => {
    const filterGroups = [{ filters: [{ propertyName, ...more }] }];
    const { status, body } = await call('POST', '/crm/v3/objects/contacts/search', { filterGroups });
    return status === 200 ? body.results.map((record) => record.id) : status;
  };
  const eq = { operator: 'EQ', value: company };
  expect(await find('associations.company', eq)).toEqual([]);
  portal.associate({ object: 'contacts', id }, { object: 'companies', id: company });
  expect(await find('associations.company', eq)).toEqual([id]);
  expect(await find('associations.companies', { operator: 'IN', values: [company, '404'] })).toEqual([id]);
  portal.associate({ object: 'contacts', id: second }, { object: 'companies', id: company });
  expect(await find('associations.company', eq)).toEqual([id, second]);
  expect(await find('associations.company', { operator: 'GT', value: company })).toBe(400);
});
