import { Random } from '../../../src/sandbox/kernel/random.ts';
import type { Diary, Hands, World } from '../../support/deeds/hands.ts';
import type { Trace } from './trace.ts';

export type ManyHands = {
  readonly hands: Hands;
  /** A fresh die for every call, whatever was rolled before it. */
  dice(seed: Random, round: number): Random;
  as(own: Random, window: boolean, deed: () => void): void;
};

/** One pair of hands whose dice can be exchanged, so that leaving out one deed leaves every other as it was. */
export function handsIn(world: World, diary: Diary, trace: Trace, heard: (line: string) => void): ManyHands {
  let random = new Random(0);
  let inWindow = false;
  let rolls = 0;
  const said = (text: string): void => {
    const line = inWindow ? `(in the window) ${text}` : text;
    diary.deeds.push(line);
    trace.say(line);
    heard(text);
  };
  const hands: Hands = {
    world,
    random: () => random,
    said,
    typed: (system, object, id, field, value) => {
      diary.edits.push({ system, object, id, field, value, inWindow });
      said(`${system} ${object} ${id}: ${field} = ${value}`);
    },
    noted: (id, text) => void diary.unmapped.set(id, text),
  };
  return {
    hands,
    dice: (seed, round) => seed.fork(`die ${round} ${(rolls += 1)}`),
    as(own, window, deed) {
      const before = { random, inWindow };
      random = own;
      inWindow = window;
      deed();
      ({ random, inWindow } = before);
    },
  };
}
