import { describe, expect, it } from 'vitest';
import { OBJECTS, type ObjectName, SYSTEMS, type System } from '../../../src/domain/people/record.ts';
import { HubSpotPortal } from '../../../src/sandbox/hubspot/portal.ts';
import { createKernel } from '../../../src/sandbox/kernel/kernel.ts';
import { SalesforceOrg } from '../../../src/sandbox/salesforce/org.ts';
import { text } from '../../../src/sandbox/salesforce/schema/field.ts';
import { definePortalProperties } from '../../../src/sandbox/world/portal-properties.ts';
import { setUp } from '../../../src/steps/set-up.ts';
import { simulateCrms } from './simulated-crms.ts';
import { openSmallCompany } from './small-company.ts';
import { WIDEST } from './tasuki-fields.ts';
import { FAIR } from './weather.ts';

const START = Date.parse('2026-11-02T10:00:00+09:00');
const EVERYTHING = SYSTEMS.flatMap((system) => OBJECTS[system].map((object) => ({ system, object })));

describe('a small company', () => {
  it('has the fields that setup makes, as setup makes them', async () => {
    const company = openSmallCompany(1, START);
    const kernel = createKernel({ seed: 1, start: START, frozen: true });
    const bare = { portal: new HubSpotPortal(kernel), org: new SalesforceOrg(kernel), clock: kernel.clock };
    definePortalProperties(bare.portal);
    const [made, asked] = [company, bare].map((world) => simulateCrms({ ...world, weather: FAIR }));
    await setUp({ crm: asked!, policy: () => WIDEST });
    expect(await setUp({ crm: made!, policy: () => WIDEST })).toEqual([]);
    for (const { system, object } of EVERYTHING)
      expect(await made![system].describe(object)).toEqual(await asked![system].describe(object));
  });

  it('is the same for the same seed, and another for another', () => {
    const [one, again, other] = [7, 7, 8].map((seed) => {
      const { portal, org } = openSmallCompany(seed, START);
      return JSON.stringify([portal.records('contacts'), portal.associations(), org.records('Lead')]);
    });
    expect(one).toBe(again);
    expect(one).not.toBe(other);
  });

  it.each([1, 2, 3, 4, 5])('has somebody in every kind of record, with seed %i', (seed) => {
    const { portal, org } = openSmallCompany(seed, START);
    const known = portal.records('contacts').length;
    expect(known).toBeGreaterThan(1);
    expect(known + org.records('Lead').length + org.records('Contact').length).toBeGreaterThan(5);
    expect(portal.records('deals')).toHaveLength(1);
    expect(org.records('OpportunityContactRole')).toHaveLength(1);
    expect(portal.events.list()).toHaveLength(1);
    expect(org.records('CampaignMember').length).toBeGreaterThan(0);
    expect(org.records('Account').length).toBeGreaterThan(0);
  });

  it('describes what has been added since it was described before', async () => {
    const { portal, org, clock } = openSmallCompany(1, START);
    const crm = simulateCrms({ portal, org, clock, weather: FAIR });
    const names = async (system: System, object: ObjectName) =>
      (await crm[system].describe(object))?.fields.map(({ name }) => name);
    expect(await names('hubspot', 'contacts')).not.toContain('birthplace');
    expect(await names('salesforce', 'Lead')).not.toContain('Birthplace__c');
    portal.defineProperty({ name: 'birthplace', label: '出身地', type: 'string' });
    org.defineField('Lead', text('Birthplace__c', '出身地', 40), 'edit');
    expect(await names('hubspot', 'contacts')).toContain('birthplace');
    expect(await names('salesforce', 'Lead')).toContain('Birthplace__c');
  });

  it('describes a list that setup has widened with its new values', async () => {
    const { portal, org, clock } = openSmallCompany(1, START);
    const { hubspot } = simulateCrms({ portal, org, clock, weather: FAIR });
    const options = async () =>
      (await hubspot.describe('contacts'))?.fields.find(({ name }) => name === 'tasuki_sfa_state')?.options ?? [];
    const before = await options();
    const field = { name: 'tasuki_sfa_state', label: '状態', description: '状態', type: 'picklist' } as const;
    await hubspot.ensureFields('contacts', [{ ...field, options: [{ value: 'moved', label: '移籍' }] }]);
    expect((await options()).map(({ value }) => value)).toEqual([...before.map(({ value }) => value), 'moved']);
    const other = simulateCrms({ ...openSmallCompany(1, START), weather: FAIR });
    const theirs = (await other.hubspot.describe('contacts'))?.fields.find(({ name }) => name === 'tasuki_sfa_state');
    expect(theirs?.options).toEqual(before);
  });
});
