import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { callControl } from './call-control.ts';

const START = Date.parse('2026-11-21T00:00:00Z');
type SalesforceRow = Record<string, unknown>;

let sandbox: Sandbox;
const call = callControl(() => sandbox.control);

beforeAll(async () => {
  sandbox = await startSandbox({ people: 30, start: START, frozen: true });
});
beforeEach(() => call('POST', '/reset'));
afterAll(() => sandbox.close());

async function rows(object: string): Promise<SalesforceRow[]> {
  return (await call('GET', `/state/salesforce/${object}`)).body as SalesforceRow[];
}

async function contacts(): Promise<{ id: string; properties: Record<string, string> }[]> {
  return (await call('GET', '/state/hubspot/contacts')).body as { id: string; properties: Record<string, string> }[];
}

const askHubSpot = (): Promise<Response> =>
  fetch(`${sandbox.hubspot}/crm/v3/objects/contacts?limit=1`, { headers: { authorization: 'Bearer pat-na1-sandbox' } });

describe('the clock behind the scenes', () => {
  test('it is read, moved, set and let run', async () => {
    expect((await call('GET', '/clock')).body).toEqual({ now: START, iso: '2026-11-21T00:00:00.000Z', frozen: true });
    expect((await call('POST', '/clock', { advanceMs: 1000 })).body).toMatchObject({ now: START + 1000 });
    expect((await call('POST', '/clock', { set: '2026-11-21T10:00+09:00' })).body).toMatchObject({
      now: START + 3_600_000,
    });
    expect((await call('POST', '/clock', { set: START + 3_600_001 })).body).toMatchObject({ now: START + 3_600_001 });
    expect((await call('POST', '/clock', { frozen: false })).body).toMatchObject({ frozen: false });
    expect((await call('POST', '/clock', { frozen: true })).body).toMatchObject({ frozen: true });
  });

  test('both systems live in its time', async () => {
    await call('POST', '/clock', { advanceMs: 86_400_000 });
    const [contact] = await contacts();
    await call('POST', `/hubspot/contacts/${contact?.id}`, { properties: { jobtitle: '部長' } });
    const answer = await fetch(`${sandbox.hubspot}/crm/v3/objects/contacts/${contact?.id}`, {
      headers: { authorization: 'Bearer pat-na1-sandbox' },
    });
    expect(await answer.json()).toMatchObject({ updatedAt: '2026-11-22T00:00:00Z' });
  });

  test('it does not go back, and a wrong request says what is wrong', async () => {
    expect(await call('POST', '/clock', { set: START - 1 })).toEqual({
      status: 400,
      body: { error: expect.stringContaining('cannot be set back') as string },
    });
    expect((await call('POST', '/clock', { set: '2027-01-01' })).status).toBe(400);
    expect((await call('POST', '/clock', { advancems: 5 })).status).toBe(400);
    expect((await call('GET', '/clocks')).status).toBe(404);
  });
});

describe('trouble and traces', () => {
  test('trouble that was ordered strikes the emulated system, and shows in the log', async () => {
    await call('POST', '/faults', { system: 'hubspot', path: '/contacts', fault: { kind: 'status', status: 503 } });
    expect((await call('GET', '/faults')).body).toHaveLength(1);
    expect((await askHubSpot()).status).toBe(503);
    expect((await askHubSpot()).status).toBe(200);
    expect((await call('GET', '/requests?system=hubspot&method=GET&path=contacts')).body).toMatchObject([
      { status: 503, path: '/crm/v3/objects/contacts', query: { limit: '1' } },
      { status: 200 },
    ]);
    expect((await call('GET', '/requests?system=salesforce')).body).toEqual([]);
    expect((await call('GET', '/counts')).body).toEqual({ 'hubspot GET /crm/v3/objects/contacts': 2 });
    await call('DELETE', '/requests');
    expect((await call('GET', '/counts')).body).toEqual({});
  });

  test('"always" lasts until it is taken back', async () => {
    await call('POST', '/faults', { system: 'hubspot', times: 'always', fault: { kind: 'html', status: 502 } });
    expect([(await askHubSpot()).status, (await askHubSpot()).status]).toEqual([502, 502]);
    expect((await call('GET', '/faults')).body).toMatchObject([{ times: 'always' }]);
    await call('DELETE', '/faults');
    expect((await askHubSpot()).status).toBe(200);
  });

  test('a fault that nobody knows is refused', async () => {
    expect((await call('POST', '/faults', { system: 'hubspot', fault: { kind: 'earthquake' } })).status).toBe(400);
    expect((await call('POST', '/faults', { system: 'sap', fault: { kind: 'cut' } })).status).toBe(400);
  });
});

describe('switches', () => {
  test('a switch is turned, a nested one in part', async () => {
    await call('PATCH', '/switches/hubspot', { noOpBumps: true, searchLag: { maxMs: 2000 } });
    expect((await call('GET', '/switches/hubspot')).body).toMatchObject({
      noOpBumps: true,
      searchLag: { minMs: 1000, maxMs: 2000 },
    });
    await call('PATCH', '/switches/salesforce', { lockChance: 0.5 });
    expect(sandbox.org.switches.lockChance).toBe(0.5);
  });

  test('an unknown name or another kind of value turns nothing', async () => {
    const answer = await call('PATCH', '/switches/hubspot', { noOpBumps: true, searchLagg: 1 });
    expect(answer).toEqual({
      status: 400,
      body: { error: expect.stringContaining('There is no switch "searchLagg". There are:') as string },
    });
    expect((await call('PATCH', '/switches/hubspot', { noOpBumps: 'yes' })).status).toBe(400);
    expect(sandbox.portal.switches.noOpBumps).toBe(false);
  });
});

describe('what people and the systems themselves do', () => {
  test('HubSpot raises a score that nobody else may write', async () => {
    const [contact] = await contacts();
    const path = `/hubspot/contacts/${contact?.id}`;
    expect((await call('POST', path, { properties: { leadscore: 95 }, source: 'INTEGRATION' })).status).toBe(400);
    expect((await call('POST', path, { properties: { leadscore: 95 }, source: 'CALCULATED' })).status).toBe(204);
    expect((await contacts()).find(({ id }) => id === contact?.id)?.properties['leadscore']).toBe('95');
  });

  test('a named user creates, changes and deletes in Salesforce', async () => {
    const by = 'taro.suzuki@example.co.jp';
    const created = await call('POST', '/salesforce/Lead', {
      fields: { LastName: '田中', Company: '株式会社青葉' },
      by,
    });
    const { id } = created.body as { id: string };
    expect(created.status).toBe(201);
    expect((await call('POST', `/salesforce/Lead/${id}`, { fields: { Status: '対応中' }, by })).status).toBe(204);
    const taro = (await rows('User')).find(({ Username }) => Username === by);
    const lead = async (): Promise<SalesforceRow | undefined> => (await rows('Lead')).find(({ Id }) => Id === id);
    expect(await lead()).toMatchObject({ Status: '対応中', CreatedById: taro?.['Id'], LastModifiedById: taro?.['Id'] });
    expect((await call('DELETE', `/salesforce/Lead/${id}?by=${String(taro?.['Id'])}`)).status).toBe(204);
    expect(await lead()).toMatchObject({ IsDeleted: true });
  });

  test('a record, a field or a user that does not exist is refused with the reason', async () => {
    expect((await call('POST', '/hubspot/contacts/1', { properties: { email: 'a@example.com' } })).status).toBe(400);
    const [lead] = await rows('Lead');
    expect(
      await call('POST', `/salesforce/Lead/${String(lead?.['Id'])}`, { fields: { Status: 'Open' } }),
    ).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST') as string },
    });
    const answer = await call('DELETE', `/salesforce/Lead/${String(lead?.['Id'])}?by=nobody@example.co.jp`);
    expect(answer).toEqual({ status: 400, body: { error: 'Salesforce has no user nobody@example.co.jp' } });
  });
});

describe('reset', () => {
  test('the world begins again as it was: records, clock, switches, trouble and log', async () => {
    const before = { contacts: await contacts(), leads: await rows('Lead') };
    await call('POST', '/clock', { advanceMs: 5_000_000 });
    await call('POST', `/hubspot/contacts/${before.contacts[0]?.id}`, { properties: { jobtitle: '会長' } });
    await call('POST', '/salesforce/Lead', { fields: { LastName: '田中', Company: '株式会社青葉' } });
    await call('PATCH', '/switches/hubspot', { noOpBumps: true });
    await call('POST', '/faults', { system: 'hubspot', fault: { kind: 'cut' } });
    await call('POST', '/reset');
    expect({ contacts: await contacts(), leads: await rows('Lead') }).toEqual(before);
    expect((await call('GET', '/clock')).body).toMatchObject({ now: START });
    expect((await call('GET', '/switches/hubspot')).body).toMatchObject({ noOpBumps: false });
    expect([(await call('GET', '/faults')).body, (await call('GET', '/requests')).body]).toEqual([[], []]);
  });
});
