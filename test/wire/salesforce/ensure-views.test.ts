import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewView } from '../../../src/ports/crm.ts';
import { data, refusal, wire } from './org.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const DUE: NewView = {
  object: 'Lead',
  name: 'Tasuki_Due',
  label: 'Tasuki: 期限が近いリード',
  columns: ['Name', 'Tasuki_Next_Due__c'],
  filled: 'Tasuki_Next_Due__c',
};
const ABOVE: NewView = { ...DUE, name: 'Tasuki_Escalated', label: 'Tasuki: エスカレーション' };
const there = (names: readonly string[]) => ({
  totalSize: names.length,
  done: true,
  records: names.map((DeveloperName) => ({ DeveloperName })),
});

test('a public list view that is missing is made by the UI API; one that is there stays as people have changed it', async () => {
  const { crm, org } = wire();
  const bodies: unknown[] = [];
  org
    .get(data('/query'))
    .query(({ q }) => /FROM ListView WHERE SobjectType = 'Lead'/.test(String(q)))
    .reply(200, there(['AllOpenLeads', 'Tasuki_Escalated']));
  org.post(data('/ui-api/list-info/Lead'), (body: unknown) => bodies.push(body) > 0).reply(201, {});
  expect(await crm.ensureViews?.([DUE, ABOVE])).toEqual({ made: [DUE], refused: [] });
  expect(bodies).toEqual([
    {
      listViewApiName: 'Tasuki_Due',
      label: 'Tasuki: 期限が近いリード',
      displayColumns: ['Name', 'Tasuki_Next_Due__c'],
      filteredByInfo: [{ fieldApiName: 'Tasuki_Next_Due__c', operator: 'NotEqual', operandLabels: [''] }],
      scope: { apiName: 'everything' },
      visibility: 'Public',
    },
  ]);
});

test('a view that our user may not make is named with the reason, and the next one is tried all the same', async () => {
  const { crm, org } = wire();
  org.get(data('/query')).query(true).reply(200, there([]));
  org
    .post(data('/ui-api/list-info/Lead'))
    .reply(403, refusal('INSUFFICIENT_ACCESS', 'insufficient access rights on object'));
  org.post(data('/ui-api/list-info/Lead')).reply(400, refusal('DUPLICATE_DEVELOPER_NAME', 'there already'));
  expect(await crm.ensureViews?.([DUE, ABOVE])).toEqual({
    made: [ABOVE],
    refused: [{ ...DUE, because: 'INSUFFICIENT_ACCESS' }],
  });
});
