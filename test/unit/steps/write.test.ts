import { describe, expect, test } from 'vitest';
import type { Lane } from '../../../src/ports/bell.ts';
import type { Works } from '../../../src/steps/works.ts';
import { writeNextBatch } from '../../../src/steps/write.ts';

const NOW = Date.parse('2026-11-02T10:00:00+09:00');
const MINUTE = 60_000;

/** What was rung, and whether anything was claimed, when HubSpot was last read at this instant and so much waits for it. */
async function wrote(pulledAt: number | null, approved: number) {
  const rung: Lane[] = [];
  let claims = 0;
  const works = {
    clock: { now: () => NOW },
    bell: { ring: async (lane: Lane) => void rung.push(lane) },
    crm: { hubspot: { batchSize: 100 } },
    ledger: {
      cursor: async () => (pulledAt === null ? null : { state: {}, covers: pulledAt }),
      waiting: async () => ({ approved: { hubspot: approved, salesforce: 0 } }),
      claim: async () => {
        claims += 1;
        return [];
      },
    },
  } as unknown as Works;
  await writeNextBatch('hubspot', works);
  return { claims, rung };
}

describe('a system that is to be written to', () => {
  test('and was read a moment ago is written to', async () => {
    expect(await wrote(NOW - 2 * MINUTE, 3)).toEqual({ claims: 1, rung: [] });
  });

  test('and was not read just now is read first: what somebody typed meanwhile is not run over', async () => {
    for (const pulledAt of [NOW - 2 * MINUTE - 1, null])
      expect(await wrote(pulledAt, 3)).toEqual({ claims: 0, rung: [{ job: 'pull-changes', system: 'hubspot' }] });
  });

  test('is left in peace where nothing waits for it', async () => {
    expect(await wrote(null, 0)).toEqual({ claims: 0, rung: [] });
  });
});
