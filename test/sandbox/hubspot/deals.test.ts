import { expect, test } from 'vitest';
import { type Opened, openPortal, START } from './open-portal.ts';

const DEALS = '/crm/v3/objects/deals';

const RENEWAL = {
  id: '88112',
  label: '更新パイプライン',
  stages: [
    { id: '88113', label: '更新連絡', probability: 0.5, isClosed: false },
    { id: 'closedwon', label: '更新', probability: 1, isClosed: true },
    { id: '88115', label: '解約', probability: 0, isClosed: true },
  ],
};

const shown = async ({ call }: Opened, id: string, ...names: string[]) => {
  const { body } = await call('GET', `${DEALS}/${id}?properties=${names.join(',')}`);
  return names.map((name) => body.properties[name]);
};

test('a deal without a pipeline is in the default one, without a stage it has none', async () => {
  const opened = openPortal();
  const { body } = await opened.call('POST', DEALS, { properties: { dealname: '測定器', amount: '5000.00' } });
  expect(await shown(opened, body.id, 'pipeline', 'dealstage', 'amount', 'hs_is_closed')).toEqual([
    'default',
    null,
    '5000.00',
    'false',
  ]);
});

test('the stage of a deal says whether it is closed, won or lost, and how likely it is, to the last digit', async () => {
  const opened = openPortal();
  const { id } = (await opened.call('POST', DEALS, { properties: { dealname: 'a', dealstage: 'qualifiedtobuy' } }))
    .body;
  const names = ['hs_is_closed', 'hs_is_closed_won', 'hs_is_closed_lost', 'hs_deal_stage_probability'];
  const likely = '0.40000000000000002220446049250313080847263336181640625';
  expect(await shown(opened, id, ...names)).toEqual(['false', 'false', 'false', likely]);
  const move = (dealstage: string) => opened.call('PATCH', `${DEALS}/${id}`, { properties: { dealstage } });
  await move('closedwon');
  expect(await shown(opened, id, ...names)).toEqual(['true', 'true', 'false', '1']);
  await move('closedlost');
  expect(await shown(opened, id, ...names)).toEqual(['true', 'false', 'true', '0']);
  const { body } = await opened.call('PATCH', `${DEALS}/${id}`, { properties: { hs_is_closed_won: 'true' } });
  expect(body.errors[0]?.code).toBe('READ_ONLY_VALUE');
  const filters = [{ propertyName: 'hs_is_closed_lost', operator: 'EQ', value: 'true' }];
  expect((await opened.call('POST', `${DEALS}/search`, { filterGroups: [{ filters }] })).body.total).toBe(1);
});

test('every move of a deal is dated, the stage that it left too', async () => {
  const opened = openPortal();
  const { kernel, call } = opened;
  const { id } = (await call('POST', DEALS, { properties: { dealstage: 'contractsent' } })).body;
  kernel.clock.advance(60_000);
  await call('PATCH', `${DEALS}/${id}`, { properties: { dealstage: 'closedwon' } });
  const names = ['hs_v2_date_entered_contractsent', 'hs_v2_date_exited_contractsent', 'hs_v2_date_entered_closedwon'];
  expect(await shown(opened, id, ...names)).toEqual([
    '2026-11-20T01:00:00Z',
    '2026-11-20T01:01:00Z',
    '2026-11-20T01:01:00Z',
  ]);
});

test('a stage must belong to the pipeline of the deal, whichever of the two is sent', async () => {
  const { call, portal } = openPortal();
  portal.definePipeline(RENEWAL);
  const refusal = async (properties: Record<string, string>, id?: string) => {
    const path = id === undefined ? DEALS : `${DEALS}/${id}`;
    const { status, body } = await call(id === undefined ? 'POST' : 'PATCH', path, { properties });
    return status === 400 ? [body.errors[0]?.code, body.errors[0]?.context['propertyName']] : body.id;
  };
  expect(await refusal({ dealstage: '88113' })).toEqual(['INVALID_OPTION', ['dealstage']]);
  expect(await refusal({ pipeline: 'nope' })).toEqual(['INVALID_OPTION', ['pipeline']]);
  const id = String(await refusal({ pipeline: '88112', dealstage: '88113' }));
  expect(await refusal({ dealstage: 'qualifiedtobuy' }, id)).toEqual(['INVALID_OPTION', ['dealstage']]);
  expect(await refusal({ pipeline: 'default' }, id)).toEqual(['INVALID_OPTION', ['dealstage']]);
  expect(await refusal({ pipeline: 'default', dealstage: 'qualifiedtobuy' }, id)).toBe(id);
});

test('a deal’s stage means what its own pipeline says', async () => {
  const opened = openPortal();
  opened.portal.definePipeline(RENEWAL);
  const lost = opened.portal.seed('deals', { pipeline: '88112', dealstage: '88115' }, START);
  expect(await shown(opened, lost, 'hs_is_closed_lost', 'hs_v2_date_entered_88115')).toEqual([
    'true',
    '2026-11-20T01:00:00Z',
  ]);
});

test('an amount in another currency is worth something else at home', async () => {
  const opened = openPortal();
  const { portal } = opened;
  const create = (properties: Record<string, string>) => opened.call('POST', DEALS, { properties });
  expect((await create({ amount: '100', deal_currency_code: 'USD' })).body.errors[0]?.code).toBe('INVALID_OPTION');
  portal.addCurrency('USD', '米ドル', 150);
  const dollars = await create({ amount: '100', deal_currency_code: 'USD' });
  const yen = await create({ amount: '100.50' });
  expect(await shown(opened, dollars.body.id, 'amount', 'amount_in_home_currency')).toEqual(['100', '15000']);
  expect(await shown(opened, yen.body.id, 'amount_in_home_currency')).toEqual(['100.50']);
});

/** The stages that a contact's lifecycle stage went through, each with who moved it, oldest first. */
async function movesOf(call: ReturnType<typeof openPortal>['call'], id: string) {
  const { body } = await call('GET', `/crm/v3/objects/contacts/${id}?propertiesWithHistory=lifecyclestage`);
  const versions = body.propertiesWithHistory['lifecyclestage'] as { value: string; sourceType: string }[];
  return versions.map(({ value, sourceType }) => `${value} ${sourceType}`).reverse();
}

async function promoted(isOn: boolean) {
  const { portal, call } = openPortal({ switches: { dealsPromoteLifecycle: isOn } });
  const lead = portal.seed('contacts', { lifecyclestage: 'lead' }, START);
  const evangelist = portal.seed('contacts', { lifecyclestage: 'evangelist' }, START);
  const company = portal.seed('companies', { lifecyclestage: 'lead' }, START);
  const deal = portal.seed('deals', { dealstage: 'contractsent' }, START);
  for (const id of [lead, evangelist]) portal.associate({ object: 'deals', id: deal }, { object: 'contacts', id });
  portal.associate({ object: 'companies', id: company }, { object: 'deals', id: deal });
  const stages = () =>
    ['contacts', 'companies'].flatMap((name) => portal.records(name).map((one) => one.properties['lifecyclestage']));
  const open = stages();
  await call('PATCH', `${DEALS}/${deal}`, { properties: { dealstage: 'closedwon' } });
  return [open, stages()];
}

test('a deal takes its contacts and companies forward only where the account is set so', async () => {
  const untouched = ['lead', 'evangelist', 'lead'];
  expect(await promoted(false)).toEqual([untouched, untouched]);
  expect(await promoted(true)).toEqual([
    ['opportunity', 'evangelist', 'opportunity'],
    ['customer', 'evangelist', 'customer'],
  ]);
});

test('a company takes the contacts whose main company it is along, where the account is set so; the history tells who moved whom', async () => {
  const { portal, call } = openPortal({
    switches: { dealsPromoteLifecycle: true, companiesPromoteLifecycle: true },
  });
  const company = portal.seed('companies', { lifecyclestage: 'lead' }, START);
  const [main, other, late] = ['1', '2', '3'].map((firstname) =>
    portal.seed('contacts', { firstname, lifecyclestage: 'lead' }, START),
  ) as [string, string, string];
  const join = (id: string, options?: { label: string }) =>
    portal.associate({ object: 'contacts', id }, { object: 'companies', id: company }, options);
  join(main, { label: 'primary' });
  join(other);
  await call('PATCH', `/crm/v3/objects/companies/${company}`, { properties: { lifecyclestage: 'salesqualifiedlead' } });
  expect(await movesOf(call, main)).toEqual(['lead IMPORT', 'salesqualifiedlead COMPANIES']);
  expect(await movesOf(call, other)).toEqual(['lead IMPORT']);
  join(late, { label: 'primary' });
  expect(await movesOf(call, late)).toEqual(['lead IMPORT', 'salesqualifiedlead COMPANIES']);

  const deal = portal.seed('deals', { dealstage: 'contractsent' }, START);
  portal.associate({ object: 'deals', id: deal }, { object: 'contacts', id: other });
  portal.associate({ object: 'deals', id: deal }, { object: 'companies', id: company });
  expect(await movesOf(call, other)).toEqual(['lead IMPORT', 'opportunity DEALS']);
  expect(await movesOf(call, main)).toEqual(['lead IMPORT', 'salesqualifiedlead COMPANIES', 'opportunity COMPANIES']);
});

test('the pipelines of deals are told with their stages, whose flags and numbers are texts', async () => {
  const { call, portal } = openPortal();
  portal.definePipeline(RENEWAL);
  for (const path of ['/crm/v3/pipelines', '/crm/pipelines/2026-03', '/crm/pipelines/2026-09']) {
    const { body } = await call('GET', `${path}/deals`);
    expect(body.results.map(({ id }) => id)).toEqual(['default', '88112']);
    const stages = (await call('GET', `${path}/0-3/default/stages`)).body.results;
    expect(stages.map((stage) => (stage as unknown as { metadata: object }).metadata)).toEqual([
      { isClosed: 'false', probability: '0.2' },
      { isClosed: 'false', probability: '0.4' },
      { isClosed: 'false', probability: '0.6' },
      { isClosed: 'false', probability: '0.8' },
      { isClosed: 'false', probability: '0.9' },
      { isClosed: 'true', probability: '1.0' },
      { isClosed: 'true', probability: '0.0' },
    ]);
  }
  const one = await call('GET', '/crm/v3/pipelines/deals/88112');
  expect(one.body).toMatchObject({ displayOrder: 1, archived: false, createdAt: '2026-11-20T01:00:00Z' });
  expect((await call('GET', '/crm/v3/pipelines/deals/88112/stages/88115')).body.id).toBe('88115');
  expect((await call('GET', '/crm/v3/pipelines/deals/404')).status).toBe(404);
});

test('a merged deal takes a missing stage from the other only within its own pipeline', () => {
  const { portal } = openPortal();
  portal.definePipeline(RENEWAL);
  const merged = (other: Record<string, string>) => {
    const ids = [{ dealname: 'a' }, other].map((properties) => portal.seed('deals', properties, START));
    const survivor = portal.merge('deals', ids[0] ?? '', ids[1] ?? '');
    return portal.records('deals').find(({ id }) => id === survivor)?.properties['dealstage'];
  };
  expect(merged({ pipeline: '88112', dealstage: '88113' })).toBeUndefined();
  expect(merged({ dealstage: 'contractsent' })).toBe('contractsent');
});
