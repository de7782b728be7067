import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/sandbox/kernel/faults.ts';
import { installFaults } from '../../../src/sandbox/kernel/install-faults.ts';
import { createKernel, type Kernel } from '../../../src/sandbox/kernel/kernel.ts';

const PEOPLE = { people: ['山田', '鈴木', '佐藤', '高橋'] };

let kernel: Kernel;
let app: FastifyInstance;
let url: string;
let effects: number;
let expired: number;
let answer: () => void;

beforeEach(async () => {
  kernel = createKernel({ seed: 1, start: Date.parse('2026-04-01T00:00:00Z'), frozen: true });
  app = fastify({ forceCloseConnections: true });
  effects = 0;
  expired = 0;
  installFaults(app, 'hubspot', kernel, {
    onExpireToken: () => {
      expired += 1;
    },
    userOf: (request) => request.headers.authorization,
  });
  app.addHook('onRequest', (_request, reply, done) => {
    if (expired === 0) return done();
    void reply.code(401).send({ status: 'error' });
  });
  app.post('/people', () => {
    effects += 1;
    return PEOPLE;
  });
  app.get('/slow', async () => {
    effects += 1;
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return PEOPLE;
  });
  app.delete('/people', (_request, reply) => {
    effects += 1;
    return reply.code(204).send();
  });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
});

afterEach(() => app.close());

const order = (fault: Fault): void => kernel.faults.add({ system: 'hubspot', fault });
const post = (signal?: AbortSignal): Promise<Response> =>
  fetch(`${url}/people?page=2`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'somebody' },
    body: '{"name":"山田"}',
    ...(signal === undefined ? {} : { signal }),
  });
const codeOf = (cause: unknown): unknown => ((cause as Error).cause as { code?: string } | undefined)?.code;
const connections = (): Promise<number> =>
  new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)));
const statuses = (): number[] => kernel.log.list().map(({ status }) => status);

describe('a server under ordered trouble', () => {
  test('without trouble the request is answered and logged with its body, query and user', async () => {
    expect(await (await post()).json()).toEqual(PEOPLE);
    expect(kernel.log.list()).toMatchObject([
      {
        at: Date.parse('2026-04-01T00:00:00Z'),
        system: 'hubspot',
        method: 'POST',
        path: '/people',
        query: { page: '2' },
        status: 200,
        body: { name: '山田' },
        user: 'somebody',
      },
    ]);
  });

  test('a cut before the effect resets the connection and nothing happened', async () => {
    order({ kind: 'cut' });
    expect(codeOf(await post().catch((error: unknown) => error))).toBe('ECONNRESET');
    expect([effects, statuses()]).toEqual([0, [0]]);
    expect((await post()).status).toBe(200);
  });

  test('a cut after the effect gives the headers and a part of the body, then the connection ends', async () => {
    order({ kind: 'cut', when: 'after' });
    const answer = await post();
    expect([answer.status, answer.headers.get('content-length')]).toEqual([
      200,
      String(Buffer.byteLength(JSON.stringify(PEOPLE))),
    ]);
    expect(codeOf(await answer.text().catch((error: unknown) => error))).toBe('UND_ERR_SOCKET');
    expect([effects, statuses()]).toEqual([1, [0]]);
  });

  test('a cut after an effect without a body ends the connection instead of an answer', async () => {
    order({ kind: 'cut', when: 'after' });
    await expect(fetch(`${url}/people`, { method: 'DELETE' })).rejects.toThrow('fetch failed');
    expect(effects).toBe(1);
  });

  test('a truncated answer is framed as whole but its JSON stops in the middle', async () => {
    order({ kind: 'truncate' });
    const answer = await post();
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe(
      String(Math.floor(Buffer.byteLength(JSON.stringify(PEOPLE)) / 2)),
    );
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(effects).toBe(1);
  });

  test('a status before the effect comes with the body, content type and headers that were ordered', async () => {
    order({ kind: 'status', status: 429, body: { policyName: 'SECONDLY' }, headers: { 'retry-after': '3' } });
    const answer = await post();
    expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('content-type')]).toEqual([
      429,
      '3',
      'application/json; charset=utf-8',
    ]);
    expect(await answer.json()).toEqual({ policyName: 'SECONDLY' });
    expect([effects, statuses()]).toEqual([0, [429]]);
  });

  test('a status after the effect hides that the effect took place', async () => {
    order({ kind: 'status', status: 502, text: 'upstream', contentType: null, when: 'after' });
    const answer = await post();
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([502, null, 'upstream']);
    expect([effects, statuses()]).toEqual([1, [502]]);
  });

  test('a page of HTML comes in the place of an answer', async () => {
    order({ kind: 'html', status: 200 });
    const answer = await post();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await answer.text()).toMatch(/^<!DOCTYPE html>/);
    expect(effects).toBe(0);
  });

  test('an expired token is refused by the server itself', async () => {
    order({ kind: 'expire-token' });
    expect((await post()).status).toBe(401);
    expect([expired, effects]).toEqual([1, 0]);
  });

  test('a stalled request is never answered, and nothing happens when the client gives up', async () => {
    order({ kind: 'stall' });
    const patience = new AbortController();
    const asked = post(patience.signal).catch((error: Error) => error.name);
    await arrived();
    patience.abort();
    expect(await asked).toBe('AbortError');
    await logged(1);
    expect([effects, statuses()]).toEqual([0, [0]]);
  });

  test('a stall after the effect leaves the client in the dark about it', async () => {
    order({ kind: 'stall', when: 'after' });
    const patience = new AbortController();
    const asked = post(patience.signal).catch((error: Error) => error.name);
    await arrived();
    patience.abort();
    expect(await asked).toBe('AbortError');
    await logged(1);
    expect([effects, statuses()]).toEqual([1, [0]]);
  });

  test('a client that is gone before its stalled answer is ready leaves one trace and nothing that waits', async () => {
    order({ kind: 'stall', when: 'after' });
    const patience = new AbortController();
    const asked = fetch(`${url}/slow`, { signal: patience.signal }).catch((error: Error) => error.name);
    await expect.poll(() => effects).toBe(1);
    patience.abort();
    await asked;
    await expect.poll(connections).toBe(0);
    answer();
    await logged(1);
    expect(statuses()).toEqual([0]);
  });

  test('a stall of some milliseconds ends in the usual answer', async () => {
    order({ kind: 'stall', ms: 30 });
    expect(await (await post()).json()).toEqual(PEOPLE);
    expect(kernel.log.list()[0]?.ms).toBeGreaterThanOrEqual(29);
  });

  test('a server with a stalled request can be closed', async () => {
    order({ kind: 'stall' });
    const asked = post().catch((error: Error) => error.message);
    await arrived();
    await app.close();
    expect(await asked).toBe('fetch failed');
  });
});

/** The request that was to be struck has reached the server. */
async function arrived(): Promise<void> {
  await expect.poll(() => kernel.faults.pending()).toEqual([]);
}

async function logged(count: number): Promise<void> {
  await expect.poll(() => kernel.log.list()).toHaveLength(count);
}
