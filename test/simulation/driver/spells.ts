import { SYSTEMS, type System } from '../../../src/domain/people/record.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';
import type { World } from '../../support/deeds/hands.ts';
import type { Trace } from './trace.ts';

const MINUTE = 60_000;
/** So far may a clock be off, the worker's or a CRM's own. */
const OFF_MS = 5 * MINUTE;
/** Salesforce ends a transaction that takes longer than ten minutes. */
const LONGEST_TRANSACTION_MS = 9 * MINUTE;
/** Chances per round. */
const CHANCES = { allowance: 0.12, silence: 0.1, clock: 0.12, transaction: 0.35 } as const;
/** A transaction that is open commits between two calls of a port so often, by what the worker does; many outlive the pass. */
const COMMITS: Readonly<Record<string, number>> = { 'pull-changes': 0.003, 'plan-batch': 0.02, 'no step': 0.005 };
const COMMITS_ELSEWHERE = 0.25;
/** A system that is away is so from the start, or goes away between two calls of the pass, this often. */
const FROM_START = 0.6;
const GOES = 0.03;

/** Why a system answers nothing for a whole round: the day's calls are used up, or it is down. */
export type Away = { readonly system: System; readonly why: 'allowance spent' | 'silent' };

/** What lies on the world for a whole round, and is over after it. */
export type Spells = {
  /** A round begins; gives the names of its spells, each of which may be left out. */
  begin(round: number, random: Random): readonly string[];
  /** Somebody in Salesforce saves from now on and is seen to have saved later. */
  hold(): void;
  /** Some time has gone by: is the transaction over, because it would last too long otherwise? */
  timeOut(): void;
  /** It may commit in the midst of a pass, and more likely where fewer calls are made; says whether it has. */
  commit(step: string, random: Random): boolean;
  /** Whoever is to be away may go now. */
  go(random: Random): void;
  end(): void;
  readonly away: () => readonly Away[];
  /** The time by the worker's own clock. */
  readonly now: () => number;
  /** What of all this a step meets for the first time in this round. */
  newAt(step: string): readonly string[];
};

/** In some histories one of the two CRMs has a clock that is off, from the first day to the last. */
export function setClocks({ portal, org }: World, random: Random, trace: Trace): void {
  if (!random.chance(0.25)) return;
  const system = random.pick(SYSTEMS);
  const switches = system === 'hubspot' ? portal.switches : org.switches;
  switches.clockAheadMs = random.chance(0.5) ? OFF_MS : -OFF_MS;
  trace.say(`the clock of ${system} is off by ${switches.clockAheadMs / 1000} s`);
}

export function openSpells({ org, clock }: World, trace: Trace, without: ReadonlySet<string>): Spells {
  let away: readonly Away[] = [];
  let isGone = false;
  let off = 0;
  let isHolding = false;
  let heldSince = 0;
  let met = new Set<string>();
  const isOpen = () => org.switches.holdTransaction;
  const release = (): void => {
    org.switches.holdTransaction = false;
    org.state.endHeldTransaction();
    trace.say('a long transaction ends');
  };
  const timeOut = (): void => {
    if (isOpen() && clock.now() - heldSince >= LONGEST_TRANSACTION_MS) release();
  };
  return {
    begin(round, random) {
      const names = Object.keys(CHANCES).map((name) => `${round} ${name}`);
      const [spent, silent, skew, transaction] = Object.values(CHANCES).map(
        (chance, nth) => random.chance(chance) && !without.has(names[nth]!),
      );
      const [poor, quiet] = [random.pick(SYSTEMS), random.pick(SYSTEMS)];
      const ahead = random.chance(0.5);
      isGone = random.chance(FROM_START);
      away = [
        ...(spent === true ? [{ system: poor, why: 'allowance spent' } as const] : []),
        ...(silent === true ? [{ system: quiet, why: 'silent' } as const] : []),
      ];
      if (skew === true) off = ahead ? OFF_MS : -OFF_MS;
      isHolding = transaction === true;
      met = new Set();
      if (off !== 0) trace.say(`the worker's clock is off by ${off / 1000} s`);
      return names;
    },
    hold() {
      if (!isHolding || isOpen()) return;
      org.switches.holdTransaction = true;
      heldSince = clock.now();
      trace.say('a long transaction begins');
    },
    timeOut,
    go(random) {
      isGone ||= random.chance(GOES);
    },
    commit(step, random) {
      timeOut();
      const isNow = random.chance(COMMITS[step] ?? COMMITS_ELSEWHERE);
      if (!isOpen() || !isNow) return false;
      release();
      return true;
    },
    end() {
      if (isOpen()) release();
      away = [];
      off = 0;
    },
    away: () => (isGone ? away : []),
    now: () => clock.now() + off,
    newAt(step) {
      const standing = [
        ...(off > 0 ? ['clock ahead'] : []),
        ...(off < 0 ? ['clock behind'] : []),
        ...(isOpen() ? ['transaction open'] : []),
      ];
      const fresh = standing.filter((name) => !met.has(`${name} ${step}`));
      for (const name of fresh) met.add(`${name} ${step}`);
      return fresh;
    },
  };
}
