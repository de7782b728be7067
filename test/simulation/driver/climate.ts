import type { Random } from '../../../src/sandbox/kernel/random.ts';

/** How rough a seed is: chances per call, except where it says otherwise. */
export type Climate = {
  readonly name: string;
  /** A CRM's call goes wrong. */
  readonly mishap: number;
  /** The worker is killed before or after a call of a port. */
  readonly kill: number;
  /** A person does something between two calls of a port. */
  readonly draught: number;
  /** A second replica answers a lane between two calls of a port. */
  readonly replica: number;
  /** A ring is lost, or doubled (chance per ring). */
  readonly ring: number;
};

const CLIMATES: readonly Climate[] = [
  { name: 'calm', mishap: 0, kill: 0, draught: 0.01, replica: 0, ring: 0 },
  { name: 'breezy', mishap: 0.02, kill: 0.001, draught: 0.02, replica: 0, ring: 0.02 },
  { name: 'rough', mishap: 0.08, kill: 0.004, draught: 0.03, replica: 0, ring: 0.1 },
  { name: 'crowded', mishap: 0.03, kill: 0.002, draught: 0.03, replica: 0.02, ring: 0.05 },
];

export function climateOf(random: Random): Climate {
  return random.pick(CLIMATES);
}
