import { beforeEach, expect, test } from 'vitest';
import { type Bench, startBench, V68 } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

const part = (referenceId: string, method: string, path: string, body?: unknown): Record<string, unknown> => ({
  referenceId,
  method,
  url: `${V68}${path}`,
  ...(body === undefined ? {} : { body }),
});
const person = { LastName: '山田', Company: '見本' };

test('later parts name the answers of earlier ones, and all of it is one call', async () => {
  const compositeRequest = [
    part('lead', 'POST', '/sobjects/Lead', person),
    part('task', 'POST', '/sobjects/Task', { WhoId: '@{lead.id}', Subject: '電話' }),
    part('read', 'GET', "/query?q=SELECT+Id,Subject+FROM+Task+WHERE+WhoId='@{lead.id}'"),
    part('same', 'GET', '/sobjects/Task/@{read.records[0].Id}?fields=Subject'),
  ];
  const { status, body, headers } = await bench.api('POST', '/composite', { compositeRequest });
  expect(status).toBe(200);
  expect(headers['sforce-limit-info']).toBe('api-usage=1/100000');
  const id = expect.stringMatching(/^00Q/) as string;
  expect(body).toMatchObject({
    compositeResponse: [
      {
        body: { id, success: true },
        httpHeaders: { Location: expect.stringContaining('/sobjects/Lead/00Q') },
        httpStatusCode: 201,
        referenceId: 'lead',
      },
      { httpStatusCode: 201, referenceId: 'task' },
      { body: { totalSize: 1 }, httpHeaders: {}, httpStatusCode: 200, referenceId: 'read' },
      { body: { Subject: '電話' }, httpStatusCode: 200, referenceId: 'same' },
    ],
  });
});

test('a failed part leaves the others standing, except those that refer to it', async () => {
  const compositeRequest = [
    part('bad', 'POST', '/sobjects/Lead', { LastName: '山田' }),
    part('task', 'POST', '/sobjects/Task', { WhoId: '@{bad.id}' }),
    part('good', 'POST', '/sobjects/Lead', person),
  ];
  const { body } = await bench.api('POST', '/composite', { compositeRequest });
  expect(body).toMatchObject({
    compositeResponse: [
      { body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }], httpStatusCode: 400 },
      { body: [{ errorCode: 'PROCESSING_HALTED' }], httpStatusCode: 400 },
      { httpStatusCode: 201 },
    ],
  });
});

test('all or none takes everything back and halts the rest', async () => {
  const compositeRequest = [
    part('good', 'POST', '/sobjects/Lead', person),
    part('bad', 'POST', '/sobjects/Lead', { LastName: '山田' }),
  ];
  const { body } = await bench.api('POST', '/composite', { allOrNone: true, compositeRequest });
  expect(body).toMatchObject({
    compositeResponse: [
      { body: [{ errorCode: 'PROCESSING_HALTED' }], httpStatusCode: 400, referenceId: 'good' },
      { body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }], httpStatusCode: 400, referenceId: 'bad' },
    ],
  });
  expect(bench.org.records('Lead')).toHaveLength(0);
});

async function ask(count: number, path: string): Promise<number> {
  const compositeRequest = Array.from({ length: count }, (_, index) => part(`r${index}`, 'GET', path));
  return (await bench.api('POST', '/composite', { compositeRequest })).status;
}

test('25 parts are the limit, and 5 queries or collections among them', async () => {
  expect(await ask(25, '/limits')).toBe(200);
  expect(await ask(26, '/limits')).toBe(400);
  expect(await ask(5, '/query?q=SELECT+Id+FROM+Lead')).toBe(200);
  expect(await ask(6, '/query?q=SELECT+Id+FROM+Lead')).toBe(400);
});

test('a long query finds room in a part', async () => {
  const ids = Array.from({ length: 800 }, (_, index) => `'00Q5g000000${String(1000 + index)}'`).join(',');
  const url = `${V68}/query?q=${encodeURIComponent(`SELECT Id FROM Lead WHERE Id IN (${ids})`)}`;
  const { body } = await bench.api('POST', '/composite', {
    compositeRequest: [{ referenceId: 'q', method: 'GET', url }],
  });
  expect(body).toMatchObject({ compositeResponse: [{ httpStatusCode: 200, body: { totalSize: 0 } }] });
});

test('five queryAll parts with their own page sizes go on where each of them stopped', async () => {
  const at = { at: bench.kernel.clock.now() };
  const objects = ['Lead', 'Contact', 'Account', 'Task', 'Campaign'];
  for (let index = 0; index < 201; index++) {
    bench.lead();
    bench.org.seed('Contact', { LastName: '佐藤' }, at);
    bench.org.seed('Account', { Name: '見本' }, at);
    bench.org.seed('Task', { Subject: '電話' }, at);
    bench.org.seed('Campaign', { Name: '展示会' }, at);
  }
  bench.org.remove('Contact', String(bench.org.records('Contact')[200]?.['Id']));
  const ask = (urls: readonly string[]) => {
    const httpHeaders = { 'Sforce-Query-Options': 'batchSize=200' };
    const compositeRequest = urls.map((url, index) => ({ method: 'GET', referenceId: `r${index}`, url, httpHeaders }));
    return bench.api('POST', '/composite', { compositeRequest });
  };
  type Pages = { compositeResponse: { body: { done: boolean; nextRecordsUrl: string; records: object[] } }[] };
  const soql = (object: string) => `${V68}/queryAll?q=SELECT+IsDeleted+FROM+${object}+ORDER+BY+Id`;
  const first = (await ask(objects.map(soql))).body as Pages;
  expect(first.compositeResponse.map(({ body }) => [body.records.length, body.done])).toEqual(
    objects.map(() => [200, false]),
  );
  const next = await ask(first.compositeResponse.map(({ body }) => body.nextRecordsUrl));
  const last = next.body as Pages;
  expect(last.compositeResponse.map(({ body }) => [body.records.length, body.done])).toEqual(
    objects.map(() => [1, true]),
  );
  expect(last.compositeResponse[1]).toMatchObject({ body: { records: [{ IsDeleted: true }] } });
  expect(next.headers['sforce-limit-info']).toBe('api-usage=2/100000');
});
