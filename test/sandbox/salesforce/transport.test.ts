import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, DAY_MS, startBench, V68 } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

describe('addresses and versions', () => {
  test('every version from 50 to 68 is listed and answers', async () => {
    const { body } = await bench.http('GET', '/services/data');
    const versions = body as { version: string; url: string; label: string }[];
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 19 }, (_, index) => `${50 + index}.0`));
    expect(versions.at(-1)).toEqual({ label: "Winter '27", url: V68, version: '68.0' });
    expect((await bench.http('GET', '/services/data/v50.0/limits')).status).toBe(200);
  });

  test('a version that never was is not found, a retired one is gone', async () => {
    expect(await bench.http('GET', '/services/data/v99.0/limits')).toMatchObject({
      status: 404,
      body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
    });
    expect((await bench.http('GET', '/services/data/v30.0/limits')).status).toBe(410);
  });

  test('doubled slashes, a trailing slash and plus signs for blanks are understood', async () => {
    bench.lead();
    expect((await bench.http('GET', `//services/data/v68.0//limits/`)).status).toBe(200);
    const { status, body } = await bench.http('GET', `${V68}/queryAll/?q=SELECT+Id+FROM%20Lead`);
    expect({ status, body }).toMatchObject({ status: 200, body: { totalSize: 1 } });
  });

  test('what is not emulated says so and where to add it', async () => {
    const { status, body } = await bench.api('GET', '/jobs/ingest');
    expect(status).toBe(501);
    expect(body).toMatchObject([{ errorCode: 'NOT_EMULATED', message: expect.stringContaining('GET /jobs/ingest') }]);
    expect((await bench.http('POST', '/services/Soap/u/68.0', '<x/>', { 'content-type': 'text/xml' })).status).toBe(
      501,
    );
    expect((await bench.api('PATCH', '/limits', {})).status).toBe(405);
  });
});

describe('headers, quota and sizes', () => {
  test('every answer is JSON in UTF-8 and tells the usage, and a collection counts as one call', async () => {
    const records = Array.from({ length: 3 }, () => ({
      attributes: { type: 'Lead' },
      LastName: '山田',
      Company: '見本',
    }));
    const first = await bench.api('POST', '/composite/sobjects', { records });
    expect(first.headers).toMatchObject({
      'content-type': 'application/json;charset=UTF-8',
      'sforce-limit-info': 'api-usage=1/100000',
    });
    expect((await bench.api('GET', '/limits')).headers['sforce-limit-info']).toBe('api-usage=2/100000');
  });

  test('the daily limit refuses further calls until a day has passed', async () => {
    bench.org.switches.dailyApiRequests = 2;
    await bench.api('GET', '/limits');
    await bench.api('GET', '/limits');
    expect(await bench.api('GET', '/limits')).toMatchObject({
      status: 403,
      body: [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    });
    bench.kernel.clock.advance(DAY_MS + 60_000);
    bench.login();
    expect((await bench.api('GET', '/limits')).body).toEqual({ DailyApiRequests: { Max: 2, Remaining: 1 } });
  });

  test('an address over 16,384 bytes is 414, address and headers together are 431', async () => {
    const long = `/query?q=${'a'.repeat(16_400)}`;
    expect((await bench.api('GET', long)).status).toBe(414);
    expect((await bench.api('GET', `/limits?x=${'a'.repeat(16_200)}`)).status).toBe(431);
  });

  test('bodies may be zipped or come in chunks', async () => {
    const fields = { LastName: '高橋', Company: '見本' };
    const url = await bench.app.listen({ host: '127.0.0.1', port: 0 });
    const headers = {
      authorization: `Bearer ${bench.org.tokens.issue(bench.org.integrationUserId)}`,
      'content-type': 'application/json',
    };
    const post = (body: Uint8Array<ArrayBuffer> | ReadableStream, more: Record<string, string>): Promise<Response> =>
      fetch(`${url}${V68}/sobjects/Lead`, { method: 'POST', headers: { ...headers, ...more }, body, duplex: 'half' });
    const zipped = await post(new Uint8Array(gzipSync(JSON.stringify(fields))), { 'content-encoding': 'gzip' });
    const chunked = await post(new Blob([JSON.stringify(fields)]).stream(), {});
    expect([zipped.status, chunked.status]).toEqual([201, 201]);
    await bench.app.close();
  });
});

describe('sessions', () => {
  test('an unknown, an expired and a revoked token are all refused alike', async () => {
    const refusal = { status: 401, body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }] };
    expect(await bench.api('GET', '/limits', undefined, { authorization: 'Bearer 00Dxx!nope' })).toMatchObject(refusal);
    bench.org.switches.tokenLifetimeMs = 60_000;
    bench.kernel.clock.advance(60_000);
    expect(await bench.api('GET', '/limits')).toMatchObject(refusal);
    bench.login();
    expect((await bench.api('GET', '/limits')).status).toBe(200);
    bench.org.expireTokens();
    expect(await bench.api('GET', '/limits')).toMatchObject(refusal);
  });
});

describe('ordered trouble', () => {
  test('a token that is made to expire is refused once and a fresh one works', async () => {
    bench.kernel.faults.add({ system: 'salesforce', path: '/limits', fault: { kind: 'expire-token' } });
    expect((await bench.api('GET', '/limits')).status).toBe(401);
    expect((await bench.api('GET', '/limits')).status).toBe(401);
    bench.login();
    expect((await bench.api('GET', '/limits')).status).toBe(200);
  });

  test('a 503 before the effect leaves no record, one after it leaves the record', async () => {
    const fields = { LastName: '山田', Company: '見本' };
    const rule = { system: 'salesforce', method: 'POST', path: '/sobjects/Lead' } as const;
    bench.kernel.faults.add({ ...rule, fault: { kind: 'status', status: 503, text: 'busy', when: 'before' } });
    expect((await bench.api('POST', '/sobjects/Lead', fields)).status).toBe(503);
    expect(bench.org.records('Lead')).toHaveLength(0);
    bench.kernel.faults.add({ ...rule, fault: { kind: 'status', status: 503, text: 'busy', when: 'after' } });
    expect((await bench.api('POST', '/sobjects/Lead', fields)).status).toBe(503);
    expect(bench.org.records('Lead')).toHaveLength(1);
  });
});
