import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PathFamily } from '../../src/connectors/hubspot/family.ts';
import { openHubSpot } from '../../src/connectors/hubspot/hubspot.ts';
import type { Effect } from '../../src/domain/people/change.ts';
import type { Values } from '../../src/domain/values/value.ts';
import type { ChangePage, Crm, CursorState, NewField } from '../../src/ports/crm.ts';
import { HubSpotPortal } from '../../src/sandbox/hubspot/portal.ts';
import { hubspotServer } from '../../src/sandbox/hubspot/server.ts';
import { createKernel } from '../../src/sandbox/kernel/kernel.ts';
import { QuickPace } from '../wire/http/quick-pace.ts';
import { type CrmWorld, crmContract } from './crm.ts';

const MINUTE = 60_000;
const KEY: NewField = {
  name: 'tasuki_key',
  label: 'Tasukiキー',
  description: 'Tasukiが管理します',
  type: 'text',
  maxLength: 64,
  key: true,
};
const TOKEN = 'pat-na1-sandbox';
const DAILY = {
  status: 'error',
  message: 'You have reached your daily limit.',
  errorType: 'RATE_LIMIT',
  policyName: 'DAILY',
};
const LOG = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const asText = (values: Values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === null ? '' : String(value)]));

/** The emulated portal, with search that lags and shuffles as the real one does; rate windows are out of the way. */
async function startPortal(family: PathFamily): Promise<CrmWorld> {
  const kernel = createKernel({ seed: 7, start: Date.parse('2026-11-21T00:00:00Z'), frozen: true });
  const portal = new HubSpotPortal(kernel, { switches: { tenSecondlyLimit: 100_000, searchPerSecondLimit: 100_000 } });
  const active = portal.seedOwner({ email: 'mori@example.co.jp', firstName: '花子', lastName: '森' });
  const inactive = portal.seedOwner({
    email: 'maeda@example.co.jp',
    firstName: '太郎',
    lastName: '前田',
    active: false,
  });
  const server = hubspotServer(portal, kernel);
  const baseUrl = await server.listen({ host: '127.0.0.1', port: 0 });
  const writes = '/batch/up';
  return {
    open: ({ credentials } = {}) =>
      openHubSpot({
        token: credentials === 'wrong' ? 'pat-na1-stranger' : TOKEN,
        baseUrl,
        family,
        log: LOG,
        pace: new QuickPace(),
        pull: { searchPage: 10 },
        timeouts: { headersMs: 5_000, totalMs: 5_000 },
      }),
    account: '24680',
    object: 'contacts',
    fields: {
      text: 'firstname',
      email: 'email',
      checked: { name: 'lifecyclestage', bad: 'no-such-stage' },
      key: 'tasuki_key',
    },
    newFields: [KEY],
    required: {},
    owners: { active, inactive },
    now: () => kernel.clock.now(),
    advance: (ms) => kernel.clock.advance(ms),
    longMs: 10 * MINUTE,
    deletionShownMs: 25 * 60 * MINUTE,
    seed: (values, at) => portal.seed('contacts', asText(values), at),
    edit: (id, values) => portal.touch('contacts', id, asText(values), { source: 'CRM_UI', userId: 11 }),
    remove: async (id) => {
      await server.inject({
        method: 'DELETE',
        url: `/crm/v3/objects/contacts/${id}`,
        headers: { authorization: `Bearer ${TOKEN}` },
      });
    },
    breakNextWrite: (when) => kernel.faults.add({ system: 'hubspot', path: writes, fault: { kind: 'cut', when } }),
    spendAllowance: () =>
      kernel.faults.add({
        system: 'hubspot',
        fault: { kind: 'status', status: 429, body: DAILY, headers: { 'Retry-After': '3600' } },
      }),
    breakDown: () =>
      kernel.faults.add({
        system: 'hubspot',
        times: Infinity,
        fault: { kind: 'status', status: 503, text: '<html>away</html>', contentType: 'text/html' },
      }),
    mend: () => kernel.faults.clear(),
    close: async () => {
      await server.close();
    },
  };
}

describe.each(['v3', '2026-09'] as const)('what only HubSpot does, on the %s paths', (family) => {
  const kernel = createKernel({ seed: 3, start: Date.parse('2026-11-21T00:00:00Z'), frozen: true });
  const portal = new HubSpotPortal(kernel, { switches: { tenSecondlyLimit: 100_000, searchPerSecondLimit: 100_000 } });
  const server = hubspotServer(portal, kernel);
  let crm: Crm;
  let serial = 0;
  beforeAll(async () => {
    const baseUrl = await server.listen({ host: '127.0.0.1', port: 0 });
    crm = openHubSpot({ token: TOKEN, baseUrl, family, log: LOG, pace: new QuickPace(), pull: { searchPage: 20 } });
    await crm.ensureFields('contacts', [KEY]);
  });
  afterEach(() =>
    Object.assign(portal.switches, {
      emailConflictOnUpdate: '409',
      upsertErrors: 'whole-batch',
      mergedIdReads: 'survivor',
      mergeMakesNewId: true,
    }),
  );
  afterAll(() => server.close());

  const now = () => kernel.clock.now();
  const seed = (email = `only-${(serial += 1)}@example.co.jp`) =>
    portal.seed('contacts', { email }, now() - 60 * MINUTE);
  const merge = (primaryObjectId: string, objectIdToMerge: string) =>
    server.inject({
      method: 'POST',
      url: '/crm/v3/objects/contacts/merge',
      headers: { authorization: `Bearer ${TOKEN}` },
      payload: { primaryObjectId, objectIdToMerge },
    });
  async function pulled(cursor?: CursorState) {
    const pages: ChangePage[] = [];
    const streams = [{ object: 'contacts', fields: ['email'], cursor }] as const;
    for await (const page of crm.changesSince(streams, now())) pages.push(page);
    return { sightings: pages.flatMap(({ sightings }) => sightings), cursor: pages.at(-1)?.cursor };
  }

  it.each(['survivor', 'missing'] as const)(
    'tells which record swallowed a merged one, when its old id reads as %s',
    async (mergedIdReads) => {
      const { cursor } = await pulled();
      kernel.clock.advance(10 * MINUTE);
      Object.assign(portal.switches, { mergedIdReads });
      const [kept, swallowed] = [seed(), seed()];
      const { id: survivor } = (await merge(kept, swallowed)).json<{ id: string }>();
      const read = await crm.read('contacts', [survivor, swallowed], ['email'], now());
      expect(read.find(({ record }) => record.id === swallowed)).toMatchObject({ deleted: true, mergedInto: survivor });
      kernel.clock.advance(10 * MINUTE);
      const { sightings } = await pulled(cursor);
      expect(sightings.find(({ record }) => record.id === swallowed)).toMatchObject({
        deleted: true,
        mergedInto: survivor,
      });
    },
  );

  it('says that a change of a merged-away record has vanished, and where it went', async () => {
    const [kept, swallowed] = [seed(), seed()];
    const { id: survivor } = (await merge(kept, swallowed)).json<{ id: string }>();
    const outcomes = await crm.write([
      { change: 'c', kind: 'update', object: 'contacts', id: swallowed, key: null, values: { firstname: 'a' } },
    ]);
    expect(outcomes).toMatchObject([{ kind: 'vanished', mergedInto: survivor }]);
  });

  it('reads every one of a thousand records that a month-end job stamps alike', async () => {
    const { cursor } = await pulled();
    for (let index = 0; index < 1_000; index += 1) seed();
    kernel.clock.advance(10 * MINUTE);
    const stamped = portal.stampAll();
    kernel.clock.advance(10 * MINUTE);
    const { sightings } = await pulled(cursor);
    expect(new Set(sightings.filter(({ deleted }) => !deleted).map(({ record }) => record.id)).size).toBe(stamped);
  });

  it.each([
    ['409', 'whole-batch'],
    ['400', 'whole-batch'],
    ['409', 'per-input'],
  ] as const)(
    'names the holder of an e-mail that is taken (%s on update, upsert errors %s)',
    async (emailConflictOnUpdate, upsertErrors) => {
      Object.assign(portal.switches, { emailConflictOnUpdate, upsertErrors });
      const email = `taken-${(serial += 1)}@example.co.jp`;
      const [holder, other] = [seed(email), seed()];
      const create = (change: string, wanted: string): Effect => ({
        change,
        kind: 'create',
        object: 'contacts',
        id: null,
        key: { field: KEY.name, value: `${change}-${serial}` },
        values: { email: wanted },
      });
      const created = await crm.write([create('good', `free-${(serial += 1)}@example.co.jp`), create('bad', email)]);
      expect(created.toSorted((a, b) => a.change.localeCompare(b.change))).toMatchObject([
        { kind: 'refused', code: 'CONFLICT', holder: { id: holder } },
        { kind: 'written' },
      ]);
      const updated = await crm.write([
        { change: 'move', kind: 'update', object: 'contacts', id: other, key: null, values: { email } },
      ]);
      expect(updated).toMatchObject([{ kind: 'refused', code: 'CONFLICT', holder: { id: holder } }]);
    },
  );

  it('goes on with a token that was renewed while it worked', async () => {
    kernel.faults.add({
      system: 'hubspot',
      fault: { kind: 'status', status: 401, body: { status: 'error', category: 'EXPIRED_AUTHENTICATION' } },
    });
    const tokens = ['old', TOKEN];
    const rotating = openHubSpot({
      token: () => tokens.shift() ?? TOKEN,
      baseUrl: server.listeningOrigin,
      family,
      log: LOG,
      pace: new QuickPace(),
    });
    await expect(rotating.identity()).resolves.toMatchObject({ account: '24680' });
  });
});

crmContract('HubSpot on its numbered paths', () => startPortal('v3'));
crmContract('HubSpot on its dated paths', () => startPortal('2026-09'));
