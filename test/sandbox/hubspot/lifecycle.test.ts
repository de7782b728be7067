import { expect, test } from 'vitest';
import { type Opened, openPortal } from './open-portal.ts';

const CONTACTS = '/crm/v3/objects/contacts';

function stages({ call, portal }: Opened, id: string) {
  return {
    move: (lifecyclestage: string) => call('PATCH', `${CONTACTS}/${id}`, { properties: { lifecyclestage } }),
    now: () => portal.records('contacts').find((record) => record.id === id)?.properties ?? {},
  };
}

test('a contact that the API creates without a stage is a lead, unless the account says otherwise', async () => {
  const { create, portal } = openPortal();
  await create({});
  await create({ lifecyclestage: 'subscriber' });
  portal.switches.lifecycleDefault = null;
  await create({});
  const made = portal.records('contacts').map((record) => record.properties['lifecyclestage']);
  expect(made).toEqual(['lead', 'subscriber', undefined]);
});

test('a stage goes forward, and each one entered is stamped', async () => {
  const opened = openPortal();
  const { move, now } = stages(opened, await opened.create({}));
  opened.kernel.clock.advance(60_000);
  await move('salesqualifiedlead');
  expect(now()).toMatchObject({
    lifecyclestage: 'salesqualifiedlead',
    hs_v2_date_entered_lead: '2026-11-20T01:00:00Z',
    hs_v2_date_exited_lead: '2026-11-20T01:01:00Z',
    hs_v2_date_entered_salesqualifiedlead: '2026-11-20T01:01:00Z',
    hs_lifecyclestage_salesqualifiedlead_date: '2026-11-20T01:01:00Z',
    hs_v2_date_entered_current_stage: '2026-11-20T01:01:00Z',
  });
  expect(now()).not.toHaveProperty('hs_v2_date_entered_marketingqualifiedlead');
});

test('a step back is ignored with a 200, refused with a 400 or done, as the portal is switched', async () => {
  const opened = openPortal();
  const { move, now } = stages(opened, await opened.create({ lifecyclestage: 'customer' }));
  const ignored = await move('lead');
  expect([ignored.status, ignored.body.properties['lifecyclestage']]).toEqual([200, 'customer']);
  expect(now()['lifecyclestage']).toBe('customer');
  opened.portal.switches.lifecycleBackward = 'reject';
  const rejected = await move('lead');
  expect([rejected.status, rejected.body.category, now()['lifecyclestage']]).toEqual([
    400,
    'VALIDATION_ERROR',
    'customer',
  ]);
  opened.portal.switches.lifecycleBackward = 'accept';
  expect([(await move('lead')).status, now()['lifecyclestage']]).toEqual([200, 'lead']);
});

test('after the stage was cleared by a write of its own, an earlier one is accepted', async () => {
  const opened = openPortal();
  const { move, now } = stages(opened, await opened.create({ lifecyclestage: 'customer' }));
  await move('');
  expect(now()).not.toHaveProperty('lifecyclestage');
  await move('subscriber');
  expect(now()['lifecyclestage']).toBe('subscriber');
});

test('in a batch update a refused step back refuses everything', async () => {
  const opened = openPortal({ switches: { lifecycleBackward: 'reject' } });
  const customer = await opened.create({ lifecyclestage: 'customer' });
  const lead = await opened.create({});
  const { status } = await opened.call('POST', `${CONTACTS}/batch/update`, {
    inputs: [
      { id: lead, properties: { lifecyclestage: 'opportunity' } },
      { id: customer, properties: { lifecyclestage: 'lead' } },
    ],
  });
  expect(status).toBe(400);
  expect(stages(opened, lead).now()['lifecyclestage']).toBe('lead');
});

test('a stage of the account’s own has a number for a name and a place among the others', async () => {
  const opened = openPortal();
  const trial = opened.portal.addLifecycleStage('トライアル', 'salesqualifiedlead');
  expect(trial).toMatch(/^\d+$/);
  const { move, now } = stages(opened, await opened.create({ lifecyclestage: 'salesqualifiedlead' }));
  await move(trial);
  expect(now()).toMatchObject({ lifecyclestage: trial, [`hs_v2_date_entered_${trial}`]: '2026-11-20T01:00:00Z' });
  await move('salesqualifiedlead');
  expect(now()['lifecyclestage']).toBe(trial);
  await move('opportunity');
  expect(now()['lifecyclestage']).toBe('opportunity');
});
