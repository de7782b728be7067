import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigInvalid } from '../../../src/errors/errors.ts';
import type { Crm, NewField } from '../../../src/ports/crm.ts';
import { BASE, FAMILIES, type Family, fixture, open, pathsOf, refusal, sent } from './wire.ts';

const KEY: NewField = { name: 'tasuki_key', label: 'Tasukiキー', description: '…', type: 'text', key: true };
const STAGE: NewField = {
  name: 'tasuki_stage',
  label: '段階',
  description: '…',
  type: 'picklist',
  options: [
    { value: 'lead', label: 'リード' },
    { value: 'MQL', label: 'MQL' },
  ],
};

const OUR_KEY = {
  name: 'tasuki_key',
  label: '',
  type: 'string',
  fieldType: 'text',
  hasUniqueValue: true,
  options: [],
  groupName: 'tasuki',
  description: '',
};

/** The portal with these properties and no others. */
function withProperties(family: Family, ...properties: Record<string, unknown>[]): Crm {
  const { crm } = open(family);
  nock.cleanAll();
  nock(BASE)
    .persist()
    .get(`${pathsOf(family).properties}?archived=false`)
    .reply(200, { results: properties } as nock.ReplyBody);
  return crm;
}

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe.each(FAMILIES)('the HubSpot portal, described on the %s paths', (family) => {
  const { properties, owners } = pathsOf(family);
  const fieldsOf = async () =>
    new Map((await open(family).crm.describe('contacts'))?.fields.map((field) => [field.name, field]));

  it('tells what may be written by readOnlyValue, whatever else a property calls itself', async () => {
    const fields = await fieldsOf();
    expect(fields.get('visits')?.writable).toBe(false);
    expect(fields.get('email')?.writable).toBe(true);
    expect(fields.get('employees')?.writable).toBe(true);
  });

  it('tells each property’s type, ids being text', async () => {
    const fields = await fieldsOf();
    const types = [
      'firstname',
      'employees',
      'opted_out',
      'founded',
      'last_visit',
      'topics',
      'industry_kind',
      'lifecyclestage',
      'hubspot_owner_id',
      'associatedcompanyid',
      'hs_object_id',
    ];
    expect(types.map((name) => fields.get(name)?.type)).toEqual([
      'string',
      'number',
      'boolean',
      'date',
      'datetime',
      'multipicklist',
      'picklist',
      'picklist',
      'reference',
      'reference',
      'id',
    ]);
  });

  it('tells the values it accepts, hidden ones as inactive', async () => {
    const fields = await fieldsOf();
    expect(fields.get('lifecyclestage')).toMatchObject({
      restricted: true,
      options: [{ value: 'lead' }, { value: 'marketingqualifiedlead' }],
    });
    expect(fields.get('topics')?.options?.map(({ active }) => active)).toEqual([true, true, false]);
    expect(fields.get('hubspot_owner_id')?.restricted).toBeUndefined();
  });

  it('tells what is unique, and leaves archived properties out', async () => {
    const fields = await fieldsOf();
    expect([...fields.values()].filter(({ unique }) => unique).map(({ name }) => name)).toEqual(['email', 'member_no']);
    expect(fields.has('retired')).toBe(false);
  });

  it('lists everyone who can own a record, those who have left and queues included, by owner id', async () => {
    nock(BASE).get(`${owners}?limit=100&archived=false`).reply(200, fixture('owners'));
    nock(BASE).get(`${owners}?after=7002&limit=100&archived=false`).reply(200, fixture('owners-second-page'));
    nock(BASE).get(`${owners}?limit=100&archived=true`).reply(200, fixture('owners-archived'));
    await expect(open(family).crm.directory()).resolves.toEqual([
      {
        system: 'hubspot',
        kind: 'user',
        id: '7001',
        name: '森 花子',
        email: 'hanako.mori@example.co.jp',
        active: true,
      },
      { system: 'hubspot', kind: 'queue', id: '7002', name: 'インサイドセールス', email: null, active: true },
      {
        system: 'hubspot',
        kind: 'user',
        id: '7003',
        name: 'noname@example.co.jp',
        email: 'noname@example.co.jp',
        active: true,
      },
      { system: 'hubspot', kind: 'user', id: '6990', name: '前田 太郎', email: 'left@example.co.jp', active: false },
    ]);
  });

  it('gets the properties we need, in a group of their own', async () => {
    const { crm } = open(family);
    const created: Record<string, unknown>[] = [];
    nock(BASE)
      .post(`${properties}/groups`)
      .reply(201, { name: 'tasuki', label: 'Tasuki', displayOrder: -1, archived: false });
    nock(BASE)
      .post(properties)
      .times(2)
      .reply(201, async (request: Request) => {
        const body = sent(await request.text());
        created.push(body);
        return body as nock.ReplyBody;
      });
    await expect(crm.ensureFields('contacts', [KEY, STAGE])).resolves.toEqual(['tasuki_key', 'tasuki_stage']);
    expect(created).toMatchObject([
      { name: 'tasuki_key', groupName: 'tasuki', type: 'string', fieldType: 'text', hasUniqueValue: true },
      {
        name: 'tasuki_stage',
        type: 'enumeration',
        fieldType: 'select',
        options: [{ value: 'lead' }, { value: 'MQL' }],
      },
    ]);
  });

  it('takes a property that somebody else has just made for granted', async () => {
    nock(BASE).post(`${properties}/groups`).reply(409, refusal('property-exists'));
    nock(BASE).post(properties).reply(409, refusal('property-exists'));
    await expect(open(family).crm.ensureFields('contacts', [KEY])).resolves.toEqual([]);
  });

  describe('with our properties in it', () => {
    it('makes nothing twice', async () => {
      const crm = withProperties(family, OUR_KEY);
      await expect(crm.ensureFields('contacts', [KEY])).resolves.toEqual([]);
      expect(crm.calls()).toEqual({ properties: 1 });
    });

    it('adds the options that a list lacks, and keeps those that are there', async () => {
      const crm = withProperties(family, {
        ...OUR_KEY,
        name: 'tasuki_stage',
        type: 'enumeration',
        hasUniqueValue: false,
        options: [{ value: 'lead', label: 'Lead!', hidden: false, displayOrder: 0 }],
      });
      nock(BASE)
        .patch(
          `${properties}/tasuki_stage`,
          (body) =>
            JSON.stringify(
              (sent(body)['options'] as { value: string; label: string }[] | undefined)?.map(({ value, label }) => [
                value,
                label,
              ]),
            ) === '[["lead","Lead!"],["MQL","MQL"]]',
        )
        .reply(200, OUR_KEY);
      await expect(crm.ensureFields('contacts', [STAGE])).resolves.toEqual(['tasuki_stage']);
    });

    it('names a property of our name that cannot serve', async () => {
      const crm = withProperties(
        family,
        { ...OUR_KEY, hasUniqueValue: false },
        { ...OUR_KEY, name: 'tasuki_stage', hasUniqueValue: false },
      );
      const failure: unknown = await crm.ensureFields('contacts', [KEY, STAGE]).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ConfigInvalid);
      expect((failure as ConfigInvalid).faults.map(({ at }) => at)).toEqual([
        'hubspot:contacts.tasuki_key',
        'hubspot:contacts.tasuki_stage',
      ]);
    });
  });

  it('has no object for activities, so needs no field there', async () => {
    await expect(open(family).crm.ensureFields('Activity', [KEY])).resolves.toEqual([]);
  });
});
