import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { data, fixture, refusal, wire } from './org.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const DESCRIBE = data('/sobjects/Contact/describe');
const contact = () => ({ ...fixture('describe-lead'), name: 'Contact' });

test('a read that met a passing trouble is tried again, after a little while', async () => {
  const { crm, org, pace } = wire();
  org.get(DESCRIBE).reply(503, 'busy');
  org.get(DESCRIBE).reply(200, contact());
  await crm.describe('Contact');
  expect(pace.slept).toHaveLength(1);
  expect(pace.slept[0]).toBeGreaterThanOrEqual(250);
});

test('the waiting time that Salesforce names is the one that is waited', async () => {
  const { crm, org, pace } = wire();
  org.get(DESCRIBE).reply(503, 'busy', { 'Retry-After': '7' });
  org.get(DESCRIBE).reply(200, contact());
  await crm.describe('Contact');
  expect(pace.slept).toEqual([7_000]);
});

test('a long wait is left to the queue', async () => {
  const { crm, org, pace } = wire();
  org.get(DESCRIBE).reply(503, 'busy', { 'Retry-After': '600' });
  await expect(crm.describe('Contact')).rejects.toMatchObject({ code: 'SYNC_RATE_LIMITED', waitMs: 600_000 });
  expect(pace.slept).toEqual([]);
});

test('trouble that does not pass ends after three tries', async () => {
  const { crm, org } = wire();
  org.get(DESCRIBE).times(3).reply(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html; charset=UTF-8' });
  const failure: unknown = await crm.describe('Contact').catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'SYNC_REMOTE_UNAVAILABLE' });
  expect((failure as Error).message).not.toContain('<html>');
  expect(crm.calls()['describe']).toBe(3);
});

test.each([
  ['half a document', '{"fields":[', 'application/json;charset=UTF-8'],
  ['a page for people', '<html>maintenance</html>', 'text/html'],
  ['nothing', '', 'application/json'],
])('a success that holds %s is no answer', async (_, body, type) => {
  const { crm, org } = wire();
  org.get(DESCRIBE).times(3).reply(200, body, { 'content-type': type });
  await expect(crm.describe('Contact')).rejects.toMatchObject({ code: 'SYNC_REMOTE_UNAVAILABLE' });
});

test('JSON without a content type is read as JSON', async () => {
  const { crm, org } = wire();
  org.get(DESCRIBE).reply(200, JSON.stringify(contact()), { 'content-type': 'text/plain' });
  expect((await crm.describe('Contact'))?.fields).not.toEqual([]);
});

test.each([
  ['the day is spent', 'TotalRequests Limit exceeded.', 15 * 60_000],
  ['too many long calls run', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.', 60_000],
])('when %s, the job is told how long to stay away', async (_, message, waitMs) => {
  const { crm, org } = wire();
  org.get(DESCRIBE).reply(403, refusal('REQUEST_LIMIT_EXCEEDED', message));
  await expect(crm.describe('Contact')).rejects.toMatchObject({ code: 'SYNC_RATE_LIMITED', waitMs });
});

test('a query that Salesforce gave up is tried again', async () => {
  const { crm, org } = wire();
  org.get(DESCRIBE).reply(400, refusal('QUERY_TIMEOUT', 'Your query request was running for too long.'));
  org.get(DESCRIBE).reply(200, contact());
  expect((await crm.describe('Contact'))?.fields).not.toEqual([]);
});

test('an org without API access asks for a person', async () => {
  const { crm, org } = wire();
  org.get(DESCRIBE).reply(403, refusal('API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner'));
  await expect(crm.describe('Contact')).rejects.toMatchObject({ code: 'SYNC_CREDENTIALS_REJECTED' });
});

test('calls are booked by what they are for, with what the answer says of the org’s day', async () => {
  const { crm, org } = wire();
  org.get(DESCRIBE).reply(200, contact(), { 'Sforce-Limit-Info': 'api-usage=18/5000' });
  await crm.under('look-up', () => crm.describe('Contact'));
  expect(crm.takeBill()).toEqual({
    calls: [
      { purpose: 'look-up', kind: 'token', calls: 1 },
      { purpose: 'look-up', kind: 'describe', calls: 1 },
    ],
    told: { limit: 5_000, used: 18 },
  });
  const noon = Date.parse('2026-11-02T12:00:00+09:00');
  expect(crm.callDay(noon)).toEqual({ from: noon - 24 * 60 * 60_000, until: null });
});

test('beyond our share of the day nothing more is sent, until a quarter of an hour later one call looks again', async () => {
  const { crm, org, pace } = wire({ dailyShare: 0.5 });
  org.get(DESCRIBE).reply(200, contact(), { 'Sforce-Limit-Info': 'api-usage=2500/5000 per-app-api-usage=1/2' });
  await crm.describe('Contact');
  await expect(crm.describe('Contact')).rejects.toMatchObject({ code: 'SYNC_RATE_LIMITED', waitMs: 15 * 60_000 });
  expect(crm.calls()['describe']).toBe(1);

  await pace.sleep(15 * 60_000);
  org.get(DESCRIBE).times(2).reply(200, contact(), { 'Sforce-Limit-Info': 'api-usage=2400/5000' });
  await crm.describe('Contact');
  await crm.describe('Contact');
});

test('no more calls are under way at once than was agreed', async () => {
  const { crm, org } = wire({ concurrency: 2 });
  let running = 0;
  let most = 0;
  org
    .get(DESCRIBE)
    .times(6)
    .reply(200, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return contact();
    });
  await Promise.all(Array.from({ length: 6 }, () => crm.describe('Contact')));
  expect(most).toBe(2);
});
