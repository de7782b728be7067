import { describe, expect, test } from 'vitest';
import type { Urgency } from '../../../src/domain/budget/purposes.ts';
import type { Lane } from '../../../src/ports/bell.ts';
import type { Works } from '../../../src/steps/works.ts';
import { writeNextBatch } from '../../../src/steps/write.ts';

const NOW = Date.parse('2026-11-02T10:00:00+09:00');
const MINUTE = 60_000;

/** What was rung, and down to which urgency was claimed, when HubSpot was last read at this instant, so much waits, and so many calls are used. */
async function wrote(pulledAt: number | null, toSend: Partial<Record<Urgency, number>>, used = 0, aheadMs = 0) {
  const rung: Lane[] = [];
  const claims: unknown[] = [];
  const works = {
    clock: { now: () => NOW },
    bell: { ring: async (lane: Lane) => void rung.push(lane) },
    crm: {
      hubspot: {
        batchSize: 100,
        aheadMs: () => aheadMs,
        takeBill: () => ({ calls: [], told: null }),
        callDay: () => ({ from: NOW, until: null }),
      },
    },
    budget: { sharePercent: { hubspot: 20, salesforce: 20 }, pullEveryMs: 5 * MINUTE },
    ledger: {
      cursor: async () => (pulledAt === null ? null : { state: {}, covers: pulledAt }),
      spending: async () => {
        return { booked: used === 0 ? [] : [{ from: NOW, purpose: 'pull', calls: used }], kinds: {}, told: null };
      },
      toSend: async () => ({ hot: 0, ordinary: 0, 'back-fill': 0, ...toSend }),
      claim: async (...[, , , , downTo]: readonly unknown[]) => {
        claims.push(downTo);
        return [];
      },
    },
  } as unknown as Works;
  await writeNextBatch('hubspot', works);
  return { claims, rung };
}

describe('a system that is to be written to', () => {
  test('and was read a moment ago is written to', async () => {
    expect(await wrote(NOW - 2 * MINUTE, { ordinary: 3 })).toEqual({ claims: ['back-fill'], rung: [] });
  });

  test('and was not read just now is read first: what somebody typed meanwhile is not run over', async () => {
    for (const pulledAt of [NOW - 2 * MINUTE - 1, null])
      expect(await wrote(pulledAt, { ordinary: 3 })).toEqual({
        claims: [],
        rung: [{ job: 'pull-changes', system: 'hubspot' }],
      });
  });

  test.each([5 * MINUTE, -5 * MINUTE])(
    'was read just now by its own clock, which is %i ms from ours',
    async (ahead) => {
      const at = NOW + ahead;
      expect((await wrote(at - 2 * MINUTE, { ordinary: 3 }, 0, ahead)).claims).toEqual(['back-fill']);
      expect((await wrote(at - 2 * MINUTE - 1, { ordinary: 3 }, 0, ahead)).claims).toEqual([]);
    },
  );

  test('is left in peace where nothing waits for it', async () => {
    expect(await wrote(null, {})).toEqual({ claims: [], rung: [] });
  });

  // HubSpot's smallest day has 250,000 calls, of which 50,000 are ours.
  test.each([
    [34_999, ['back-fill']],
    [35_000, ['ordinary']],
    [42_500, ['hot']],
    [50_000, []],
  ] as const)('is sent less, the more of its calls are used: %i', async (used, claims) => {
    expect((await wrote(NOW, { hot: 1 }, used)).claims).toEqual(claims);
  });

  test('is not read for the sake of writes that may not be sent anyway', async () => {
    expect(await wrote(null, { ordinary: 3, 'back-fill': 3 }, 45_000)).toEqual({ claims: [], rung: [] });
    expect((await wrote(null, { hot: 1 }, 45_000)).rung).toEqual([{ job: 'pull-changes', system: 'hubspot' }]);
    expect((await wrote(null, { hot: 1 }, 50_000)).rung).toEqual([]);
  });
});
