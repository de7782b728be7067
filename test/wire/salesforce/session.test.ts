import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, jwtVerify } from 'jose';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { audienceOf } from '../../../src/connectors/salesforce/session.ts';
import { FetchTransport } from '../../../src/connectors/salesforce/transport.ts';
import { data, fixture, HOST, refusal, TOKEN, wire } from './org.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const userInfo = { user_id: '0055g000004Tasu', organization_id: '00D5g000001Tasu', name: '襷 連携' };
const expired = refusal('INVALID_SESSION_ID', 'Session expired or invalid');
const secondToken = { ...fixture('token'), access_token: '00D5g000001Tasu!AQ.second' };
const INFO = '/services/oauth2/userinfo';

test('a client-credentials login sends the id and secret to the login host, once for many calls at a time', async () => {
  nock.cleanAll();
  const { crm, org } = wire();
  nock.cleanAll();
  const bodies: unknown[] = [];
  org.post(TOKEN, (body) => bodies.push(body) > 0).reply(200, fixture('token'));
  org.get(INFO).times(3).reply(200, userInfo);
  await Promise.all([crm.identity(), crm.identity(), crm.identity()]);
  expect(bodies).toEqual([{ grant_type: 'client_credentials', client_id: 'client', client_secret: 'secret' }]);
  expect(crm.calls()).toEqual({ token: 1, identity: 3 });
});

test('the identity has 18-character ids, and the token travels in a header, never in the URL', async () => {
  const { crm, org } = wire();
  const authorization = 'Bearer 00D5g000001Tasu!AQ.first';
  org.get(INFO).query({}).matchHeader('authorization', authorization).reply(200, userInfo);
  expect(await crm.identity()).toEqual({
    system: 'salesforce',
    account: '00D5g000001TasuEAC',
    user: '0055g000004TasuAAC',
    name: '襷 連携',
  });
});

test('a JWT login signs an assertion for the org that expires within minutes, by the time it is told', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const privateKeyPem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const now = Date.UTC(2026, 10, 21, 9);
  const { crm, org } = wire({
    auth: { kind: 'jwt', clientId: 'client', username: 'tasuki@example.co.jp', privateKeyPem },
    now: () => now,
  });
  nock.cleanAll();
  let assertion = '';
  org
    .post(TOKEN, (body: Record<string, string>) => {
      assertion = body['assertion'] ?? '';
      return body['grant_type'] === 'urn:ietf:params:oauth:grant-type:jwt-bearer' && !('client_secret' in body);
    })
    .reply(200, fixture('token'));
  org.get(INFO).reply(200, userInfo);
  await crm.identity();
  const { payload } = await jwtVerify(assertion, publicKey, {
    issuer: 'client',
    subject: 'tasuki@example.co.jp',
    audience: 'https://login.salesforce.com',
    currentDate: new Date(now),
  });
  expect(payload.exp).toBe(now / 1000 + 150);
});

describe('a JWT login that is refused', () => {
  const NINE = Date.UTC(2026, 10, 21, 9);
  const MINUTE = 60_000;
  const privateKeyPem = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();
  const auth = { kind: 'jwt', clientId: 'client', username: 'tasuki@example.co.jp', privateKeyPem } as const;
  const dated = (aheadMs: number) => ({ date: new Date(NINE + aheadMs).toUTCString() });
  const refused = { error: 'invalid_grant', error_description: 'expired authorization code' };

  /** When each assertion ends, in seconds by our clock. */
  function loggingIn(answers: (org: nock.Scope, login: () => nock.Interceptor) => void) {
    const ends: number[] = [];
    const { crm, org } = wire({ auth, now: () => NINE });
    nock.cleanAll();
    answers(org, () =>
      org.post(TOKEN, ({ assertion }: Record<string, string>) => {
        ends.push((decodeJwt(assertion ?? '').exp ?? 0) - NINE / 1000);
        return true;
      }),
    );
    return { crm, ends };
  }

  test.each([5, -5])(
    'while its clock is %i minutes ahead of ours is tried once more, by its clock, and so from then on',
    async (minutes) => {
      const off = minutes * MINUTE;
      const { crm, ends } = loggingIn((org, login) => {
        login().reply(400, refused, dated(off));
        login().reply(200, fixture('token'), dated(off));
        org.get(INFO).reply(401, expired);
        login().reply(200, secondToken, dated(off));
        org.get(INFO).reply(200, userInfo);
      });
      await crm.identity();
      expect(ends).toEqual([150, 150 + off / 1000, 150 + off / 1000]);
      expect(crm.calls()['token']).toBe(3);
    },
  );

  test('by its clock as well is over: the credentials are wrong', async () => {
    const { crm, ends } = loggingIn((_, login) => {
      login().reply(400, refused, dated(5 * MINUTE));
      login().reply(400, refused, dated(5 * MINUTE));
    });
    await expect(crm.identity()).rejects.toMatchObject({ code: 'SYNC_CREDENTIALS_REJECTED' });
    expect(ends).toHaveLength(2);
  });

  test.each([
    ['whose clock is ours', dated(20_000)],
    ['that does not tell the time', {}],
  ])('by a host %s is not tried again', async (_, headers) => {
    const { crm, ends } = loggingIn((__, login) => login().reply(400, refused, headers));
    await expect(crm.identity()).rejects.toMatchObject({ code: 'SYNC_CREDENTIALS_REJECTED' });
    expect(ends).toEqual([150]);
  });
});

test('the audience of an assertion is production, the sandboxes, or the host itself', () => {
  expect(audienceOf(new URL('https://example.my.salesforce.com'))).toBe('https://login.salesforce.com');
  expect(audienceOf(new URL('https://example--uat.sandbox.my.salesforce.com'))).toBe('https://test.salesforce.com');
  expect(audienceOf(new URL('https://test.salesforce.com'))).toBe('https://test.salesforce.com');
});

test('a key that is not one is told as such, without a call', async () => {
  const { crm } = wire({ auth: { kind: 'jwt', clientId: 'client', username: 'u', privateKeyPem: 'nonsense' } });
  nock.cleanAll();
  await expect(crm.identity()).rejects.toMatchObject({ code: 'SYNC_CREDENTIALS_REJECTED' });
});

test('an expired token is renewed once, and the refused call goes out again with the new one', async () => {
  const { crm, org } = wire();
  org.get(INFO).reply(401, expired);
  org.post(TOKEN).reply(200, secondToken);
  org.get(INFO).matchHeader('authorization', 'Bearer 00D5g000001Tasu!AQ.second').reply(200, userInfo);
  expect((await crm.identity()).account).toBe('00D5g000001TasuEAC');
  expect(crm.calls()).toEqual({ token: 2, identity: 2 });
});

test('an expired token is renewed also where Salesforce says so with 403 Bad_OAuth_Token, as the user-info endpoint does', async () => {
  const { crm, org } = wire();
  org.get(INFO).reply(403, 'Bad_OAuth_Token', { 'content-type': 'text/plain' });
  org.post(TOKEN).reply(200, secondToken);
  org.get(INFO).matchHeader('authorization', 'Bearer 00D5g000001Tasu!AQ.second').reply(200, userInfo);
  expect((await crm.identity()).account).toBe('00D5g000001TasuEAC');
});

test('a token that is refused again right after its renewal ends the job and asks for a person', async () => {
  const { crm, org } = wire();
  org.get(INFO).times(2).reply(401, expired);
  org.post(TOKEN).reply(200, secondToken);
  await expect(crm.identity()).rejects.toMatchObject({ code: 'SYNC_CREDENTIALS_REJECTED' });
  expect(crm.calls()).toEqual({ token: 2, identity: 2 });
});

test('five calls that find the token expired renew it once', async () => {
  const { crm, org } = wire();
  org.get(INFO).times(5).matchHeader('authorization', /first/).reply(401, expired);
  org.post(TOKEN).reply(200, secondToken);
  org
    .get(INFO)
    .times(5)
    .matchHeader('authorization', /second/)
    .reply(200, userInfo);
  await Promise.all(Array.from({ length: 5 }, () => crm.identity()));
  expect(crm.calls()['token']).toBe(2);
});

test('a call that learns late that the old token expired uses the new one, without a login of its own', async () => {
  const { crm, org } = wire();
  const renewed = Promise.withResolvers<void>();
  org.get(INFO).reply(401, expired);
  org.get(INFO).reply(async () => {
    await renewed.promise;
    return [401, expired];
  });
  org.post(TOKEN).reply(200, secondToken);
  org
    .get(INFO)
    .times(2)
    .matchHeader('authorization', /second/)
    .reply(200, userInfo);
  const first = crm.identity();
  const late = crm.identity();
  await first;
  renewed.resolve();
  await late;
  expect(crm.calls()['token']).toBe(2);
});

test('a request to any other host than the login and the instance never leaves', async () => {
  const transport = new FetchTransport({ headersMs: 1_000, totalMs: 1_000 }, () => [HOST]);
  const elsewhere = nock('https://elsewhere.example.com').get('/').reply(200, {});
  const asked = transport.httpRequest({ method: 'GET', url: 'https://elsewhere.example.com/' });
  await expect(asked).rejects.toThrow('neither the login host nor');
  expect(elsewhere.isDone()).toBe(false);
  nock.cleanAll();
});

test('when the renewal names another instance, the call goes there, and not to its old address', async () => {
  const { crm, org } = wire();
  org.get(INFO).reply(401, expired);
  org.post(TOKEN).reply(200, { ...secondToken, instance_url: 'https://moved.my.salesforce.com' });
  nock('https://moved.my.salesforce.com').get(INFO).reply(200, userInfo);
  expect((await crm.identity()).name).toBe('襷 連携');
});

test('a redirect is not followed: it would take the token along', async () => {
  const { crm, org } = wire();
  org.get(INFO).times(3).reply(302, undefined, { location: 'https://elsewhere.example.com/' });
  await expect(crm.identity()).rejects.toMatchObject({ code: 'SYNC_REMOTE_UNAVAILABLE' });
});

test('a login over TLS that names an instance without TLS is thrown away', async () => {
  const { crm, org } = wire();
  nock.cleanAll();
  org.post(TOKEN).reply(200, { ...fixture('token'), instance_url: 'http://example.my.salesforce.com' });
  await expect(crm.identity()).rejects.toMatchObject({ code: 'SYNC_CREDENTIALS_REJECTED' });
});

test('refused credentials are told with the reason that Salesforce gives', async () => {
  const { crm, org } = wire();
  nock.cleanAll();
  org.post(TOKEN).reply(400, { error: 'invalid_client', error_description: 'invalid client credentials' });
  await expect(crm.identity()).rejects.toMatchObject({
    code: 'SYNC_CREDENTIALS_REJECTED',
    message: expect.stringContaining('invalid client credentials'),
  });
});

test.each([
  ['is down', 503, 'maintenance'],
  ['answers with half a document', 200, '{"access_token":"x'],
  ['leaves out who we are', 200, { access_token: 'x', instance_url: HOST }],
  ['asks to try again', 400, { error: 'unknown_error', error_description: 'retry your request' }],
])('a login host that %s is trouble that passes, not a refusal', async (_, status, body) => {
  const { crm, org } = wire();
  nock.cleanAll();
  org.post(TOKEN).times(3).reply(status, body);
  await expect(crm.identity()).rejects.toMatchObject({ code: 'SYNC_REMOTE_UNAVAILABLE' });
});

test('calls carry the API version that was chosen, not the one of 2020', async () => {
  const { crm, org } = wire();
  org.get(data('/sobjects/Contact/describe')).reply(200, { fields: [] });
  expect((await crm.describe('Contact'))?.fields).toEqual([]);
});

test.each([
  ['a success', 200, userInfo],
  ['a refusal', 400, refusal('INVALID_FIELD', 'No such column')],
])('the Date of %s tells how far the clock of Salesforce is from ours', async (_, status, body) => {
  const now = Date.parse('2026-11-21T09:00:00Z');
  const { crm, org } = wire({ watch: { now: () => now, steady: () => 0 } });
  expect(crm.aheadMs()).toBeNull();
  org.get(INFO).reply(status, body, { Date: new Date(now + 5 * 60_000).toUTCString() });
  await crm.identity().catch(() => undefined);
  expect(crm.aheadMs()).toBe(5 * 60_000);
});
