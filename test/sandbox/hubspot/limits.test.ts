import { expect, test } from 'vitest';
import { openPortal } from './open-portal.ts';

const CONTACTS = '/crm/v3/objects/contacts';
const many = <T>(count: number, item: (place: number) => T) => Array.from({ length: count }, (_, place) => item(place));

const inputs = (count: number) => many(count, (place) => ({ id: String(place + 1), properties: {} }));

test('a batch takes 100 inputs, with histories 50, and says so beyond', async () => {
  const { call } = openPortal();
  for (const verb of ['read', 'update', 'create', 'archive']) {
    const { status, body } = await call('POST', `${CONTACTS}/batch/${verb}`, { inputs: inputs(101) });
    expect([verb, status, body.category, body.message]).toEqual([
      verb,
      400,
      'VALIDATION_ERROR',
      'The maximum number of inputs supported in a batch is 100. Please reduce the number of items and try again',
    ]);
  }
  expect((await call('POST', `${CONTACTS}/batch/read`, { inputs: inputs(100) })).status).toBe(207);
  const history = { propertiesWithHistory: ['email'] };
  const tooMany = await call('POST', `${CONTACTS}/batch/read`, { inputs: inputs(51), ...history });
  expect([tooMany.status, tooMany.body.message]).toEqual([
    400,
    'The maximum number of inputs supported in a batch request for property histories is 50',
  ]);
  expect((await call('POST', `${CONTACTS}/batch/read`, { inputs: inputs(50), ...history })).status).toBe(207);
});

test('a list page holds at most 100 records, a search page 200', async () => {
  const { call, search } = openPortal();
  expect((await call('GET', `${CONTACTS}?limit=100`)).status).toBe(200);
  expect((await call('GET', `${CONTACTS}?limit=101`)).status).toBe(400);
  expect((await search({ limit: 200 })).status).toBe(200);
  expect((await search({ limit: 201 })).status).toBe(400);
});

test('a search cannot be paged past 10,000 results', async () => {
  const { search } = openPortal();
  expect((await search({ limit: 200, after: '9800' })).status).toBe(200);
  expect((await search({ limit: 200, after: '9801' })).body).toMatchObject({ category: 'VALIDATION_ERROR' });
  expect((await search({ limit: 200, after: '10000' })).status).toBe(400);
});

const body = (length: number) => {
  const filter = { propertyName: 'email', operator: 'IN', values: [''] };
  const empty = JSON.stringify({ filterGroups: [{ filters: [filter] }] }).length;
  return { filterGroups: [{ filters: [{ ...filter, values: ['x'.repeat(length - empty)] }] }] };
};

test('a search body of more than 3,000 characters is refused', async () => {
  const { search } = openPortal();
  expect((await search(body(3_000))).status).toBe(200);
  expect((await search(body(3_001))).status).toBe(400);
});

const groups = (...sizes: number[]) => ({
  filterGroups: sizes.map((size) => ({
    filters: many(size, () => ({ propertyName: 'email', operator: 'HAS_PROPERTY' })),
  })),
});

test('a search takes five groups of six filters, eighteen in all', async () => {
  const { search } = openPortal();
  expect((await search(groups(6, 6, 4, 1, 1))).status).toBe(200);
  for (const tooMany of [groups(7), groups(6, 6, 6, 1), groups(1, 1, 1, 1, 1, 1)]) {
    const { status, body } = await search(tooMany);
    expect([status, body.category]).toEqual([400, 'VALIDATION_ERROR']);
  }
});

test('a list of properties too long for a URI is a 414', async () => {
  const { call } = openPortal();
  const names = many(600, (place) => `properties=property_${place}`).join('&');
  expect((await call('GET', `${CONTACTS}?${names}`)).status).toBe(414);
});

test('a text holds 65,536 characters', async () => {
  const { call } = openPortal();
  const status = async (length: number) =>
    (await call('POST', CONTACTS, { properties: { message: 'あ'.repeat(length) } })).status;
  expect([await status(65_536), await status(65_537)]).toEqual([201, 400]);
});

test('the ten-second allowance belongs to a token and is refused in HubSpot’s words', async () => {
  const { call, portal } = openPortal({ switches: { tenSecondlyLimit: 2 } });
  await call('GET', CONTACTS);
  await call('GET', CONTACTS);
  const { status, body, headers } = await call('GET', CONTACTS);
  expect([status, headers['x-hubspot-ratelimit-remaining']]).toEqual([429, '0']);
  expect(body).toMatchObject({
    status: 'error',
    message: 'You have reached your ten_secondly_rolling limit.',
    errorType: 'RATE_LIMIT',
    policyName: 'TEN_SECONDLY_ROLLING',
  });
  expect(body.category).toBeUndefined();
  portal.renewToken('pat-na1-other');
  expect((await call('GET', CONTACTS, undefined, { authorization: 'Bearer pat-na1-other' })).status).toBe(200);
});

test('the window of ten seconds is real time: a jump of the virtual clock does not open it', async () => {
  const { call, kernel } = openPortal({ switches: { tenSecondlyLimit: 1 } });
  let real = 0;
  kernel.clock.monotonic = () => real;
  await call('GET', CONTACTS);
  kernel.clock.advance(3_600_000);
  expect((await call('GET', CONTACTS)).status).toBe(429);
  real = 10_000;
  expect((await call('GET', CONTACTS)).status).toBe(200);
});

test('searches have five a second for the whole account and no part in the ten seconds', async () => {
  const { search, call, portal, kernel } = openPortal({ switches: { searchPerSecondLimit: 5, tenSecondlyLimit: 1 } });
  let real = 0;
  kernel.clock.monotonic = () => real;
  portal.renewToken('pat-na1-other');
  for (let count = 0; count < 4; count += 1) expect((await search({})).status).toBe(200);
  const other = { authorization: 'Bearer pat-na1-other' };
  expect((await call('POST', `${CONTACTS}/search`, {}, other)).status).toBe(200);
  const { status, body } = await search({});
  expect(status).toBe(429);
  expect(body).toMatchObject({ message: 'You have reached your secondly limit.', policyName: 'SECONDLY' });
  real = 1_000;
  expect((await search({})).status).toBe(200);
  expect((await call('GET', CONTACTS)).status).toBe(200);
});

test('the daily allowance is shared by all tokens and comes back at midnight of the portal’s zone', async () => {
  const { call, kernel, portal } = openPortal({ switches: { dailyLimit: 2 } });
  portal.renewToken('pat-na1-other');
  await call('GET', CONTACTS);
  await call('GET', CONTACTS, undefined, { authorization: 'Bearer pat-na1-other' });
  const { status, body } = await call('GET', CONTACTS);
  expect(status).toBe(429);
  expect(body).toMatchObject({ message: 'You have reached your daily limit.', policyName: 'DAILY' });
  kernel.clock.set(Date.parse('2026-11-20T14:59:59.999Z'));
  expect((await call('GET', CONTACTS)).status).toBe(429);
  kernel.clock.set(Date.parse('2026-11-20T15:00:00Z'));
  const usage = await call('GET', '/account-info/v3/api-usage/daily/private-apps');
  expect(usage.body.results[0]).toMatchObject({ usageLimit: 2, currentUsage: 1, resetsAt: '2026-11-21T15:00:00Z' });
});

const used = async (refusedCallsCountDaily: boolean) => {
  const { call, portal } = openPortal({ switches: { tenSecondlyLimit: 1, refusedCallsCountDaily } });
  await call('GET', CONTACTS);
  await call('GET', CONTACTS);
  return portal.rateLimits.usage()['currentUsage'];
};

test('refused calls count towards the day unless the portal is told otherwise', async () => {
  expect([await used(true), await used(false)]).toEqual([2, 1]);
});
