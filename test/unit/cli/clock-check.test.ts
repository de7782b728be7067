import { describe, expect, test } from 'vitest';
import { clockChecks } from '../../../src/cli/clock-check.ts';
import type { Works } from '../../../src/steps/works.ts';

const told = (aheadMs: number | null) => ({ crm: { hubspot: { aheadMs: () => aheadMs } } }) as unknown as Works;

describe('the clock of a CRM, as doctor tells it', () => {
  test.each([
    [0, true, 'このマシンの時計との差は 1 分以内です', 'agrees with that of this machine to within a minute'],
    [-60_000, true, 'このマシンの時計との差は 1 分以内です', 'agrees with that of this machine to within a minute'],
    [300_000, false, 'このマシンの時計より 300 秒進んでいます', 'is 300 s ahead of that of this machine'],
    [-300_000, false, 'このマシンの時計より 300 秒遅れています', 'is 300 s behind that of this machine'],
  ])('%i ms from ours', (aheadMs, ok, ja, en) => {
    expect(clockChecks('hubspot', told(aheadMs), 'ja')).toMatchObject([{ name: '時計 HubSpot', ok, says: ja }]);
    expect(clockChecks('hubspot', told(aheadMs), 'en')).toMatchObject([{ name: 'Clock HubSpot', ok, says: en }]);
  });

  test('is left out where no answer told it', () => {
    expect(clockChecks('hubspot', told(null), 'ja')).toEqual([]);
  });
});
