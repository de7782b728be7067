import { afterEach, expect, it, vi } from 'vitest';
import {
  answers,
  type Behaviour,
  cutBeforeAnswer,
  neverAnswers,
  neverEnds,
  TroubleServer,
} from '../wire/http/trouble-server.ts';
import { linked, none } from '../wire/hubspot/association-wire.ts';
import { batch, fixture, refusal, row } from '../wire/hubspot/wire.ts';
import { bareLibrary, ourGateway, type Subject, type SubjectOptions } from './hubspot/subjects.ts';
import { hubspotTraps } from './hubspot.ts';
import { BARE } from './trap.ts';

const openSubject = BARE ? bareLibrary : ourGateway;
const AT = Date.parse('2026-11-21T09:00:00Z');
const found = answers(200, batch([row('1', AT)]));
const updated = answers(200, batch([row('1', AT), row('2', AT)]));
const servers: TroubleServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(
  ...script: Behaviour[]
): Promise<{ server: TroubleServer; open: (options?: Partial<SubjectOptions>) => Subject }> {
  const server = new TroubleServer(...script).always('/properties/', answers(200, fixture('properties')));
  servers.push(server);
  const baseUrl = await server.open();
  return { server, open: (options = {}) => openSubject({ baseUrl, ...options }) };
}

/** Holds a row's expectation. A bare library may hang for minutes, so whatever it does is over in four seconds. */
function trap(id: string, expectation: () => Promise<void>): void {
  const found = hubspotTraps.find((each) => each.id === id);
  if (found === undefined) throw new Error(`hubspot.ts has no row ${id}`);
  it(found.test, async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('still waiting after four seconds')), 4_000);
    });
    await Promise.race([expectation(), late]).finally(() => clearTimeout(timer));
  });
}

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => error,
  );

trap('retry-shared', async () => {
  const { open } = await serve(answers(500, {}), answers(200, { results: [] }));
  const first = open();
  openSubject({ baseUrl: 'http://127.0.0.1:1', retries: 0 });
  await expect(first.owners()).resolves.toBeDefined();
});

trap('silence-hangs', async () => {
  const { open } = await serve(neverAnswers);
  expect(await failureOf(open().read('1'))).not.toBe('no failure');
});

trap('stall-hangs', async () => {
  const { open } = await serve(neverEnds);
  expect(await failureOf(open().read('1'))).not.toBe('no failure');
});

const slow: Behaviour = (response, body) => void setTimeout(() => found(response, body), 20);

trap('sockets-unbounded', async () => {
  const { server, open } = await serve(slow);
  const subject = open();
  await Promise.all(Array.from({ length: 40 }, () => subject.read('1')));
  expect(server.mostSockets).toBeLessThanOrEqual(12); // six under way, and as many whose socket is not yet free again
});

trap('cut-not-retried', async () => {
  const { open } = await serve(cutBeforeAnswer, found);
  await expect(open().read('1')).resolves.toHaveLength(1);
});

trap('write-repeated', async () => {
  const { server, open } = await serve(answers(500, {}));
  const outcome = await failureOf(
    open()
      .create('a@example.co.jp')
      .then((outcomes) => Promise.reject(outcomes)),
  );
  expect(server.requests).toHaveLength(1);
  expect(outcome).toEqual({ 'a@example.co.jp': 'unsure' });
});

const echo: Behaviour = (response, body) => {
  const { inputs } = JSON.parse(body) as { inputs: { objectWriteTraceId?: string }[] };
  answers(200, batch([{ ...row('9', AT), objectWriteTraceId: inputs[0]?.objectWriteTraceId }]))(response, body);
};

trap('other-2xx-throws', async () => {
  const { open } = await serve(echo);
  await expect(open().create('a@example.co.jp')).resolves.toEqual({ 'a@example.co.jp': 'written' });
});

trap('no-content-type', async () => {
  const { open } = await serve((response) => {
    response.writeHead(503);
    response.end();
  });
  const subject = open();
  expect(subject.isTrouble(await failureOf(subject.read('1')))).toBe(true);
});

trap('html-as-json', async () => {
  const { open } = await serve(answers(502, '<html><h1>Bad gateway</h1></html>'));
  const subject = open();
  expect(subject.isTrouble(await failureOf(subject.read('1')))).toBe(true);
});

trap('truncated-write', async () => {
  const { open } = await serve(answers(200, '{"status":"COMPLETE","results":[{"id":"1"'));
  await expect(open().update({ '1': 'a' })).resolves.toEqual({ '1': 'unsure' });
});

trap('retry-after-ignored', async () => {
  const { open } = await serve(answers(429, refusal('ten-secondly'), { 'Retry-After': '1' }), found);
  await expect(open().read('1')).resolves.toHaveLength(1);
});

trap('secondly-by-wording', async () => {
  const spent = { status: 'error', policyName: 'SECONDLY', message: 'You have reached your secondly limit' };
  const { open } = await serve(answers(429, spent), answers(200, { total: 0, results: [] }));
  await expect(open().search()).resolves.toBeDefined();
});

trap('locked-not-retried', async () => {
  const { open } = await serve(answers(423, refusal('locked')), updated);
  await expect(open().update({ '1': 'a' })).resolves.toEqual({ '1': 'written' });
});

trap('console-noise', async () => {
  const spoken = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { open } = await serve(answers(500, {}), found);
  await open().read('1');
  const times = spoken.mock.calls.length;
  spoken.mockRestore();
  expect(times).toBe(0);
});

trap('stale-token', async () => {
  const { server, open } = await serve(found);
  let token = 'old';
  const subject = open({ token: () => token });
  await subject.read('1');
  token = 'new';
  await subject.read('1');
  expect(server.requests.map(({ authorization }) => authorization)).toEqual(['Bearer old', 'Bearer new']);
});

trap('errors-per-namespace', async () => {
  const { open } = await serve(answers(403, refusal('missing-scope')));
  const subject = open();
  const [one, other] = [await failureOf(subject.search()), await failureOf(subject.owners())];
  expect(one).toBeInstanceOf(Error);
  expect((one as Error).constructor).toBe((other as Error).constructor);
});

trap('request-never-throws', async () => {
  const { open } = await serve(answers(401, refusal('unauthorised')));
  expect(await failureOf(open().account())).toBeInstanceOf(Error);
});

trap('partial-success', async () => {
  const missing = { status: 'error', category: 'OBJECT_NOT_FOUND', message: '…', context: { ids: ['2', '3'] } };
  const { open } = await serve(
    answers(207, batch([row('1', AT)], [missing])),
    answers(200, batch([])),
    answers(200, batch([])),
    answers(404, refusal('not-found')),
  );
  await expect(open().update({ '1': 'a', '2': 'b', '3': 'c' })).resolves.toEqual({
    '1': 'written',
    '2': 'vanished',
    '3': 'vanished',
  });
});

trap('errors-dropped', async () => {
  const bad = { status: 'error', category: 'VALIDATION_ERROR', message: '…', context: { ids: ['2'] } };
  const { open } = await serve(answers(200, batch([row('1', AT)], [bad])));
  await expect(open().update({ '1': 'a', '2': 'b' })).resolves.toEqual({ '1': 'written', '2': 'refused' });
});

trap('silent-gap', async () => {
  const { open } = await serve(
    answers(200, batch([row('1', AT)])),
    answers(200, batch([])),
    answers(200, batch([])),
    answers(200, row('40', AT)),
  );
  await expect(open().update({ '1': 'a', '2': 'b' })).resolves.toEqual({ '1': 'written', '2': 'vanished' });
});

const choosy: Behaviour = (response, body) => {
  const { inputs } = JSON.parse(body) as { inputs: { id: string }[] };
  const isBad = inputs.some(({ id }) => id === '2');
  answers(isBad ? 400 : 200, isBad ? refusal('invalid-option') : batch(inputs.map(({ id }) => row(id, AT))))(
    response,
    body,
  );
};

trap('batch-sunk', async () => {
  const { open } = await serve(choosy);
  await expect(open().update({ '1': 'a', '2': 'b', '3': 'c' })).resolves.toEqual({
    '1': 'written',
    '2': 'refused',
    '3': 'written',
  });
});

trap('warnings-dropped', async () => {
  const warning = { category: 'PROPERTY_VALUE_NORMALIZED', context: { propertyName: ['founded'] } };
  const { open } = await serve(answers(200, batch([{ ...row('1', AT), warnings: [warning] }])));
  const subject = open();
  await subject.update({ '1': 'a' });
  expect(JSON.stringify(subject.told)).toContain('PROPERTY_VALUE_NORMALIZED');
});

trap('invalid-date', async () => {
  const { open } = await serve(answers(200, batch([{ ...row('1', AT), createdAt: 'the day before yesterday' }])));
  const [contact] = await open().read('1');
  expect(contact?.createdAt).not.toBeNaN();
});

trap('numeric-ids', async () => {
  const { open } = await serve(answers(200, batch([{ ...row('1', AT), id: 1 }])));
  const [contact] = await open().read('1');
  expect(contact?.id).toBe('1');
});

/** Contacts that are asked for come as they are; their associations are the script's. */
async function serveContacts(...script: Behaviour[]) {
  const { server, open } = await serve(...script);
  server.always('/objects/contacts/batch/read', (response, body) => {
    const { inputs } = JSON.parse(body) as { inputs: { id: string }[] };
    answers(200, batch(inputs.map(({ id }) => row(id, AT))))(response, body);
  });
  return { server, open };
}

trap('association-ids', async () => {
  const { open } = await serveContacts(answers(200, batch([{ from: { id: '1' }, to: [linked(900, 1, 279)] }])));
  expect(await open().companiesOf('1')).toEqual({ '1': ['900'] });
});

trap('no-associations', async () => {
  const company = { ...linked(900, 279), toObjectId: '900' };
  const { open } = await serveContacts(answers(207, batch([{ from: { id: '1' }, to: [company] }], [none('2')])));
  expect(await open().companiesOf('1', '2')).toEqual({ '1': ['900'], '2': [] });
});

trap('associations-thousand', async () => {
  const { server, open } = await serveContacts(answers(200, batch([])));
  await open().companiesOf(...Array.from({ length: 1_001 }, (_, i) => String(i + 1)));
  const asked = server.requests.map(({ body }) => (JSON.parse(body) as { inputs: unknown[] }).inputs.length);
  expect(asked).toEqual([1_000, 1]);
});

trap('old-paths-only', async () => {
  const { server, open } = await serve(found);
  await open({ family: '2026-09' }).read('1');
  expect(server.requests[0]?.url).toMatch(/^\/crm\/objects\/2026-09\/contacts\/batch\/read/);
});

trap('slash-doubled', async () => {
  const { server } = await serve(found);
  const baseUrl = `http://127.0.0.1:${server.port}/`;
  await openSubject({ baseUrl }).read('1');
  expect(server.requests[0]?.url).toMatch(/^\/crm\/v3\//);
});

const page = (id: string, after?: string) =>
  answers(200, { results: [row(id, AT)], ...(after === undefined ? {} : { paging: { next: { after } } }) });

trap('all-in-memory', async () => {
  const { server, open } = await serve(page('1', '1'), page('2', '2'), page('3'));
  await expect(open().firstRows()).resolves.toBe(1);
  expect(server.requests).toHaveLength(1);
});
