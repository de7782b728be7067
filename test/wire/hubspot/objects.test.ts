import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CredentialsRejected } from '../../../src/errors/errors.ts';
import { BASE, describeObject, FAMILIES, open, pathsOf, refusal } from './wire.ts';

const property = (name: string, more: object = {}) => ({
  name,
  label: name,
  type: 'enumeration',
  fieldType: 'select',
  options: [],
  groupName: 'dealinformation',
  description: '',
  ...more,
});
const stage = (id: string, label: string, displayOrder: number, isClosed: string) => ({
  id,
  label,
  displayOrder,
  metadata: { isClosed, probability: '0.2' },
  createdAt: '1970-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  archived: false,
});
const pipeline = (id: string, label: string, stages: readonly object[], archived = false) => ({
  id,
  label,
  displayOrder: 0,
  stages,
  createdAt: '1970-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  archived,
});

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe.each(FAMILIES)('HubSpot objects, described on the %s paths', (family) => {
  const { object, pipelines, propertiesOf } = pathsOf(family);
  const visible = (name: string) => nock(BASE).get(object(name)).query({ limit: 1 }).reply(200, { results: [] });

  it('have pipelines and their stages as options, a stage with its pipeline and whether it is closed', async () => {
    const frozen = { modificationMetadata: { archivable: false, readOnlyDefinition: true, readOnlyValue: true } };
    describeObject(family, 'deals', [
      property('pipeline', { externalOptions: true }),
      property('dealstage', { externalOptions: true }),
      property('hs_is_closed', { type: 'bool', fieldType: 'booleancheckbox', calculated: true, ...frozen }),
      property('amount', { type: 'number', fieldType: 'number' }),
    ]);
    visible('deals');
    nock(BASE)
      .get(pipelines)
      .reply(200, {
        results: [
          pipeline('default', '新規', [stage('won', '受注', 2, 'true'), stage('a', '商談', 1, 'false')]),
          pipeline('77', '更新', [stage('9', '商談', 0, 'false')], true),
        ],
      } as nock.ReplyBody);
    const { crm } = open(family);
    const fields = new Map((await crm.describe('deals'))?.fields.map((field) => [field.name, field]));
    expect(fields.get('pipeline')).toMatchObject({
      type: 'picklist',
      restricted: true,
      options: [
        { value: 'default', label: '新規', active: true },
        { value: '77', label: '更新', active: false },
      ],
    });
    expect(fields.get('dealstage')?.options).toEqual([
      { value: 'a', label: '商談', active: true, closed: false, of: 'default' },
      { value: 'won', label: '受注', active: true, closed: true, of: 'default' },
      { value: '9', label: '商談', active: false, closed: false, of: '77' },
    ]);
    expect([...fields.values()].filter(({ calculated }) => calculated).map(({ name }) => name)).toEqual([
      'hs_is_closed',
    ]);
    expect(fields.get('amount')?.writable).toBe(true);
    expect(crm.calls()).toEqual({ properties: 1, probe: 1, pipelines: 1 });
  });

  it('are deals with the stages that their property lists, where pipelines are not shown', async () => {
    const options = [{ value: 'a', label: '商談', hidden: false, displayOrder: 0 }];
    describeObject(family, 'deals', [property('dealstage', { options })]);
    visible('deals');
    nock(BASE).get(pipelines).reply(403, refusal('missing-scope'));
    const described = await open(family).crm.describe('deals');
    expect(described?.fields[0]?.options).toEqual([{ value: 'a', label: '商談', active: true }]);
  });

  it('are null where the token may see neither properties nor records, whichever is refused', async () => {
    nock(BASE)
      .get(`${propertiesOf('companies')}?archived=false`)
      .reply(403, refusal('missing-scope'));
    describeObject(family, 'emails');
    nock(BASE).get(object('emails')).query({ limit: 1 }).reply(403, refusal('missing-scope'));
    const { crm } = open(family);
    await expect(crm.describe('companies')).resolves.toBeNull();
    await expect(crm.describe('emails')).resolves.toBeNull();
  });

  it('are not taken for hidden when the token itself is no good', async () => {
    nock(BASE)
      .persist()
      .get(`${propertiesOf('notes')}?archived=false`)
      .reply(403, { status: 'error', message: 'This account is suspended', category: 'BANNED' });
    await expect(open(family).crm.describe('notes')).rejects.toThrow(CredentialsRejected);
  });
});
