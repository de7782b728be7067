import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { observerOf } from '../../../src/connectors/hubspot/observers.ts';
import { answerBatches, BASE, batch, FAMILIES, NOW, open, pathsOf, row, sent, UNDATED } from './wire.ts';

const URL_FIELD = 'hs_analytics_last_url';
type Past = {
  readonly value: string;
  readonly timestamp: string;
  readonly sourceType: string;
  readonly sourceId?: string;
};

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe.each(FAMILIES)('what HubSpot records once held, on the %s paths', (family) => {
  const { contacts } = pathsOf(family);
  const live = `${contacts}/batch/read?archived=false`;
  const withHistory = (id: string, field: string, versions: readonly Past[]) => ({
    ...row(id, NOW),
    propertiesWithHistory: { [field]: versions },
  });
  const calculated = (value: string, timestamp: string): Past => ({ value, timestamp, sourceType: 'CALCULATED' });

  it('is told newest first, typed, each version with a source of its own that stays the same', async () => {
    const [early, late] = ['2026-11-20T00:00:00Z', '2026-11-21T00:00:00.500Z'];
    const versions = [calculated('/c', late), calculated('/b', early), calculated('/a', early)];
    answerBatches(live, () => ({ status: 200, body: batch([withHistory('1', URL_FIELD, versions)]) }));
    const { crm } = open(family);
    const entries = await crm.history('contacts', ['1'], [URL_FIELD]);
    const [at, before] = [Date.parse(late), Date.parse(early)];
    expect(entries).toEqual([
      expect.objectContaining({ value: '/c', at, by: 'automation', source: `contacts/1/${URL_FIELD}@${at}` }),
      expect.objectContaining({ value: '/b', at: before, source: `contacts/1/${URL_FIELD}@${before}#2` }),
      expect.objectContaining({ value: '/a', at: before, source: `contacts/1/${URL_FIELD}@${before}` }),
    ]);
    expect(entries[0]?.record).toEqual({ system: 'hubspot', object: 'contacts', id: '1' });
    expect(crm.calls()).toEqual({ properties: 1, history: 1 });
  });

  it('is read fifty records to a call, and is empty for those that are gone', async () => {
    const calls = answerBatches(live, (inputs) => ({
      status: 207,
      body: batch(
        inputs
          .filter(({ id }) => id !== '7')
          .map(({ id }) => withHistory(id, 'employees', [calculated('3', '2026-11-20T00:00:00Z')])),
        [{ status: 'error', category: 'OBJECT_NOT_FOUND', message: '…', context: { ids: ['7'] } }],
      ),
    }));
    const ids = Array.from({ length: 101 }, (_, index) => String(index + 1));
    const entries = await open(family).crm.history('contacts', ids, ['employees']);
    expect(calls.map(({ length }) => length)).toEqual([50, 50, 1]);
    expect(entries).toHaveLength(100);
    expect(entries[0]?.value).toBe(3);
  });

  it('tells our own hand by the app that our token belongs to, which is asked for once and only then', async () => {
    const at = '2026-11-20T00:00:00Z';
    const versions = [
      { value: 'a', timestamp: at, sourceType: 'INTEGRATION', sourceId: '777' },
      { value: 'b', timestamp: '2026-11-19T00:00:00Z', sourceType: 'INTEGRATION', sourceId: '778' },
      { value: 'c', timestamp: '2026-11-18T00:00:00Z', sourceType: 'CRM_UI', sourceId: 'userId:3' },
    ];
    answerBatches(live, () => ({ status: 200, body: batch([withHistory('1', 'firstname', versions)]) }));
    nock(BASE)
      .post(UNDATED.tokenInfo, (body) => sent(body)['tokenKey'] === 'pat-test')
      .reply(200, { userId: 1, hubId: 2, appId: 777, scopes: [] });
    const { crm } = open(family);
    const once = await crm.history('contacts', ['1'], ['firstname']);
    await crm.history('contacts', ['1'], ['firstname']);
    expect(once.map(({ by }) => by)).toEqual(['us', 'automation', 'person']);
    expect(crm.calls()).toEqual({ properties: 1, history: 2, 'token-info': 1 });
  });

  it('takes us for a program like others where HubSpot does not tell our app', async () => {
    const versions = [{ value: 'a', timestamp: '2026-11-20T00:00:00Z', sourceType: 'INTEGRATION', sourceId: '777' }];
    answerBatches(live, () => ({ status: 200, body: batch([withHistory('1', 'firstname', versions)]) }));
    nock(BASE).post(UNDATED.tokenInfo).reply(404, { status: 'error', message: 'unknown' });
    await expect(open(family).crm.history('contacts', ['1'], ['firstname'])).resolves.toMatchObject([
      { by: 'automation' },
    ]);
  });
});

describe('who set a value', () => {
  it.each([
    ['CRM_UI', 'person'],
    ['CONTACTS_WEB', 'person'],
    ['MOBILE_IOS', 'person'],
    ['IMPORT', 'person'],
    ['FORM', 'person'],
    ['MERGE_CONTACTS', 'person'],
    ['DEALS', 'deal'],
    ['COMPANIES', 'company'],
    ['CALCULATED', 'automation'],
    ['WORKFLOWS', 'automation'],
    ['AUTOMATION_PLATFORM', 'automation'],
    ['SALESFORCE', 'automation'],
    ['DATA_ENRICHMENT', 'automation'],
    ['SOMETHING_NEW', 'automation'],
    ['API', 'automation'],
  ] as const)('by %s is %s', (sourceType, by) => {
    expect(observerOf({ sourceType, sourceId: 'x' }, 'app')).toBe(by);
  });
});
