import type { PathFamily } from '../../src/connectors/hubspot/family.ts';
import { openHubSpot } from '../../src/connectors/hubspot/hubspot.ts';
import type { Values } from '../../src/domain/values/value.ts';
import { HubSpotPortal } from '../../src/sandbox/hubspot/portal.ts';
import { hubspotServer } from '../../src/sandbox/hubspot/server.ts';
import { createKernel } from '../../src/sandbox/kernel/kernel.ts';
import { QuickPace } from '../wire/http/quick-pace.ts';
import { type CrmWorld, crmContract } from './crm.ts';

const MINUTE = 60_000;
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
    newFields: [
      {
        name: 'tasuki_key',
        label: 'Tasukiキー',
        description: 'Tasukiが管理します',
        type: 'text',
        maxLength: 64,
        key: true,
      },
    ],
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

crmContract('HubSpot on its numbered paths', () => startPortal('v3'));
crmContract('HubSpot on its dated paths', () => startPortal('2026-09'));
