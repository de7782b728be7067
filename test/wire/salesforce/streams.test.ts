import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ObjectName } from '../../../src/domain/people/record.ts';
import type { Crm, Stream, StreamPage } from '../../../src/ports/crm.ts';
import { composites, data, describes, objectIn, refusal, rowsPage, soqlIn, wire } from './org.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const NOW = Date.UTC(2026, 10, 21, 9);
const MINUTE = 60_000;
const FIVE: readonly ObjectName[] = ['Account', 'Contact', 'Lead', 'Opportunity', 'Task'];
const STAMP = '2026-11-20T01:02:03.000+0000';

const streams = (objects: readonly ObjectName[]): Stream[] =>
  objects.map((object) => ({ object, fields: [], cursor: undefined }));
const row = (object: string, nth: number) => ({
  Id: `0015g00000${object.slice(0, 2)}${String(nth).padStart(3, '0')}`,
  CreatedDate: STAMP,
  SystemModstamp: STAMP,
  IsDeleted: false,
});

/** Reads to the end, or to the error that ends it. */
async function pull(crm: Crm, asked: readonly Stream[]): Promise<{ pages: StreamPage[]; error: unknown }> {
  const pages: StreamPage[] = [];
  try {
    for await (const page of crm.changesSince(asked, NOW)) pages.push(page);
    return { pages, error: null };
  } catch (error) {
    return { pages, error };
  }
}
const ended = (pages: readonly StreamPage[]) =>
  pages.filter(({ covers }) => covers !== undefined).map(({ object }) => object);

test('five objects are asked for in one call, each by a query over deleted rows with the widest page', async () => {
  const { crm, org } = wire();
  for (const object of FIVE) describes(org, object);
  const calls = composites(org, 1, (soql) => rowsPage([row(objectIn(soql), 1)]));
  const { pages } = await pull(crm, streams(FIVE));
  expect(pages.map(({ object, sightings, covers }) => [object, sightings.length, covers])).toEqual(
    FIVE.map((object) => [object, 1, NOW - 10 * MINUTE]),
  );
  expect(calls[0]?.[0]).toEqual({
    method: 'GET',
    url: data(
      `/queryAll?q=${encodeURIComponent('SELECT Id, CreatedDate, SystemModstamp, IsDeleted FROM Account ORDER BY SystemModstamp, Id LIMIT 2000')}`,
    ),
    referenceId: 'query0',
    httpHeaders: { 'Sforce-Query-Options': 'batchSize=2000' },
  });
  expect(new Set(calls[0]?.map(({ referenceId }) => referenceId)).size).toBe(5);
  expect(crm.calls()['composite-query']).toBe(1);
});

test.each([
  [5, 1],
  [6, 2],
  [11, 3],
])('an idle pull of %i streams costs %i calls and nothing else', async (count, calls) => {
  const { crm, org } = wire();
  const objects: readonly ObjectName[] = [
    ...FIVE,
    'OpportunityContactRole',
    'Event',
    'EmailMessage',
    'CampaignMember',
    'LeadHistory',
    'OpportunityFieldHistory',
  ];
  const asked = streams(objects.slice(0, count));
  for (const { object } of asked) describes(org, object);
  composites(org, 2 * calls, () => rowsPage([]));
  await pull(crm, asked);
  const before = crm.calls();
  await pull(crm, asked);
  const spent = Object.entries(crm.calls()).map(([kind, sum]) => [kind, sum - (before[kind] ?? 0)]);
  expect(Object.fromEntries(spent)).toEqual({ token: 0, describe: 0, 'composite-query': calls });
});

test('what goes on behind its page is asked again before what has not begun', async () => {
  const { crm, org } = wire({ pageSize: 2 });
  const six: readonly ObjectName[] = [...FIVE, 'Event'];
  for (const object of six) describes(org, object);
  let leads = 0;
  const calls = composites(org, 3, (soql) => {
    const object = objectIn(soql);
    if (object !== 'Lead') return rowsPage([row(object, 1)]);
    leads += 1;
    return rowsPage(leads < 3 ? [row(object, 2 * leads), row(object, 2 * leads + 1)] : []);
  });
  const { pages } = await pull(crm, streams(six));
  expect(calls.map((parts) => parts.map((part) => objectIn(soqlIn(part))))).toEqual([
    [...FIVE],
    ['Lead', 'Event'],
    ['Lead'],
  ]);
  expect(pages.filter(({ object }) => object === 'Lead').map(({ covers }) => covers !== undefined)).toEqual([
    false,
    false,
    true,
  ]);
});

test('mails are handed on before the Tasks that were asked before them: only the mail tells what its Task is', async () => {
  const { crm, org } = wire();
  const objects: readonly ObjectName[] = ['Lead', 'Task', 'EmailMessage'];
  for (const object of objects) describes(org, object);
  const calls = composites(org, 1, (soql) => rowsPage([row(objectIn(soql), 1)]));
  const { pages } = await pull(crm, streams(objects));
  expect(calls[0]?.map((part) => objectIn(soqlIn(part)))).toEqual(['Lead', 'Task', 'EmailMessage']);
  expect(pages.map(({ object }) => object)).toEqual(['EmailMessage', 'Lead', 'Task']);
});

test('a field hidden from one object costs that object another look, and the others nothing', async () => {
  const { crm, org } = wire();
  for (const object of FIVE) describes(org, object, ['Title']);
  describes(org, 'Lead');
  const calls = composites(org, 2, (soql) =>
    objectIn(soql) === 'Lead' && soql.includes('Title')
      ? { status: 400, body: refusal('INVALID_FIELD', "No such column 'Title' on entity 'Lead'.") }
      : rowsPage([row(objectIn(soql), 1)]),
  );
  const { pages, error } = await pull(
    crm,
    FIVE.map((object) => ({ object, fields: ['Title'], cursor: undefined })),
  );
  expect(error).toBeNull();
  expect(ended(pages)).toEqual(['Account', 'Contact', 'Opportunity', 'Task', 'Lead']);
  expect(calls.map((parts) => parts.length)).toEqual([5, 1]);
});

test('an object that was hidden since we looked ends without a last page, and stops nobody', async () => {
  const { crm, org } = wire();
  describes(org, 'Lead');
  describes(org, 'CampaignMember');
  const gone = refusal('INVALID_TYPE', "sObject type 'CampaignMember' is not supported.");
  org.get(data('/sobjects/CampaignMember/describe')).reply(404, refusal('NOT_FOUND', 'The requested resource …'));
  composites(org, 1, (soql) =>
    objectIn(soql) === 'CampaignMember' ? { status: 400, body: gone } : rowsPage([row('Lead', 1)]),
  );
  const { pages, error } = await pull(crm, streams(['CampaignMember', 'Lead']));
  expect(error).toBeNull();
  expect(pages.map(({ object }) => object)).toEqual(['Lead']);
});

test('a query that was too slow is asked again for fewer rows; after three times it ends the pull behind the others', async () => {
  const { crm, org } = wire({ pageSize: 1_600 });
  for (const object of FIVE) describes(org, object);
  const slow = refusal('QUERY_TIMEOUT', 'Your query request was running for too long.');
  const calls = composites(org, 3, (soql) =>
    objectIn(soql) === 'Account' ? { status: 400, body: slow } : rowsPage([row(objectIn(soql), 1)]),
  );
  const { pages, error } = await pull(crm, streams(FIVE));
  expect(ended(pages)).toEqual(['Contact', 'Lead', 'Opportunity', 'Task']);
  expect(error).toMatchObject({ code: 'SYNC_REMOTE_UNAVAILABLE' });
  expect(calls.map(([first]) => / LIMIT (\d+)$/.exec(soqlIn(first))?.[1])).toEqual(['1600', '400', '100']);
});

test('a page that came at the second try goes on from where it ended, and counts as a new beginning', async () => {
  const { crm, org } = wire({ pageSize: 8 });
  describes(org, 'Lead');
  const busy = { status: 503, body: 'busy' };
  const answers = [busy, rowsPage([row('Lead', 1), row('Lead', 2)]), busy, busy, rowsPage([])];
  const calls = composites(org, answers.length, () => answers.shift() ?? busy);
  const { pages, error } = await pull(crm, streams(['Lead']));
  expect(error).toBeNull();
  expect(pages.map(({ sightings }) => sightings.length)).toEqual([2, 0]);
  expect(calls.map(([part]) => soqlIn(part).includes('Id >'))).toEqual([false, false, true, true, true]);
});

test('an object that refuses for good is told of when the others are through', async () => {
  const { crm, org } = wire();
  for (const object of FIVE) describes(org, object);
  const refused = refusal('INSUFFICIENT_ACCESS', 'no access to Opportunity');
  composites(org, 1, (soql) =>
    objectIn(soql) === 'Opportunity' ? { status: 403, body: refused } : rowsPage([row(objectIn(soql), 1)]),
  );
  const { pages, error } = await pull(crm, streams(FIVE));
  expect(ended(pages)).toEqual(['Account', 'Contact', 'Lead', 'Task']);
  expect(error).toMatchObject({
    code: 'SYNC_CREDENTIALS_REJECTED',
    message: expect.stringContaining('no access to Opportunity'),
  });
});

test('a field that is refused although it can be seen is asked for twice, not for ever', async () => {
  const { crm, org } = wire();
  describes(org, 'Lead', ['Title']);
  describes(org, 'Lead', ['Title']);
  const refused = refusal('INVALID_FIELD', "No such column 'Title' on entity 'Lead'.");
  composites(org, 2, () => ({ status: 400, body: refused }));
  const { pages, error } = await pull(crm, [{ object: 'Lead', fields: ['Title'], cursor: undefined }]);
  expect(pages).toEqual([]);
  expect(error).toMatchObject({ code: 'SYNC_CREDENTIALS_REJECTED', message: expect.stringContaining('Title') });
});

test('a spent day that only one part tells of ends the pull behind the pages that came', async () => {
  const { crm, org } = wire();
  for (const object of FIVE) describes(org, object);
  const spent = refusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  composites(org, 1, (soql) =>
    objectIn(soql) === 'Account' ? { status: 403, body: spent } : rowsPage([row(objectIn(soql), 1)]),
  );
  const { pages, error } = await pull(crm, streams([...FIVE, 'Event']));
  expect(ended(pages)).toEqual(['Contact', 'Lead', 'Opportunity', 'Task']);
  expect(error).toMatchObject({ code: 'SYNC_RATE_LIMITED' });
});

test('queries that are too slow together are asked one by one, without waiting for the five again', async () => {
  const { crm, org } = wire({ timeouts: { headersMs: 40, totalMs: 40 } });
  describes(org, 'Lead');
  describes(org, 'Task');
  org.post(data('/composite')).reply(200, () => new Promise<never>(() => {}));
  const calls = composites(org, 2, (soql) => rowsPage([row(objectIn(soql), 1)]));
  const { pages, error } = await pull(crm, streams(['Lead', 'Task']));
  expect(error).toBeNull();
  expect(ended(pages)).toEqual(['Lead', 'Task']);
  expect(calls.map((parts) => parts.length)).toEqual([1, 1]);
  expect(crm.calls()['composite-query']).toBe(3);
});

test('a part that is missing from the answer is asked for again', async () => {
  const { crm, org } = wire();
  describes(org, 'Lead');
  org.post(data('/composite')).reply(200, { compositeResponse: [] });
  composites(org, 1, () => rowsPage([row('Lead', 1)]));
  const { pages, error } = await pull(crm, streams(['Lead']));
  expect(error).toBeNull();
  expect(ended(pages)).toEqual(['Lead']);
});

test('a system that is away stops the pull at once', async () => {
  const { crm, org } = wire();
  for (const object of FIVE) describes(org, object);
  org.post(data('/composite')).times(3).reply(503, 'busy');
  const { pages, error } = await pull(crm, streams([...FIVE, 'Event']));
  expect(pages).toEqual([]);
  expect(error).toMatchObject({ code: 'SYNC_REMOTE_UNAVAILABLE' });
});
