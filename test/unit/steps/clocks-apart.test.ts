import { describe, expect, test } from 'vitest';
import { findingText } from '../../../src/domain/texts/findings.ts';
import { theirTime, theirTimeSoFar } from '../../../src/steps/their-time.ts';
import { watchClock } from '../../../src/steps/watch-clock.ts';
import type { Works } from '../../../src/steps/works.ts';
import { NOW } from '../../support/people.ts';

const MINUTE = 60_000;

/** A worker whose CRM tells the time as `told`: at first, and after it was asked who it is. */
function worker(told: readonly (number | null)[], open: readonly string[] = []) {
  const done: string[] = [];
  let asked = 0;
  const works = {
    clock: { now: () => NOW },
    log: { warn: (_: unknown, message: string) => void done.push(`log: ${message}`) },
    crm: {
      hubspot: {
        aheadMs: () => told[Math.min(asked, told.length - 1)] ?? null,
        under: (purpose: string, work: () => Promise<unknown>) => {
          done.push(purpose);
          return work();
        },
        identity: async () => void asked++,
      },
    },
    ledger: {
      findings: async () => open.map((code) => ({ code, subject: 'hubspot', detail: {} })),
      openFinding: async ({ code, detail }: { code: string; detail: { seconds: number } }) =>
        void done.push(`opened ${code} ${detail.seconds}`),
      closeFinding: async (code: string, subject: string) => void done.push(`closed ${code} ${subject}`),
    },
  } as unknown as Works;
  return { works, done };
}

describe('the time in a CRM', () => {
  test.each([5 * MINUTE, -5 * MINUTE])(
    'is its own, %i ms from ours, and costs no call once it was told',
    async (ahead) => {
      const { works, done } = worker([ahead]);
      expect(await theirTime('hubspot', works)).toBe(NOW + ahead);
      expect(done).toEqual([]);
    },
  );

  test('is asked for by a process that has had no answer yet', async () => {
    const { works, done } = worker([null, -5 * MINUTE]);
    expect(await theirTime('hubspot', works)).toBe(NOW - 5 * MINUTE);
    expect(done).toEqual(['look-up']);
  });

  test('is ours where its answers bear none, and it is asked once', async () => {
    const { works, done } = worker([null]);
    expect([await theirTime('hubspot', works), await theirTime('hubspot', works)]).toEqual([NOW, NOW]);
    expect(done).toEqual(['look-up']);
  });

  test('is taken as it was told where an answer must be written down', () => {
    expect(theirTimeSoFar('hubspot', worker([5 * MINUTE]).works)).toBe(NOW + 5 * MINUTE);
    expect(theirTimeSoFar('hubspot', worker([null]).works)).toBe(NOW);
  });
});

const SAID = 'log: the clock of this system and ours do not tell the same time';

describe('clocks that are apart', () => {
  test.each([
    ['a minute', MINUTE, [], []],
    ['more than a minute', MINUTE + 1, [], ['opened CLOCK_SKEW 60', SAID]],
    ['five minutes the other way', -5 * MINUTE, [], ['opened CLOCK_SKEW -300', SAID]],
    ['five minutes, which has been said', 5 * MINUTE, ['CLOCK_SKEW'], ['opened CLOCK_SKEW 300']],
    ['nothing any more', 0, ['CLOCK_SKEW'], ['closed CLOCK_SKEW hubspot']],
    ['nobody knows how far', null, ['CLOCK_SKEW'], []],
  ] as const)('by %s', async (_, ahead, open, told) => {
    const { works, done } = worker([ahead], open);
    await watchClock('hubspot', works);
    expect(done).toEqual(told);
  });

  test.each([
    [300, '5 分進んでいます', 'is 5 min ahead of that'],
    [-75, '1 分 15 秒遅れています', 'is 1 min 15 s behind that'],
  ])('are told with how far, and whose is behind: %i s', (seconds, ja, en) => {
    const finding = { code: 'CLOCK_SKEW', subject: 'hubspot', detail: { system: 'hubspot', seconds } } as const;
    expect([findingText(finding, 'ja'), findingText(finding, 'en')]).toEqual([
      expect.stringContaining(ja),
      expect.stringContaining(en),
    ]);
  });
});
