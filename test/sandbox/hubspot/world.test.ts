import { expect, test } from 'vitest';
import type { Fault } from '../../../src/sandbox/kernel/faults.ts';
import { openPortal } from './open-portal.ts';

const CONTACTS = '/crm/v3/objects/contacts';

test('ordered trouble strikes the route it names, before or after the effect', async () => {
  const { app, call, kernel, portal } = openPortal();
  const order = (fault: Fault) => kernel.faults.add({ system: 'hubspot', method: 'POST', path: CONTACTS, fault });
  const create = () => call('POST', CONTACTS, { properties: {} });
  order({ kind: 'status', status: 500, body: { status: 'error', message: 'internal error' } });
  expect([(await create()).status, portal.records('contacts').length]).toEqual([500, 0]);
  order({ kind: 'status', status: 503, when: 'after' });
  expect([(await create()).status, portal.records('contacts').length]).toEqual([503, 1]);
  order({ kind: 'html', status: 502 });
  const gateway = await create();
  expect([gateway.status, String(gateway.headers['content-type'])]).toEqual([502, 'text/html; charset=utf-8']);
  order({ kind: 'status', status: 502, contentType: null });
  expect((await create()).headers['content-type']).toBeUndefined();
  order({ kind: 'status', status: 477, headers: { 'retry-after': '3600' } });
  expect((await create()).headers['retry-after']).toBe('3600');
  order({ kind: 'truncate' });
  const headers = { authorization: 'Bearer pat-na1-sandbox' };
  const half = await app.inject({ method: 'POST', url: CONTACTS, payload: { properties: {} }, headers });
  expect(half.statusCode).toBe(201);
  expect(() => JSON.parse(half.body) as unknown).toThrow('JSON');
});

test('a successful batch with an empty list of results can be ordered', async () => {
  const { call, kernel, create } = openPortal();
  const id = await create({});
  const body = { status: 'COMPLETE', results: [], errors: [] };
  kernel.faults.add({ system: 'hubspot', path: '/batch/update', fault: { kind: 'status', status: 200, body } });
  const answer = await call('POST', `${CONTACTS}/batch/update`, { inputs: [{ id, properties: {} }] });
  expect([answer.status, answer.body.results]).toEqual([200, []]);
});

test('a token can be ordered to expire before a request', async () => {
  const { call, kernel } = openPortal();
  kernel.faults.add({ system: 'hubspot', after: 1, fault: { kind: 'expire-token' } });
  expect((await call('GET', CONTACTS)).status).toBe(200);
  expect((await call('GET', CONTACTS)).body.category).toBe('EXPIRED_AUTHENTICATION');
});

const story = async () => {
  const { call, create, kernel, search } = openPortal({ switches: { searchLag: { minMs: 1_000, maxMs: 30_000 } } });
  for (let count = 0; count < 5; count += 1) await create({ email: `p${count}@example.co.jp` });
  kernel.clock.advance(12_000);
  return [(await search({})).text, (await call('GET', CONTACTS)).text, (await call('GET', `${CONTACTS}/1`)).text];
};

test('the same seed and the same calls make the same world, byte for byte', async () => {
  expect(await story()).toEqual(await story());
});

test('every request is in the log, with its body and status', async () => {
  const { call, kernel } = openPortal();
  await call('POST', `${CONTACTS}?x=1`, { properties: { city: '東京' } });
  await call('GET', CONTACTS, undefined, {});
  expect(kernel.log.list()).toMatchObject([
    { system: 'hubspot', method: 'POST', path: CONTACTS, status: 201, body: { properties: { city: '東京' } } },
    { system: 'hubspot', method: 'GET', path: CONTACTS, status: 401 },
  ]);
});

test('two portals share nothing, and a reset portal is as on its first day', async () => {
  const first = openPortal({ portalId: 1 });
  const second = openPortal({ portalId: 2 });
  const id = await first.create({ email: 'a@example.co.jp' });
  expect(second.portal.records('contacts')).toEqual([]);
  expect((await second.call('GET', '/account-info/v3/details')).body).toMatchObject({ portalId: 2 });

  first.portal.seedOwner({ email: 'x@example.co.jp', firstName: 'x', lastName: 'x' });
  first.portal.defineProperty({ name: 'leadscore', label: 'リードスコア', type: 'number' });
  first.portal.switches.lifecycleBackward = 'reject';
  first.portal.expireToken();
  first.portal.reset();
  expect(first.portal.records('contacts')).toEqual([]);
  expect(first.portal.switches.lifecycleBackward).toBe('ignore');
  expect((await first.call('GET', '/crm/v3/owners')).body.results).toEqual([]);
  expect((await first.call('GET', '/crm/v3/properties/contacts/leadscore')).status).toBe(404);
  expect((await first.search({})).body.total).toBe(0);
  expect(await first.create({ email: 'a@example.co.jp' })).toBe(id);
});
