import { expect, test } from 'vitest';
import { openPortal } from './open-portal.ts';

const CONTACTS = '/crm/v3/objects/contacts';
const SATO = { email: 'sato@example.co.jp', firstName: '健', lastName: '佐藤' };

test('an owner has an id to assign with and another number for the user', async () => {
  const { call, portal, create } = openPortal();
  const teams = [{ id: '1', name: '東日本営業', primary: true }];
  const id = portal.seedOwner({ ...SATO, teams });
  const { body } = await call('GET', '/crm/v3/owners/?limit=100&archived=false');
  const [owner] = body.results as unknown as { userId: number }[];
  expect(owner).toMatchObject({ ...SATO, id, type: 'PERSON', archived: false, teams });
  expect(String(owner?.userId)).not.toBe(id);
  const byUser = await call('GET', `/crm/v3/owners/${owner?.userId}?idProperty=userId`);
  expect(byUser.body.id).toBe(id);

  const contact = await create({ hubspot_owner_id: id });
  const [record] = portal.records('contacts');
  expect([record?.id, record?.properties['hubspot_team_id']]).toEqual([contact, '1']);
  expect(record?.properties['hubspot_owner_assigneddate']).toBe('2026-11-20T01:00:00Z');
  const wrong = await call('POST', CONTACTS, { properties: { hubspot_owner_id: String(owner?.userId) } });
  expect(wrong.status).toBe(400);
});

test('an archived owner is listed apart, without a user id, and cannot be assigned; old records keep the name', async () => {
  const { call, portal, create } = openPortal();
  const id = portal.seedOwner(SATO);
  const contact = await create({ hubspot_owner_id: id });
  portal.archiveOwner(id);
  expect((await call('GET', '/crm/v3/owners')).body.results).toEqual([]);
  const { body } = await call('GET', '/crm/v3/owners?archived=true');
  expect(body.results).toMatchObject([{ id, userId: null, archived: true }]);
  expect((body.results[0] as unknown as Record<string, unknown>)['userIdIncludingInactive']).toEqual(
    expect.any(Number),
  );
  expect((await call('POST', CONTACTS, { properties: { hubspot_owner_id: id } })).status).toBe(400);
  const read = await call('GET', `${CONTACTS}/${contact}?properties=hubspot_owner_id`);
  expect(read.body.properties['hubspot_owner_id']).toBe(id);
  const left = portal.seedOwner({ ...SATO, email: 'left@example.co.jp', active: false });
  expect(() => portal.seed('contacts', { hubspot_owner_id: left }, 0)).not.toThrow();
});

test('owners can be queues, are found by e-mail and come in pages', async () => {
  const { call, portal } = openPortal();
  const ids = ['a', 'b', 'c'].map((name) => portal.seedOwner({ ...SATO, email: `${name}@example.co.jp` }));
  const queue = portal.seedOwner({ email: 'queue@example.co.jp', firstName: '', lastName: '窓口', type: 'QUEUE' });
  expect((await call('GET', '/crm/v3/owners?email=QUEUE@example.co.jp')).body.results).toMatchObject([
    { id: queue, type: 'QUEUE' },
  ]);
  const first = await call('GET', '/crm/v3/owners?limit=3');
  expect(first.body.results.map((owner) => owner.id)).toEqual(ids);
  const last = await call('GET', `/crm/v3/owners?limit=3&after=${first.body.paging?.next.after}`);
  expect([last.body.results.map((owner) => owner.id), last.body.paging]).toEqual([[queue], undefined]);
});

test('a static token tells its portal and scopes, a revoked one is unknown', async () => {
  const { call, portal } = openPortal({ switches: { missingScopes: ['crm.schemas.contacts.write'] } });
  const check = () => call('POST', '/oauth/v2/private-apps/get/access-token-info', { tokenKey: 'pat-na1-sandbox' });
  expect((await check()).body).toMatchObject({
    hubId: 24680,
    scopes: [
      'crm.objects.contacts.read',
      'crm.objects.contacts.write',
      'crm.objects.owners.read',
      'crm.schemas.contacts.read',
      'crm.objects.companies.read',
      'crm.objects.companies.write',
      'crm.objects.deals.read',
      'crm.objects.deals.write',
      'crm.schemas.companies.read',
      'crm.schemas.companies.write',
      'crm.schemas.deals.read',
      'crm.schemas.deals.write',
    ],
  });
  portal.renewToken('pat-na1-second');
  portal.expireToken('pat-na1-second');
  const second = { authorization: 'Bearer pat-na1-second' };
  expect((await call('GET', CONTACTS, undefined, second)).status).toBe(401);
  expect((await check()).status).toBe(200);
});
