import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../src/domain/values/value.ts';
import type { Gate } from '../../../src/ports/approval.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { type GateRules, goLiveLine, lineUnder, releasePlanned } from '../../../src/steps/release.ts';
import { agreedOtherwise, aPolicy } from '../../support/people.ts';

const STARTED = 1_000;
const NOW = 2_000;
const DRAWN = 500;
const BREAKER = { changes: 1000, percent: 20 };

describe('the line before which stages are history', () => {
  test.each<[string, Instant | null, GateRules['firstRun'], Instant]>([
    ['lies ahead until a first run is approved', null, 'ask', NOW + 1],
    ['is where this planning began, when nobody is asked', null, 'go', STARTED],
    ['stays where it was drawn', DRAWN, 'ask', DRAWN],
    ['stays, whatever the option says later', DRAWN, 'go', DRAWN],
  ])('%s', (_, drawn, firstRun, line) => {
    expect(goLiveLine(drawn, firstRun, { startedAt: STARTED, now: NOW })).toBe(line);
  });
});

describe('the line as the agreement has it', () => {
  test.each<[string, Parameters<typeof lineUnder>[0], Instant]>([
    ['is where it was drawn, when there was an agreement by then', aPolicy({ agreedSince: 100 }), DRAWN],
    [
      'is the first agreement, where only mapped fields were written before it: who came meanwhile is history',
      aPolicy({ agreedSince: 900 }),
      900,
    ],
    ['is where it was drawn while there is none', aPolicy({ agreedSince: null }), DRAWN],
    ['is the instant that the agreement names', { ...agreedOtherwise({ startsAt: 70 }), agreedSince: 900 }, 70],
  ])('%s', (_, policy, line) => {
    expect(lineUnder(policy, DRAWN)).toBe(line);
  });
});

describe('the gate', () => {
  /** Which gate a ledger is shown, and where the line is drawn afterwards. */
  async function shown(drawn: Instant | null, firstRun: GateRules['firstRun'], rolloutPercent?: number) {
    const gates: Gate[] = [];
    let line = drawn;
    const ledger: Pick<Ledger, 'goLive' | 'setGoLive' | 'releasePlanned'> = {
      goLive: async () => line,
      setGoLive: async (at) => {
        line = at;
        return at;
      },
      releasePlanned: async (gate) => {
        expect(line).toBe(drawn); // drawn after the release, so that a crash in between finds a first run again
        gates.push(gate);
        return { approved: 0, held: { 'first-run': 0, breaker: 0, rollout: 0 } };
      },
    };
    const policy = aPolicy();
    const person = rolloutPercent === undefined ? policy.person : { ...policy.person, rolloutPercent };
    await releasePlanned(
      {
        ledger: ledger as Ledger,
        clock: { now: () => NOW },
        gate: { firstRun, breaker: BREAKER },
        policy: () => ({ ...policy, person }),
      },
      STARTED,
    );
    return { gate: gates[0], line };
  }

  test('is closed until the first run is approved, and draws no line', async () => {
    expect(await shown(null, 'ask')).toEqual({ gate: { kind: 'closed', rolloutPercent: 100 }, line: null });
  });

  test('is open in a first run that was allowed beforehand, and the line is drawn where its planning began', async () => {
    expect(await shown(null, 'go')).toEqual({ gate: { kind: 'open', rolloutPercent: 100 }, line: STARTED });
  });

  test('is the breaker in every run after it', async () => {
    for (const firstRun of ['ask', 'go'] as const)
      expect(await shown(DRAWN, firstRun)).toEqual({
        gate: { kind: 'breaker', rolloutPercent: 100, ...BREAKER },
        line: DRAWN,
      });
  });

  test('lets through as many people as the mapping says', async () => {
    expect(await shown(DRAWN, 'ask', 10)).toMatchObject({ gate: { rolloutPercent: 10 } });
  });
});
