import { describe, expect, test } from 'vitest';
import { idleDay } from '../../../src/cli/idle-day.ts';
import { OPTIONS } from '../../../src/config/option-table.ts';

const none = { both: 0, hubspot: 0, salesforce: 0 };
const DEFAULTS = {
  pullEverySeconds: OPTIONS.pullEverySeconds.default,
  surveyEveryHours: OPTIONS.surveyEveryHours.default,
};

describe('a day on which nothing happens', () => {
  test('costs at most 2,000 Salesforce and 5,000 HubSpot calls at the default interval, with 20,000 people', () => {
    const counts = { people: 20_000, deals: { ...none, both: 3_000 }, companies: { ...none, both: 4_000 } };
    expect(idleDay('salesforce', { ...DEFAULTS, counts }).total).toBeLessThanOrEqual(2_000);
    expect(idleDay('hubspot', { ...DEFAULTS, counts }).total).toBeLessThanOrEqual(5_000);
  });

  test('asks each HubSpot object once and five Salesforce objects in one call, pass by pass', () => {
    const counts = { people: 0, deals: none, companies: none };
    const hourly = { pullEverySeconds: 3_600, surveyEveryHours: 24, counts };
    expect(idleDay('hubspot', hourly).pulls).toBe(24 * 8);
    expect(idleDay('salesforce', hourly).pulls).toBe(24 * 3);
  });

  test('surveys more often where an admin says so, and pays for it', () => {
    const counts = { people: 10_000, deals: none, companies: none };
    const daily = idleDay('hubspot', { ...DEFAULTS, surveyEveryHours: 24, counts }).survey;
    expect(idleDay('hubspot', { ...DEFAULTS, surveyEveryHours: 6, counts }).survey).toBe(daily * 4);
  });
});
