import { SYSTEMS, type System } from '../../../src/domain/people/record.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';
import type { World } from '../../support/deeds/hands.ts';
import type { Trace } from './trace.ts';

const MINUTE = 60_000;
/** So far may the worker's clock be off. Further ahead, a pull passes over what is edited meanwhile: see "Open" in the README. */
const BEHIND_MS = 5 * MINUTE;
const AHEAD_MS = 45_000;
/** Salesforce ends a transaction that takes longer than ten minutes. */
const LONGEST_TRANSACTION_MS = 9 * MINUTE;

/** What lies on the world for a whole round, and is over after it. */
export type Spells = {
  /** A round begins; gives the names of its spells, each of which may be left out. */
  begin(round: number, random: Random): readonly string[];
  /** Somebody in Salesforce saves now and is seen to have saved later. */
  hold(): void;
  /** The transaction is long enough, or the round is over. */
  release(atOnce: boolean): void;
  end(): void;
  /** The system whose allowance of the day is spent. */
  readonly spent: () => System | null;
  /** The time by the worker's own clock. */
  readonly now: () => number;
};

export function openSpells({ org, clock }: World, trace: Trace, without: ReadonlySet<string>): Spells {
  let spent: System | null = null;
  let off = 0;
  let isHolding = false;
  let heldSince = 0;
  return {
    begin(round, random) {
      const names = [`${round} allowance`, `${round} clock`, `${round} transaction`];
      const [allowance, skew, transaction] = names.map((name) => random.chance(0.12) && !without.has(name));
      const system = random.pick(SYSTEMS);
      const ahead = random.chance(0.5);
      if (allowance === true) spent = system;
      if (skew === true) off = ahead ? AHEAD_MS : -BEHIND_MS;
      isHolding = transaction === true;
      if (off !== 0) trace.say(`the worker's clock is off by ${off / 1000} s`);
      return names;
    },
    hold() {
      if (!isHolding) return;
      org.switches.holdTransaction = true;
      heldSince = clock.now();
      trace.say('a long transaction begins');
    },
    release(atOnce) {
      if (!org.switches.holdTransaction || (!atOnce && clock.now() - heldSince < LONGEST_TRANSACTION_MS)) return;
      org.switches.holdTransaction = false;
      trace.say('a long transaction ends');
    },
    end() {
      this.release(true);
      spent = null;
      off = 0;
    },
    spent: () => spent,
    now: () => clock.now() + off,
  };
}
