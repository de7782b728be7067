import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, START, startBench } from './support.ts';

const CLIENT = { client_id: 'tasuki-sandbox', client_secret: 'sandbox-secret' };
const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const keys = await generateKeyPair('RS256');
const jwtPublicKey = await exportSPKI(keys.publicKey);

let bench: Bench;
beforeEach(async () => {
  bench = await startBench({ jwtPublicKey });
});

async function grant(form: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await bench.app.inject({
    method: 'POST',
    url: '/services/oauth2/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  });
  return { status: answer.statusCode, body: answer.json() };
}

type Claims = { iss?: string; sub?: string; aud?: string; inSeconds?: number };

function assertion({
  iss = CLIENT.client_id,
  sub = 'tasuki@example.co.jp',
  aud = 'https://login.salesforce.com',
  inSeconds = 180,
}: Claims = {}): Promise<string> {
  return new SignJWT({ iss, sub, aud, exp: Math.floor(START / 1000) + inSeconds })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(keys.privateKey);
}

describe('client credentials', () => {
  test('give a session of the integration user, with all that clients look for', async () => {
    const { status, body } = await grant({ grant_type: 'client_credentials', ...CLIENT });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      token_format: 'opaque',
      instance_url: expect.stringContaining('http://'),
    });
    expect(body['access_token']).toMatch(/^00D5g000001Tasu!/);
    expect(body['id']).toMatch(new RegExp(`/id/00D5g000001TasuEAC/${bench.org.integrationUserId}$`));
    const used = await bench.api('GET', '/limits', undefined, {
      authorization: `Bearer ${String(body['access_token'])}`,
    });
    expect(used.status).toBe(200);
  });

  test.each([
    ['invalid_client_id', { grant_type: 'client_credentials', client_id: 'other', client_secret: 'x' }],
    ['invalid_client', { grant_type: 'client_credentials', client_id: CLIENT.client_id, client_secret: 'x' }],
    ['unsupported_grant_type', { grant_type: 'password', ...CLIENT }],
    ['invalid_grant', { grant_type: 'refresh_token', refresh_token: 'old', ...CLIENT }],
  ])('a bad request is refused as %s', async (error, form) => {
    expect(await grant(form)).toMatchObject({ status: 400, body: { error, error_description: expect.any(String) } });
  });
});

describe('JWT bearer', () => {
  test('a signed assertion for a user gives a session and no refresh token', async () => {
    const { status, body } = await grant({ grant_type: JWT_GRANT, assertion: await assertion() });
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('refresh_token');
  });

  test.each([
    ['for another app', { iss: 'other' }, 'invalid_client_id'],
    ['for an unknown user', { sub: 'nobody@example.co.jp' }, 'invalid_grant'],
    ['for another host', { aud: 'https://example.co.jp' }, 'invalid_grant'],
    ['that has expired', { inSeconds: -1 }, 'invalid_grant'],
    ['that lasts too long', { inSeconds: 3600 }, 'invalid_grant'],
  ] satisfies [string, Claims, string][])('an assertion %s is refused', async (_what, claims, error) => {
    expect(await grant({ grant_type: JWT_GRANT, assertion: await assertion(claims) })).toMatchObject({
      status: 400,
      body: { error },
    });
  });

  test('an assertion signed with another key is refused', async () => {
    const stranger = await generateKeyPair('RS256');
    const forged = await new SignJWT({
      iss: CLIENT.client_id,
      sub: 'tasuki@example.co.jp',
      aud: 'https://login.salesforce.com',
      exp: Math.floor(START / 1000) + 60,
    })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(stranger.privateKey);
    expect(await grant({ grant_type: JWT_GRANT, assertion: forged })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });
});

test('a refresh token renews a session until it is revoked', async () => {
  const refresh = bench.org.tokens.issueRefresh(bench.org.integrationUserId);
  const form = { grant_type: 'refresh_token', refresh_token: refresh, ...CLIENT };
  expect((await grant(form)).status).toBe(200);
  expect((await bench.http('GET', `/services/oauth2/revoke?token=${refresh}`)).status).toBe(200);
  expect((await grant(form)).body['error']).toBe('invalid_grant');
});

test('userinfo, the identity page and the resource list name the same user', async () => {
  const userId = bench.org.integrationUserId;
  const info = await bench.http('GET', '/services/oauth2/userinfo');
  expect(info.body).toMatchObject({
    user_id: userId,
    organization_id: '00D5g000001TasuEAC',
    preferred_username: 'tasuki@example.co.jp',
    zoneinfo: 'Asia/Tokyo',
  });
  const { body } = await bench.http('GET', '/services/data/v68.0');
  const identity = new URL((body as { identity: string }).identity);
  expect((await bench.http('GET', identity.pathname)).body).toMatchObject({
    user_id: userId,
    username: 'tasuki@example.co.jp',
    language: 'ja',
  });
});
