import type { Random } from '../../../src/sandbox/kernel/random.ts';
import { nextDue } from '../../support/deeds/deadlines.ts';
import type { World } from '../../support/deeds/hands.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ANY = [MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 2 * DAY, 3 * DAY];
/** Somebody is nearly late so often: deadlines are days away, and hardly ever met by chance. */
const EVES = 0.3;
const EVE_MS = 20 * MINUTE;

/** How the time goes by between people's work and the next pass. */
export type Nap = {
  readonly ms: number;
  /** It ends just before somebody's deadline, of which so much is left; the next pass comes `afterMs` later, when it is over. */
  readonly eve: { readonly afterMs: number } | null;
};

export function napFrom(world: World, random: Random): Nap {
  const ms = random.pick(ANY);
  const isEve = random.chance(EVES);
  const left = 1 + random.int(EVE_MS);
  const late = random.pick([MINUTE, 10 * MINUTE, HOUR]);
  const due = nextDue(world);
  if (!isEve || due === undefined || due - left < world.clock.now()) return { ms, eve: null };
  return { ms: due - left - world.clock.now(), eve: { afterMs: left + late } };
}
