import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CredentialsRejected, InvariantBroken, RateLimited, RemoteUnavailable } from '../../../src/errors/errors.ts';
import { answers, cutInMidBody, neverAnswers, TroubleServer } from '../http/trouble-server.ts';
import { BASE, FAMILIES, NOW, open, pathsOf, refusal } from './wire.ts';

const ACCOUNT = { portalId: 24680, accountType: 'STANDARD' };
const JSON_TYPE = { 'content-type': 'application/json;charset=utf-8' };

beforeEach(() => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe.each(FAMILIES)('HubSpot calls on the %s paths', (family) => {
  const { account, contacts } = pathsOf(family);
  const asked = (): nock.Interceptor => nock(BASE).get(account);
  const read = (options = {}) => open(family, options).crm.read('contacts', ['1'], ['email'], NOW);

  it('tell which account the token belongs to', async () => {
    asked().matchHeader('authorization', 'Bearer pat-test').reply(200, ACCOUNT);
    await expect(open(family).crm.identity()).resolves.toMatchObject({
      system: 'hubspot',
      account: '24680',
      user: null,
    });
  });

  it('are booked by what they are for, with what the answer says of the account’s day', async () => {
    const { crm } = open(family);
    const day = { 'X-HubSpot-RateLimit-Daily': '250000', 'X-HubSpot-RateLimit-Daily-Remaining': '249100' };
    asked().reply(200, { ...ACCOUNT, timeZone: 'Asia/Tokyo' }, day);
    asked().reply(200, ACCOUNT);
    expect(crm.callDay(NOW)).toMatchObject({ assumed: true }); // by which clock its days turn was not told yet
    await crm.under('survey', () => crm.identity());
    expect(crm.callDay(NOW)).not.toHaveProperty('assumed');
    expect(crm.takeBill()).toEqual({
      calls: [{ purpose: 'survey', kind: 'account', calls: 1 }],
      told: { limit: 250_000, used: 900 },
    });
    expect(crm.callDay(Date.parse('2026-11-02T10:00:00+09:00')).from).toBe(Date.parse('2026-11-02T00:00:00+09:00'));
    await crm.identity();
    expect(crm.takeBill().told).toBeNull();
  });

  it('tell how the day stands also when they are refused', async () => {
    const { crm } = open(family);
    const day = { 'X-HubSpot-RateLimit-Daily': '250000', 'X-HubSpot-RateLimit-Daily-Remaining': '0' };
    asked().reply(403, refusal('missing-scope'), day);
    await expect(crm.identity()).rejects.toThrow(CredentialsRejected);
    expect(crm.takeBill().told).toEqual({ limit: 250_000, used: 250_000 });
  });

  it.each([
    ['a success', 200, ACCOUNT],
    ['a refusal', 403, refusal('missing-scope')],
  ])('tell by the Date of %s how far HubSpot’s clock is from ours', async (_, status, body) => {
    const { crm } = open(family, { watch: { now: () => NOW, steady: () => 0 } });
    expect(crm.aheadMs()).toBeNull();
    asked().reply(status, body, { Date: new Date(NOW - 5 * 60_000).toUTCString() });
    await crm.identity().catch(() => undefined);
    expect(crm.aheadMs()).toBe(-5 * 60_000);
  });

  it('take up a rotated token without a restart', async () => {
    const tokens = ['old', 'new'];
    const { crm } = open(family, { token: () => tokens.shift() ?? 'new' });
    asked().matchHeader('authorization', 'Bearer old').reply(401, refusal('unauthorised'));
    asked().matchHeader('authorization', 'Bearer new').reply(200, ACCOUNT);
    await expect(crm.identity()).resolves.toMatchObject({ account: '24680' });
  });

  it('do not try a refused token twice', async () => {
    const { crm } = open(family);
    asked().reply(401, refusal('unauthorised'));
    await expect(crm.identity()).rejects.toThrow(CredentialsRejected);
    expect(crm.calls()).toEqual({ account: 1 });
  });

  it('name the missing right', async () => {
    asked().reply(403, refusal('missing-scope'));
    await expect(open(family).crm.identity()).rejects.toThrow(/lacks a right.*required scopes/);
  });

  it('wait ten seconds for the ten-second allowance, then go on', async () => {
    const { crm, pace } = open(family);
    asked().reply(429, refusal('ten-secondly'));
    asked().reply(200, ACCOUNT);
    await crm.identity();
    expect(pace.slept).toEqual([10_000]);
    expect(crm.calls()).toEqual({ account: 2 });
  });

  it('wait as long as Retry-After says, if it says so', async () => {
    const { crm, pace } = open(family);
    asked().reply(429, refusal('ten-secondly'), { 'Retry-After': '3' });
    asked().reply(200, ACCOUNT);
    await crm.identity();
    expect(pace.slept).toEqual([3_000]);
  });

  it('leave a long Retry-After to the queue', async () => {
    const { crm, pace } = open(family);
    asked().reply(429, refusal('ten-secondly'), { 'Retry-After': '120' });
    await expect(crm.identity()).rejects.toMatchObject({ code: 'SYNC_RATE_LIMITED', waitMs: 120_000 });
    expect(pace.slept).toEqual([]);
  });

  it('give up on a ten-second allowance that is never free', async () => {
    const { crm, pace } = open(family);
    asked().times(4).reply(429, refusal('ten-secondly'));
    await expect(crm.identity()).rejects.toThrow(RateLimited);
    expect(pace.slept).toEqual([10_000, 10_000, 10_000]);
  });

  it('stop at once when the allowance of the day is spent', async () => {
    const { crm, pace } = open(family);
    asked().reply(429, refusal('daily'));
    await expect(crm.identity()).rejects.toThrow(RateLimited);
    expect(pace.slept).toEqual([]);
  });

  it('leave the allowance of the day to the queue even when little time is left of it', async () => {
    const { crm, pace } = open(family);
    asked().reply(429, refusal('daily'), { 'Retry-After': '3' });
    await expect(crm.identity()).rejects.toMatchObject({ code: 'SYNC_RATE_LIMITED', waitMs: 3_000 });
    expect(pace.slept).toEqual([]);
  });

  it('take a 429 without a body for the ten-second allowance', async () => {
    const { crm, pace } = open(family);
    asked().reply(429, '');
    asked().reply(200, ACCOUNT);
    await crm.identity();
    expect(pace.slept).toEqual([10_000]);
  });

  it('hand a moving account over to the queue for as long as it takes', async () => {
    asked().reply(477, '', { 'Retry-After': '7200' });
    await expect(open(family).crm.identity()).rejects.toMatchObject({ code: 'SYNC_RATE_LIMITED', waitMs: 7_200_000 });
  });

  it('repeat a read after trouble on the other side, and then succeed', async () => {
    const { crm } = open(family);
    asked().reply(503, { status: 'error' });
    asked().reply(200, ACCOUNT);
    await expect(crm.identity()).resolves.toMatchObject({ account: '24680' });
  });

  it.each([
    ['a 500 without a content type', 500, '', {}],
    ['a 502 that is a page of HTML', 502, '<html>Bad gateway</html>', { 'content-type': 'text/html' }],
    ['a 502 of HTML that calls itself JSON', 502, '<html>Bad gateway</html>', JSON_TYPE],
    ['a 504 with an empty body', 504, '', JSON_TYPE],
    ['a 200 whose JSON stops in the middle', 200, '{"portalId":24', JSON_TYPE],
    ['a 200 without a body', 200, '', JSON_TYPE],
    ['a redirect', 302, '', { location: 'https://elsewhere.test/' }],
  ])('call it trouble on the other side when a read gets %s', async (_, status, body, headers) => {
    const { crm } = open(family);
    asked().times(4).reply(status, body, headers);
    await expect(crm.identity()).rejects.toThrow(RemoteUnavailable);
    expect(crm.calls()).toEqual({ account: 4 });
  });

  it('accept a success of another number than the documented one, if the body is right', async () => {
    nock(BASE).post(`${contacts}/batch/read?archived=false`).reply(202, {
      status: 'COMPLETE',
      results: [],
      startedAt: '2026-01-01T00:00:00Z',
      completedAt: '2026-01-01T00:00:00Z',
    });
    nock(BASE).post(`${contacts}/batch/read?archived=true`).reply(200, { status: 'COMPLETE', results: [] });
    nock(BASE).get(/\/1\?/).reply(404, refusal('not-found'));
    await expect(read()).resolves.toMatchObject([{ deleted: true }]);
  });

  it('do not take a success without a list for an empty list', async () => {
    nock(BASE).post(`${contacts}/batch/read?archived=false`).times(4).reply(200, {});
    await expect(read()).rejects.toThrow(RemoteUnavailable);
  });

  it('report a refusal that nobody expects as our bug, with what HubSpot said', async () => {
    nock(BASE).post(`${contacts}/batch/read?archived=false`).reply(400, refusal('invalid-json'));
    const failure: unknown = await read().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvariantBroken);
    expect(String(failure)).toContain('Invalid input JSON');
  });
});

describe('HubSpot calls over a bad line', () => {
  const QUICK = { headersMs: 150, totalMs: 400 };

  it('end at our deadline when HubSpot does not answer, and are not repeated', async () => {
    const server = new TroubleServer(neverAnswers);
    const { crm } = open('v3', { baseUrl: await server.open(), timeouts: QUICK });
    await expect(crm.identity()).rejects.toThrow(/no answer in time/);
    expect(server.requests).toHaveLength(1);
    await server.close();
  });

  it('repeat a read whose answer was cut', async () => {
    const server = new TroubleServer(cutInMidBody, answers(200, ACCOUNT));
    const { crm } = open('v3', { baseUrl: await server.open(), timeouts: QUICK });
    await expect(crm.identity()).resolves.toMatchObject({ account: '24680' });
    await server.close();
  });

  it('go through a base URL with a path of its own, on either family', async () => {
    const server = new TroubleServer(answers(200, ACCOUNT));
    const baseUrl = await server.open();
    for (const family of FAMILIES) await open(family, { baseUrl: `${baseUrl}/proxy/hubspot/` }).crm.identity();
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/proxy/hubspot/account-info/v3/details',
      '/proxy/hubspot/account-info/2026-09/details',
    ]);
    await server.close();
  });
});
