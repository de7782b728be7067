import type { Lane } from '../../../src/ports/bell.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';
import type { World } from '../../support/deeds/hands.ts';
import type { Climate } from './climate.ts';
import type { Coverage } from './coverage.ts';
import { LANES, laneText } from './lanes.ts';
import type { Spells } from './spells.ts';
import type { Trace } from './trace.ts';

/** What the world around a worker is asked, and told, between two calls of a port. */
export type Around = {
  readonly clock: World['clock'];
  readonly dice: () => Random;
  readonly round: () => number;
  /** `null`: nothing goes wrong now. */
  readonly trouble: () => Climate | null;
  readonly spells: Spells;
  readonly without: ReadonlySet<string>;
  /** The lane that the first replica answers. */
  readonly busy: () => Lane | null;
  readonly deed: (name: string) => void;
  /** The second replica answers this lane; its errors are its own. */
  readonly second: (lane: Lane) => Promise<void>;
  readonly coverage: Coverage;
  readonly trace: Trace;
};

export type Meanwhile = {
  /** What the workers are doing: faults are counted by it. */
  readonly step: () => string;
  /** What happens around one call of a port: people edit, a transaction ends, the process dies, another one works. */
  around(call: string, when: 'before' | 'after', kill: () => Promise<never>): Promise<void>;
};

export function openMeanwhile(world: Around): Meanwhile {
  const { clock, dice, round, trouble, spells, without, busy, deed, second, coverage, trace } = world;
  /** The lane that a second replica answers now, in the midst of the first one's work. */
  let answering: Lane | null = null;
  const step = (): string => answering?.job ?? busy()?.job ?? 'no step';
  const isOff = (part: string) => without.has(`${round()} ${part}`);
  return {
    step,
    async around(call, when, kill) {
      const climate = trouble();
      if (climate === null) return;
      for (const name of spells.newAt(step())) coverage.hit('fault', `${name} × ${step()}`);
      if (answering !== null) return;
      const roll = dice();
      spells.go(roll);
      if (spells.commit(step(), roll)) coverage.hit('fault', `late commit × ${step()}`);
      if (roll.chance(climate.draught)) {
        clock.advance(roll.int(3000));
        coverage.hit('fault', `edit in the window × ${step()}`);
        if (!isOff('draughts')) deed(`${round()} in ${call} ${roll.int(1_000_000)}`);
      }
      if (roll.chance(climate.kill) && !isOff('kills')) {
        coverage.hit('fault', `killed × ${step()}`);
        trace.say(`killed ${when} ${call}`);
        await kill();
      }
      if (!roll.chance(climate.replica) || isOff('replicas')) return;
      const now = busy();
      const lane: Lane = roll.pick(LANES.filter((each) => now === null || laneText(each) !== laneText(now)));
      trace.say(`replica: ${laneText(lane)} ${when} ${call}`);
      coverage.hit('fault', `replica at ${lane.job} × ${step()}`);
      answering = lane;
      await second(lane);
      answering = null;
    },
  };
}
