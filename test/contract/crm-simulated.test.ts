import type { Values } from '../../src/domain/values/value.ts';
import type { NewField } from '../../src/ports/crm.ts';
import { HubSpotPortal } from '../../src/sandbox/hubspot/portal.ts';
import { createKernel } from '../../src/sandbox/kernel/kernel.ts';
import { SalesforceOrg } from '../../src/sandbox/salesforce/org.ts';
import { Lifeline } from '../simulation/crm/lifeline.ts';
import { simulateHubSpot } from '../simulation/crm/simulated-hubspot.ts';
import { simulateSalesforce } from '../simulation/crm/simulated-salesforce.ts';
import { FINE, type Sky, type Weather } from '../simulation/crm/weather.ts';
import { type CrmWorld, crmContract } from './crm.ts';
import { KEY } from './emulated-salesforce.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-21T00:00:00Z');
const PROPERTY: NewField = { ...KEY, name: 'tasuki_key' };

const asText = (values: Values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === null ? '' : String(value)]));

/** Trouble as the contract orders it: once for the next call that writes, once for any, or until it is mended. */
function orderedWeather(): Weather & Pick<CrmWorld, 'breakNextWrite' | 'spendAllowance' | 'breakDown' | 'mend'> {
  let write: Sky | undefined;
  let any: Sky | undefined;
  let always: Sky | undefined;
  return {
    call(_system, _kind, { effect }) {
      const once = any ?? (effect === 'write' ? write : undefined);
      any = undefined;
      if (effect === 'write') write = undefined;
      return always ?? once ?? FINE;
    },
    breakNextWrite: (how) => {
      write = { kind: how === 'before' ? 'failed-before-commit' : 'timed-out-after-commit' };
    },
    spendAllowance: () => {
      any = { kind: 'quota-exhausted' };
    },
    breakDown: () => {
      always = { kind: 'failed-before-commit' };
    },
    mend: () => {
      any = write = always = undefined;
    },
  };
}

async function startPortal(): Promise<CrmWorld> {
  const { clock, ...kernel } = createKernel({ seed: 7, start: START, frozen: true });
  const portal = new HubSpotPortal({ clock, ...kernel });
  const who = { firstName: '花子', lastName: '森' };
  const active = portal.seedOwner({ ...who, email: 'mori@example.co.jp' });
  const inactive = portal.seedOwner({ ...who, email: 'maeda@example.co.jp', active: false });
  const weather = orderedWeather();
  return {
    ...weather,
    open: ({ credentials } = {}) =>
      simulateHubSpot({
        portal,
        clock,
        weather,
        life: new Lifeline(),
        pull: { searchPage: 10 },
        ...(credentials === 'wrong' ? { token: 'pat-na1-stranger' } : {}),
      }),
    account: '24680',
    object: 'contacts',
    fields: {
      text: 'firstname',
      email: 'email',
      checked: { name: 'lifecyclestage', bad: 'no-such-stage' },
      key: PROPERTY.name,
    },
    newFields: [PROPERTY],
    required: {},
    owners: { active, inactive },
    now: () => clock.now(),
    advance: (ms) => clock.advance(ms),
    longMs: 10 * MINUTE,
    deletionShownMs: 25 * 60 * MINUTE,
    seed: (values, at) => portal.seed('contacts', asText(values), at),
    edit: (id, values) => portal.touch('contacts', id, asText(values), { source: 'CRM_UI', userId: 11 }),
    remove: (id) => portal.archive('contacts', id),
    close: async () => {},
  };
}

async function startOrg(): Promise<CrmWorld> {
  const { clock, ...kernel } = createKernel({ seed: 7, start: START, frozen: true });
  const org = new SalesforceOrg({ clock, ...kernel });
  const active = org.seedUser({ email: 'mori@example.co.jp', lastName: '森', firstName: '花子' });
  const inactive = org.seedUser({ email: 'maeda@example.co.jp', lastName: '前田', firstName: '太郎', active: false });
  const weather = orderedWeather();
  return {
    ...weather,
    open: ({ credentials } = {}) =>
      simulateSalesforce({
        org,
        clock,
        weather,
        life: new Lifeline(),
        pull: { pageSize: 10 },
        ...(credentials === 'wrong' ? { clientSecret: 'guessed' } : {}),
      }),
    account: org.options.organizationId,
    object: 'Lead',
    fields: { text: 'Title', email: 'Email', checked: { name: 'Status', bad: '存在しない状況' }, key: KEY.name },
    newFields: [KEY],
    required: { LastName: '佐藤', Company: '例示株式会社' },
    owners: { active, inactive },
    now: () => clock.now(),
    advance: (ms) => clock.advance(ms),
    longMs: 11 * MINUTE,
    deletionShownMs: MINUTE,
    seed: (values, at) => org.seed('Lead', values, { at, by: active }),
    edit: (id, values) => org.touch('Lead', id, values, { by: active }),
    remove: (id) => org.remove('Lead', id, { by: active }),
    close: async () => {},
  };
}

crmContract('HubSpot in the same process', startPortal);
crmContract('Salesforce in the same process', startOrg);
