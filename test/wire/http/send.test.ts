import { afterEach, describe, expect, it } from 'vitest';
import { BadAnswer, mayHaveHappened, NoAnswer } from '../../../src/connectors/http/failure.ts';
import { readJson, send } from '../../../src/connectors/http/send.ts';
import {
  answers,
  type Behaviour,
  cutBeforeAnswer,
  cutInMidBody,
  endsLate,
  neverAnswers,
  neverEnds,
  TroubleServer,
} from './trouble-server.ts';

/** Where no deadline is the matter, none is met, however busy the machine. */
const PATIENT = { headersMs: 60_000, totalMs: 60_000 };
let server: TroubleServer;

async function ask(behaviour: Behaviour, timeouts = PATIENT) {
  server = new TroubleServer(behaviour);
  const url = await server.open();
  return send({ method: 'POST', url: `${url}/things?secret=1`, headers: {}, body: '{}' }, timeouts);
}

async function failureOf(work: Promise<unknown>): Promise<NoAnswer> {
  const failure: unknown = await work.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NoAnswer);
  return failure as NoAnswer;
}

describe('one exchange', () => {
  afterEach(() => server.close());

  it('returns any status as an answer, with its headers in lower case', async () => {
    const answer = await ask(answers(503, 'busy', { 'Retry-After': '3' }));
    expect(answer).toMatchObject({ status: 503, text: 'busy', headers: { 'retry-after': '3' } });
  });

  it('does not follow a redirect, which would carry the token to another place', async () => {
    const answer = await ask(answers(302, '', { location: 'http://127.0.0.1:1/elsewhere' }));
    expect(answer.status).toBe(302);
  });

  it('ends at the first deadline when nobody answers', async () => {
    const failure = await failureOf(ask(neverAnswers, { headersMs: 150, totalMs: 60_000 }));
    expect(failure).toMatchObject({ timedOut: true, phase: 'headers', left: true });
  });

  it('ends at the second deadline when the answer does not end', async () => {
    const failure = await failureOf(ask(neverEnds, { headersMs: 60_000, totalMs: 1_500 }));
    expect(failure).toMatchObject({ timedOut: true, phase: 'body', left: true });
  });

  it('lets an answer that has begun take longer than the first deadline', async () => {
    await expect(ask(endsLate(2_000), { headersMs: 1_500, totalMs: 60_000 })).resolves.toMatchObject({ text: '{}' });
  });

  it('knows that a request whose answer was cut in mid-body had arrived', async () => {
    const failure = await failureOf(ask(cutInMidBody));
    expect(failure).toMatchObject({ timedOut: false, phase: 'body', left: true });
  });

  it('takes a connection cut before the answer for one that may have brought the request', async () => {
    expect(await failureOf(ask(cutBeforeAnswer))).toMatchObject({ phase: 'headers', left: true });
  });

  it('is certain that nothing left when nobody listens', async () => {
    server = new TroubleServer(neverAnswers);
    const url = await server.open();
    await server.close();
    const failure = await failureOf(send({ method: 'POST', url, headers: {} }, PATIENT));
    expect(failure.left).toBe(false);
    await server.open();
  });

  it('keeps the query, which can hold personal data, out of its messages', async () => {
    const failure = await failureOf(ask(cutBeforeAnswer));
    expect(failure.message).not.toContain('secret');
  });
});

describe('a body that should be JSON', () => {
  it('is a bad answer when it is empty, cut short, or a page of HTML', () => {
    for (const text of ['', '{"results":[', '<html><body>Bad gateway</body></html>']) {
      expect(() => readJson('list', { status: 200, headers: {}, text })).toThrow(BadAnswer);
    }
  });
});

function answered(status: number): boolean {
  return mayHaveHappened(new BadAnswer('write', { status, headers: {}, text: '' }));
}

describe('whether a failed write may have happened', () => {
  it('is denied by a 4xx, which refuses', () => {
    for (const status of [400, 401, 404, 409, 429]) expect(answered(status)).toBe(false);
  });

  it('is left open by a 5xx, a 408, and a success that cannot be read', () => {
    for (const status of [200, 201, 408, 500, 502, 503, 504]) expect(answered(status)).toBe(true);
  });

  it('is left open by a failure that nobody knows', () => {
    expect(mayHaveHappened(new Error('?'))).toBe(true);
  });
});
