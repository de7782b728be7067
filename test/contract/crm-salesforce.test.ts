import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SalesforceAuth } from '../../src/connectors/salesforce/options.ts';
import type { Effect } from '../../src/domain/people/change.ts';
import type { Values } from '../../src/domain/values/value.ts';
import type { ChangePage, Crm, NewField } from '../../src/ports/crm.ts';
import type { SalesforceOrg } from '../../src/sandbox/salesforce/org.ts';
import { type CrmWorld, crmContract } from './crm.ts';
import { AUTH, emulator, KEY } from './emulated-salesforce.ts';

const MINUTE = 60_000;
const COLLECTIONS = '/composite/sobjects';

async function startOrg(): Promise<CrmWorld> {
  const { kernel, org, open, close } = await emulator();
  const active = org.seedUser({ email: 'mori@example.co.jp', lastName: '森', firstName: '花子' });
  const inactive = org.seedUser({ email: 'maeda@example.co.jp', lastName: '前田', firstName: '太郎', active: false });
  const wrong: SalesforceAuth = { ...AUTH, kind: 'client-credentials', clientId: 'stranger', clientSecret: 'guessed' };
  return {
    open: ({ credentials } = {}) => open(credentials === 'wrong' ? { auth: wrong } : {}),
    account: org.options.organizationId,
    object: 'Lead',
    fields: { text: 'Title', email: 'Email', checked: { name: 'Status', bad: '存在しない状況' }, key: KEY.name },
    newFields: [KEY],
    required: { LastName: '佐藤', Company: '例示株式会社' },
    owners: { active, inactive },
    now: () => kernel.clock.now(),
    advance: (ms) => kernel.clock.advance(ms),
    longMs: 11 * MINUTE,
    deletionShownMs: MINUTE,
    seed: (values, at) => org.seed('Lead', values, { at, by: active }),
    edit: (id, values) => org.touch('Lead', id, values, { by: active }),
    remove: (id) => org.remove('Lead', id, { by: active }),
    breakNextWrite: (when) =>
      kernel.faults.add({ system: 'salesforce', method: 'PATCH', path: COLLECTIONS, fault: { kind: 'cut', when } }),
    spendAllowance: () =>
      kernel.faults.add({
        system: 'salesforce',
        fault: {
          kind: 'status',
          status: 403,
          body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
        },
      }),
    breakDown: () => kernel.faults.add({ system: 'salesforce', times: Infinity, fault: { kind: 'html', status: 503 } }),
    mend: () => kernel.faults.clear(),
    close: async () => {
      await close();
    },
  };
}

crmContract('Salesforce', startOrg);

const update = (id: string, values: Values): Effect => ({
  change: `u-${id}`,
  kind: 'update',
  object: 'Lead',
  id,
  key: null,
  values,
});

describe('what only Salesforce does', () => {
  let world: Awaited<ReturnType<typeof emulator>>;
  let crm: Crm;
  let rep: string;
  let invisible: string[];

  beforeAll(async () => {
    world = await emulator();
  });
  afterAll(async () => {
    await world.close();
  });
  beforeEach(async () => {
    world.kernel.faults.clear();
    world.org.reset();
    rep = world.org.seedUser({ email: 'mori@example.co.jp', lastName: '森', firstName: '花子' });
    invisible = [];
    crm = world.open({ onInvisibleField: (object, field) => invisible.push(`${object}.${field}`) });
  });

  const now = () => world.kernel.clock.now();
  const seedLead = (values: Values = {}) =>
    world.org.seed(
      'Lead',
      { LastName: '佐藤', Company: '例示', OwnerId: rep, ...values },
      { at: now() - MINUTE, by: rep },
    );
  async function pull(fields: readonly string[], cursor?: ChangePage['cursor'], object: 'Lead' | 'Task' = 'Lead') {
    const pages: ChangePage[] = [];
    for await (const page of crm.changesSince([{ object, fields, cursor }], now())) pages.push(page);
    return { sightings: pages.flatMap(({ sightings }) => sightings), cursor: pages.at(-1)?.cursor, pages };
  }

  it('sees the rows of a long transaction that were stamped before an earlier pull passed by', async () => {
    const id = seedLead({ Title: '課長' });
    world.org.switches.holdTransaction = true;
    world.org.touch('Lead', id, { Title: '部長' }, { by: rep });
    world.kernel.clock.advance(9 * MINUTE);
    const early = await pull(['Title']);
    expect(early.sightings.find(({ record }) => record.id === id)?.values['Title']).toBe('課長');
    world.org.switches.holdTransaction = false;
    const later = await pull(['Title'], early.cursor);
    expect(later.sightings.find(({ record }) => record.id === id)?.values['Title']).toBe('部長');
  });

  it('reads every row when wide rows make the pages shorter than asked', async () => {
    const ids = Array.from({ length: 23 }, () => seedLead());
    world.org.switches.queryPageCap = 4;
    const { sightings } = await pull([]);
    expect(new Set(sightings.map(({ record }) => record.id))).toEqual(new Set(ids));
  });

  it('leaves the owner of a Lead alone while an assignment rule is active', async () => {
    const id = seedLead();
    expect(world.org.switches.leadAssignmentRule).toBe(true);
    await crm.write([update(id, { Title: '部長' })]);
    const [lead] = await crm.read('Lead', [id], ['OwnerId', 'Title'], now());
    expect(lead?.values).toEqual({ OwnerId: rep, Title: '部長' });
  });

  it('marks what we moved ourselves', async () => {
    const [ours, theirs] = [seedLead(), seedLead()];
    await crm.write([update(ours, { Title: '部長' })]);
    const moved = new Map((await pull([])).sightings.map(({ record, movedBy }) => [record.id, movedBy]));
    expect([moved.get(ours), moved.get(theirs)]).toEqual(['us', 'person']);
  });

  it('reads on when a token expires between two pages, without losing one', async () => {
    const ids = Array.from({ length: 25 }, () => seedLead());
    world.kernel.faults.add({ system: 'salesforce', path: '/composite', after: 1, fault: { kind: 'expire-token' } });
    const { sightings } = await pull([]);
    expect(sightings.map(({ record }) => record.id)).toHaveLength(ids.length);
    expect(crm.calls()['token']).toBe(2);
  });

  it('reads the rest when a field is hidden from our user, and says which', async () => {
    const field = { ...world.org.state.object('Lead')?.field('Title'), name: 'Secret__c' };
    world.org.defineField('Lead', field as Parameters<SalesforceOrg['defineField']>[1]);
    seedLead({ Title: '課長' });
    const { sightings } = await pull(['Title', 'Secret__c']);
    expect(sightings.map(({ values }) => values)).toEqual([{ Title: '課長' }]);
    expect(invisible).toEqual(['Lead.Secret__c']);
  });

  it('makes a list view over fields of ours once, and one over a field that is not there never', async () => {
    const view = { object: 'Lead', name: 'Tasuki_Due', label: 'Tasuki: 期限が近いリード' } as const;
    await crm.ensureFields('Lead', [KEY]);
    const due = { ...view, columns: ['Name', KEY.name], filled: KEY.name };
    const lost = { ...view, name: 'Tasuki_Lost', columns: ['Nowhere__c'], filled: KEY.name };
    expect(await crm.ensureViews?.([due, lost])).toEqual({
      made: [due],
      refused: [{ ...lost, because: 'INVALID_FIELD' }],
    });
    expect(await crm.ensureViews?.([due])).toEqual({ made: [], refused: [] });
  });

  it('makes the key of activities once for Task and Event, and upserts a Task by it', async () => {
    expect(await crm.ensureFields('Activity', [KEY])).toEqual(['Tasuki_Key__c']);
    expect(await crm.ensureFields('Activity', [KEY])).toEqual([]);
    const lead = seedLead();
    const values = { Subject: '連絡してください', WhoId: lead, OwnerId: rep, ActivityDate: '2026-11-25' };
    const task: Effect = {
      change: 't',
      kind: 'create',
      object: 'Task',
      id: null,
      key: { field: 'Tasuki_Key__c', value: 'clock-1' },
      values,
    };
    const [first] = await crm.write([task]);
    const [again] = await crm.write([task]);
    expect([first, again]).toMatchObject([
      { kind: 'written', created: true },
      { kind: 'written', created: false },
    ]);
    const [found] = await crm.findByKey(
      'Task',
      'Tasuki_Key__c',
      ['clock-1'],
      ['WhoId', 'ActivityDate', 'IsClosed'],
      now(),
    );
    expect(found?.values).toMatchObject({ WhoId: lead, ActivityDate: '2026-11-25', IsClosed: false });
    const event = await crm.describe('Event');
    expect(event?.fields.find(({ name }) => name === 'Tasuki_Key__c')).toMatchObject({ unique: true });
  });

  it('makes a picklist that people fill in, lets them by a permission set of their own, and adds what it lacks later', async () => {
    const reasons = (...codes: readonly string[]): NewField => ({
      name: 'Tasuki_Reject_Reason__c',
      label: '差し戻しの理由',
      description: '',
      type: 'picklist',
      options: codes.map((value) => ({ value, label: value })),
      forPeople: true,
    });
    expect(await crm.ensureFields('Lead', [reasons('bad-fit')])).toEqual(['Tasuki_Reject_Reason__c']);
    expect(await crm.ensureFields('Lead', [reasons('bad-fit')])).toEqual([]);
    const lead = seedLead({ Tasuki_Reject_Reason__c: 'bad-fit' });
    expect(await crm.ensureFields('Lead', [reasons('not-ready')])).toEqual(['Tasuki_Reject_Reason__c']);
    const described = await crm.describe('Lead');
    const field = described?.fields.find(({ name }) => name === 'Tasuki_Reject_Reason__c');
    expect(field?.options?.map(({ value }) => value)).toEqual(['bad-fit', 'not-ready']);
    const [read] = await crm.read('Lead', [lead], ['Tasuki_Reject_Reason__c'], now());
    expect(read?.values).toEqual({ Tasuki_Reject_Reason__c: 'bad-fit' });

    const [ours, theirs] = ['Tasuki', 'Tasuki_Sales'].map((name) =>
      world.org.records('PermissionSet', ['Id', 'Name']).find((row) => row['Name'] === name),
    );
    const held = world.org.records('FieldPermissions', ['ParentId', 'Field', 'PermissionsEdit']);
    for (const set of [ours, theirs])
      expect(held.filter((row) => row['ParentId'] === set?.['Id'])).toMatchObject([
        { Field: 'Lead.Tasuki_Reject_Reason__c', PermissionsEdit: true },
      ]);
    const given = world.org.records('PermissionSetAssignment', ['PermissionSetId', 'AssigneeId']);
    expect(given.filter((row) => row['PermissionSetId'] === theirs?.['Id'])).toEqual([]);
  });

  it('finds by its key a record that somebody has put into the recycle bin since', async () => {
    await crm.ensureFields('Lead', [KEY]);
    const binned = seedLead({ Tasuki_Key__c: 'p9' });
    world.org.remove('Lead', binned, { by: world.org.integrationUserId });
    const found = await crm.findByKey('Lead', 'Tasuki_Key__c', ['p9'], ['Title'], now());
    expect(found).toMatchObject([{ record: { id: binned }, deleted: true }]);
  });

  it('names the statuses of the org that end a Task, whatever their language', async () => {
    const task = await crm.describe('Task');
    const status = task?.fields.find(({ name }) => name === 'Status');
    expect(status?.options?.filter(({ closed }) => closed).map(({ value }) => value)).toEqual(['完了']);
  });

  it('names the holder of a key that another record has', async () => {
    await crm.ensureFields('Lead', [KEY]);
    const [holder, other] = [seedLead({ Tasuki_Key__c: 'p1' }), seedLead()];
    const [outcome] = await crm.write([update(other, { Tasuki_Key__c: 'p1' })]);
    expect(outcome).toMatchObject({ kind: 'refused', code: 'DUPLICATE_VALUE', holder: { object: 'Lead', id: holder } });
  });

  it('defers a record that somebody has locked, and writes the others', async () => {
    const [locked, free] = [seedLead(), seedLead()];
    world.org.switches.lockedIds = [locked];
    const outcomes = await crm.write([update(locked, { Title: '部長' }), update(free, { Title: '部長' })]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['deferred', 'written']);
  });

  it('stops at its share of the day, before Salesforce stops everybody', async () => {
    world.org.switches.dailyApiRequests = 10;
    const modest = world.open({ dailyShare: 0.5 });
    let answered = 0;
    const failure = await (async () => {
      for (;;) {
        await modest.describe('Contact');
        answered += 1;
      }
    })().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'SYNC_RATE_LIMITED' });
    expect(answered).toBeLessThan(10);
  });

  it('lists queues with the label people read and the developer name policy uses', async () => {
    world.org.seedQueue({ name: '未割当リード', developerName: 'Unassigned_Leads', objects: ['Lead'], members: [rep] });
    expect((await crm.directory()).filter(({ kind }) => kind === 'queue')).toMatchObject([
      { name: '未割当リード', apiName: 'Unassigned_Leads', email: null },
    ]);
  });

  it('logs in with a JWT assertion as well', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const other = await emulator({ jwtPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() });
    const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const auth: SalesforceAuth = {
      kind: 'jwt',
      clientId: 'tasuki-sandbox',
      username: 'tasuki@example.co.jp',
      privateKeyPem,
    };
    expect(await other.open({ auth }).identity()).toMatchObject({ account: other.org.options.organizationId });
    await other.close();
  });
});
