import { VirtualClock } from './clock.ts';
import { Faults } from './faults.ts';
import { Random } from './random.ts';
import { RequestLog } from './request-log.ts';

/** What both emulated systems share: one time, one source of chance, one list of ordered trouble, one log. */
export type Kernel = { clock: VirtualClock; random: Random; faults: Faults; log: RequestLog };

export type KernelOptions = {
  seed: number;
  /** Virtual epoch milliseconds at which the world begins; the real present unless told otherwise. */
  start?: number;
  /** Holds the clock still from the start, so that a test alone moves it. */
  frozen?: boolean;
};

export function createKernel(options: KernelOptions): Kernel {
  return {
    clock: new VirtualClock({ start: options.start ?? Date.now(), frozen: options.frozen ?? false }),
    random: new Random(options.seed),
    faults: new Faults(),
    log: new RequestLog(),
  };
}
